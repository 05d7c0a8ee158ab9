//! The verbs of the desk: one transaction each.
//!
//! Owns: what may be done by whom, in which order of loading, permission, rule, rows, journal
//! entry and jobs; and the queries that pages and the API show.
//! Must not know: HTTP, HTML, sockets, which database runs.
//!
//! A verb is a value: `desk.run(&actor, Reply { .. }).await`. Applying it may happen more than once
//! (a retried transaction), so it borrows itself and draws nothing: the time and all randomness
//! come from [`Cx`], drawn once before the first try. A query is a value too: `desk.ask(..)`.

pub mod auth;
pub mod automatic;
pub mod blob;
pub mod certificate;
mod check;
pub mod clock;
pub mod contract;
pub mod customer;
pub mod cx;
pub mod error;
pub mod fetch;
pub mod health;
pub mod history;
pub mod intake;
pub mod journal;
pub mod level;
pub mod link;
pub mod mail_watch;
pub mod mailbox;
pub mod once;
pub mod outbox;
pub mod past_mail;
pub mod people;
pub mod planning;
pub mod postmaster;
pub mod provider_account;
pub mod queue;
pub mod rating;
pub mod roster;
pub mod seal;
pub mod send_account;
pub mod sender_check;
pub mod sending_domain;
pub mod setting;
pub mod sign_in;
pub mod skill;
pub mod staff_mail;
pub mod ticket;
pub mod token;
pub mod tone;
pub mod verify;
pub mod visitor;
pub mod worker;
pub mod workload;

pub use candor_store::{Paged, Stretch};
pub use cx::{Cx, Desk, DeskConfig, Note, Query, Verb};
pub use error::{Conflict, DeskError, FieldError};
