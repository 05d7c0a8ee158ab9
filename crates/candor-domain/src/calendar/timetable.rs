//! A calendar worked out ahead, for pages that ask it thousands of times.
//!
//! Owns: spans of a stretch of time with their running sum. Must not know: more than the
//! calendar; outside its stretch it asks the calendar itself.

use super::{Calendar, CalendarError, Span};
use jiff::{SignedDuration, Timestamp};

/// The open time of a calendar between two instants, to be searched instead of walked.
pub struct Timetable<'a> {
    calendar: &'a Calendar,
    from: Timestamp,
    to: Timestamp,
    spans: Vec<Span>,
    /// Open time before each span, and at the end all of it.
    before: Vec<SignedDuration>,
}

impl Calendar {
    /// Works out the open time of a stretch; a year has some 300 spans.
    pub fn timetable(&self, from: Timestamp, to: Timestamp) -> Timetable<'_> {
        let mut spans = Vec::new();
        let mut before = vec![SignedDuration::ZERO];
        let mut total = SignedDuration::ZERO;
        let ahead = self.spans(from).map_while(Result::ok);
        for span in ahead.take_while(|span| span.start < to) {
            let start = span.start.max(from);
            let end = span.end.min(to);
            total += end.duration_since(start);
            spans.push(Span { start, end });
            before.push(total);
        }
        Timetable {
            calendar: self,
            from,
            to,
            spans,
            before,
        }
    }
}

impl Timetable<'_> {
    /// As `Calendar::add`.
    ///
    /// # Errors
    /// As `Calendar::add`.
    pub fn add(&self, from: Timestamp, amount: SignedDuration) -> Result<Timestamp, CalendarError> {
        if amount <= SignedDuration::ZERO {
            return Ok(from);
        }
        if from < self.from || from > self.to {
            return self.calendar.add(from, amount);
        }
        let goal = self.open_until(from) + amount;
        // The span in which the running sum reaches the goal.
        let next = self.before.partition_point(|sum| *sum < goal);
        match next.checked_sub(1).and_then(|place| self.spans.get(place)) {
            Some(span) => {
                let into = goal - self.before[next - 1];
                span.start
                    .checked_add(into)
                    .map_err(|_| CalendarError::TooFar)
            }
            None => self.calendar.add(from, amount),
        }
    }

    /// As `Calendar::between`.
    pub fn between(&self, from: Timestamp, to: Timestamp) -> SignedDuration {
        if from >= to {
            return SignedDuration::ZERO;
        }
        if from < self.from || to > self.to {
            return self.calendar.between(from, to);
        }
        self.open_until(to) - self.open_until(from)
    }

    /// Open time from the beginning of the stretch to an instant in it.
    fn open_until(&self, at: Timestamp) -> SignedDuration {
        let after = self.spans.partition_point(|span| span.start <= at);
        match after.checked_sub(1) {
            Some(place) => {
                let span = self.spans[place];
                self.before[place] + at.min(span.end).duration_since(span.start)
            }
            None => SignedDuration::ZERO,
        }
    }
}
