//! An ordinary week of the desk itself: when customers write, and who is there.
//!
//! Owns: the question. Must not know: what a week needs.

use super::week::{history, open_slots, there};
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::roster::{book_from, monday_of, zone};
use candor_domain::permission::Permission;
use candor_staffing::demand::{Forecast, SLOTS_A_DAY};
use candor_store::Tx;
use jiff::ToSpan;
use std::ops::Range;

/// Asks for an ordinary week of the desk.
#[derive(Debug, Clone, Copy)]
pub struct OwnWeekView;

/// An ordinary week of the desk.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnWeek {
    /// When customers write.
    pub arrivals: Forecast,
    /// People at work on an open weekday, and on an open Saturday or Sunday, next week on average;
    /// `None` without a roster.
    pub team: Option<(usize, usize)>,
}

impl Query for OwnWeekView {
    type Output = OwnWeek;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<OwnWeek, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let zone = zone(tx)?;
        let this_monday = monday_of(cx.now().to_zoned(zone.clone()).date());
        let monday = this_monday.saturating_add(7.days());
        let before = monday.saturating_sub(1.day());
        let book = book_from(tx, before)?;
        let shifts = book.days(before, monday.saturating_add(6.days()));
        let calendar = tx.calendars()?.into_iter().next().map(|kept| kept.calendar);
        let open = open_slots(calendar.as_ref(), monday, &zone);
        let there = there(&shifts, monday, &zone);
        Ok(OwnWeek {
            arrivals: history(tx, &zone, this_monday)?,
            team: (!shifts.is_empty()).then(|| {
                let weekday = mean(&open, &there, 0..5).max(1);
                (weekday, mean(&open, &there, 5..7))
            }),
        })
    }
}

/// People in the open half hours of some days, to the next whole one.
fn mean(open: &[bool], there: &[u32], days: Range<usize>) -> usize {
    let slots = days.start * SLOTS_A_DAY..days.end * SLOTS_A_DAY;
    let of_open: Vec<u32> = slots
        .filter(|&slot| open[slot])
        .map(|slot| there[slot])
        .collect();
    let people: u32 = of_open.iter().sum();
    (f64::from(people) / of_open.len().max(1) as f64).round() as usize
}
