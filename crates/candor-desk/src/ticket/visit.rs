//! Who stands behind a customer's link.
//!
//! Owns: whether a link still opens its ticket. Must not know: the page behind it.

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::link::open_customer_link;
use candor_domain::actor::Actor;
use candor_store::Tx;

/// Asks as whom somebody acts who came with a link.
#[derive(Clone)]
pub struct OpenLink {
    /// The token in the link.
    pub token: String,
}

impl Query for OpenLink {
    type Output = Actor;
    /// The same refusal for a mistyped link, a revoked one, and one whose ticket is gone or spam:
    /// nobody learns which tickets there are.
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Actor, DeskError> {
        let dead = || DeskError::NotFound("link");
        let claim = open_customer_link(cx.keys(), &self.token).ok_or_else(dead)?;
        let ticket = tx.ticket(claim.ticket)?.ok_or_else(dead)?;
        if ticket.link_epoch != claim.epoch || ticket.spam {
            return Err(dead());
        }
        Ok(Actor::Customer {
            customer: ticket.customer,
            ticket: ticket.id,
        })
    }
}
