//! Open time, counted.
//!
//! Owns: "due after", "how much between", pauses. Must not know: what is promised.

use super::moment::moment;
use super::{Calendar, CalendarError, Span};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// How far away an answer may lie.
const HORIZON: SignedDuration = SignedDuration::from_hours(24 * 36_525);

/// A stretch of time that does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// From when; belongs to it.
    pub from: Timestamp,
    /// Until when; does not.
    pub to: Timestamp,
}

impl Pause {
    /// Reads `FROM/TO`; moments without an offset are meant in the zone given.
    ///
    /// # Errors
    /// `Pause` or `Moment`, with the text.
    pub fn parse(text: &str, zone: &TimeZone) -> Result<Self, CalendarError> {
        let refuse = || CalendarError::Pause {
            text: text.chars().take(120).collect(),
        };
        let (from, to) = split(text).ok_or_else(refuse)?;
        let (from, to) = (moment(from, zone)?, moment(to, zone)?);
        if to < from {
            return Err(refuse());
        }
        Ok(Self { from, to })
    }
}

/// Splits at the slash that does not stand in brackets, where names of zones have theirs.
fn split(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_i32;
    for (place, letter) in text.char_indices() {
        match letter {
            '[' => depth += 1,
            ']' => depth -= 1,
            '/' if depth == 0 => return Some((&text[..place], &text[place + 1..])),
            _ => {}
        }
    }
    None
}

/// Pauses in order, none sharing time with another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pauses(Vec<Pause>);

impl Pauses {
    /// Puts pauses in order and joins those that touch. Empty ones are left out.
    pub fn new(mut pauses: Vec<Pause>) -> Self {
        pauses.retain(|pause| pause.from < pause.to);
        pauses.sort_by_key(|pause| pause.from);
        let mut joined: Vec<Pause> = Vec::with_capacity(pauses.len());
        for pause in pauses {
            match joined.last_mut() {
                Some(last) if pause.from <= last.to => last.to = last.to.max(pause.to),
                _ => joined.push(pause),
            }
        }
        Self(joined)
    }

    /// Calls `piece` with what is left of a span, in order, until it gives something.
    fn pieces<T>(&self, span: Span, mut piece: impl FnMut(Span) -> Option<T>) -> Option<T> {
        let mut start = span.start;
        let first = self.0.partition_point(|pause| pause.to <= span.start);
        for pause in &self.0[first..] {
            if pause.from >= span.end {
                break;
            }
            if start < pause.from {
                let found = piece(Span {
                    start,
                    end: pause.from,
                });
                if found.is_some() {
                    return found;
                }
            }
            start = start.max(pause.to);
        }
        if start < span.end {
            return piece(Span {
                start,
                end: span.end,
            });
        }
        None
    }
}

impl Calendar {
    /// The instant at which an amount of open time has passed: the earliest one `t` for which
    /// `between(from, t)` is the amount. Time that ends with a period is due at its end, not at
    /// the beginning of the next. No amount, or less, is due at once.
    ///
    /// # Errors
    /// `NoOpenTime` when the calendar stays closed for a year, `TooFar` beyond a hundred years.
    pub fn add(&self, from: Timestamp, amount: SignedDuration) -> Result<Timestamp, CalendarError> {
        self.add_with_pauses(from, amount, &Pauses::default())
    }

    /// The same, where paused time does not count: what remained when a pause began remains when
    /// it ends.
    ///
    /// # Errors
    /// As `add`.
    pub fn add_with_pauses(
        &self,
        from: Timestamp,
        amount: SignedDuration,
        pauses: &Pauses,
    ) -> Result<Timestamp, CalendarError> {
        let mut left = amount;
        if left <= SignedDuration::ZERO {
            return Ok(from);
        }
        let horizon = from.saturating_add(HORIZON).unwrap_or(Timestamp::MAX);
        for span in self.spans(from) {
            let span = clip(span?, from, Timestamp::MAX);
            if span.start > horizon {
                break;
            }
            let due = pauses.pieces(span, |piece| {
                let length = piece.end.duration_since(piece.start);
                if left <= length {
                    return piece.start.checked_add(left).ok();
                }
                left -= length;
                None
            });
            if let Some(due) = due {
                return Ok(due);
            }
        }
        Err(CalendarError::TooFar)
    }

    /// The open time between two instants; none when the second is not later.
    pub fn between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        self.between_with_pauses(from, to, &Pauses::default())
    }

    /// The open time between two instants that was not paused.
    pub fn between_with_pauses(
        &self,
        from: Timestamp,
        to: Timestamp,
        pauses: &Pauses,
    ) -> SignedDuration {
        let mut total = SignedDuration::ZERO;
        // A calendar that stays closed for a year ends the walk: what follows cannot be known.
        let spans = self.spans(from).map_while(Result::ok);
        for span in spans.take_while(|span| span.start < to) {
            pauses.pieces(clip(span, from, to), |piece| {
                total += piece.end.duration_since(piece.start);
                None::<()>
            });
        }
        total
    }
}

fn clip(span: Span, from: Timestamp, to: Timestamp) -> Span {
    Span {
        start: span.start.max(from),
        end: span.end.min(to),
    }
}
