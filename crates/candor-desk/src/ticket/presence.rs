//! Who reads or writes where, and what was read.
//!
//! Owns: presence and read marks, both working state. Must not know: how it reaches other screens.

use super::visible_ticket;
use crate::cx::{Cx, Note, Query, Verb};
use crate::error::DeskError;
use candor_domain::id::{MessageId, PersonId, TicketId};
use candor_store::Tx;
use jiff::ToSpan;

pub use candor_store::presence::Present as HerePresent;

/// How long presence lasts without a new sign of life.
const PRESENCE_SECONDS: i64 = 45;

/// What somebody does at a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// Has it open.
    Reading,
    /// Types.
    Writing,
}

impl Doing {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Writing => "writing",
        }
    }
}

/// A sign of life at a ticket.
#[derive(Debug, Clone, Copy)]
pub struct SetPresence {
    /// Where.
    pub ticket: TicketId,
    /// What.
    pub doing: Doing,
}

impl Verb for SetPresence {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        visible_ticket(tx, cx, self.ticket)?;
        let until = cx.now() + PRESENCE_SECONDS.seconds();
        let (person, doing) = (cx.access()?.person, self.doing.as_str());
        tx.set_presence(self.ticket, person, doing, (cx.now(), until))?;
        Ok(())
    }
}

impl Note for SetPresence {}

/// Somebody closed the ticket's page.
#[derive(Debug, Clone, Copy)]
pub struct Leave {
    /// Where.
    pub ticket: TicketId,
}

impl Verb for Leave {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        tx.leave(self.ticket, cx.access()?.person)?;
        Ok(())
    }
}

impl Note for Leave {}

/// Notes that the actor has seen a ticket up to a message.
#[derive(Debug, Clone, Copy)]
pub struct MarkRead {
    /// Which.
    pub ticket: TicketId,
    /// The newest public message that was shown.
    pub message: MessageId,
}

impl Verb for MarkRead {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let seen = tx.seen_among(&cx.visibility(), &[self.ticket])?;
        if seen.is_empty() {
            return Err(DeskError::NotFound("ticket"));
        }
        Ok(tx.mark_read(cx.access()?.person, self.ticket, self.message)?)
    }
}

impl Note for MarkRead {}

/// Everybody who is at some ticket that the actor may see, without the actor.
#[derive(Debug, Clone, Copy)]
pub struct WhoIsWhere;

impl Query for WhoIsWhere {
    type Output = Vec<HerePresent>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<HerePresent>, DeskError> {
        let me: PersonId = cx.access()?.person;
        let present = tx.present(cx.now())?;
        let tickets: Vec<TicketId> = present.iter().map(|here| here.ticket).collect();
        let seen = tx.seen_among(&cx.visibility(), &tickets)?;
        Ok(present
            .into_iter()
            .filter(|here| here.person != me && seen.contains(&here.ticket))
            .collect())
    }
}
