//! Times in words, in the reader's zone.
//!
//! Owns: relative and absolute wording. Must not know: the clock; "now" came with [`Texts`].

use std::fmt;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, Zoned};

use super::Texts;

const MINUTE_S: i64 = 60;
const HOUR_S: i64 = 60 * MINUTE_S;
const DAY_S: i64 = 24 * HOUR_S;

/// A time as HTML: words to read, the full moment on hover, the exact instant for machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    words: String,
    full: String,
    iso: String,
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { words, full, iso } = self;
        // All three are made below from numbers and our own words: nothing to escape.
        write!(f, r#"<time datetime="{iso}" title="{full}">{words}</time>"#)
    }
}

impl askama::FastWritable for Stamp {
    fn write_into(
        &self,
        f: &mut dyn fmt::Write,
        _values: &dyn askama::Values,
    ) -> askama::Result<()> {
        Ok(write!(f, "{self}")?)
    }
}

impl askama::filters::HtmlSafe for Stamp {}

impl Texts {
    /// The reader's clock time: "09:12".
    pub fn clock(&self, at: Timestamp) -> String {
        self.local(at).strftime("%H:%M").to_string()
    }

    /// The reader's clock time to the second: "09:12:40".
    pub fn clock_with_seconds(&self, at: Timestamp) -> String {
        self.local(at).strftime("%H:%M:%S").to_string()
    }

    /// Day and clock time: "today 09:12", "yesterday 17:40", "Monday 09:12", "12 Nov 2025, 09:12".
    pub fn moment(&self, at: Timestamp) -> String {
        let local = self.local(at);
        let time = self.clock(at);
        match self.days_from_today(local.date()) {
            0 => self.arg("time-today", "time", &time),
            -1 => self.arg("time-yesterday", "time", &time),
            1 => self.arg("time-tomorrow", "time", &time),
            2..=6 | -6..=-2 => {
                let day = self.weekday(local.date());
                self.args("time-day-and-time", &[("day", &day), ("time", &time)])
            }
            _ => {
                let day = self.day(local.date());
                self.args("time-date-and-time", &[("day", &day), ("time", &time)])
            }
        }
    }

    /// As short as a list allows: "10:31" today, "yesterday", "Monday", "12 Nov", "12 Nov 2025".
    pub fn short(&self, at: Timestamp) -> String {
        let date = self.local(at).date();
        match self.days_from_today(date) {
            0 => self.clock(at),
            -1 => self.get("time-yesterday-alone"),
            1 => self.get("time-tomorrow-alone"),
            -6..=-2 => self.weekday(date),
            _ => self.day(date),
        }
    }

    /// How far away: "just now", "18 min ago", "in 2 h", "3 days ago".
    pub fn relative(&self, at: Timestamp) -> String {
        let seconds = at.duration_since(self.now).as_secs();
        let (past, distance) = (seconds < 0, seconds.abs());
        if distance < MINUTE_S {
            return self.get("time-just-now");
        }
        match (past, distance) {
            (true, ..HOUR_S) => self.arg("time-minutes-ago", "count", distance / MINUTE_S),
            (false, ..HOUR_S) => self.arg("time-in-minutes", "count", distance / MINUTE_S),
            (true, ..DAY_S) => self.arg("time-hours-ago", "count", distance / HOUR_S),
            (false, ..DAY_S) => self.arg("time-in-hours", "count", distance / HOUR_S),
            (true, _) => self.arg("time-days-ago", "count", distance / DAY_S),
            (false, _) => self.arg("time-in-days", "count", distance / DAY_S),
        }
    }

    /// The reader's day today.
    pub fn today(&self) -> Date {
        self.local(self.now).date()
    }

    /// A length of time: "18 min", "1 h 40", "3 days"; never negative.
    pub fn span(&self, length: SignedDuration) -> String {
        let seconds = length.as_secs().max(0);
        let (hours, minutes) = (seconds / HOUR_S, seconds % HOUR_S / MINUTE_S);
        match seconds {
            ..HOUR_S => self.arg("time-minutes", "count", seconds / MINUTE_S),
            HOUR_S..DAY_S if minutes == 0 => self.arg("time-hours", "count", hours),
            HOUR_S..DAY_S => {
                let minutes = format!("{minutes:02}");
                self.args(
                    "time-hours-minutes",
                    &[("hours", &hours), ("minutes", &minutes)],
                )
            }
            _ => self.arg("time-days", "count", seconds / DAY_S),
        }
    }

    /// The day with its month in full: "23 November 2026".
    pub fn date(&self, at: Timestamp) -> String {
        let date = self.local(at).date();
        let month = self.get(MONTHS[usize::from(date.month().unsigned_abs()) - 1]);
        self.args(
            "time-full-date",
            &[
                ("day", &i64::from(date.day())),
                ("month", &month),
                ("year", &date.year().to_string()),
            ],
        )
    }

    /// The month of a day: "November".
    pub fn month(&self, date: Date) -> String {
        self.get(MONTHS[usize::from(date.month().unsigned_abs()) - 1])
    }

    /// A `<time>` element that reads as [`Texts::moment`].
    pub fn stamp(&self, at: Timestamp) -> Stamp {
        self.stamped(at, self.moment(at))
    }

    /// A `<time>` element that reads as [`Texts::short`].
    pub fn short_stamp(&self, at: Timestamp) -> Stamp {
        self.stamped(at, self.short(at))
    }

    /// A `<time>` element that reads as [`Texts::relative`].
    pub fn relative_stamp(&self, at: Timestamp) -> Stamp {
        self.stamped(at, self.relative(at))
    }

    fn stamped(&self, at: Timestamp, words: String) -> Stamp {
        let (day, time) = (self.date(at), self.clock(at));
        Stamp {
            words,
            full: self.args("time-date-and-time", &[("day", &day), ("time", &time)]),
            iso: at.to_string(),
        }
    }

    fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }

    fn days_from_today(&self, date: Date) -> i64 {
        let today = self.local(self.now).date();
        (date.duration_since(today).as_hours()) / 24
    }

    /// The name of a day of the week: "Monday".
    pub fn weekday(&self, date: Date) -> String {
        self.get(WEEKDAYS[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())])
    }

    /// The day as short as a table allows: "12 Nov", "12 Nov 2025".
    pub fn day(&self, date: Date) -> String {
        let month = self.get(SHORT_MONTHS[usize::from(date.month().unsigned_abs()) - 1]);
        let day = i64::from(date.day());
        if date.year() == self.local(self.now).date().year() {
            self.args("time-day", &[("day", &day), ("month", &month)])
        } else {
            let year = date.year().to_string();
            self.args(
                "time-day-with-year",
                &[("day", &day), ("month", &month), ("year", &year)],
            )
        }
    }
}

const WEEKDAYS: [&str; 7] = [
    "time-monday",
    "time-tuesday",
    "time-wednesday",
    "time-thursday",
    "time-friday",
    "time-saturday",
    "time-sunday",
];

const MONTHS: [&str; 12] = [
    "time-january",
    "time-february",
    "time-march",
    "time-april",
    "time-may",
    "time-june",
    "time-july",
    "time-august",
    "time-september",
    "time-october",
    "time-november",
    "time-december",
];

const SHORT_MONTHS: [&str; 12] = [
    "time-jan",
    "time-feb",
    "time-mar",
    "time-apr",
    "time-may-short",
    "time-jun",
    "time-jul",
    "time-aug",
    "time-sep",
    "time-oct",
    "time-nov",
    "time-dec",
];

#[cfg(test)]
mod tests;
