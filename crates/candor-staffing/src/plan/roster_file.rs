//! A roster's question as it stands in a file.
//!
//! Owns: shifts, needs, people with their limits and wishes, and the check that they make sense.
//! Must not know: how it is answered.

use crate::StaffingError;
use candor_domain::calendar::{Period, days_named};
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Most days that are planned at once.
const MOST_DAYS: u16 = 56;
/// Most people of one roster.
const MOST_PEOPLE: usize = 200;

/// The frame.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterHead {
    /// What people call it.
    #[serde(default)]
    pub name: String,
    /// The first day.
    pub start: Days,
    /// How many days; 7 when left out.
    #[serde(default = "seven")]
    pub days: u16,
    /// Time zone of the shop by its IANA name.
    pub zone: String,
    /// Least hours between two shifts; 11 when left out (Directive 2003/88/EC, article 3).
    #[serde(default = "eleven")]
    pub rest_hours: f64,
    /// Most days of one person in a calendar week; 5 when left out.
    #[serde(default = "five")]
    pub days_a_week: u32,
    /// Most days of one person without a day off; 6 when left out.
    #[serde(default = "six")]
    pub days_in_a_row: u32,
    /// Days on which nobody is needed.
    #[serde(default)]
    pub closed: Vec<Days>,
    /// Skills that somebody should have on a day, at whatever time.
    #[serde(default)]
    pub daily: Vec<Daily>,
}

fn seven() -> u16 {
    7
}

fn eleven() -> f64 {
    11.0
}

fn five() -> u32 {
    5
}

fn six() -> u32 {
    6
}

/// A shift that people can have.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// What people call it.
    pub name: String,
    /// From when to when.
    pub hours: Period,
    /// When the break may be; one of these is chosen. None means no break.
    #[serde(default)]
    pub breaks: Vec<Period>,
    /// Days on which it exists; all when left out.
    pub days: Option<Days>,
}

/// People who must be there.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// On which days.
    pub days: Days,
    /// From when to when.
    pub hours: Period,
    /// How many.
    pub people: u32,
    /// The skill that they need; anybody counts when left out.
    pub skill: Option<String>,
}

/// A skill that somebody should have on each of some days. A plan that has nobody is a plan all the
/// same, and costs what a missed wish costs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Daily {
    /// On which days, as far as anybody is needed then.
    pub days: Days,
    /// The skill.
    pub skill: String,
    /// How much it counts, from 0 to 10; 1 when left out.
    #[serde(default = "one")]
    pub weight: f64,
}

/// Somebody who works.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanPerson {
    /// Their name.
    pub name: String,
    /// Most hours in a calendar week, without breaks; 40 when left out.
    #[serde(default = "forty")]
    pub hours: f64,
    /// Least hours in a whole calendar week.
    #[serde(default)]
    pub least_hours: f64,
    /// What they can do.
    #[serde(default)]
    pub skills: Vec<String>,
    /// When they are not there.
    #[serde(default)]
    pub off: Vec<Days>,
    /// The only shifts that they have, by name; all when left out.
    pub shifts: Option<Vec<String>>,
    /// What they would like.
    #[serde(default)]
    pub wishes: Vec<Wish>,
    /// Saturdays worked before, so that the next ones are shared fairly.
    #[serde(default)]
    pub saturdays_worked: u32,
}

fn forty() -> f64 {
    40.0
}

/// What somebody would like: to be off, or to have a shift.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// On which days.
    pub days: Days,
    /// The shift that they would like; to be off when left out.
    pub shift: Option<String>,
    /// How much, from 0 to 10; 1 when left out.
    #[serde(default = "one")]
    pub weight: f64,
}

fn one() -> f64 {
    1.0
}

/// Days by weekday (`mon-fri`) or by date (`2026-01-24`, `2026-01-24..2026-01-30`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(into = "String")]
pub enum Days {
    /// Each of these weekdays.
    Week(Vec<Weekday>),
    /// From the first to the last date.
    Dates(Date, Date),
}

impl Days {
    /// Whether a date is among them.
    pub fn include(&self, date: Date) -> bool {
        match self {
            Self::Week(days) => days.contains(&date.weekday()),
            Self::Dates(first, last) => (*first..=*last).contains(&date),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if let Some(days) = days_named(text) {
            return Some(Self::Week(days));
        }
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        (first <= last).then_some(Self::Dates(first, last))
    }
}

impl<'de> Deserialize<'de> for Days {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A date of TOML comes without quotes.
        let text = match toml::Value::deserialize(deserializer)? {
            toml::Value::String(text) => text,
            toml::Value::Datetime(date) => date.to_string(),
            other => other.to_string(),
        };
        Self::parse(&text).ok_or_else(|| {
            D::Error::custom(format!(
                "\"{text}\" are no days; write mon-fri, sat, 2026-01-24 or 2026-01-24..2026-01-30"
            ))
        })
    }
}

impl From<Days> for String {
    fn from(days: Days) -> Self {
        match days {
            Days::Week(days) => format!("{days:?}"),
            Days::Dates(first, last) => format!("{first}..{last}"),
        }
    }
}

/// A question that makes sense.
pub(super) struct Frame<'a> {
    pub(super) head: &'a RosterHead,
    pub(super) first: Date,
    pub(super) zone: TimeZone,
    pub(super) shifts: &'a [Shift],
    pub(super) needs: &'a [Need],
    pub(super) people: &'a [PlanPerson],
}

