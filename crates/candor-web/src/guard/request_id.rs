//! A name for each request, in the log and in the answer.
//!
//! Owns: making ids that differ between requests and between nodes. Must not know: requests. An id
//! is no secret.

use std::hash::{BuildHasher, RandomState};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The name of one request; it lies in the request's extensions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    pub(super) fn fresh() -> Self {
        static START: OnceLock<u32> = OnceLock::new();
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let start = START.get_or_init(|| RandomState::new().hash_one("candor") as u32);
        let next = NEXT.fetch_add(1, Ordering::Relaxed);
        Self(format!("{start:08x}{next:08x}"))
    }

    /// Sixteen hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
