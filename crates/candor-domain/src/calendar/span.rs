//! Open time as instants.
//!
//! Owns: turning the periods of days into spans, across changes of the clock and midnight.
//! Must not know: what the time is counted for.

use super::{Calendar, CalendarError};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};

/// Days without open time after which we stop looking.
const PATIENCE_DAYS: u16 = 366;

/// A stretch of open time. The start belongs to it, the end does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// When it opens.
    pub start: Timestamp,
    /// When it closes.
    pub end: Timestamp,
}

/// The spans of a calendar from an instant on: in order, none shared, none empty. The first may
/// have begun before the instant. An error is the last item.
pub struct Spans<'a> {
    calendar: &'a Calendar,
    from: Timestamp,
    /// The day looked at, `None` when the end of time was reached or an error was given.
    day: Option<Date>,
    next_period: usize,
    closed_days: u16,
    last_end: Timestamp,
}

impl Calendar {
    /// Its open time from an instant on.
    pub fn spans(&self, from: Timestamp) -> Spans<'_> {
        let today = self.zone.to_datetime(from).date();
        Spans {
            calendar: self,
            from,
            // Last night's hours may reach into today.
            day: Some(today.yesterday().unwrap_or(today)),
            next_period: 0,
            closed_days: 0,
            last_end: Timestamp::MIN,
        }
    }
}

impl Iterator for Spans<'_> {
    type Item = Result<Span, CalendarError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let day = self.day?;
            let hours = self.calendar.day(day).hours;
            while let Some(period) = hours.get(self.next_period) {
                self.next_period += 1;
                let zone = &self.calendar.zone;
                let Some(end) = edge(zone, day, period.end_minute()) else {
                    self.day = None;
                    return Some(Err(CalendarError::TooFar));
                };
                if end <= self.from || end <= self.last_end {
                    continue;
                }
                // The end was found, so the start, which is earlier, is in range too.
                let start = edge(zone, day, period.start_minute()).unwrap_or(end);
                let start = start.max(self.last_end);
                if start < end {
                    self.last_end = end;
                    self.closed_days = 0;
                    return Some(Ok(Span { start, end }));
                }
            }
            if let Err(error) = self.turn_page(day) {
                return Some(Err(error));
            }
        }
    }
}

impl Spans<'_> {
    fn turn_page(&mut self, day: Date) -> Result<(), CalendarError> {
        self.day = day.tomorrow().ok();
        self.next_period = 0;
        self.closed_days += 1;
        if self.day.is_none() {
            return Err(CalendarError::TooFar);
        }
        if self.closed_days > PATIENCE_DAYS {
            self.day = None;
            let back = SignedDuration::from_hours(24 * i64::from(self.closed_days));
            let after = day.saturating_sub(back);
            return Err(CalendarError::NoOpenTime { after });
        }
        Ok(())
    }
}

/// The instant of a wall-clock time. Times in a gap count at the change itself, so that a period
/// never has time which nobody's clock showed; times that come twice count the first time.
fn edge(zone: &TimeZone, day: Date, minute: u16) -> Option<Timestamp> {
    let day = if minute < 1440 {
        day
    } else {
        day.tomorrow().ok()?
    };
    let minute = minute % 1440;
    let time = Time::constant((minute / 60) as i8, (minute % 60) as i8, 0, 0);
    let wall = DateTime::from_parts(day, time);
    match zone.to_ambiguous_timestamp(wall).offset() {
        AmbiguousOffset::Unambiguous { offset } => offset.to_timestamp(wall).ok(),
        AmbiguousOffset::Fold { before, .. } => before.to_timestamp(wall).ok(),
        AmbiguousOffset::Gap { after, .. } => {
            // Read with the later offset, a time in the gap lies just before the change.
            let before_change = after.to_timestamp(wall).ok()?;
            zone.following(before_change)
                .next()
                .map(|change| change.timestamp())
        }
    }
}
