//! The promise of a ticket that comes first, for lists.
//!
//! Owns: reading it for many tickets at once. Must not know: how a line shows it.

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::ticket::visible_ticket;
use candor_domain::id::TicketId;
use candor_domain::level::{Foremost, Metric};
use candor_store::Tx;
use candor_store::ticket::ListRow;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// What is promised first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueOf {
    /// What.
    pub metric: Metric,
    /// By when, or since when it is late; `None` while the clock stands.
    pub due: Option<Timestamp>,
    /// What remains while the clock stands, in its own time.
    pub left: SignedDuration,
    /// Whether it is late.
    pub late: bool,
}

/// The promises of the tickets of a list.
pub type DueBook = BTreeMap<TicketId, DueOf>;

/// What the tickets of these lines are promised first. Only what is our turn, or late, is owed.
pub fn due_book(tx: &mut Tx<'_>, cx: &Cx, rows: &[ListRow]) -> Result<DueBook, DeskError> {
    if rows.is_empty() {
        return Ok(DueBook::new());
    }
    let tickets: Vec<TicketId> = rows.iter().map(|row| row.id).collect();
    let due = tx.due_of(&tickets)?;
    Ok(due
        .into_iter()
        .map(|due| (due.ticket, DueOf::of(cx, &due.first)))
        .collect())
}

impl DueOf {
    pub(super) fn of(cx: &Cx, first: &Foremost) -> Self {
        Self {
            metric: first.metric,
            due: first.due,
            left: SignedDuration::from_micros(first.left_us.max(0)),
            late: first.due.is_some_and(|due| due <= cx.now()),
        }
    }
}

/// Asks what one ticket is promised first: for its line in the API, for an acknowledgement.
#[derive(Debug, Clone, Copy)]
pub struct DueOfTicket(pub TicketId);

impl Query for DueOfTicket {
    type Output = Option<DueOf>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        let ticket = visible_ticket(tx, cx, self.0)?;
        due_of_ticket(tx, cx, ticket.id)
    }
}

/// What one ticket is promised first.
pub fn due_of_ticket(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: TicketId,
) -> Result<Option<DueOf>, DeskError> {
    let due = tx.due_of(&[ticket])?;
    Ok(due.first().map(|due| DueOf::of(cx, &due.first)))
}
