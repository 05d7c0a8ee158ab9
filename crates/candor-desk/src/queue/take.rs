//! Taking the next ticket.
//!
//! Owns: that nobody gets one that somebody else just got, and that nobody hoards. Must not know:
//! which key was pressed.

use super::candidate::Candidates;
use crate::check::Check;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::roster::absence_now;
use crate::setting::{self, Known};
use crate::ticket::save;
use candor_domain::id::TicketId;
use candor_domain::permission::Permission;
use candor_domain::ticket::Change;
use candor_store::Tx;
use jiff::civil::Date;

const LIMIT: Known<'static> = Known {
    name: "queue.limit",
    default: "12",
    secret: false,
};

/// How many open tickets one person may have before they can take no more.
pub(super) fn limit(tx: &mut Tx<'_>, cx: &Cx) -> Result<i64, DeskError> {
    let text = setting::value(tx, cx, &LIMIT)?;
    Ok(text.parse().unwrap_or(12))
}

/// Asks for the limit.
#[derive(Debug, Clone, Copy)]
pub struct QueueLimit;

impl Query for QueueLimit {
    type Output = i64;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<i64, DeskError> {
        limit(tx, cx)
    }
}

/// Sets the limit.
#[derive(Debug, Clone, Copy)]
pub struct KeepQueueLimit(pub i64);

impl Verb for KeepQueueLimit {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let mut check = Check::default();
        check.between("limit", self.0, (1, 500));
        check.done()?;
        setting::keep(tx, cx, &LIMIT, &self.0.to_string())
    }
}

/// Gives the person the next ticket that nobody has and that they can and may answer.
#[derive(Debug, Clone, Copy)]
pub struct TakeNext;

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// This one is theirs now.
    Ticket(TicketId),
    /// Nobody waits for them.
    Nothing,
    /// They have as many open tickets as they may.
    Enough {
        /// So many.
        limit: i64,
    },
    /// They are away.
    Away {
        /// The last day.
        until: Date,
    },
}

impl Verb for TakeNext {
    type Output = Taken;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Taken, DeskError> {
        let access = cx.access()?;
        if let Some(absence) = absence_now(tx, access.person, cx.now())? {
            return Ok(Taken::Away {
                until: absence.last,
            });
        }
        let limit = limit(tx, cx)?;
        if tx.our_turn_of(access.person)? >= limit {
            return Ok(Taken::Enough { limit });
        }
        let candidates = Candidates::load(tx, cx)?;
        let mut offers = candidates.in_order();
        let Some(next) = offers.find(|offer| offer.may_go_to(access)) else {
            return Ok(Taken::Nothing);
        };
        let before = tx.ticket(next.row.ticket)?;
        let before = before.ok_or(DeskError::NotFound("ticket"))?;
        let mut ticket = before.clone();
        let change = Change::Assign {
            team: before.team,
            person: Some(access.person),
        };
        let event = ticket.change(change, cx.now())?;
        save(tx, cx, &before, &ticket, &event)?;
        Ok(Taken::Ticket(ticket.id))
    }
}
