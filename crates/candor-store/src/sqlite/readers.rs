//! Read connections: each read sees one snapshot and can change nothing.
//!
//! Owns: the small pool. Must not know: what is read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::config::StoreConfig;
use crate::error::{ErrorKind, StoreError};
use crate::store::Shared;
use crate::thread::on_thread;
use crate::tx::{Tx, guarded};

/// The pool of read connections.
pub(crate) struct Readers {
    path: PathBuf,
    /// The one that was used last stands last and is taken first.
    idle: Mutex<Vec<Idle>>,
    permits: Arc<Semaphore>,
    wait: Duration,
    shared: Arc<Shared>,
}

struct Idle {
    connection: Connection,
    since: Instant,
}

impl Readers {
    pub(crate) fn new(path: &Path, config: &StoreConfig, shared: Arc<Shared>) -> Self {
        Self {
            path: path.to_owned(),
            idle: Mutex::new(Vec::new()),
            permits: Arc::new(Semaphore::new(config.connections.max(1))),
            wait: config.queue_wait,
            shared,
        }
    }

    /// Runs a closure on a snapshot, on a thread that may block.
    pub(crate) async fn read<T, E, F>(self: &Arc<Self>, closure: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let permit = self.permit().await?;
        let readers = Arc::clone(self);
        on_thread("run a read", move || {
            let result = readers.run(closure);
            drop(permit);
            result
        })
        .await?
    }

    /// Runs a closure on a snapshot, on this thread. For look-ups that take less time than waking
    /// another thread and being woken by it.
    pub(crate) async fn read_here<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E>,
        E: From<StoreError>,
    {
        let _permit = self.permit().await?;
        self.run(closure)
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, StoreError> {
        let permit = Arc::clone(&self.permits).acquire_owned();
        let Ok(Ok(permit)) = tokio::time::timeout(self.wait, permit).await else {
            let words = "too many reads are waiting";
            return Err(StoreError::because("queue a read", ErrorKind::Busy, words));
        };
        Ok(permit)
    }

    fn run<T, E, F>(&self, closure: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E>,
        E: From<StoreError>,
    {
        let connection = self.take()?;
        self.step(&connection, "begin")?;
        let result = guarded(closure, &mut Tx::sqlite(&connection, &self.shared));
        // A connection that cannot leave its snapshot is closed instead of being used again.
        if self.step(&connection, "rollback").is_ok() {
            let since = Instant::now();
            self.idle().push(Idle { connection, since });
        }
        result
    }

    fn take(&self) -> Result<Connection, StoreError> {
        if let Some(idle) = self.idle().pop() {
            return Ok(idle.connection);
        }
        let connection = super::connect(&self.path, self.wait)?;
        self.step(&connection, "pragma query_only = on")?;
        Ok(connection)
    }

    /// Closes connections that nobody needed for so long, all but one: each holds pages and
    /// statements of its own.
    pub(crate) fn close_unused(&self, unused_for: Duration) {
        let unused = {
            let mut idle = self.idle();
            let spare = idle.len().saturating_sub(1);
            let old = idle[..spare].partition_point(|idle| idle.since.elapsed() >= unused_for);
            idle.drain(..old).collect::<Vec<_>>()
        };
        // Others may read while they are closed.
        drop(unused);
    }

    fn step(&self, connection: &Connection, text: &'static str) -> Result<(), StoreError> {
        super::step(connection, &self.shared, text)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Idle>> {
        // The list is whole at every moment, so a panic elsewhere does not spoil it.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{DatabaseUrl, StoreKeys};
    use crate::sql::Sql;

    #[tokio::test]
    async fn readers_that_nobody_needs_are_closed_and_come_back() {
        let folder = std::env::temp_dir().join(format!("readers-{}", crate::random_name()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("shop.sqlite");
        std::fs::File::create(&path).expect("a file");
        let keys = StoreKeys { journal: [7; 32] };
        let config = StoreConfig::new(DatabaseUrl::Sqlite(path.clone()), &folder, keys);
        let shared = Arc::new(Shared::new(config.keys.clone()));
        let readers = Arc::new(Readers::new(&path, &config, shared));
        let one = |tx: &mut Tx<'_>| tx.query_one(Sql::Same("select 1"), &[], |row| row.get(0));

        let both = [readers.take(), readers.take()];
        for connection in both {
            readers.idle().push(Idle {
                connection: connection.expect("opened"),
                since: Instant::now(),
            });
        }
        assert_eq!(readers.idle().len(), 2);
        readers.close_unused(Duration::from_hours(1));
        assert_eq!(readers.idle().len(), 2, "they were used a moment ago");
        readers.close_unused(Duration::ZERO);
        assert_eq!(readers.idle().len(), 1);
        readers.close_unused(Duration::ZERO);
        assert_eq!(readers.idle().len(), 1, "one stays ready");
        let answer: i64 = readers.read(one).await.expect("read");
        assert_eq!(answer, 1);
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
