//! Promises of time in what somebody writes: "I'll write by 11:00", "bis morgen Mittag".
//!
//! Owns: which sentence promises that the customer hears from us, and by when. Must not know: who
//! writes to whom, what becomes of it. English and German. What could mean two moments, or has
//! passed, is no promise: asking nothing is better than holding somebody to what they did not say.

mod commitment;
mod day;
mod phrase;
mod token;

use crate::calendar::Calendar;
use commitment::commits;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use phrase::time_of;
use std::ops::Range;
use token::sentences;

/// Farther ahead nobody is held to an hour.
const FARTHEST: SignedDuration = SignedDuration::from_hours(24 * 62);
/// Nearer it is no promise but what somebody is doing.
const NEAREST: SignedDuration = SignedDuration::from_mins(2);
/// Longest text that is read, in bytes.
const LONGEST: usize = 40_000;

/// Where and when something is promised.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The moment of writing.
    pub now: Timestamp,
    /// The zone in which the writer names times.
    pub zone: &'a TimeZone,
    /// When the shop is open; without one a day ends at 18:00.
    pub calendar: Option<&'a Calendar>,
}

/// A promise of time in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedPromise {
    /// The sentence, in bytes of the text.
    pub span: Range<usize>,
    /// By when.
    pub due: Timestamp,
}

/// Finds the promise in a text; of several the one that is due first. `None` where nothing is
/// promised, or nothing that means one moment in the future.
pub fn read(text: &str, ground: &Ground<'_>) -> Option<TypedPromise> {
    if text.len() > LONGEST {
        return None;
    }
    let mut first: Option<TypedPromise> = None;
    for sentence in sentences(text) {
        // The clause that promises names a time itself: "It comes tomorrow, and I'll write then."
        let mut clauses = sentence.clauses.iter();
        let named = clauses.any(|one| commits(one) && time_of(one, ground).is_some());
        if sentence.is_question || !commits(&sentence.tokens) || !named {
            continue;
        }
        let Some(due) = time_of(&sentence.tokens, ground).filter(|due| in_reach(*due, ground.now))
        else {
            continue;
        };
        if first.as_ref().is_none_or(|first| due < first.due) {
            let span = sentence.span;
            first = Some(TypedPromise { span, due });
        }
    }
    first
}

fn in_reach(due: Timestamp, now: Timestamp) -> bool {
    (NEAREST..=FARTHEST).contains(&due.duration_since(now))
}

/// When whoever gives a promise is reminded of it: with an open hour left, or half of the open time
/// where there is less than two.
pub fn reminder(since: Timestamp, due: Timestamp, calendar: Option<&Calendar>) -> Timestamp {
    let lead = |time: SignedDuration| (time / 2).min(SignedDuration::from_hours(1));
    let open = calendar.map(|calendar| (calendar, calendar.between(since, due)));
    let by_hours = open.and_then(|(calendar, open)| {
        let some = open > SignedDuration::from_mins(10);
        some.then(|| calendar.add(since, open - lead(open)).ok())?
    });
    let all = due.duration_since(since).max(SignedDuration::ZERO);
    by_hours.unwrap_or_else(|| due.saturating_sub(lead(all)).unwrap_or(due))
}
