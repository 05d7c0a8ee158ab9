//! Stories about people, roles, teams and mailboxes.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "people/history.rs"]
mod history;
#[path = "people/house.rs"]
mod house;
#[path = "people/rights.rs"]
mod rights;
#[path = "people/set_up.rs"]
mod set_up;
#[path = "common/team.rs"]
mod team;
