//! Days on which somebody is away.
//!
//! Owns: asking, deciding, taking back. Must not know: who may decide.
//!
//! Why somebody is away is personal: it is content, which the history commits to and which can be
//! erased, never a fact.

use super::RosterRule;
use crate::id::{AbsenceId, PersonId};
use crate::record::{Content, Recorded};
use crate::word::words;
use jiff::civil::Date;
use serde_json::{Value, json};

words! {
    /// Why somebody is away.
    AbsenceKind {
        /// Holidays.
        Leave = "leave",
        /// Ill.
        Sick = "sick",
        /// Training, a family matter, anything else.
        Other = "other",
    }
}

words! {
    /// How far it came.
    AbsenceState {
        /// Somebody has to decide.
        Asked = "asked",
        /// It holds.
        Approved = "approved",
        /// It does not.
        Declined = "declined",
        /// Whoever asked took it back.
        Withdrawn = "withdrawn",
    }
}

/// Days on which somebody is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// The row.
    pub id: AbsenceId,
    /// Who.
    pub person: PersonId,
    /// Who looks after their tickets.
    pub deputy: Option<PersonId>,
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    /// How far it came.
    pub state: AbsenceState,
    /// Why.
    pub kind: AbsenceKind,
    /// What they want to say about it; may be empty.
    pub note: String,
    /// 16 random bytes.
    pub salt: Vec<u8>,
}

impl Absence {
    /// Whether it holds on a day.
    pub fn holds_on(&self, date: Date) -> bool {
        self.state == AbsenceState::Approved && (self.first..=self.last).contains(&date)
    }

    /// Approves or declines it; again later, for a second thought.
    ///
    /// # Errors
    /// `Decided` when whoever asked took it back.
    pub fn decide(&mut self, approve: bool) -> Result<(), RosterRule> {
        if self.state == AbsenceState::Withdrawn {
            return Err(RosterRule::Decided);
        }
        self.state = if approve {
            AbsenceState::Approved
        } else {
            AbsenceState::Declined
        };
        Ok(())
    }

    /// Puts the question again: a decision is taken back.
    ///
    /// # Errors
    /// `Decided` when there is no decision.
    pub fn ask_again(&mut self) -> Result<(), RosterRule> {
        if self.state == AbsenceState::Asked {
            return Err(RosterRule::Decided);
        }
        self.state = AbsenceState::Asked;
        Ok(())
    }

    /// Takes it back.
    ///
    /// # Errors
    /// `Decided` when it was declined or taken back before.
    pub fn withdraw(&mut self) -> Result<(), RosterRule> {
        if !matches!(self.state, AbsenceState::Asked | AbsenceState::Approved) {
            return Err(RosterRule::Decided);
        }
        self.state = AbsenceState::Withdrawn;
        Ok(())
    }
}

impl Recorded for Absence {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({
            "person": self.person, "deputy": self.deputy, "first": self.first, "last": self.last,
            "state": self.state,
        })
    }
    fn content(&self) -> Option<Content> {
        Some(Content::new(&self.salt, &json!([self.kind, self.note])))
    }
}
