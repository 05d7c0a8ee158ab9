//! How urgent a ticket looks by the facts, and what people decide against it.
//!
//! Owns: gathering the facts, keeping a person's decision with its reason. Must not know: which
//! fact weighs most; the domain says that. Nothing changes by itself.

use super::{allowed_ticket, save};
use crate::check::Check;
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use crate::journal::record_ticket;
use crate::level::Standing;
use candor_domain::event::TicketEvent;
use candor_domain::id::TicketId;
use candor_domain::permission::Permission;
use candor_domain::text::one_line;
use candor_domain::ticket::{Change, Status, Ticket, Urgency};
use candor_domain::urgency::{UrgencyChoice, UrgencyFacts, UrgencyGround, UrgencySuggestion};
use candor_store::Tx;
use candor_store::tone::MessageReading;

/// What the facts say of a ticket's urgency, and what somebody said to that.
#[derive(Debug, Clone, Default)]
pub struct UrgencySeen {
    /// What is suggested now; `None` where the ticket is so already, or somebody decided.
    pub suggestion: Option<UrgencySuggestion>,
    /// Open tickets of the customer, with this one.
    pub open_tickets: usize,
    /// The decision that holds.
    pub choice: Option<UrgencyChoice>,
}

/// What the facts say of a ticket.
pub(crate) fn urgency_of(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    standing: &Standing,
    readings: &[MessageReading],
) -> Result<UrgencySeen, DeskError> {
    let facts = facts(tx, ticket, standing, readings)?;
    let choice = tx.urgency_choice(ticket.id)?.filter(|choice| choice.holds);
    let over = ticket.spam || matches!(ticket.status, Status::Solved | Status::Closed);
    let open = facts.suggest().filter(|suggestion| {
        let decided = choice.as_ref();
        let news = !decided.is_some_and(|choice| choice.answers(*suggestion));
        !over && news && suggestion.urgency != ticket.urgency
    });
    // What somebody called urgent is not talked down.
    let open =
        open.filter(|one| one.urgency != Urgency::CanWait || ticket.urgency == Urgency::Normal);
    Ok(UrgencySeen {
        suggestion: open,
        open_tickets: facts.open_tickets,
        choice,
    })
}

fn facts(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    standing: &Standing,
    readings: &[MessageReading],
) -> Result<UrgencyFacts, DeskError> {
    let says = |ground: &UrgencyGround| {
        // The grounds that words give have the names of the cues.
        let name = format!("\"{}\"", ground.as_str());
        readings.iter().any(|reading| reading.cues.contains(&name))
    };
    let said = UrgencyGround::ALL.iter().copied().filter(says).collect();
    Ok(UrgencyFacts {
        kind: ticket.kind,
        said,
        tier_weight: standing.tier_weight(),
        open_tickets: tx.count_undone_of(ticket.customer)?,
    })
}

/// Decides otherwise than the facts suggest, with a reason that colleagues read.
#[derive(Debug, Clone)]
pub struct DecideUrgency {
    /// Which ticket.
    pub ticket: TicketId,
    /// How urgent it is.
    pub urgency: Urgency,
    /// Why.
    pub reason: String,
}

impl Verb for DecideUrgency {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let before = allowed_ticket(tx, cx, self.ticket, Permission::Change)?;
        let standing = Standing::of(tx, before.id)?;
        let readings = tx.tones_of(before.id)?;
        let seen = urgency_of(tx, &before, &standing, &readings)?;
        let suggestion = seen.suggestion.ok_or(DeskError::NotFound("suggestion"))?;
        let reason = one_line(&self.reason, UrgencyChoice::MAX_REASON);
        let mut check = Check::default();
        check.text("reason", &self.reason, UrgencyChoice::MAX_REASON);
        if reason.is_empty() {
            check.refuse("reason", "error-reason-empty", "say why");
        }
        check.done()?;
        let choice = UrgencyChoice {
            ticket: before.id,
            suggested: suggestion.urgency,
            ground: suggestion.ground,
            chosen: self.urgency,
            by: cx.access()?.person,
            at: cx.now(),
            reason,
            holds: true,
            salt: cx.salt(&format!("urgency of {}", before.id)),
        };
        tx.keep_urgency_choice(&choice)?;
        let event = TicketEvent::UrgencyDecided {
            ticket: before.id,
            suggested: choice.suggested,
            ground: choice.ground,
            chosen: choice.chosen,
        };
        record_ticket(tx, cx, &event, &[&choice])?;
        if before.urgency == self.urgency {
            return Ok(());
        }
        let mut ticket = before.clone();
        let event = ticket.change(Change::Urgency(self.urgency), cx.now())?;
        save(tx, cx, &before, &ticket, &event)
    }
}

/// Takes a decision back: what the facts suggest stands again.
#[derive(Debug, Clone, Copy)]
pub struct DropUrgencyDecision {
    /// Which ticket.
    pub ticket: TicketId,
}

impl Verb for DropUrgencyDecision {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let ticket = allowed_ticket(tx, cx, self.ticket, Permission::Change)?.id;
        let choice = tx.urgency_choice(ticket)?.filter(|choice| choice.holds);
        let mut choice = choice.ok_or(DeskError::NotFound("decision"))?;
        choice.holds = false;
        tx.keep_urgency_choice(&choice)?;
        let event = TicketEvent::UrgencyDecisionDropped { ticket };
        record_ticket(tx, cx, &event, &[&choice])
    }
}
