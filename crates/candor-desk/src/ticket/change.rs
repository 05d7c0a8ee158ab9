//! Changing a ticket, and taking the change back.
//!
//! Owns: assign, kind, urgency, tags, wait, hold, solve, close, reopen, spam; undo; revoking links.
//! Must not know: which button asked.

use super::{allowed_ticket, visible_ticket};
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record_ticket;
use candor_domain::actor::Actor;
use candor_domain::event::TicketEvent;
use candor_domain::id::TicketId;
use candor_domain::permission::Permission;
use candor_domain::ticket::{Change, Status, Ticket};
use candor_store::Tx;
use candor_store::journal::Entry;
use serde::Deserialize;

/// How long a change can be taken back.
const UNDO_MICROS: i64 = 10 * 60 * 1_000_000;
/// Entries among which the last change is looked for.
const LOOKED_BACK: i64 = 10;

/// Changes one property of a ticket.
#[derive(Debug, Clone)]
pub struct ChangeTicket {
    /// Which.
    pub ticket: TicketId,
    /// What.
    pub change: Change,
    /// The version that the caller has seen; `None` takes whatever is there.
    pub version: Option<i64>,
}

/// What a change did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The ticket as it is now.
    pub ticket: Ticket,
    /// What happened.
    pub event: TicketEvent,
}

impl Verb for ChangeTicket {
    type Output = Changed;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Changed, DeskError> {
        let before = ticket_for(tx, cx, self)?;
        expect_version(&before, self.version)?;
        check_target(tx, &self.change)?;
        let mut ticket = before.clone();
        let event = ticket.change(self.change.clone(), cx.now())?;
        save(tx, cx, &before, &ticket, &event)?;
        Ok(Changed { ticket, event })
    }
}

fn ticket_for(tx: &mut Tx<'_>, cx: &Cx, verb: &ChangeTicket) -> Result<Ticket, DeskError> {
    if let Actor::Customer { .. } = cx.actor {
        // Behind their link, customers may say that it is settled; nothing else.
        return match verb.change {
            Change::Status(Status::Solved) => visible_ticket(tx, cx, verb.ticket),
            _ => Err(DeskError::NotAllowed(
                "customers can only settle their ticket",
            )),
        };
    }
    allowed_ticket(tx, cx, verb.ticket, permission_for(&verb.change))
}

fn permission_for(change: &Change) -> Permission {
    match change {
        Change::Assign { .. } => Permission::Assign,
        Change::Spam(_) => Permission::MarkSpam,
        Change::Kind(_) | Change::Urgency(_) | Change::Tags(_) | Change::Status(_) => {
            Permission::Change
        }
    }
}

/// A ticket goes only to people who still work here and to teams that exist.
fn check_target(tx: &mut Tx<'_>, change: &Change) -> Result<(), DeskError> {
    let Change::Assign { team, person } = change else {
        return Ok(());
    };
    if let Some(person) = person {
        let active = tx.person(*person)?.is_some_and(|person| person.active);
        if !active {
            return Err(DeskError::invalid(
                "assignee",
                "error-assignee-gone",
                "nobody active has this id",
            ));
        }
    }
    match team {
        Some(team) if tx.team(*team)?.is_none() => Err(DeskError::invalid(
            "team",
            "error-team-gone",
            "there is no team with this id",
        )),
        _ => Ok(()),
    }
}

/// Refuses when somebody changed the ticket since the caller read it.
pub(crate) fn expect_version(ticket: &Ticket, version: Option<i64>) -> Result<(), DeskError> {
    match version {
        Some(seen) if seen != ticket.version => Err(DeskError::Conflict(Conflict::Stale {
            current: ticket.version,
        })),
        _ => Ok(()),
    }
}

pub(crate) fn save(
    tx: &mut Tx<'_>,
    cx: &Cx,
    before: &Ticket,
    ticket: &Ticket,
    event: &TicketEvent,
) -> Result<(), DeskError> {
    tx.save_ticket(before, ticket)?;
    record_ticket(tx, cx, event, &[ticket])
}