impl<'a> Frame<'a> {
    /// Checks a question.
    pub(super) fn new(
        head: &'a RosterHead,
        shifts: &'a [Shift],
        needs: &'a [Need],
        people: &'a [PlanPerson],
    ) -> Result<Self, StaffingError> {
        let Days::Dates(first, _) = head.start else {
            return Err(invalid(
                "start",
                "a weekday",
                "it must be a date such as 2026-01-19",
            ));
        };
        let zone = TimeZone::get(&head.zone).map_err(|_| {
            invalid(
                "zone",
                &head.zone,
                "it must be an IANA name such as Europe/Berlin",
            )
        })?;
        if !(1..=MOST_DAYS).contains(&head.days) {
            return Err(invalid("days", head.days, "it must be from 1 to 56"));
        }
        hours_in("rest_hours", head.rest_hours, 24.0)?;
        for (what, empty) in [
            ("[[shifts]]", shifts.is_empty()),
            ("[[needs]]", needs.is_empty()),
            ("[[people]]", people.is_empty()),
        ] {
            if empty {
                return Err(invalid(what, "empty", "a roster needs at least one"));
            }
        }
        if people.len() > MOST_PEOPLE {
            return Err(invalid(
                "people",
                people.len(),
                "it must be at most 200; plan teams apart",
            ));
        }
        let frame = Self {
            head,
            first,
            zone,
            shifts,
            needs,
            people,
        };
        frame.check_shifts()?;
        frame.check_people()?;
        frame.check_daily()?;
        Ok(frame)
    }

    fn check_shifts(&self) -> Result<(), StaffingError> {
        unique("shift", self.shifts.iter().map(|shift| shift.name.as_str()))?;
        for shift in self.shifts {
            for pause in &shift.breaks {
                let (from, to) = within(shift.hours, *pause);
                let inside = from >= i32::from(shift.hours.start_minute())
                    && to <= i32::from(shift.hours.end_minute());
                if !inside || to - from >= i32::from(shift.hours.minutes()) {
                    let need = format!("it must lie inside {}", shift.hours);
                    return Err(invalid(
                        &format!("the break of shift {}", shift.name),
                        pause,
                        &need,
                    ));
                }
            }
        }
        Ok(())
    }

    fn check_people(&self) -> Result<(), StaffingError> {
        unique(
            "person",
            self.people.iter().map(|person| person.name.as_str()),
        )?;
        for person in self.people {
            let of = |what: &str| format!("{what} of {}", person.name);
            hours_in(&of("hours"), person.hours, 168.0)?;
            hours_in(&of("least_hours"), person.least_hours, person.hours)?;
            let wished = person.wishes.iter().filter_map(|wish| wish.shift.as_ref());
            for name in person.shifts.iter().flatten().chain(wished) {
                if !self.shifts.iter().any(|shift| shift.name == *name) {
                    return Err(invalid(
                        &of("a shift"),
                        name,
                        "there is no shift of that name",
                    ));
                }
            }
            for wish in &person.wishes {
                hours_in(&of("the weight of a wish"), wish.weight, 10.0)?;
            }
        }
        Ok(())
    }

    fn check_daily(&self) -> Result<(), StaffingError> {
        for daily in &self.head.daily {
            let mut people = self.people.iter();
            if !people.any(|person| person.skills.contains(&daily.skill)) {
                return Err(invalid("daily", &daily.skill, "nobody has this skill"));
            }
            let what = format!("the weight of the daily skill {}", daily.skill);
            hours_in(&what, daily.weight, 10.0)?;
        }
        Ok(())
    }

    /// Whether anybody is needed on a date.
    pub(super) fn is_needed(&self, date: Date) -> bool {
        let mut needs = self.needs.iter();
        !self.is_closed(date) && needs.any(|need| need.days.include(date))
    }

    /// The date of a day, counted from the first.
    pub(super) fn date(&self, day: i32) -> Date {
        self.first
            .saturating_add(jiff::SignedDuration::from_hours(24 * i64::from(day)))
    }

    /// Whether nobody is needed on a date.
    pub(super) fn is_closed(&self, date: Date) -> bool {
        self.head.closed.iter().any(|days| days.include(date))
    }
}

/// A break in minutes of the day on which its shift begins.
pub(super) fn within(shift: Period, pause: Period) -> (i32, i32) {
    let (from, to) = (
        i32::from(pause.start_minute()),
        i32::from(pause.end_minute()),
    );
    let after_midnight = if from < i32::from(shift.start_minute()) {
        1440
    } else {
        0
    };
    (from + after_midnight, to + after_midnight)
}

fn unique<'a>(what: &str, names: impl Iterator<Item = &'a str>) -> Result<(), StaffingError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if name.trim().is_empty() {
            return Err(invalid(
                &format!("the name of a {what}"),
                "empty",
                "everybody needs one",
            ));
        }
        if !seen.insert(name) {
            return Err(invalid(
                &format!("the name of a {what}"),
                name,
                "it stands there twice",
            ));
        }
    }
    Ok(())
}

fn hours_in(name: &str, hours: f64, most: f64) -> Result<(), StaffingError> {
    if (0.0..=most).contains(&hours) {
        return Ok(());
    }
    Err(invalid(
        name,
        hours,
        &format!("it must be a number from 0 to {most}"),
    ))
}

fn invalid(name: &str, value: impl std::fmt::Display, need: &str) -> StaffingError {
    StaffingError::invalid(name, value, need)
}
