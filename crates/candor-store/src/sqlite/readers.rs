//! Read connections: each read sees one snapshot and can change nothing.
//!
//! Owns: the small pool. Must not know: what is read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

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
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
    wait: Duration,
    shared: Arc<Shared>,
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
            self.idle().push(connection);
        }
        result
    }

    fn take(&self) -> Result<Connection, StoreError> {
        if let Some(connection) = self.idle().pop() {
            return Ok(connection);
        }
        let connection = super::connect(&self.path, self.wait)?;
        self.step(&connection, "pragma query_only = on")?;
        Ok(connection)
    }

    fn step(&self, connection: &Connection, text: &'static str) -> Result<(), StoreError> {
        super::step(connection, &self.shared, text)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        // The list is whole at every moment, so a panic elsewhere does not spoil it.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
