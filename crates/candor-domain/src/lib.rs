//! The desk's nouns, rules, ids, events and permissions.
//!
//! Owns: what a ticket, a customer, a person, a mailbox is and which change is allowed when.
//! Must not know: SQL, HTTP, sockets, the current time, randomness. Both time and randomness are
//! handed in by the caller.

pub mod actor;
pub mod address;
pub mod calendar;
pub mod contract;
pub mod customer;
pub mod event;
pub mod id;
pub mod level;
pub mod mailbox;
pub mod message;
pub mod people;
pub mod permission;
pub mod promise;
pub mod rating;
pub mod record;
pub mod roster;
pub mod silence;
pub mod skill;
pub mod suppression;
pub mod text;
pub mod ticket;
pub mod urgency;
pub mod visibility;
mod word;
