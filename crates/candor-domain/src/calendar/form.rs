//! A calendar as people write it, in TOML or JSON.
//!
//! Owns: its keys, and words that say what is wrong in the place where it is wrong.
//! Must not know: files; the caller reads them.

use super::day_text::{self, RawDay, is_toml_date};
use super::holiday::{Exception, Holiday, Holidays};
use super::hours::{DAYS, Period, Week, days_named, in_order};
use jiff::civil::{Date, Weekday};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A calendar before its zone and its holiday files are looked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarForm {
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// Time zone by its IANA name, such as `Europe/Berlin`.
    #[serde(alias = "time_zone", alias = "timezone", alias = "tz")]
    pub zone: String,
    /// The hours of each day of the week.
    pub hours: Week,
    /// Days that are closed.
    #[serde(default)]
    pub holidays: Holidays,
    /// Days that are closed because an address on the web says so; see
    /// [`Calendar::followed`](super::Calendar::followed).
    #[serde(default, skip_serializing_if = "Holidays::is_empty")]
    pub followed: Holidays,
    /// Names of iCalendar files with more of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holiday_files: Vec<String>,
    /// Days with hours of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<Exception>,
}

/// The periods of a day: one text or a list of texts; `closed` is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Periods(pub Vec<Period>);

struct PeriodsVisitor;

impl<'de> Visitor<'de> for PeriodsVisitor {
    type Value = Periods;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("hours such as \"09:00-18:00\", or a list of them")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Periods, E> {
        if text.trim().is_empty() || text.trim().eq_ignore_ascii_case("closed") {
            return Ok(Periods(Vec::new()));
        }
        let periods: Result<Vec<Period>, _> = text.split(',').map(str::parse).collect();
        let periods = periods.and_then(in_order).map_err(E::custom)?;
        Ok(Periods(periods))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Periods, A::Error> {
        let mut periods = Vec::new();
        while let Some(text) = list.next_element::<String>()? {
            periods.push(text.parse().map_err(A::Error::custom)?);
        }
        in_order(periods).map(Periods).map_err(A::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Periods {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PeriodsVisitor)
    }
}

impl Serialize for Periods {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for period in &self.0 {
            list.serialize_element(&period.to_string())?;
        }
        list.end()
    }
}

struct WeekVisitor;

impl<'de> Visitor<'de> for WeekVisitor {
    type Value = Week;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table such as mon = \"09:00-18:00\", or \"24x7\"")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Week, E> {
        match text.trim().to_ascii_lowercase().as_str() {
            "24x7" | "24/7" | "always" => Ok(Week::always()),
            _ => Err(E::custom(format!(
                "\"{text}\" is not understood as hours; write \"24x7\" or a table of days"
            ))),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Week, A::Error> {
        let mut week = Week::default();
        let mut said = [false; 7];
        while let Some(key) = map.next_key::<String>()? {
            let days = days_named(&key).ok_or_else(|| {
                A::Error::custom(format!(
                    "\"{key}\" is no day of the week; write mon to sun, mon-fri, weekdays, weekend or daily"
                ))
            })?;
            let Periods(periods) = map.next_value()?;
            for day in days {
                let place = usize::from(day.to_monday_zero_offset().unsigned_abs());
                if std::mem::replace(&mut said[place], true) {
                    let name = DAYS[place];
                    return Err(A::Error::custom(format!("{name} stands there twice")));
                }
                week = week.with(day, periods.clone()).map_err(A::Error::custom)?;
            }
        }
        Ok(week)
    }
}

impl<'de> Deserialize<'de> for Week {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WeekVisitor)
    }
}

impl Serialize for Week {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, day) in DAYS.iter().zip(Weekday::Monday.cycle_forward()) {
            if !self.on(day).is_empty() {
                map.serialize_entry(name, &Periods(self.on(day).to_vec()))?;
            }
        }
        map.end()
    }
}

/// One entry of the list of holidays: a day, or a table with its name and its last day.
struct Entry {
    day: Holiday,
    until: Option<Date>,
    name: String,
}

struct EntryVisitor;

impl<'de> Visitor<'de> for EntryVisitor {
    type Value = Entry;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date such as \"2026-12-24\", or { date = ..., name = ... }")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Entry, E> {
        Ok(Entry {
            day: day_text::holiday(text).map_err(E::custom)?,
            until: None,
            name: String::new(),
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entry, A::Error> {
        let (mut day, mut until, mut name) = (None, None, String::new());
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                toml if is_toml_date(toml) => return self.visit_str(&map.next_value::<String>()?),
                "date" => {
                    let RawDay(text) = map.next_value()?;
                    day = Some(day_text::holiday(&text).map_err(A::Error::custom)?);
                }
                "until" => {
                    let RawDay(text) = map.next_value()?;
                    until = Some(day_text::date(&text).map_err(A::Error::custom)?);
                }
                "name" => name = map.next_value()?,
                other => return Err(A::Error::unknown_field(other, &["date", "until", "name"])),
            }
        }
        let day = day.ok_or_else(|| A::Error::missing_field("date"))?;
        Ok(Entry { day, until, name })
    }
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EntryVisitor)
    }
}

impl<'de> Deserialize<'de> for Holidays {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut holidays = Self::default();
        for entry in Vec::<Entry>::deserialize(deserializer)? {
            match (entry.day, entry.until) {
                (Holiday::On(first), Some(last)) => {
                    day_text::check_range(first, last, Exception::MAX_DAYS)
                        .map_err(D::Error::custom)?;
                    for date in first
                        .series(jiff::ToSpan::days(1))
                        .take_while(|d| *d <= last)
                    {
                        holidays.add(Holiday::On(date), &entry.name);
                    }
                }
                (Holiday::EveryYear(..), Some(_)) => {
                    return Err(D::Error::custom(
                        "a holiday of every year cannot have until; write one entry for each day",
                    ));
                }
                (day, None) => holidays.add(day, &entry.name),
            }
        }
        Ok(holidays)
    }
}

impl Serialize for Holidays {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Written<'a> {
            date: String,
            #[serde(skip_serializing_if = "str::is_empty")]
            name: &'a str,
        }
        let entries = self.iter().map(|(day, name)| Written {
            date: match day {
                Holiday::On(date) => date.to_string(),
                Holiday::EveryYear(month, day) => format!("{month:02}-{day:02}"),
            },
            name,
        });
        serializer.collect_seq(entries)
    }
}
