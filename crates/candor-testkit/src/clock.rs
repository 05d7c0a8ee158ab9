//! A clock that stands still, and randomness that repeats.
//!
//! Owns: both seams for tests.

use candor_desk::clock::{Clock, Entropy};
use jiff::{Span, Timestamp};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// Goes on only when a test says so. It starts on Monday, 2 March 2026, 09:00 UTC.
pub struct TestClock(AtomicI64);

impl Default for TestClock {
    fn default() -> Self {
        let start: Timestamp = "2026-03-02T09:00:00Z".parse().expect("this is a time");
        Self(AtomicI64::new(start.as_microsecond()))
    }
}

impl TestClock {
    /// Lets time pass.
    pub fn advance(&self, span: Span) {
        let later = self.now() + span;
        self.0.store(later.as_microsecond(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).expect("the clock shows a time")
    }
}

/// Another seed for each verb, the same ones in each run.
#[derive(Default)]
pub(crate) struct CountedSeeds(AtomicU64);

impl Entropy for CountedSeeds {
    fn seed(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.0.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        seed
    }
}
