//! A whole desk in a test.
//!
//! Owns: [`TestDesk`], a small shop, and [`Ground`], the desk below it with nobody in it: a fresh database on the engine that the environment chooses, a clock that
//! stands still, seeded randomness, a courier that remembers, the router in process, browsers with
//! cookies. Must not know: what is tested.

#![allow(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "a test fails where it stands"
)]

mod browser;
mod clock;
mod consent;
mod courier;
mod desk;
mod fetcher;
mod ground;
mod postmaster;

pub use browser::{Answer, Browser};
pub use candor_mail::Mark;
pub use clock::TestClock;
pub use consent::{CONSENT_CODE, ScriptedConsent};
pub use courier::{OUTBOX_PASSWORD, RememberingCourier, SentMail};
pub use desk::{PASSWORD, TestDesk};
pub use fetcher::{INBOX_PASSWORD, ScriptedFetcher};
pub use ground::Ground;
pub use postmaster::TestPostmaster;
