//! Changing several properties of a ticket at once.
//!
//! Owns: which changes follow from what somebody set. Must not know: JSON.

use super::change::{ChangeTicket, expect_version};
use super::visible_ticket;
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use candor_domain::id::{PersonId, TeamId, TicketId};
use candor_domain::permission::Permission;
use candor_domain::ticket::{Change, Kind, Status, Ticket, TicketRule, Urgency};
use candor_store::Tx;

/// What is done to a property that can be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Edit<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is emptied.
    Clear,
    /// It is set.
    Set(T),
}

impl<T> Edit<T> {
    /// The same for another type.
    pub fn map<U>(self, into: impl FnOnce(T) -> U) -> Edit<U> {
        match self {
            Self::Keep => Edit::Keep,
            Self::Clear => Edit::Clear,
            Self::Set(value) => Edit::Set(into(value)),
        }
    }

    /// What the property is afterwards.
    fn over(self, now: Option<T>) -> Option<T> {
        match self {
            Self::Keep => now,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }
}

/// What is set; `None` leaves a property as it is.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    /// The person who has it, or nobody.
    pub assignee: Edit<PersonId>,
    /// The team that has it, or none.
    pub team: Edit<TeamId>,
    /// What the customer wants, or nothing known.
    pub kind: Edit<Kind>,
    /// How much time there is.
    pub urgency: Option<Urgency>,
    /// All tags.
    pub tags: Option<Vec<String>>,
    /// Whether it is spam.
    pub spam: Option<bool>,
    /// Where it stands.
    pub status: Option<Status>,
}

/// Sets several properties in one transaction. What is so already stays without an entry.
#[derive(Debug, Clone)]
pub struct EditTicket {
    /// Which.
    pub ticket: TicketId,
    /// What is set.
    pub edits: Edits,
    /// The version that the caller has seen; `None` takes whatever is there.
    pub version: Option<i64>,
}

impl Verb for EditTicket {
    type Output = Ticket;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Ticket, DeskError> {
        let ticket = visible_ticket(tx, cx, self.ticket)?;
        expect_version(&ticket, self.version)?;
        let changes = self.edits.changes(&ticket);
        changes
            .into_iter()
            .try_fold(ticket, |ticket, change| apply(tx, cx, ticket, change))
    }
}

impl Edits {
    fn changes(&self, ticket: &Ticket) -> Vec<Change> {
        let reassigned = self.assignee != Edit::Keep || self.team != Edit::Keep;
        let assign = reassigned.then(|| Change::Assign {
            team: self.team.over(ticket.team),
            person: self.assignee.over(ticket.assignee),
        });
        [
            assign,
            (self.kind != Edit::Keep).then(|| Change::Kind(self.kind.over(ticket.kind))),
            self.urgency.map(Change::Urgency),
            self.tags.clone().map(Change::Tags),
            self.spam.map(Change::Spam),
            self.status.map(Change::Status),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn apply(tx: &mut Tx<'_>, cx: &Cx, ticket: Ticket, change: Change) -> Result<Ticket, DeskError> {
    let verb = ChangeTicket {
        ticket: ticket.id,
        change,
        version: None,
    };
    match verb.apply(tx, cx) {
        Ok(changed) => Ok(changed.ticket),
        Err(DeskError::Conflict(Conflict::Rule(TicketRule::AlreadySo))) => Ok(ticket),
        Err(other) => Err(other),
    }
}

/// Opens a closed ticket again; one that is not closed stays as it is.
#[derive(Debug, Clone, Copy)]
pub struct Reopen {
    /// Which.
    pub ticket: TicketId,
    /// The version that the caller has seen.
    pub version: Option<i64>,
}

impl Verb for Reopen {
    type Output = Ticket;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Ticket, DeskError> {
        let ticket = visible_ticket(tx, cx, self.ticket)?;
        expect_version(&ticket, self.version)?;
        if ticket.status == Status::Closed {
            apply(tx, cx, ticket, Change::Status(Status::Open))
        } else {
            cx.may(Permission::Change, &ticket.whereabouts())?;
            Ok(ticket)
        }
    }
}
