//! How busy the team is.
//!
//! Owns: utilisation from what came in and who was there. Must not know: single people.

use super::handle::{HandleTime, handle_time};
use crate::error::DeskError;
use crate::level::EFFICIENCY;
use crate::roster::{book_from, monday_of, zone};
use candor_store::Tx;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// Weeks of tickets that are looked at.
const WEEKS: i64 = 4;

/// How busy the team is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Busy {
    /// Tickets a week, over the last four.
    pub tickets_per_week: f64,
    /// How long one takes.
    pub handle: HandleTime,
    /// Hours of people in this week's roster; 0 where nobody wrote one.
    pub hours: f64,
}

impl Busy {
    /// Work over the time for it, rho; `None` without a roster. Above 1 more comes in than can be
    /// done.
    pub fn utilisation(&self) -> Option<f64> {
        let work = self.tickets_per_week * self.handle.minutes / 60.0;
        (self.hours > 0.0).then(|| work / (self.hours * EFFICIENCY))
    }
}

/// How busy the team is this week.
pub(crate) fn busy(tx: &mut Tx<'_>, now: Timestamp) -> Result<Busy, DeskError> {
    let monday = monday_of(now.to_zoned(zone(tx)?).date());
    let book = book_from(tx, monday)?;
    let days = book.days(monday, monday.saturating_add(6.days()));
    let there = days.iter().filter(|day| day.away.is_none());
    let hours: f64 = there
        .map(|day| day.span.1.duration_since(day.span.0).as_secs_f64() / 3_600.0)
        .sum();
    let month = SignedDuration::from_hours(24 * 7 * WEEKS);
    let from = now.saturating_sub(month).unwrap_or(now);
    let counts = tx.urgencies(from, now)?;
    let tickets: i64 = counts.iter().map(|(_, count)| count).sum();
    Ok(Busy {
        tickets_per_week: tickets as f64 / WEEKS as f64,
        handle: handle_time(tx, now)?,
        hours,
    })
}
