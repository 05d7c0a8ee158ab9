//! How long an answer usually takes.
//!
//! Owns: the median of what was, in open hours, and when that puts the next answer. Must not know:
//! sentences.

use super::shelf::learn;
use crate::cx::Cx;
use crate::error::DeskError;
use candor_domain::calendar::Calendar;
use candor_domain::id::{LevelId, TicketId};
use candor_domain::level::{Clock, Metric, Terms, TermsBook};
use candor_domain::ticket::Urgency;
use candor_store::Tx;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Days that are looked at.
const DAYS: i64 = 90;
/// Fewer answers say nothing of what is usual.
const LEAST_ANSWERS: usize = 20;
/// Most answers that are looked at; the newest.
const MOST_ANSWERS: i64 = 500;
/// For so long a median is not worked out again.
const KEPT_FOR: SignedDuration = SignedDuration::from_mins(10);

type Kind = (LevelId, Urgency, Metric);

/// Medians that were worked out a moment ago.
#[derive(Debug, Default)]
pub(super) struct UsualShelf(Mutex<HashMap<Kind, (Timestamp, Option<SignedDuration>)>>);

/// When an answer usually comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usual {
    /// At this moment, closed hours included.
    pub at: Timestamp,
    /// So long after the question, where no closed time lies between.
    pub within: Option<SignedDuration>,
}

/// When the answer that a ticket waits for usually comes: `None` with too few answers, and where
/// that would be after what is promised, or has passed.
pub(crate) fn usual_answer(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: TicketId,
) -> Result<Option<Usual>, DeskError> {
    let Some(row) = tx.clocks_of(ticket)? else {
        return Ok(None);
    };
    let mut book = TermsBook::new();
    learn(tx, cx, &mut book, row.promise.terms)?;
    let terms = book.into_values().next();
    let replies = [Metric::NextReply, Metric::FirstReply];
    let clocks = replies.map(|metric| row.clocks.clock(metric));
    let running = clocks.into_iter().find(|clock| clock.is_active());
    let (Some(level), Some(terms), Some(clock)) = (row.promise.level, terms, running) else {
        return Ok(None);
    };
    let kind = (level, row.clocks.urgency, clock.metric);
    let median = median(tx, cx, kind, &terms.calendar)?;
    Ok(median.and_then(|median| placed(cx.now(), clock, &terms, median)))
}

fn placed(now: Timestamp, clock: &Clock, terms: &Terms, median: SignedDuration) -> Option<Usual> {
    let (since, due) = (clock.since?, clock.due?);
    let at = terms.calendar.add(since, median).ok()?;
    let after = at.duration_since(since);
    let straight = after - median < SignedDuration::from_mins(1);
    (at > now && at < due).then_some(Usual {
        at,
        within: straight.then_some(after),
    })
}

/// The median of the open time that answers took; the upper one of an even count.
fn median(
    tx: &mut Tx<'_>,
    cx: &Cx,
    kind: Kind,
    calendar: &Calendar,
) -> Result<Option<SignedDuration>, DeskError> {
    let shelf = &cx.terms().usual.0;
    let known = shelf.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((at, median)) = known.get(&kind)
        && cx.now().duration_since(*at).abs() < KEPT_FOR
    {
        return Ok(*median);
    }
    drop(known);
    let from = cx
        .now()
        .saturating_sub(SignedDuration::from_hours(24 * DAYS));
    let from = from.unwrap_or(Timestamp::UNIX_EPOCH);
    let spans = tx.owed_spans_of(from, kind, MOST_ANSWERS)?;
    let mut waits: Vec<SignedDuration> = spans
        .into_iter()
        .map(|(since, done)| calendar.between(since, done))
        .collect();
    waits.sort_unstable();
    let median = (waits.len() >= LEAST_ANSWERS).then(|| rounded(waits[waits.len() / 2]));
    let mut known = shelf.lock().unwrap_or_else(PoisonError::into_inner);
    known.insert(kind, (cx.now(), median));
    Ok(median)
}

/// Nobody is told minutes that were measured to the second: up to the next five.
fn rounded(length: SignedDuration) -> SignedDuration {
    let fives = (length.as_secs() + 299) / 300;
    SignedDuration::from_mins(5 * fives.max(1))
}
