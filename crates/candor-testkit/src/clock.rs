//! A clock that stands still, and randomness that repeats.
//!
//! Owns: both seams for tests.

use candor_desk::clock::{Clock, Entropy};
use jiff::{Timestamp, TimestampArithmetic};
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// Goes on only when a test says so.
pub struct TestClock(AtomicI64);

impl TestClock {
    /// A clock that stands at a moment.
    pub fn at(start: Timestamp) -> Self {
        Self(AtomicI64::new(start.as_microsecond()))
    }

    /// Lets time pass.
    pub fn advance(&self, by: impl Into<TimestampArithmetic>) {
        let later = self.now().checked_add(by);
        let later = later.expect("time goes on");
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
