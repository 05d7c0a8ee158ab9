//! People who work at the desk, and their teams.
//!
//! Owns: the nouns. Must not know: passwords and sessions.

use crate::address::EmailAddress;
use crate::id::{MailboxId, PersonId, RoleId, TeamId};
use jiff::Timestamp;

/// Somebody who works at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The row.
    pub id: PersonId,
    /// As they are called.
    pub name: String,
    /// What they log in with.
    pub email: EmailAddress,
    /// Their set of grants.
    pub role: RoleId,
    /// Their teams, sorted.
    pub teams: Vec<TeamId>,
    /// Mailboxes that they look after, sorted; only grants with the scope "mailbox" read it.
    pub mailboxes: Vec<MailboxId>,
    /// `en` or `de`; `None` follows the browser.
    pub language: Option<String>,
    /// Time zone by IANA name, such as `Europe/Berlin`.
    pub zone: String,
    /// How long a sent reply can be taken back: 0 to 60.
    pub undo_seconds: i64,
    /// False once they left; they keep their name on what they did.
    pub active: bool,
    /// First added.
    pub created_at: Timestamp,
}

impl Person {
    /// How long a reply can be taken back where a person set nothing.
    pub const DEFAULT_UNDO_SECONDS: i64 = 10;
    /// The longest time that a reply can be taken back.
    pub const MAX_UNDO_SECONDS: i64 = 60;
}

/// A group that tickets are given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// The row.
    pub id: TeamId,
    /// Its name, unique.
    pub name: String,
}
