//! Stories about logging in.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "auth/guess.rs"]
mod guess;
#[path = "auth/reset.rs"]
mod reset;
#[path = "auth/session.rs"]
mod session;
#[path = "common/team.rs"]
mod team;
#[path = "auth/token.rs"]
mod token;

use candor_desk::Desk;

const OLGA: &str = "olga@harbour.example";

fn hashes(desk: &Desk) -> u64 {
    desk.passwords().made()
}