/// Takes the last change of a ticket back, if it was the actor's own and is less than ten minutes
/// old. The history keeps both.
#[derive(Debug, Clone, Copy)]
pub struct UndoChange {
    /// Which ticket.
    pub ticket: TicketId,
}

impl Verb for UndoChange {
    type Output = Changed;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Changed, DeskError> {
        let before = visible_ticket(tx, cx, self.ticket)?;
        let from = last_change(tx, cx, self.ticket)?;
        may_take_back(cx, &from, &before)?;
        let mut ticket = before.clone();
        let event = ticket.change_back(from, cx.now())?;
        save(tx, cx, &before, &ticket, &event)?;
        Ok(Changed { ticket, event })
    }
}

fn may_take_back(cx: &Cx, from: &Change, ticket: &Ticket) -> Result<(), DeskError> {
    let Actor::Person(_) = cx.actor else {
        return Ok(());
    };
    let allowed = cx.may(permission_for(from), &ticket.whereabouts());
    if reassigns(from) { Ok(()) } else { allowed }
}

/// Whether [`UndoChange`] would find something to take back now, given the newest entry of the
/// ticket's history.
pub(crate) fn can_undo(
    cx: &Cx,
    newest: Option<&Entry>,
    ticket: &Ticket,
) -> Result<bool, DeskError> {
    match change_of(cx, newest) {
        Ok(from) => Ok(may_take_back(cx, &from, ticket).is_ok()),
        Err(DeskError::Conflict(_)) => Ok(false),
        Err(other) => Err(other),
    }
}

/// Whoever gave a ticket away by mistake may take it back although it is not theirs any more.
fn reassigns(change: &Change) -> bool {
    matches!(change, Change::Assign { .. })
}

#[derive(Deserialize)]
struct Facts {
    event: serde_json::Value,
}

fn last_change(tx: &mut Tx<'_>, cx: &Cx, ticket: TicketId) -> Result<Change, DeskError> {
    let entries = tx.entries_of(&ticket.subject(), LOOKED_BACK)?;
    change_of(cx, newest_deed(&entries))
}

/// The newest entry that somebody made; what the clocks did since is not among them.
pub(crate) fn newest_deed(entries: &[Entry]) -> Option<&Entry> {
    let clockwork = |entry: &&Entry| {
        let facts: Result<Facts, _> = serde_json::from_str(&entry.facts);
        let event = facts.map(|facts| serde_json::from_value::<TicketEvent>(facts.event));
        matches!(event, Ok(Ok(event)) if event.is_clockwork())
    };
    entries.iter().rev().find(|entry| !clockwork(entry))
}

fn change_of(cx: &Cx, newest: Option<&Entry>) -> Result<Change, DeskError> {
    let too_late = || DeskError::Conflict(Conflict::TooLate);
    let entry = newest.ok_or_else(too_late)?;
    let age = cx.now().as_microsecond() - entry.at.as_microsecond();
    if entry.actor != cx.actor.journal_name() || age > UNDO_MICROS {
        return Err(too_late());
    }
    let facts: Facts = serde_json::from_str(&entry.facts).map_err(|_| too_late())?;
    match serde_json::from_value(facts.event) {
        Ok(TicketEvent::Changed { from, .. }) => Ok(from),
        _ => Err(too_late()),
    }
}

/// Makes every link to the request page that was sent so far lead nowhere.
#[derive(Debug, Clone, Copy)]
pub struct RevokeLink {
    /// Which ticket.
    pub ticket: TicketId,
}

impl Verb for RevokeLink {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let before = allowed_ticket(tx, cx, self.ticket, Permission::Change)?;
        let mut ticket = before.clone();
        let event = ticket.revoke_link(cx.now());
        save(tx, cx, &before, &ticket, &event)
    }
}
