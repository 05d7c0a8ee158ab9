//! The queue page by page.
//!
//! Owns: a cursor that carries its moment, so that pages neither skip nor repeat a ticket while time
//! goes on. Must not know: how a cursor is written.

use super::candidate::{Candidates, QueueLine};
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use candor_domain::id::TicketId;
use candor_store::Tx;
use jiff::{SignedDuration, Timestamp};

/// Where a page ended: the moment for which the whole order was worked out, and the place of its last
/// ticket in it. Whoever was taken since leaves no gap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QueueCursor {
    /// The moment of the first page.
    pub at: Timestamp,
    /// The group, the first one 0.
    pub group: i64,
    /// What the rule made of it.
    pub index: f64,
    /// Minutes waited.
    pub waited: f64,
    /// The ticket.
    pub ticket: TicketId,
}

impl QueueCursor {
    /// Whether a place comes after this one.
    pub(super) fn is_before(&self, other: &Self) -> bool {
        let by_group = self.group.cmp(&other.group);
        let by_index = other.index.total_cmp(&self.index);
        let by_wait = other.waited.total_cmp(&self.waited);
        let order = by_group.then(by_index).then(by_wait);
        order.then(self.ticket.cmp(&other.ticket)).is_lt()
    }
}

/// An older order is of no use to anybody.
const OLDEST: SignedDuration = SignedDuration::from_hours(24);

/// The moment for which a page is worked out: that of the first one.
pub(super) fn moment(cx: &Cx, after: Option<&QueueCursor>) -> Timestamp {
    let at = after.map_or(cx.now(), |after| after.at);
    at.clamp(cx.now() - OLDEST, cx.now())
}

/// Asks for a page of one's queue.
#[derive(Debug, Clone, Copy)]
pub struct QueuePage {
    /// Most lines.
    pub limit: usize,
    /// Goes on after this place.
    pub after: Option<QueueCursor>,
}

/// A page of somebody's queue.
#[derive(Debug, Clone)]
pub struct QueueLines {
    /// The tickets, the first one next.
    pub lines: Vec<QueueLine>,
    /// Goes on after this place; `None` at the end.
    pub next: Option<QueueCursor>,
}

impl Query for QueuePage {
    type Output = QueueLines;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<QueueLines, DeskError> {
        let at = moment(cx, self.after.as_ref());
        let candidates = Candidates::load_at(tx, cx, Some(cx.access()?), at)?;
        let (lines, next) = candidates.page(at, self.limit, self.after.as_ref());
        Ok(QueueLines { lines, next })
    }
}
