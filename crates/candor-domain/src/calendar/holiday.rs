//! Days on which the week does not count.
//!
//! Owns: holidays by date and by day of the year, exceptions with other hours.
//! Must not know: where they were read from.

use super::hours::{Period, in_order};
use super::{CalendarError, day_text};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// When a holiday is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holiday {
    /// On one date.
    On(Date),
    /// Every year on this day: month, day.
    EveryYear(i8, i8),
}

/// Closed days with their names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holidays {
    dates: BTreeMap<Date, String>,
    every_year: BTreeMap<(i8, i8), String>,
}

impl Holidays {
    /// Adds one. A day that is there keeps its first name, unless that was empty.
    pub fn add(&mut self, holiday: Holiday, name: &str) {
        let kept = match holiday {
            Holiday::On(date) => self.dates.entry(date).or_default(),
            Holiday::EveryYear(month, day) => self.every_year.entry((month, day)).or_default(),
        };
        if kept.is_empty() {
            name.clone_into(kept);
        }
    }

    /// Adds all of another list.
    pub fn extend(&mut self, others: &Self) {
        for (holiday, name) in others.iter() {
            self.add(holiday, name);
        }
    }

    /// Those from a first to a last day, each by its date; days of every year once for each year.
    #[must_use]
    pub fn between(&self, first: Date, last: Date) -> Self {
        let yearly = self.every_year.iter().flat_map(|((month, day), name)| {
            let years = first.year()..=last.year();
            let dates = years.filter_map(|year| Date::new(year, *month, *day).ok());
            dates.map(move |date| (date, name))
        });
        let dated = self.dates.iter().map(|(date, name)| (*date, name));
        let mut between = Self::default();
        for (date, name) in dated.chain(yearly) {
            if (first..=last).contains(&date) {
                between.add(Holiday::On(date), name);
            }
        }
        between
    }

    /// The name of the holiday on a date, which may be empty; `None` on other days.
    pub fn on(&self, date: Date) -> Option<&str> {
        let named = self.dates.get(&date);
        let named = named.or_else(|| self.every_year.get(&(date.month(), date.day())));
        named.map(String::as_str)
    }

    /// Each with its name: those of one date first, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Holiday, &str)> {
        let dates = self.dates.iter();
        let dates = dates.map(|(date, name)| (Holiday::On(*date), name.as_str()));
        let years = self.every_year.iter();
        let years =
            years.map(|((month, day), name)| (Holiday::EveryYear(*month, *day), name.as_str()));
        dates.chain(years)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.dates.len() + self.every_year.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A day, or several in a row, with hours of their own. It goes before holidays and the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ExceptionText", into = "ExceptionText")]
pub struct Exception {
    first: Date,
    last: Date,
    name: String,
    hours: Vec<Period>,
}

impl Exception {
    /// Longest stretch of one exception, in days.
    pub const MAX_DAYS: i32 = 366;

    /// Other hours from a first to a last day; no periods at all means closed.
    ///
    /// # Errors
    /// `Overlap` when periods share time, `Range` when the days are in the wrong order or too many.
    pub fn new(
        first: Date,
        last: Date,
        hours: Vec<Period>,
        name: &str,
    ) -> Result<Self, CalendarError> {
        day_text::check_range(first, last, Self::MAX_DAYS)?;
        Ok(Self {
            first,
            last,
            name: name.to_owned(),
            hours: in_order(hours)?,
        })
    }

    /// The first day.
    pub fn first(&self) -> Date {
        self.first
    }

    /// The last day.
    pub fn last(&self) -> Date {
        self.last
    }

    /// What it is called; may be empty.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The hours of each of its days; none means closed.
    pub fn hours(&self) -> &[Period] {
        &self.hours
    }
}

/// An exception as it is written in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExceptionText {
    #[serde(deserialize_with = "day_text::one")]
    date: Date,
    #[serde(
        default,
        deserialize_with = "day_text::maybe",
        skip_serializing_if = "Option::is_none"
    )]
    until: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    closed: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hours: Option<super::form::Periods>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
}

impl TryFrom<ExceptionText> for Exception {
    type Error = CalendarError;

    fn try_from(text: ExceptionText) -> Result<Self, CalendarError> {
        let hours = match (text.closed, text.hours) {
            (Some(true), None) => Vec::new(),
            (None | Some(false), Some(hours)) => hours.0,
            _ => return Err(CalendarError::ClosedOrHours { date: text.date }),
        };
        let last = text.until.unwrap_or(text.date);
        Self::new(text.date, last, hours, &text.name)
    }
}

impl From<Exception> for ExceptionText {
    fn from(exception: Exception) -> Self {
        let closed = exception.hours.is_empty();
        Self {
            date: exception.first,
            until: (exception.last != exception.first).then_some(exception.last),
            closed: closed.then_some(true),
            hours: (!closed).then_some(super::form::Periods(exception.hours)),
            name: exception.name,
        }
    }
}
