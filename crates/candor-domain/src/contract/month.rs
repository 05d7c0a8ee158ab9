//! A month of a calendar.
//!
//! Owns: `2026-10` and back, and its instants in a zone. Must not know: what is counted in it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A month, written `2026-10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month(Date);

impl Month {
    /// The month that a day lies in.
    pub fn of(day: Date) -> Self {
        Self(day.first_of_month())
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.0
    }

    /// Its last day.
    pub fn last(self) -> Date {
        self.0.last_of_month()
    }

    /// The month before.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(1.month()))
    }

    /// The month after.
    #[must_use]
    pub fn after(self) -> Self {
        Self(self.0.saturating_add(1.month()))
    }

    /// Its first instant in a zone, and the first one after it.
    pub fn instants(self, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let begin = |day: Date| {
            let midnight = day.at(0, 0, 0, 0);
            let zoned = zone.to_ambiguous_zoned(midnight).compatible();
            zoned.map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
        };
        (begin(self.0), begin(self.after().0))
    }
}

/// What is no month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a month is written 2026-10")]
pub struct NoMonth;

impl FromStr for Month {
    type Err = NoMonth;

    fn from_str(text: &str) -> Result<Self, NoMonth> {
        let (year, month) = text.split_once('-').ok_or(NoMonth)?;
        if (year.len(), month.len()) != (4, 2) {
            return Err(NoMonth);
        }
        let year: i16 = year.parse().map_err(|_| NoMonth)?;
        let month: i8 = month.parse().map_err(|_| NoMonth)?;
        let first = Date::new(year, month, 1).map_err(|_| NoMonth)?;
        if (2000..=2200).contains(&year) {
            Ok(Self(first))
        } else {
            Err(NoMonth)
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

impl TryFrom<String> for Month {
    type Error = NoMonth;
    fn try_from(text: String) -> Result<Self, NoMonth> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Month;
    use jiff::tz::TimeZone;

    #[test]
    fn a_month_has_its_own_midnights() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let october: Month = "2026-10".parse().unwrap();
        let (from, to) = october.instants(&zone);
        assert_eq!(from.to_string(), "2026-09-30T22:00:00Z");
        assert_eq!(to.to_string(), "2026-10-31T23:00:00Z");
        assert_eq!(october.before().to_string(), "2026-09");
        assert_eq!(october.after().after().after().to_string(), "2027-01");
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for text in [
            "",
            "2026",
            "2026-13",
            "2026-1",
            "26-10",
            "1999-01",
            "2026-10-01",
        ] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}
