//! Days that come back every year.
//!
//! Owns: the rules of RFC 5545 that lists of holidays use (`FREQ=YEARLY`).
//! Must not know: other frequencies; they are named and left out.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// The last year for which days are worked out.
pub(super) const LAST_YEAR: i16 = 2100;

/// A yearly repetition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    /// Every so many years.
    interval: i16,
    count: Option<usize>,
    until: Option<Date>,
    months: Vec<i8>,
    /// Days of the month; negative ones count from its end.
    month_days: Vec<i8>,
    /// Weekdays, each with its place in the month (-1 is the last) or 0 for any.
    weekdays: Vec<(i8, Weekday)>,
}

impl Rule {
    /// Reads `FREQ=YEARLY;BYMONTH=11;BYDAY=4TH`. The error says in words what is beyond us.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut rule = Self {
            interval: 1,
            count: None,
            until: None,
            months: Vec::new(),
            month_days: Vec::new(),
            weekdays: Vec::new(),
        };
        let mut yearly = false;
        for part in text.trim().split(';').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            match key.to_ascii_uppercase().as_str() {
                "FREQ" => yearly = value.eq_ignore_ascii_case("YEARLY"),
                other => {
                    let read = rule.put(other, value);
                    read.ok_or_else(|| format!("its repetition is not understood: {part}"))?;
                }
            }
        }
        if !yearly {
            return Err("it comes back, but not every year".to_owned());
        }
        let by_place = rule.weekdays.iter().any(|(place, _)| *place != 0);
        let any = rule.weekdays.iter().any(|(place, _)| *place == 0);
        if (by_place && rule.months.is_empty()) || (any && rule.month_days.is_empty()) {
            return Err("its repetition by weekdays is not understood".to_owned());
        }
        Ok(rule)
    }

    fn put(&mut self, key: &str, value: &str) -> Option<()> {
        match key {
            "INTERVAL" => self.interval = value.parse().ok().filter(|years| *years > 0)?,
            "COUNT" => self.count = Some(value.parse().ok()?),
            "UNTIL" => self.until = Some(super::icalendar::line::date(value)?),
            "BYMONTH" => self.months = numbers(value, 1, 12)?,
            "BYMONTHDAY" => self.month_days = numbers(value, -31, 31)?,
            "BYDAY" => self.weekdays = value.split(',').map(weekday).collect::<Option<_>>()?,
            "WKST" => {}
            _ => return None,
        }
        Some(())
    }

    /// Whether it is the same day of the same month each year, for ever.
    pub(super) fn is_plain(&self, first: Date) -> bool {
        self.interval == 1
            && self.count.is_none()
            && self.until.is_none()
            && self.weekdays.is_empty()
            && (self.months.is_empty() || self.months == [first.month()])
            && (self.month_days.is_empty() || self.month_days == [first.day()])
    }

    /// Its days, from a first one on, which counts even where the rule does not give it.
    pub(super) fn days(&self, first: Date) -> Vec<Date> {
        let last = self.until.unwrap_or(Date::MAX);
        let years = first.year()..=LAST_YEAR;
        let years = years.step_by(usize::from(self.interval.unsigned_abs()));
        let later = years.flat_map(|year| self.in_year(year, first));
        let later = later.filter(|day| *day > first && *day <= last);
        let all = std::iter::once(first).chain(later);
        all.take(self.count.unwrap_or(usize::MAX)).collect()
    }

    fn in_year(&self, year: i16, first: Date) -> Vec<Date> {
        let own_month = [first.month()];
        let months: &[i8] = if self.months.is_empty() {
            &own_month
        } else {
            &self.months
        };
        let begins = months
            .iter()
            .filter_map(|month| Date::new(year, *month, 1).ok());
        let mut days: Vec<Date> = begins
            .flat_map(|begin| self.in_month(begin, first))
            .collect();
        days.sort();
        days.dedup();
        days
    }

    fn in_month(&self, begin: Date, first: Date) -> Vec<Date> {
        let length = begin.days_in_month();
        let month = begin.series(1.day()).take(length.unsigned_abs().into());
        month
            .filter(|date| {
                let from_end = date.day() - length - 1;
                let by_day =
                    self.month_days.contains(&date.day()) || self.month_days.contains(&from_end);
                let by_weekday = self.weekdays.iter().any(|(place, weekday)| {
                    let from_start = (date.day() - 1) / 7 + 1;
                    let back = -((length - date.day()) / 7 + 1);
                    *weekday == date.weekday() && [0, from_start, back].contains(place)
                });
                match (self.month_days.is_empty(), self.weekdays.is_empty()) {
                    (true, true) => date.day() == first.day(),
                    (false, true) => by_day,
                    (true, false) => by_weekday,
                    (false, false) => by_day && by_weekday,
                }
            })
            .collect()
    }
}

fn numbers(text: &str, least: i8, most: i8) -> Option<Vec<i8>> {
    let numbers = text
        .split(',')
        .map(|number| number.trim().parse::<i8>().ok());
    let fits = |number: &i8| *number != 0 && (least..=most).contains(number);
    numbers.map(|number| number.filter(fits)).collect()
}

fn weekday(text: &str) -> Option<(i8, Weekday)> {
    const NAMES: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let text = text.trim();
    let split = text.len().checked_sub(2)?;
    let (place, name) = (text.get(..split)?, text.get(split..)?);
    let name = name.to_ascii_uppercase();
    let day = NAMES.iter().position(|known| *known == name)?;
    let place = if place.is_empty() {
        0
    } else {
        place.parse().ok()?
    };
    let weekday = Weekday::from_monday_zero_offset(day as i8).ok()?;
    ((-5..=5).contains(&place)).then_some((place, weekday))
}
