//! The shop's opening hours around the eight weeks, in seconds since 1970.
//!
//! Owns: open windows and arithmetic in open minutes. Must not know: tickets, texts.

use super::shop::SHOP_ZONE;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

/// Days of the script before its end.
pub(super) const DAYS: i64 = 56;
pub(super) const HOUR: i64 = 3_600;
pub(super) const DAY: i64 = 24 * HOUR;
const MINUTE: i64 = 60;

/// Days on which Hamburg does not work, as (month, day).
const HOLIDAYS: [(i8, i8); 6] = [(1, 1), (5, 1), (10, 3), (10, 31), (12, 25), (12, 26)];

pub(super) struct Hours {
    zone: TimeZone,
    windows: Vec<(i64, i64)>,
    /// The first second of the script.
    pub(super) start: i64,
    /// The last second of the script.
    pub(super) end: i64,
}

impl Hours {
    /// Windows from a month before the script to a month after it.
    pub(super) fn around(end: Timestamp) -> Self {
        let zone = TimeZone::posix(SHOP_ZONE).expect("the rule of the shop's zone is valid");
        let end = end.as_second();
        let mut hours = Self {
            zone,
            windows: Vec::new(),
            start: end - DAYS * DAY,
            end,
        };
        for day in -(DAYS + 30)..=30 {
            let date = hours.local(end + day * DAY).date();
            if let Some((opens, closes)) = open_hours(date) {
                let window = (hours.instant(date, opens), hours.instant(date, closes));
                if hours.windows.last() != Some(&window) {
                    hours.windows.push(window);
                }
            }
        }
        hours
    }

    /// What the clock in the shop shows.
    pub(super) fn local(&self, at: i64) -> DateTime {
        self.zone.to_datetime(stamp(at))
    }

    fn instant(&self, date: Date, hour: i8) -> i64 {
        self.zone
            .to_timestamp(date.at(hour, 0, 0, 0))
            .expect("the script lies within the years that jiff knows")
            .as_second()
    }

    fn next_window(&self, at: i64) -> usize {
        self.windows.partition_point(|window| window.1 <= at)
    }

    /// `minutes` of open time after `at`.
    pub(super) fn after(&self, at: i64, minutes: i64) -> i64 {
        let mut left = minutes * MINUTE;
        let mut from = at;
        for &(opens, closes) in &self.windows[self.next_window(at)..] {
            from = from.max(opens);
            if left < closes - from {
                return from + left;
            }
            left -= closes - from;
            from = closes;
        }
        from + left
    }

    /// `minutes` of open time before `at`.
    pub(super) fn before(&self, at: i64, minutes: i64) -> i64 {
        let mut left = minutes * MINUTE;
        let mut until = at;
        let known = self.windows.partition_point(|window| window.0 < at);
        for &(opens, closes) in self.windows[..known].iter().rev() {
            until = until.min(closes);
            if left <= until - opens {
                return until - left;
            }
            left -= until - opens;
            until = opens;
        }
        until - left
    }

    /// The start of the latest `minutes` before `at` that lie within one opening.
    pub(super) fn block(&self, at: i64, minutes: i64) -> i64 {
        let known = self.windows.partition_point(|window| window.0 < at);
        self.windows[..known]
            .iter()
            .rev()
            .map(|&(opens, closes)| (opens, closes.min(at) - minutes * MINUTE))
            .find(|&(opens, start)| start >= opens)
            .map_or(at - minutes * MINUTE, |(_, start)| start)
    }

    /// The opening that lies `count` openings after the one of `at`.
    pub(super) fn opening_after(&self, at: i64, count: usize) -> i64 {
        let today = self.windows.partition_point(|window| window.0 <= at);
        let index = (today + count)
            .saturating_sub(1)
            .min(self.windows.len() - 1);
        self.windows[index].0
    }

    #[cfg(test)]
    pub(super) fn is_open(&self, at: i64) -> bool {
        self.windows
            .get(self.next_window(at))
            .is_some_and(|window| window.0 <= at)
    }
}

/// The instant of a second.
pub(super) fn stamp(at: i64) -> Timestamp {
    Timestamp::from_second(at).expect("the script lies within the years that jiff knows")
}

fn open_hours(date: Date) -> Option<(i8, i8)> {
    if HOLIDAYS.contains(&(date.month(), date.day())) {
        return None;
    }
    match date.weekday() {
        Weekday::Sunday => None,
        Weekday::Saturday => Some((10, 14)),
        _ => Some((9, 18)),
    }
}
