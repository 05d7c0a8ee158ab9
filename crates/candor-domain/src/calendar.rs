//! Business calendars: when the shop is open, and time counted in open time only.
//!
//! Owns: hours, holidays, exceptions, "due after", "how much open time between". Must not know:
//! tickets, storage, the current time.
//!
//! The edges of a period are built in the calendar's own zone and turned into instants; all
//! arithmetic is done on those instants, in whole microseconds. An edge in the hour that a change
//! of the clock leaves out counts at the change; an edge in the hour that comes twice counts the
//! first time.

mod count;
mod day_text;
mod error;
mod form;
mod holiday;
mod hours;
mod icalendar;
mod moment;
mod public_holiday;
mod question;
mod recurrence;
mod span;
mod timetable;

pub use count::{Pause, Pauses};
pub use error::CalendarError;
pub use form::CalendarForm;
pub use holiday::{Exception, Holiday, Holidays};
pub use hours::{Period, Week, days_named};
pub use icalendar::{HolidayFile, IcalendarError};
pub use moment::{moment, written};
pub use public_holiday::{FederalState, easter};
pub use question::{AddAnswer, AddQuestion, BetweenAnswer, BetweenQuestion};
pub use span::{Span, Spans};
pub use timetable::Timetable;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// When a shop or a team is open.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "CalendarForm", into = "CalendarForm")]
pub struct Calendar {
    name: String,
    zone: TimeZone,
    week: Week,
    holidays: Holidays,
    followed: Holidays,
    exceptions: Vec<Exception>,
    /// Which of the exceptions a date belongs to.
    exception_on: BTreeMap<Date, usize>,
}

impl PartialEq for Calendar {
    fn eq(&self, other: &Self) -> bool {
        CalendarForm::from(self.clone()) == CalendarForm::from(other.clone())
    }
}

impl Eq for Calendar {}

/// Why a day has the hours that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayReason<'a> {
    /// It is a day of the week like others.
    Week,
    /// It is a holiday of this name, which may be empty.
    Holiday(&'a str),
    /// It is an exception.
    Exception(&'a Exception),
}

/// One day of a calendar, for a view of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<'a> {
    /// The periods that begin on it, in order; none means closed.
    pub hours: &'a [Period],
    /// Why.
    pub reason: DayReason<'a>,
}

impl Calendar {
    /// Open day and night, in UTC: calendar time.
    pub fn always() -> Self {
        Self {
            name: String::new(),
            zone: TimeZone::UTC,
            week: Week::always(),
            holidays: Holidays::default(),
            followed: Holidays::default(),
            exceptions: Vec::new(),
            exception_on: BTreeMap::new(),
        }
    }

    /// Makes a calendar of a form; `read` gives the text of a holiday file, or says why it cannot.
    ///
    /// # Errors
    /// Names what in the form, or in which holiday file, is wrong.
    pub fn from_form(
        form: CalendarForm,
        read: impl Fn(&str) -> Result<String, String>,
    ) -> Result<Self, CalendarError> {
        let mut holidays = form.holidays;
        for file in &form.holiday_files {
            let refuse = |reason| CalendarError::HolidayFile {
                file: file.clone(),
                reason,
            };
            let text = read(file).map_err(refuse)?;
            let found = Holidays::from_icalendar(&text).map_err(|e| refuse(e.to_string()))?;
            holidays.extend(&found.holidays);
        }
        Ok(Self {
            zone: zone_named(&form.zone)?,
            exception_on: index(&form.exceptions)?,
            name: form.name,
            week: form.hours,
            holidays,
            followed: form.followed,
            exceptions: form.exceptions,
        })
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The zone of its hours.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The zone by its IANA name.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or("UTC")
    }

    /// The usual hours.
    pub fn week(&self) -> &Week {
        &self.week
    }

    /// Its closed days, without those that it follows.
    pub fn holidays(&self) -> &Holidays {
        &self.holidays
    }

    /// Closed days that somebody else keeps: what an address on the web said when it was last
    /// read. They count as [`Self::holidays`] do and are exchanged as a whole.
    pub fn followed(&self) -> &Holidays {
        &self.followed
    }

    /// The same calendar following other days.
    #[must_use]
    pub fn following(mut self, followed: Holidays) -> Self {
        self.followed = followed;
        self
    }

    /// Its days with hours of their own.
    pub fn exceptions(&self) -> &[Exception] {
        &self.exceptions
    }

    /// The same calendar with more closed days, such as those of an iCalendar file.
    #[must_use]
    pub fn with_holidays(mut self, more: &Holidays) -> Self {
        self.holidays.extend(more);
        self
    }

    /// What counts on a day: an exception before a holiday before the week.
    pub fn day(&self, date: Date) -> Day<'_> {
        if let Some(&place) = self.exception_on.get(&date) {
            let exception = &self.exceptions[place];
            return Day {
                hours: exception.hours(),
                reason: DayReason::Exception(exception),
            };
        }
        let holiday = self.holidays.on(date).or_else(|| self.followed.on(date));
        if let Some(name) = holiday {
            return Day {
                hours: &[],
                reason: DayReason::Holiday(name),
            };
        }
        Day {
            hours: self.week.on(date.weekday()),
            reason: DayReason::Week,
        }
    }

    /// Whether it is open at an instant; the closing time itself is closed.
    pub fn is_open(&self, at: Timestamp) -> bool {
        let next = self.spans(at).next();
        matches!(next, Some(Ok(span)) if span.start <= at)
    }

    /// The first open instant at or after another.
    ///
    /// # Errors
    /// `NoOpenTime` when there is none within a year.
    pub fn next_open(&self, at: Timestamp) -> Result<Timestamp, CalendarError> {
        let next = self.spans(at).next().unwrap_or(Err(CalendarError::TooFar));
        Ok(next?.start.max(at))
    }
}

impl TryFrom<CalendarForm> for Calendar {
    type Error = CalendarError;

    fn try_from(form: CalendarForm) -> Result<Self, CalendarError> {
        Self::from_form(form, |_| {
            Err("a stored calendar holds its holidays itself".to_owned())
        })
    }
}

impl From<Calendar> for CalendarForm {
    fn from(calendar: Calendar) -> Self {
        Self {
            zone: calendar.zone_name().to_owned(),
            name: calendar.name,
            hours: calendar.week,
            holidays: calendar.holidays,
            followed: calendar.followed,
            holiday_files: Vec::new(),
            exceptions: calendar.exceptions,
        }
    }
}

fn zone_named(name: &str) -> Result<TimeZone, CalendarError> {
    let unknown = |_| CalendarError::Zone {
        zone: name.chars().take(60).collect(),
    };
    TimeZone::get(name.trim()).map_err(unknown)
}

fn index(exceptions: &[Exception]) -> Result<BTreeMap<Date, usize>, CalendarError> {
    let mut days = BTreeMap::new();
    for (place, exception) in exceptions.iter().enumerate() {
        let all = exception.first().series(jiff::ToSpan::days(1));
        for date in all.take_while(|date| *date <= exception.last()) {
            if days.insert(date, place).is_some() {
                return Err(CalendarError::TwoExceptions { date });
            }
        }
    }
    Ok(days)
}
