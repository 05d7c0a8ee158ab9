//! What the engine costs: statements and verbs, and the time spent in them.
//!
//! Owns: counters that only grow. Must not know: what a statement says.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Counters of one open store.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    statements: Count,
    verbs: Count,
}

#[derive(Debug, Default)]
struct Count {
    number: AtomicU64,
    nanoseconds: AtomicU64,
}

impl Meter {
    /// A statement, `begin` and `commit` among them, has run since `started`.
    pub(crate) fn statement(&self, started: Instant) {
        self.statements.add(started.elapsed());
    }

    /// The closure of a write has run since `started`.
    pub(crate) fn verb(&self, started: Instant) {
        self.verbs.add(started.elapsed());
    }

    /// How many statements ran, and for how long in sum.
    pub(crate) fn statements(&self) -> (u64, Duration) {
        self.statements.read()
    }

    /// How many closures of writes ran, and for how long in sum.
    pub(crate) fn verbs(&self) -> (u64, Duration) {
        self.verbs.read()
    }
}

impl Count {
    fn add(&self, time: Duration) {
        let nanoseconds = u64::try_from(time.as_nanos()).unwrap_or(u64::MAX);
        self.number.fetch_add(1, Ordering::Relaxed);
        self.nanoseconds.fetch_add(nanoseconds, Ordering::Relaxed);
    }

    fn read(&self) -> (u64, Duration) {
        let nanoseconds = self.nanoseconds.load(Ordering::Relaxed);
        (
            self.number.load(Ordering::Relaxed),
            Duration::from_nanos(nanoseconds),
        )
    }
}
