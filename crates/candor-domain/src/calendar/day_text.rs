//! Dates as they are written in a file.
//!
//! Owns: `2026-12-24`, quoted or as a date of TOML, and `12-24` for every year.
//! Must not know: what the day means.

use super::CalendarError;
use super::holiday::Holiday;
use jiff::civil::Date;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use std::fmt;

/// How a date without quotes comes out of a TOML reader: a map with one key of this beginning.
const TOML_DATE: &str = "$__toml_private";

/// Refuses days in the wrong order and stretches longer than `most` days.
pub(super) fn check_range(first: Date, last: Date, most: i32) -> Result<(), CalendarError> {
    let days = days_between(first, last);
    if (0..most).contains(&days) {
        return Ok(());
    }
    Err(CalendarError::Range { first, last, most })
}

/// Days from one date to another.
pub(super) fn days_between(first: Date, last: Date) -> i32 {
    last.duration_since(first).as_hours() as i32 / 24
}

/// Reads one date.
pub(super) fn date(text: &str) -> Result<Date, CalendarError> {
    let text = text.trim();
    let shape = text.len() == 10 && text.bytes().filter(|b| *b == b'-').count() == 2;
    let parsed = shape.then(|| text.parse::<Date>().ok()).flatten();
    parsed.ok_or_else(|| CalendarError::Date {
        text: text.chars().take(40).collect(),
    })
}

/// Reads a date, or month and day for every year.
pub(super) fn holiday(text: &str) -> Result<Holiday, CalendarError> {
    let text = text.trim();
    if text.len() == 5 {
        // A leap year, so that 29 February is a day.
        let day = date(&format!("2024-{text}"))?;
        return Ok(Holiday::EveryYear(day.month(), day.day()));
    }
    date(text).map(Holiday::On)
}

/// A day in a file: a string, or a date of TOML.
pub(super) struct DayText;

impl<'de> Visitor<'de> for DayText {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date such as 2026-12-24")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        match map.next_key::<String>()? {
            Some(key) if key.starts_with(TOML_DATE) => map.next_value(),
            _ => Err(A::Error::custom("expected a date such as 2026-12-24")),
        }
    }
}

/// Whether a map's key says that the map is a date of TOML.
pub(super) fn is_toml_date(key: &str) -> bool {
    key.starts_with(TOML_DATE)
}

/// A day that is read later, because it may mean every year.
pub(super) struct RawDay(pub String);

impl<'de> serde::Deserialize<'de> for RawDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DayText).map(RawDay)
    }
}

/// A field that holds one date.
pub(super) fn one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let text = deserializer.deserialize_any(DayText)?;
    date(&text).map_err(D::Error::custom)
}

/// A field that may hold one date.
pub(super) fn maybe<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    one(deserializer).map(Some)
}
