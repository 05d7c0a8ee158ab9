//! A level that somebody gives one ticket by hand.
//!
//! Owns: that choice, who may make it and taking it back. Must not know: what the level promises.
//!
//! A level by hand goes before a contract, and the contract's statement does not list what was taken
//! out of it. So whoever is measured by a contract does not take a ticket out of it alone: that is
//! for those who look after levels.

use super::follow::{reconsider, record_promise};
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use crate::ticket::allowed_ticket;
use candor_domain::id::{LevelId, TicketId};
use candor_domain::level::{LevelReason, TicketPromise};
use candor_domain::permission::Permission;
use candor_store::Tx;

/// Gives a ticket a level by hand, or lets the desk choose again.
#[derive(Debug, Clone, Copy)]
pub struct SetTicketLevel {
    /// Which ticket.
    pub ticket: TicketId,
    /// The level; `None` lets the desk choose by customer, mailbox and kind.
    pub level: Option<LevelId>,
}

impl Verb for SetTicketLevel {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let ticket = allowed_ticket(tx, cx, self.ticket, Permission::Change)?;
        let by = cx.actor.journal_name();
        let Some(level) = self.level else {
            // Nothing by hand any more; what the desk would choose is recorded right after.
            let nothing = TicketPromise::none(ticket.id);
            let kept = tx.clocks_of(ticket.id)?.map(|row| row.promise);
            if kept.is_some_and(|kept| kept.reason == Some(LevelReason::Explicit)) {
                record_promise(tx, cx, &by, nothing)?;
                reconsider(tx, cx, ticket.id)?;
            }
            return Ok(());
        };
        let kept = tx.clocks_of(ticket.id)?;
        if kept.is_some_and(|row| row.promise.contract.is_some()) {
            cx.may_at_all(Permission::ManageLevels)?;
        }
        let level = tx.level(level)?.ok_or(DeskError::NotFound("level"))?;
        if !level.active {
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        let promise = TicketPromise {
            ticket: ticket.id,
            level: Some(level.id),
            reason: Some(LevelReason::Explicit),
            terms: Some(level.terms),
            contract: None,
        };
        record_promise(tx, cx, &by, promise)
    }
}
