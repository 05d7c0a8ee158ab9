//! Answers that were given elsewhere or before.
//!
//! Owns: bringing them with their own times. Nobody is mailed. Must not know: where they come from.

use super::answer::given;
use super::ask::asked;
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::rating::Grade;
use candor_store::Tx;
use jiff::Timestamp;

/// A question that was asked before, with its answer where one came.
#[derive(Debug, Clone)]
pub struct RatePast {
    /// What it was about.
    pub ticket: TicketId,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// When and what was answered, with the customer's words.
    pub answer: Option<(Timestamp, Grade, String)>,
}

impl Verb for RatePast {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        if cx.actor != Actor::System {
            return Err(DeskError::NotAllowed(
                "only the desk itself plays a history",
            ));
        }
        let ticket = tx
            .ticket(self.ticket)?
            .ok_or(DeskError::NotFound("ticket"))?;
        if tx.rating_of(ticket.id)?.is_some() {
            return Ok(());
        }
        let mut rating = asked(tx, &cx.at(Actor::System, self.asked_at, 0), &ticket)?;
        let Some((at, grade, words)) = &self.answer else {
            return Ok(());
        };
        rating.words.clone_from(words);
        let customer = Actor::Customer {
            customer: ticket.customer,
            ticket: ticket.id,
        };
        let cx = cx.at(customer, *at, 1);
        given(tx, &cx, &ticket, (&mut rating, *grade))
    }
}
