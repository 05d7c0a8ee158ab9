//! How long an answer takes.
//!
//! Owns: what is measured and when that is enough. Must not know: who wrote an answer; nothing of
//! it is kept.
//!
//! Measured is the time from opening the ticket (or from the first word, where the ticket was not
//! seen open) to the last word before sending. Drafts that lay for hours say nothing and are left
//! out. What is done elsewhere, on the telephone or in the warehouse, is not in it.

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::people::staff_only;
use candor_domain::id::MessageId;
use candor_store::Tx;
use candor_store::draft::Draft;
use jiff::{SignedDuration, Timestamp};

/// Minutes that one answer takes, as long as too few were measured.
const ASSUMED_MINUTES: f64 = 12.0;
/// Fewer answers than these say nothing.
const LEAST: usize = 30;
/// Most answers that are looked at, the newest.
const MOST: i64 = 500;
/// Days that are looked at.
const DAYS: i64 = 90;
/// Seconds that an answer may take to be believed.
const BELIEVED: std::ops::RangeInclusive<i64> = 10..=7_200;

/// How long an answer takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HandleTime {
    /// On average, in minutes.
    pub minutes: f64,
    /// From how many answers of 90 days; 0 where it is assumed.
    pub answers: usize,
}

impl HandleTime {
    /// Whether it was measured.
    pub fn is_measured(&self) -> bool {
        self.answers > 0
    }
}

/// How long answers take at the moment.
pub(crate) fn handle_time(tx: &mut Tx<'_>, now: Timestamp) -> Result<HandleTime, DeskError> {
    let length = SignedDuration::from_hours(24 * DAYS);
    let since = now.saturating_sub(length).unwrap_or(now);
    let seconds = tx.handle_times(since, MOST)?;
    if seconds.len() < LEAST {
        return Ok(HandleTime {
            minutes: ASSUMED_MINUTES,
            answers: 0,
        });
    }
    let sum: i64 = seconds.iter().sum();
    Ok(HandleTime {
        minutes: (sum as f64 / seconds.len() as f64 / 60.0).max(0.5),
        answers: seconds.len(),
    })
}

/// Notes how long an answer took that goes out now.
pub(crate) fn note_answer(
    tx: &mut Tx<'_>,
    cx: &Cx,
    draft: &Draft,
    answer: MessageId,
) -> Result<(), DeskError> {
    let opened = tx.opened_at(draft.ticket, draft.person)?;
    let begun = opened.map_or(draft.begun_at, |opened| opened.min(draft.begun_at));
    let seconds = draft.updated_at.duration_since(begun).as_secs();
    if BELIEVED.contains(&seconds) {
        tx.keep_handle_time(answer, cx.now(), seconds)?;
    }
    Ok(())
}

/// Asks how long an answer takes.
#[derive(Debug, Clone, Copy)]
pub struct HandleTimeView;

impl Query for HandleTimeView {
    type Output = HandleTime;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<HandleTime, DeskError> {
        staff_only(cx)?;
        handle_time(tx, cx.now())
    }
}
