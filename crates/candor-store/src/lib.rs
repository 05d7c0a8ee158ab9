//! Both databases behind one seam.
//!
//! Owns: SQL, transactions, migrations, the journal with its sequencer, jobs, leases, blobs and
//! the search index, on SQLite and on PostgreSQL. Must not know: what a change means or who may
//! make it.

pub mod automatic;
pub mod blob;
pub mod certificate;
pub mod checkpoint;
pub mod config;
pub mod contract;
pub mod count;
pub mod customer;
pub mod delivery;
pub mod draft;
pub mod error;
pub mod fetch;
pub mod idempotency;
pub mod intake;
pub mod job;
pub mod journal;
mod lease;
pub mod level;
pub mod mail_log;
pub mod mail_watch;
pub mod mailbox;
pub mod message;
mod meter;
mod migrate;
pub mod outbox;
pub mod past_mail;
pub mod people;
mod postgres;
pub mod presence;
mod private;
mod random;
pub mod rating;
pub mod reading;
pub mod roster;
pub mod round_trip;
pub mod row;
pub mod search;
pub mod sender_check;
pub mod sending_domain;
pub mod session;
pub mod setting;
pub mod sign_in;
pub mod skill;
pub mod sql;
mod sqlite;
pub mod staff_mail;
#[cfg(test)]
mod statement;
mod store;
mod stretch;
pub mod suppression;
#[doc(hidden)]
pub mod testing;
mod thread;
pub mod ticket;
pub mod token;
pub mod tone;
mod tx;
pub mod urgency;
pub mod value;
pub mod workload;

pub use blob::{BlobCheck, BlobRef, Blobs};
pub use config::{DatabaseUrl, StoreConfig, StoreKeys};
pub use error::{ErrorKind, StoreError, StoreFailure};
pub use random::random_name;
pub use row::Row;
pub use sql::{Engine, Sql};
pub use store::{Store, StoreFigures};
pub use stretch::{Paged, Stretch};
pub use tx::Tx;
pub use value::{FromValue, ToValue, Value};
