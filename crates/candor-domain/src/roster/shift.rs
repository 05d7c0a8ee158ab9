//! Hours in which somebody works, once or every week.
//!
//! Owns: on which days a shift is, and its instants. Must not know: who is away.

use crate::calendar::Period;
use crate::id::{PersonId, ShiftId};
use crate::record::Recorded;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::{Value, json};

/// Weekdays as a set; Monday is the lowest bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days(u8);

impl Days {
    /// No day of the week: the shift is on its first day alone.
    pub const NONE: Self = Self(0);

    /// Reads the bits; others than seven are left out.
    pub fn from_bits(bits: i64) -> Self {
        Self(u8::try_from(bits & 0x7f).unwrap_or_default())
    }

    /// The bits.
    pub fn bits(self) -> i64 {
        i64::from(self.0)
    }

    /// The same days and one more.
    #[must_use]
    pub fn with(self, day: Weekday) -> Self {
        Self(self.0 | 1 << day.to_monday_zero_offset())
    }

    /// Whether a weekday is among them.
    pub fn has(self, day: Weekday) -> bool {
        self.0 >> day.to_monday_zero_offset() & 1 == 1
    }

    /// Monday to Sunday, those that are among them.
    pub fn each(self) -> impl Iterator<Item = Weekday> {
        Weekday::Monday
            .cycle_forward()
            .take(7)
            .filter(move |day| self.has(*day))
    }
}

/// Hours in which somebody works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// The row.
    pub id: ShiftId,
    /// Who.
    pub person: PersonId,
    /// Every week on these days; none for a shift of one day.
    pub days: Days,
    /// The first day that it may be on.
    pub first: Date,
    /// The last one; `None` goes on and on.
    pub last: Option<Date>,
    /// From when to when.
    pub hours: Period,
    /// False once it was taken away.
    pub active: bool,
}

/// Why a shift cannot be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShiftRule {
    /// Its last day comes before its first.
    #[error("the last day comes before the first")]
    Backwards,
    /// It is longer than somebody may work on a day.
    #[error("a shift of more than 16 hours is none")]
    TooLong,
}

/// Longest shift, in minutes: more is a mistake in typing.
const LONGEST: u16 = 16 * 60;

impl Shift {
    /// Refuses what cannot be.
    ///
    /// # Errors
    /// Names what is wrong.
    pub fn check(&self) -> Result<(), ShiftRule> {
        if self.last.is_some_and(|last| last < self.first) {
            return Err(ShiftRule::Backwards);
        }
        if self.hours.minutes() > LONGEST {
            return Err(ShiftRule::TooLong);
        }
        Ok(())
    }

    /// Whether it begins on a day.
    pub fn is_on(&self, date: Date) -> bool {
        if !self.active || date < self.first || self.last.is_some_and(|last| date > last) {
            return false;
        }
        if self.days == Days::NONE {
            date == self.first
        } else {
            self.days.has(date.weekday())
        }
    }

    /// From when to when it is on a day. A time that the clock leaves out counts at the change.
    pub fn instants(&self, date: Date, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let at = |minute: u16| {
            let day = date.saturating_add(i64::from(minute / 1440).days());
            let minute = i64::from(minute % 1440);
            let local = day.at(0, 0, 0, 0).saturating_add(minute.minutes());
            let zoned = zone.to_ambiguous_zoned(local).compatible();
            zoned.map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
        };
        (at(self.hours.start_minute()), at(self.hours.end_minute()))
    }

    /// How long it is on a clock that nobody changes.
    pub fn length(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.hours.minutes()))
    }
}

impl Recorded for Shift {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({
            "person": self.person, "days": self.days.bits(), "first": self.first,
            "last": self.last, "hours": self.hours, "active": self.active,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn shift(days: Days, hours: &str) -> Shift {
        Shift {
            id: ShiftId(1),
            person: PersonId(1),
            days,
            first: date(2026, 3, 23),
            last: None,
            hours: hours.parse().unwrap(),
            active: true,
        }
    }

    #[test]
    fn a_weekly_shift_is_on_its_days_from_its_first() {
        let days = Days::NONE.with(Weekday::Monday).with(Weekday::Friday);
        let shift = shift(days, "9-17");
        assert!(!shift.is_on(date(2026, 3, 20)), "a Friday before it began");
        assert!(shift.is_on(date(2026, 3, 23)) && shift.is_on(date(2026, 3, 27)));
        assert!(!shift.is_on(date(2026, 3, 24)));
        let days: Vec<Weekday> = days.each().collect();
        assert_eq!(days, [Weekday::Monday, Weekday::Friday]);
    }

    #[test]
    fn a_night_in_spring_has_seven_hours() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let night = shift(Days::NONE, "22:00-06:00");
        let (from, to) = night.instants(date(2026, 3, 28), &zone);
        assert_eq!(to.duration_since(from).as_hours(), 7);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let backwards = Shift {
            last: Some(date(2026, 3, 1)),
            ..shift(Days::NONE, "9-17")
        };
        assert_eq!(backwards.check(), Err(ShiftRule::Backwards));
        assert_eq!(
            shift(Days::NONE, "06:00-23:00").check(),
            Err(ShiftRule::TooLong)
        );
    }
}
