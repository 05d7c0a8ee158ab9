//! Brakes on what unknown visitors may leave here.
//!
//! Owns: how often one network may write, and how much it may hand over. Kept in the database, so
//! that every node brakes together. Must not know: forms.

use crate::auth::Braked;
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use candor_store::Tx;

/// The most that one network hands over in files before it has rested for an hour, in KiB.
const MOST_KIB: i64 = 60 * 1024;

/// Counts something that a visitor sends, before its files are staged and before it is stored.
#[derive(Debug, Clone)]
pub struct CountVisit {
    /// The internet address that it came from; empty where unknown.
    pub address: String,
    /// What its files weigh.
    pub file_bytes: u64,
}

impl Verb for CountVisit {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        Braked::address("ask", &self.address).count(tx, cx.now())?;
        let kib = i64::try_from(self.file_bytes.div_ceil(1024)).unwrap_or(i64::MAX);
        Braked::address("files", &self.address).spend(tx, cx.now(), (kib, MOST_KIB))
    }
}
