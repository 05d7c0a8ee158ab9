//! Notices what other processes commit.
//!
//! Owns: one thread that looks at SQLite's `data_version`. Must not know: what was committed.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use rusqlite::Connection;

use crate::error::StoreError;
use crate::store::Shared;
use crate::tx::Effects;

/// How late another process' commit may be noticed.
const INTERVAL: Duration = Duration::from_millis(200);

/// Runs until it is dropped.
pub(crate) struct Watcher {
    _alive: Sender<()>,
}

impl Watcher {
    pub(crate) fn start(connection: Connection, shared: Arc<Shared>) -> Result<Self, StoreError> {
        let (alive, ended) = channel();
        std::thread::Builder::new()
            .name("candor-watcher".to_owned())
            .spawn(move || watch(&connection, &shared, &ended))
            .map_err(|error| StoreError::io("start the watcher", error))?;
        Ok(Self { _alive: alive })
    }
}

fn watch(connection: &Connection, shared: &Shared, ended: &Receiver<()>) {
    let mut seen = Seen::default();
    loop {
        match look(connection, seen) {
            Ok(Some(now)) => {
                shared.committed(Effects {
                    position: now.position,
                    appended: false,
                    enqueued: now.job > seen.job,
                });
                seen = now;
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the database file cannot be watched"),
        }
        if ended.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Disconnected) {
            return;
        }
    }
}

/// What the file held at the last look.
#[derive(Clone, Copy, Default)]
struct Seen {
    version: i64,
    position: i64,
    job: i64,
}

/// What the file holds now, when somebody committed since.
fn look(connection: &Connection, seen: Seen) -> Result<Option<Seen>, StoreError> {
    let version = connection
        .prepare_cached("pragma data_version")
        .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
        .map_err(|error| StoreError::sqlite("pragma data_version", error))?;
    if version == seen.version {
        return Ok(None);
    }
    let (position, job) = super::newest(connection)?;
    Ok(Some(Seen {
        version,
        position,
        job,
    }))
}
