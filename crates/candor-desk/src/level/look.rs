//! Warnings and breaches at their moment.
//!
//! Owns: looking at clocks that reached one. Must not know: how often somebody looks.

use super::shelf::learn;
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use crate::journal::record_ticket;
use candor_domain::actor::Actor;
use candor_domain::event::TicketEvent;
use candor_domain::id::TicketId;
use candor_domain::level::{Fact, Happening, TermsBook};
use candor_store::Tx;

/// Looks at the clocks of up to 100 tickets that reached a warning or their end; says how many.
#[derive(Debug, Clone, Copy)]
pub struct LookAtClocks;

/// Tickets looked at by one run of the verb.
const CHUNK: i64 = 100;

impl Verb for LookAtClocks {
    type Output = usize;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<usize, DeskError> {
        if cx.actor != Actor::System {
            return Err(DeskError::NotAllowed(
                "only the desk itself looks at clocks",
            ));
        }
        let due = tx.clocks_to_look_at(cx.now(), CHUNK)?;
        for &ticket in &due {
            look(tx, cx, ticket)?;
        }
        Ok(due.len())
    }
}

fn look(tx: &mut Tx<'_>, cx: &Cx, ticket: TicketId) -> Result<(), DeskError> {
    let Some(row) = tx.clocks_of(ticket)? else {
        return Ok(());
    };
    let mut book = TermsBook::new();
    learn(tx, cx, &mut book, row.promise.terms)?;
    let mut clocks = row.clocks;
    let log = clocks.take(cx.now(), &Fact::Looked, &book);
    let mut said = log.map_err(|error| DeskError::Internal(error.to_string()))?;
    said.retain(|event| matches!(event.happening, Happening::Warn { .. } | Happening::Breach));
    let event = TicketEvent::ClocksLooked { ticket, said };
    // The clocks follow their own entry as any other, and tell whom it concerns.
    record_ticket(tx, cx, &event, &[&row.promise])
}
