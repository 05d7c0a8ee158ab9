//! A mailbox that sends through its own account at a provider.
//!
//! Owns: which account that is, who may say so, that its password goes to no other server, and
//! trying both ways of a mailbox. Must not know: SMTP, IMAP.

mod account;
mod round_trip;
mod trial;

pub(crate) use account::send_account;
pub use account::{SendAccount, SendAccountFields, SendAccountOf, SetSendAccount, StopSendAccount};
pub(crate) use round_trip::{Leg, ROUND_TRIP_HEADER, facts_of, keep_facts, reply_to};
pub use round_trip::{LegEnd, RoundTrip, RoundTripFacts, RoundTripOf, SenderTold};
pub use trial::{BothWays, check_account, try_both_ways};
