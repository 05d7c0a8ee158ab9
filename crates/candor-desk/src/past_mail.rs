//! Mail from before the desk, brought in as closed tickets.
//!
//! Owns: what a person decides about a mailbox's past, counting it first, and how far it was
//! brought in. Must not know: IMAP; the binary reads the folders. What becomes of a mail is decided
//! in [`crate::intake`].
//!
//! Nothing is sent for it, nobody is alarmed, no clock runs: it happened. Counting comes first and
//! changes nothing; a person sees the counts and says "bring them in" or "leave them". Each step
//! settles its mails in the transaction that stores them, so that it may stop and go on anywhere.

mod ask;
mod survey;
mod work;

pub use crate::intake::{PastLetter, bring_in};
pub use ask::{BringPastIn, LeavePast, LookAtPast, MONTHS, PastOf, StopPast};
pub use candor_store::past_mail::{PastCame, PastFound, PastItem, PastMail, PastState};
pub use survey::{BeginCount, Count, CountRuns, Head, Survey, keep_survey};
pub use work::{
    MOST_ATTEMPTS, NextPast, PastFailed, PastRenumbered, PastStumbled, PastTask, PastWork,
    TakePastLease, sweep_past,
};
