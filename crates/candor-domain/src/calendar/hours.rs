//! Opening hours of a day and of a week.
//!
//! Owns: periods such as `09:00-18:00` and `22:00-06:00`, days of the week by their names.
//! Must not know: dates, time zones, holidays.

use super::CalendarError;
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// One stretch of open time. It belongs to the day on which it begins; a period that ends at or
/// before its beginning goes on past midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    /// Minutes after midnight, below 1,440.
    start: u16,
    /// Minutes after the same midnight, so up to 2,879 for a night.
    end: u16,
}

impl Period {
    /// The whole day.
    pub const WHOLE_DAY: Self = Self { start: 0, end: DAY };

    /// Minutes from midnight to its beginning.
    pub fn start_minute(self) -> u16 {
        self.start
    }

    /// Minutes from midnight of the day on which it begins to its end; above 1,440 for a night.
    pub fn end_minute(self) -> u16 {
        self.end
    }

    /// Length on a clock that nobody changes, in minutes.
    pub fn minutes(self) -> u16 {
        self.end - self.start
    }
}

impl FromStr for Period {
    type Err = CalendarError;

    /// Reads `09:00-18:00`, `9-18`, `22:00-06:00`, `00:00-24:00`.
    fn from_str(text: &str) -> Result<Self, CalendarError> {
        let refuse = |reason| {
            Err(CalendarError::Period {
                text: text.chars().take(40).collect(),
                reason,
            })
        };
        let Some((start, end)) = text.split_once(['-', '–']) else {
            return refuse("write it as 09:00-18:00");
        };
        let (Some(start), Some(end)) = (minute_of_day(start), minute_of_day(end)) else {
            return refuse("a time is 00:00 to 24:00, such as 09:30");
        };
        if start == DAY {
            return refuse("a period that begins at 24:00 belongs to the next day");
        }
        if start == end {
            return refuse("it begins and ends at once; the whole day is 00:00-24:00");
        }
        let end = if end < start { end + DAY } else { end };
        Ok(Self { start, end })
    }
}

fn minute_of_day(text: &str) -> Option<u16> {
    let text = text.trim();
    let (hour, minute) = text.split_once(':').unwrap_or((text, "00"));
    let digits = |part: &str, least: usize| {
        let fits = (least..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse::<u16>().ok()).flatten()
    };
    let (hour, minute) = (digits(hour, 1)?, digits(minute, 2)?);
    let total = hour * 60 + minute;
    (minute < 60 && total <= DAY).then_some(total)
}

impl TryFrom<String> for Period {
    type Error = CalendarError;

    fn try_from(text: String) -> Result<Self, CalendarError> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = if self.end > DAY {
            self.end - DAY
        } else {
            self.end
        };
        write!(
            f,
            "{:02}:{:02}-{:02}:{:02}",
            self.start / 60,
            self.start % 60,
            end / 60,
            end % 60
        )
    }
}

/// Puts the periods of one day in order.
///
/// # Errors
/// `Overlap` when two of them share time.
pub(super) fn in_order(mut periods: Vec<Period>) -> Result<Vec<Period>, CalendarError> {
    periods.sort();
    for pair in periods.windows(2) {
        if pair[1].start < pair[0].end {
            return Err(CalendarError::Overlap {
                first: pair[0],
                second: pair[1],
            });
        }
    }
    Ok(periods)
}

/// The hours of each day of the week; a day without periods is closed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Week {
    /// Monday first.
    days: [Vec<Period>; 7],
}

impl Week {
    /// Open day and night.
    pub fn always() -> Self {
        Self {
            days: std::array::from_fn(|_| vec![Period::WHOLE_DAY]),
        }
    }

    /// Whether it is open day and night.
    pub fn is_always(&self) -> bool {
        self.days.iter().all(|day| *day == [Period::WHOLE_DAY])
    }

    /// The same week with other hours on one day.
    ///
    /// # Errors
    /// `Overlap` when two periods share time.
    pub fn with(mut self, day: Weekday, periods: Vec<Period>) -> Result<Self, CalendarError> {
        self.days[index(day)] = in_order(periods)?;
        Ok(self)
    }

