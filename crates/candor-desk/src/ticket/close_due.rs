//! Closing solved tickets after the time that their mailbox sets.
//!
//! Owns: one chunk of that. Must not know: how often it runs.

use super::change::save;
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use candor_domain::actor::Actor;
use candor_domain::ticket::{Change, Status};
use candor_store::Tx;

/// Closes up to 200 tickets that were solved long enough ago; returns how many.
#[derive(Debug, Clone, Copy)]
pub struct CloseDue;

/// Tickets closed by one run of the verb.
const CHUNK: i64 = 200;

impl Verb for CloseDue {
    type Output = usize;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<usize, DeskError> {
        if cx.actor != Actor::System {
            return Err(DeskError::NotAllowed(
                "only the desk itself closes tickets by time",
            ));
        }
        let due = tx.solved_long_ago(cx.now(), CHUNK)?;
        for &id in &due {
            let Some(before) = tx.ticket(id)? else {
                continue;
            };
            let mut ticket = before.clone();
            let event = ticket.change(Change::Status(Status::Closed), cx.now())?;
            save(tx, cx, &before, &ticket, &event)?;
        }
        Ok(due.len())
    }
}
