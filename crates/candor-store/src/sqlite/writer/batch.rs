//! The writer's thread: a savepoint for each verb, a commit for all.
//!
//! Owns: the batch, its re-run verb by verb when it died, the halt when the disk fails. Must not
//! know: who waits for a verb.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::mpsc;

use super::{Queued, stopped};
use crate::error::{ErrorKind, StoreError};
use crate::store::Shared;
use crate::tx::{Effects, Tx};

/// Verbs that share a commit at most.
const LARGEST_BATCH: usize = 256;
/// A batch takes no further verb after this time, so that its first caller is not kept waiting.
const LONGEST_BATCH: Duration = Duration::from_millis(25);

/// What the thread holds.
pub(super) struct WriterThread {
    pub(super) connection: Connection,
    pub(super) verbs: mpsc::Receiver<Box<dyn Queued>>,
    pub(super) shared: Arc<Shared>,
    pub(super) largest: Arc<AtomicUsize>,
    /// It was taken from the queue and begins the next batch.
    pub(super) set_aside: Option<Box<dyn Queued>>,
    /// Whether a commit waits for the disk.
    pub(super) synced: bool,
    /// The disk did not confirm a sync. What it holds is unknown until the file is opened anew,
    /// so no further write is accepted.
    pub(super) halted: bool,
}

/// How one verb of a batch went.
enum Step {
    Kept(Effects),
    Undone,
    /// The engine gave up the whole transaction.
    Dead(StoreError),
}

impl WriterThread {
    /// Runs verbs until nobody can queue any more.
    pub(super) fn run(&mut self) {
        while let Some(verb) = self.next() {
            if self.halted {
                verb.refuse(halted());
            } else {
                self.run_batch(verb);
            }
        }
    }

    fn next(&mut self) -> Option<Box<dyn Queued>> {
        let aside = self.set_aside.take();
        aside.or_else(|| self.verbs.blocking_recv())
    }

    /// The next verb that may share a commit. One that must last joins no commit that nobody waits
    /// for.
    fn companion(&mut self, lasting: bool) -> Option<Box<dyn Queued>> {
        let verb = self.verbs.try_recv().ok()?;
        if verb.lasts() && !lasting {
            self.set_aside = Some(verb);
            return None;
        }
        Some(verb)
    }

    fn begin(&mut self, lasting: bool) -> Result<(), StoreError> {
        if self.synced != lasting {
            // SQLite obeys this one while it reads the text, so it must not be kept ready.
            let text = if lasting {
                "pragma synchronous = full"
            } else {
                "pragma synchronous = normal"
            };
            self.connection
                .execute_batch(text)
                .map_err(|error| StoreError::sqlite(text, error))?;
            self.synced = lasting;
        }
        self.step("begin immediate")
    }

    fn run_batch(&mut self, first: Box<dyn Queued>) {
        let lasting = first.lasts();
        if let Err(error) = self.begin(lasting) {
            return self.refuse_all(first, error);
        }
        let started = Instant::now();
        let mut batch = Vec::new();
        let mut effects = Effects::default();
        let mut next = Some(first);
        while let Some(mut verb) = next.take() {
            let step = if batch.is_empty() {
                self.attempt_first(verb.as_mut())
            } else {
                self.attempt(verb.as_mut())
            };
            batch.push(verb);
            match step {
                Step::Kept(more) => effects.merge(more),
                Step::Undone if self.connection.is_autocommit() => break,
                Step::Undone => {}
                Step::Dead(error) => return self.bury(batch, error),
            }
            if batch.len() < LARGEST_BATCH && started.elapsed() < LONGEST_BATCH {
                next = self.companion(lasting);
            }
        }
        self.largest.fetch_max(batch.len(), Ordering::Relaxed);
        match self.commit() {
            Ok(()) => {
                self.shared.committed(effects);
                for verb in batch {
                    verb.deliver();
                }
            }
            Err(error) => self.bury(batch, error),
        }
    }

    /// Another process does not let go of the file, or the file is gone. Who waits in the queue
    /// has waited for the same and is not kept for one more round each.
    fn refuse_all(&mut self, first: Box<dyn Queued>, error: StoreError) {
        let (op, kind) = (error.op, error.kind);
        let waiting = self.verbs.len();
        first.refuse(error);
        // Only those: whoever comes after an answer went out comes to a new situation.
        for _ in 0..waiting {
            if let Ok(next) = self.verbs.try_recv() {
                let words = "so it was for the write before";
                next.refuse(StoreError::because(op, kind, words));
            }
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
        if let Err(error) = self.begin(verb.lasts()) {
            return verb.refuse(error);
        }
        let effects = match self.attempt_first(verb.as_mut()) {
            Step::Kept(effects) => effects,
            Step::Undone => Effects::default(),
            Step::Dead(error) => return self.bury(vec![verb], error),
        };
        match self.commit() {
            Ok(()) => {
                self.shared.committed(effects);
                verb.deliver();
            }
            Err(error) => self.bury(vec![verb], error),
        }
    }

    /// Runs the first verb of a transaction. Nothing stands before it, so it needs no savepoint,
    /// which would copy every page that it changes: when it fails, the transaction goes.
    fn attempt_first(&self, verb: &mut dyn Queued) -> Step {
        let mut tx = Tx::sqlite(&self.connection, &self.shared);
        let keep = verb.attempt(&mut tx);
        if self.connection.is_autocommit() {
            let error = tx.failure().err().unwrap_or_else(stopped);
            return Step::Dead(error);
        }
        if keep {
            return Step::Kept(tx.effects);
        }
        match self.step("rollback") {
            Ok(()) => Step::Undone,
            Err(error) => Step::Dead(error),
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
        crate::sqlite::step(&self.connection, &self.shared, text)
    }

    /// Commits what there is: nothing after a first verb that failed.
    fn commit(&self) -> Result<(), StoreError> {
        if self.connection.is_autocommit() {
            return Ok(());
        }
        self.step("commit")
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

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::super::Waiting;
    use super::*;
    use crate::config::StoreKeys;

    #[test]
    fn after_a_failed_sync_nothing_is_written_any_more() {
        let (queue, verbs) = mpsc::channel::<Box<dyn Queued>>(1);
        let mut thread = WriterThread {
            connection: Connection::open_in_memory().expect("SQLite opens"),
            verbs,
            shared: Arc::new(Shared::new(StoreKeys { journal: [7; 32] })),
            largest: Arc::default(),
            set_aside: None,
            synced: true,
            halted: false,
        };
        let failure = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_FSYNC);
        let error = StoreError::sqlite("commit", rusqlite::Error::SqliteFailure(failure, None));
        let (reply, answer) = oneshot::channel::<Result<(), StoreError>>();
        let waiting = Waiting {
            verb: |_: &mut Tx<'_>| Ok(()),
            lasts: true,
            result: None,
            reply,
        };

        thread.bury(Vec::new(), error);
        drop(queue.blocking_send(Box::new(waiting)));
        drop(queue);
        thread.run();

        let refused = answer
            .blocking_recv()
            .expect("an answer")
            .expect_err("refused");
        assert_eq!(refused.kind, ErrorKind::Unavailable);
    }
}
