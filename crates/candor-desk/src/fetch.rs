//! Mail that is fetched from an inbox elsewhere.
//!
//! Owns: which account stands behind a mailbox, who may say so, and how far it was read.
//! Must not know: IMAP; the binary fetches and hands raw mail to [`crate::intake::receive`].

mod account;
mod fetcher;
mod place;

pub use account::{
    AfterFetch, AllFetching, FetchAccount, FetchAccountFields, FetchTls, Fetching, FetchingState,
    SentFolder, SetFetching, StopFetching,
};
pub(crate) use account::{account_behind, sent_opens_tickets};
pub use candor_store::fetch::{FetchFolder, FetchPlace};
pub use fetcher::{FetchFailure, FetchLook, Fetcher, Looking, look};
pub(crate) use place::only_the_desk;
pub use place::{FetchFailed, FetchLease, FetchReached, LeaveFetchLease, PlaceOf, TakeFetchLease};
