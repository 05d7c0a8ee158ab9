//! The one writer: many verbs, one commit.
//!
//! Owns: the queue and the way of a result back to its caller. Must not know: what the verbs do.

mod batch;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::mpsc::error::SendTimeoutError;
use tokio::sync::{mpsc, oneshot};

use crate::config::StoreConfig;
use crate::error::{ErrorKind, StoreError, StoreFailure};
use crate::store::Shared;
use crate::tx::{Tx, guarded};

use batch::WriterThread;

/// The handle to the writer thread.
pub(crate) struct Writer {
    queue: mpsc::Sender<Box<dyn Queued>>,
    wait: Duration,
    largest: Arc<AtomicUsize>,
}

impl Writer {
    pub(crate) fn start(
        connection: Connection,
        config: &StoreConfig,
        shared: Arc<Shared>,
    ) -> Result<Self, StoreError> {
        let (queue, verbs) = mpsc::channel(config.queue_depth.max(1));
        let largest = Arc::new(AtomicUsize::new(0));
        let mut thread = WriterThread {
            connection,
            verbs,
            shared,
            largest: Arc::clone(&largest),
            set_aside: None,
            synced: true,
            halted: false,
        };
        std::thread::Builder::new()
            .name("candor-writer".to_owned())
            .spawn(move || thread.run())
            .map_err(|error| StoreError::io("start the writer", error))?;
        Ok(Self {
            queue,
            wait: config.queue_wait,
            largest,
        })
    }

    /// Queues a verb and waits for its commit.
    pub(crate) async fn write<T, E, F>(&self, verb: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + StoreFailure + Send + 'static,
    {
        self.queue(verb, true).await
    }

    /// The same for a verb whose commit need not outlast a loss of power.
    pub(crate) async fn note<T, E, F>(&self, verb: F) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + StoreFailure + Send + 'static,
    {
        self.queue(verb, false).await
    }

    async fn queue<T, E, F>(&self, verb: F, lasts: bool) -> Result<T, E>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + StoreFailure + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let queued = Box::new(Waiting {
            verb,
            lasts,
            result: None,
            reply,
        });
        match self.queue.send_timeout(queued, self.wait).await {
            Ok(()) => {}
            Err(SendTimeoutError::Timeout(_)) => {
                let words = "too many writes are waiting";
                return Err(StoreError::because("queue a write", ErrorKind::Busy, words).into());
            }
            Err(SendTimeoutError::Closed(_)) => return Err(stopped().into()),
        }
        answer.await.unwrap_or_else(|_| Err(stopped().into()))
    }

    /// Writes that wait at the moment.
    pub(crate) fn waiting(&self) -> usize {
        self.queue.max_capacity() - self.queue.capacity()
    }

    /// The most verbs that ever shared a commit.
    pub(crate) fn largest_batch(&self) -> usize {
        self.largest.load(Ordering::Relaxed)
    }
}

fn stopped() -> StoreError {
    StoreError::because("write", ErrorKind::Unavailable, "the writer has stopped")
}

/// A verb in the queue, whatever its types.
trait Queued: Send {
    /// Whether its commit must outlast a loss of power.
    fn lasts(&self) -> bool;
    /// Runs it and keeps its result; says whether its changes are to be kept.
    fn attempt(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Hands out the kept result.
    fn deliver(self: Box<Self>);
    /// Hands out a failure instead.
    fn refuse(self: Box<Self>, error: StoreError);
}

struct Waiting<T, E, F> {
    verb: F,
    lasts: bool,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Queued for Waiting<T, E, F>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn lasts(&self) -> bool {
        self.lasts
    }

    fn attempt(&mut self, tx: &mut Tx<'_>) -> bool {
        let started = Instant::now();
        let result = guarded(&self.verb, tx);
        tx.shared.meter.verb(started);
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn deliver(self: Box<Self>) {
        // A caller that went away does not undo its verb.
        if let Some(result) = self.result {
            drop(self.reply.send(result));
        }
    }

    fn refuse(self: Box<Self>, error: StoreError) {
        drop(self.reply.send(Err(error.into())));
    }
}
