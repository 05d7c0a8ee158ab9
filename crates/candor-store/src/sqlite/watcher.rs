//! Notices what other processes commit.
//!
//! Owns: one thread that looks at SQLite's `data_version`, and lets unused readers be closed. Must
//! not know: what was committed.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use rusqlite::Connection;

use super::readers::Readers;
use crate::error::StoreError;
use crate::store::Shared;
use crate::tx::Effects;

/// How late another process' commit may be noticed.
const INTERVAL: Duration = Duration::from_millis(200);
/// How long a reader stays open for the next rush.
const READER_UNUSED: Duration = Duration::from_secs(30);

/// Runs until it is dropped.
pub(crate) struct Watcher {
    _alive: Sender<()>,
}

impl Watcher {
    pub(crate) fn start(
        connection: Connection,
        readers: Arc<Readers>,
        shared: Arc<Shared>,
    ) -> Result<Self, StoreError> {
        let (alive, ended) = channel();
        std::thread::Builder::new()
            .name("candor-watcher".to_owned())
            .spawn(move || watch(&connection, (&readers, &shared), &ended))
            .map_err(|error| StoreError::io("start the watcher", error))?;
        Ok(Self { _alive: alive })
    }
}

fn watch(connection: &Connection, (readers, shared): (&Readers, &Shared), ended: &Receiver<()>) {
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
        readers.close_unused(READER_UNUSED);
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
