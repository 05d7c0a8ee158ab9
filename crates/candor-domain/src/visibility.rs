//! What somebody may see, as one value.
//!
//! Owns: the rule in memory. The store compiles the same fields to SQL, and a property test holds
//! the two together. Must not know: SQL.

use crate::id::{MailboxId, PersonId, TeamId};
use crate::permission::Whereabouts;

/// A ticket is seen when any of the four says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visibility {
    /// Every ticket.
    pub all: bool,
    /// Tickets of these mailboxes.
    pub mailboxes: Vec<MailboxId>,
    /// Tickets of these teams.
    pub teams: Vec<TeamId>,
    /// Tickets given to this person.
    pub assignee: Option<PersonId>,
}

impl Visibility {
    /// Sees nothing.
    pub fn nothing() -> Self {
        Self {
            all: false,
            mailboxes: Vec::new(),
            teams: Vec::new(),
            assignee: None,
        }
    }

    /// Sees everything: the desk itself.
    pub fn everything() -> Self {
        Self {
            all: true,
            ..Self::nothing()
        }
    }

    /// Whether the ticket that stands there is seen.
    pub fn sees(&self, at: &Whereabouts) -> bool {
        self.all
            || self.mailboxes.contains(&at.mailbox)
            || at.team.is_some_and(|team| self.teams.contains(&team))
            || (self.assignee.is_some() && at.assignee == self.assignee)
    }
}
