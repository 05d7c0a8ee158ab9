//! The one writer: many verbs, one commit.
//!
//! Owns: the queue, the batch, savepoints, the re-run of a batch that died. Must not know: what
//! the verbs do.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::mpsc::error::SendTimeoutError;
use tokio::sync::{mpsc, oneshot};

use crate::config::StoreConfig;
use crate::error::{ErrorKind, StoreError, StoreFailure};
use crate::store::Shared;
use crate::tx::{Effects, Tx, guarded};

/// Verbs that share a commit at most.
const LARGEST_BATCH: usize = 256;
/// A batch takes no further verb after this time, so that its first caller is not kept waiting.
const LONGEST_BATCH: Duration = Duration::from_millis(25);

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
        let (reply, answer) = oneshot::channel();
        let queued = Box::new(Waiting {
            verb,
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
    /// Runs it and keeps its result; says whether its changes are to be kept.
    fn attempt(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Hands out the kept result.
    fn deliver(self: Box<Self>);
    /// Hands out a failure instead.
    fn refuse(self: Box<Self>, error: StoreError);
}

struct Waiting<T, E, F> {
    verb: F,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Queued for Waiting<T, E, F>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn attempt(&mut self, tx: &mut Tx<'_>) -> bool {
        let result = guarded(&self.verb, tx);
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

struct WriterThread {
    connection: Connection,
    verbs: mpsc::Receiver<Box<dyn Queued>>,
    shared: Arc<Shared>,
    largest: Arc<AtomicUsize>,
    /// The disk did not confirm a sync. What it holds is unknown until the file is opened anew,
    /// so no further write is accepted.
    halted: bool,
}

/// How one verb of a batch went.
enum Step {
    Kept(Effects),
    Undone,
    /// The engine gave up the whole transaction.
    Dead(StoreError),
}

impl WriterThread {
    fn run(&mut self) {
        while let Some(verb) = self.verbs.blocking_recv() {
            if self.halted {
                verb.refuse(halted());
            } else {
                self.run_batch(verb);
            }
        }
    }

    fn run_batch(&mut self, first: Box<dyn Queued>) {
        if let Err(error) = self.step("begin immediate") {
            return first.refuse(error);
        }
        let started = Instant::now();
        let mut batch = Vec::new();
        let mut effects = Effects::default();
        let mut next = Some(first);
        while let Some(mut verb) = next.take() {
            let step = self.attempt(verb.as_mut());
            batch.push(verb);
            match step {
                Step::Kept(more) => effects.merge(more),
                Step::Undone => {}
                Step::Dead(error) => return self.bury(batch, error),
            }
            if batch.len() < LARGEST_BATCH && started.elapsed() < LONGEST_BATCH {
                next = self.verbs.try_recv().ok();
            }
        }
        self.largest.fetch_max(batch.len(), Ordering::Relaxed);
        match self.step("commit") {
            Ok(()) => {
                self.shared.committed(effects);
                for verb in batch {
                    verb.deliver();
                }
            }
            Err(error) => self.bury(batch, error),
        }
    }

    /// A batch died. Alone, each verb shows whether it was the cause.
    fn bury(&mut self, mut batch: Vec<Box<dyn Queued>>, error: StoreError) {
        self.leave();
        if is_failed_sync(&error) {
            tracing::error!(%error, "the disk did not confirm a write; writing stops");
            self.halted = true;
            for verb in batch {
                verb.refuse(halted());
            }
            return;
        }
        if batch.len() == 1 {
            if let Some(verb) = batch.pop() {
                verb.refuse(error);
            }
            return;
        }
        tracing::warn!(%error, verbs = batch.len(), "a batch died and is run verb by verb");
        for verb in batch {
            self.run_alone(verb);
        }
    }

    fn run_alone(&mut self, mut verb: Box<dyn Queued>) {
        if self.halted {
            return verb.refuse(halted());
        }
        if let Err(error) = self.step("begin immediate") {
            return verb.refuse(error);
        }
        let effects = match self.attempt(verb.as_mut()) {
            Step::Kept(effects) => effects,
            Step::Undone => Effects::default(),
            Step::Dead(error) => return self.bury(vec![verb], error),
        };
        match self.step("commit") {
            Ok(()) => {
                self.shared.committed(effects);
                verb.deliver();
            }
            Err(error) => self.bury(vec![verb], error),
        }
    }

    fn attempt(&self, verb: &mut dyn Queued) -> Step {
        if let Err(error) = self.step("savepoint verb") {
            return Step::Dead(error);
        }
        let mut tx = Tx::sqlite(&self.connection, &self.shared);
        let keep = verb.attempt(&mut tx);
        if self.connection.is_autocommit() {
            let error = tx.failure().err().unwrap_or_else(stopped);
            return Step::Dead(error);
        }
        let effects = tx.effects;
        let undone = if keep {
            Ok(())
        } else {
            self.step("rollback to verb")
        };
        match undone.and_then(|()| self.step("release verb")) {
            Err(error) => Step::Dead(error),
            Ok(()) if keep => Step::Kept(effects),
            Ok(()) => Step::Undone,
        }
    }

    fn step(&self, text: &'static str) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(text)
            .and_then(|mut statement| statement.raw_execute())
            .map(|_| ())
            .map_err(|error| StoreError::sqlite(text, error))
    }

    /// Leaves a transaction that some errors have ended already.
    fn leave(&self) {
        if !self.connection.is_autocommit()
            && let Err(error) = self.step("rollback")
        {
            tracing::error!(%error, "a rollback failed");
        }
    }
}

fn halted() -> StoreError {
    StoreError::because(
        "write",
        ErrorKind::Unavailable,
        "the disk did not confirm an earlier write; restart when it is healthy",
    )
}

fn is_failed_sync(error: &StoreError) -> bool {
    use rusqlite::ffi::{SQLITE_IOERR_DIR_FSYNC, SQLITE_IOERR_FSYNC};
    let source = error.source.as_ref();
    let driver = source.and_then(|source| source.downcast_ref::<rusqlite::Error>());
    matches!(
        driver,
        Some(rusqlite::Error::SqliteFailure(failure, _))
            if [SQLITE_IOERR_FSYNC, SQLITE_IOERR_DIR_FSYNC].contains(&failure.extended_code)
    )
}
