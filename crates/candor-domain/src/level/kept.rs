//! Calendars, levels and their wordings as the desk keeps them.
//!
//! Owns: which customers a level is for, and what the journal keeps of these rows. None of it is
//! personal. Must not know: clocks.

use super::{LevelChoice, LevelReason, ServiceLevel, Terms};
use crate::calendar::Calendar;
use crate::id::{
    CalendarId, ContractId, LevelId, MailboxId, OrganizationId, PersonId, TermsId, TicketId, TierId,
};
use crate::record::Recorded;
use crate::ticket::Kind;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A calendar with its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCalendar {
    /// The row.
    pub id: CalendarId,
    /// The hours.
    pub calendar: Calendar,
}

/// For whom a level is. A ticket that several levels are for has the one with the strongest ground.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Coverage {
    /// Customers of these organizations.
    pub organizations: Vec<OrganizationId>,
    /// Customers of these tiers.
    pub tiers: Vec<TierId>,
    /// What comes in by these mailboxes.
    pub mailboxes: Vec<MailboxId>,
    /// Tickets of these kinds.
    pub kinds: Vec<Kind>,
    /// Everybody whom no other level is for.
    pub everybody: bool,
}

impl Coverage {
    /// Whether nothing would get the level by itself.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether something would get both levels on the same ground.
    pub fn meets(&self, other: &Self) -> bool {
        fn shared<T: PartialEq>(own: &[T], others: &[T]) -> bool {
            own.iter().any(|one| others.contains(one))
        }
        (self.everybody && other.everybody)
            || shared(&self.organizations, &other.organizations)
            || shared(&self.tiers, &other.tiers)
            || shared(&self.mailboxes, &other.mailboxes)
            || shared(&self.kinds, &other.kinds)
    }
}

/// Whom warnings before a breach reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Warns {
    /// Whoever has the ticket; its leads where nobody has it.
    pub assignee: bool,
    /// The leads of its team.
    pub leads: bool,
    /// These people.
    pub people: Vec<PersonId>,
    /// Also by mail.
    pub mail: bool,
}

impl Default for Warns {
    fn default() -> Self {
        Self {
            assignee: true,
            leads: false,
            people: Vec::new(),
            mail: false,
        }
    }
}

/// A service level with its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLevel {
    /// The row.
    pub id: LevelId,
    /// What is promised.
    pub level: ServiceLevel,
    /// In whose hours.
    pub calendar: CalendarId,
    /// To whom.
    pub covers: Coverage,
    /// Whether customers read it on the page of promises.
    pub public: bool,
    /// Whether tickets still get it.
    pub active: bool,
    /// The wording that holds now.
    pub terms: TermsId,
    /// Whom its warnings reach.
    pub warns: Warns,
}

impl LevelChoice {
    /// The choice that a shop's levels make together.
    pub fn among<'a>(levels: impl IntoIterator<Item = &'a KeptLevel>) -> Self {
        let mut choice = Self::default();
        for kept in levels.into_iter().filter(|kept| kept.active) {
            let (id, covers) = (kept.id, &kept.covers);
            let organizations = covers.organizations.iter();
            choice
                .organizations
                .extend(organizations.map(|&one| (one, id)));
            choice
                .tiers
                .extend(covers.tiers.iter().map(|&one| (one, id)));
            choice
                .mailboxes
                .extend(covers.mailboxes.iter().map(|&one| (one, id)));
            choice
                .kinds
                .extend(covers.kinds.iter().map(|&one| (one, id)));
            if covers.everybody {
                choice.everybody = Some(id);
            }
        }
        choice
    }
}

/// A wording with its row; it is never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptTerms {
    /// The row.
    pub id: TermsId,
    /// Of which level.
    pub level: LevelId,
    /// The wording.
    pub terms: Terms,
}

/// What one ticket is promised, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TicketPromise {
    /// Which ticket.
    pub ticket: TicketId,
    /// The level; `None` promises nothing.
    pub level: Option<LevelId>,
    /// Why it has this level.
    pub reason: Option<LevelReason>,
    /// The wording.
    pub terms: Option<TermsId>,
    /// The contract that it belongs to.
    pub contract: Option<ContractId>,
}

impl TicketPromise {
    /// Nothing is promised.
    pub fn none(ticket: TicketId) -> Self {
        Self {
            ticket,
            level: None,
            reason: None,
            terms: None,
            contract: None,
        }
    }
}

impl Recorded for KeptCalendar {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({ "calendar": self.calendar })
    }
}

impl Recorded for KeptLevel {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        let mut facts = json!({
            "level": self.level, "calendar": self.calendar, "covers": self.covers,
            "public": self.public, "active": self.active, "terms": self.terms,
        });
        // Older entries know of no recipients; the usual ones read as theirs.
        if self.warns != Warns::default() {
            facts["warns"] = json!(self.warns);
        }
        facts
    }
}

impl Recorded for KeptTerms {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({
            "of": self.level, "level": self.terms.level, "calendar": *self.terms.calendar,
        })
    }
}

impl Recorded for TicketPromise {
    fn subject(&self) -> String {
        format!("promise:{}", self.ticket)
    }
    fn facts(&self) -> Value {
        let mut facts = json!({ "level": self.level, "reason": self.reason, "terms": self.terms });
        // Older entries know of no contracts; without one the facts read as theirs.
        if let Some(contract) = self.contract {
            facts["contract"] = json!(contract);
        }
        facts
    }
}