    /// The periods that begin on a day, in order.
    pub fn on(&self, day: Weekday) -> &[Period] {
        &self.days[index(day)]
    }

    /// Open minutes in a week without holidays and without changes of the clock; hours of two
    /// days that overlap across midnight count twice.
    pub fn minutes(&self) -> u32 {
        let all = self.days.iter().flatten();
        all.map(|period| u32::from(period.minutes())).sum()
    }
}

fn index(day: Weekday) -> usize {
    usize::from(day.to_monday_zero_offset().unsigned_abs())
}

/// Names of the days of the week, Monday first, as they are written in a file.
pub(super) const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Reads `mon`, `monday`, `mon-fri`, `weekdays`, `weekend` or `daily` as days of the week.
pub fn days_named(text: &str) -> Option<Vec<Weekday>> {
    let text = text.trim().to_ascii_lowercase();
    let (first, last) = match text.as_str() {
        "daily" => (0, 6),
        "weekdays" => (0, 4),
        "weekend" => (5, 6),
        other => match other.split_once('-') {
            Some((first, last)) => (day_named(first)?, day_named(last)?),
            None => (day_named(other)?, day_named(other)?),
        },
    };
    let length = (last + 7 - first) % 7;
    let days = (0..=length).map(|step| (first + step) % 7);
    days.map(|day| Weekday::from_monday_zero_offset(day).ok())
        .collect()
}

fn day_named(text: &str) -> Option<i8> {
    const LONG: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let text = text.trim();
    let found = (0..7).find(|&day| DAYS[day] == text || LONG[day] == text)?;
    i8::try_from(found).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_read_and_written_back() {
        for (text, written, minutes) in [
            ("09:00-18:00", "09:00-18:00", 540),
            ("9-18", "09:00-18:00", 540),
            ("9:30 – 12:00", "09:30-12:00", 150),
            ("22:00-06:00", "22:00-06:00", 480),
            ("00:00-24:00", "00:00-24:00", 1440),
            ("18:00-00:00", "18:00-24:00", 360),
        ] {
            let period: Period = text.parse().unwrap();
            assert_eq!(
                (period.to_string().as_str(), period.minutes()),
                (written, minutes)
            );
            assert_eq!(written.parse::<Period>().unwrap(), period);
        }
    }

    #[test]
    fn what_is_no_period_is_named_with_the_way_out() {
        for (text, words) in [
            ("", "write it as"),
            ("09:00", "write it as"),
            ("09:00-25:00", "a time is"),
            ("09:60-18:00", "a time is"),
            ("+9-18", "a time is"),
            ("09:00-09:00", "whole day is 00:00-24:00"),
            ("24:00-06:00", "next day"),
        ] {
            let error = text.parse::<Period>().unwrap_err().to_string();
            assert!(error.contains(words), "{text:?}: {error}");
        }
    }

    #[test]
    fn days_have_names_and_ranges() {
        assert_eq!(days_named("mon-fri").unwrap().len(), 5);
        assert_eq!(days_named("Monday").unwrap(), [Weekday::Monday]);
        assert_eq!(
            days_named("sat-mon").unwrap(),
            [Weekday::Saturday, Weekday::Sunday, Weekday::Monday]
        );
        assert_eq!(days_named("daily").unwrap().len(), 7);
        assert_eq!(days_named("someday"), None);
    }

    #[test]
    fn two_periods_of_a_day_may_not_share_time() {
        let periods = |texts: &[&str]| texts.iter().map(|t| t.parse().unwrap()).collect();
        let overlap =
            Week::default().with(Weekday::Monday, periods(&["09:00-13:00", "12:00-18:00"]));
        assert!(overlap.unwrap_err().to_string().contains("share time"));
        let week = Week::default().with(Weekday::Monday, periods(&["13:00-18:00", "09:00-13:00"]));
        assert_eq!(week.unwrap().minutes(), 540);
    }
}
