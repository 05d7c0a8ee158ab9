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
    let mut seen = 0;
    loop {
        match look(connection, seen) {
            Ok(Some((version, position))) => {
                seen = version;
                shared.committed(Effects {
                    position,
                    appended: false,
                    enqueued: true,
                });
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the database file cannot be watched"),
        }
        if ended.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Disconnected) {
            return;
        }
    }
}

/// The new version and the last position, when somebody committed since.
fn look(connection: &Connection, seen: i64) -> Result<Option<(i64, i64)>, StoreError> {
    let version = connection
        .prepare_cached("pragma data_version")
        .and_then(|mut statement| statement.query_row([], |row| row.get(0)))
        .map_err(|error| StoreError::sqlite("pragma data_version", error))?;
    if version == seen {
        return Ok(None);
    }
    Ok(Some((version, super::last_position(connection)?)))
}
