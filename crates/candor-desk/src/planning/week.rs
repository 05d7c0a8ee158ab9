//! A week by half hours: expected, needed, there.
//!
//! Owns: putting history, opening hours, promises and roster side by side. Must not know: what a
//! planner makes of it.

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::level::EFFICIENCY;
use crate::people::access_of_person;
use crate::roster::{book_from, monday_of, zone};
use crate::workload::{HandleTime, handle_time};
use candor_domain::calendar::Calendar;
use candor_domain::id::PersonId;
use candor_domain::level::{Counted, KeptLevel, Metric};
use candor_domain::people::Person;
use candor_domain::permission::Permission;
use candor_domain::roster::{RosterBook, ShiftDay};
use candor_domain::skill::Skill;
use candor_domain::ticket::Urgency;
use candor_staffing::StaffingError;
use candor_staffing::demand::{
    Class, Forecast, Moves, Requirement, SLOTS, SLOTS_A_DAY, forecast, moves, requirement, usual,
};
use candor_store::Tx;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Most whole weeks that a forecast looks back.
const WEEKS: i64 = 8;
/// Most tickets that a forecast reads.
const MOST: i64 = 100_000;
/// Tickets a week that are assumed at least, where too little is known.
const LEAST_PER_WEEK: f64 = 20.0;
/// What is promised where no level says so, in open minutes.
const UNPROMISED: f64 = 540.0;
/// Length of a half hour.
const HALF_HOUR: SignedDuration = SignedDuration::from_mins(30);

/// Asks what a week needs.
#[derive(Debug, Clone, Copy)]
pub struct PlanningView {
    /// A day of the week; `None` is the next one.
    pub week: Option<Date>,
}

/// What a week needs and who is there.
#[derive(Debug, Clone)]
pub struct PlanningPage {
    /// The Monday.
    pub monday: Date,
    /// This week's Monday.
    pub this_monday: Date,
    /// The zone of days and hours.
    pub zone: TimeZone,
    /// The opening hours; `None` where nobody wrote any.
    pub calendar: Option<Calendar>,
    /// What is expected.
    pub forecast: Forecast,
    /// How long an answer takes.
    pub handle: HandleTime,
    /// Monday to Sunday.
    pub days: Vec<PlanDay>,
    /// What to change.
    pub moves: Moves,
    /// Everybody who works here; the owner only with a shift in the roster.
    pub people: Vec<Person>,
    /// Most minutes of each in the week: those of their shifts in the roster.
    pub minutes: BTreeMap<PersonId, i64>,
    /// Who is away on which days.
    pub away: Vec<(PersonId, Date)>,
    /// Whether anybody wrote a shift.
    pub has_roster: bool,
    /// What not everybody can do.
    pub skills: Vec<SkilledWeek>,
    /// A fingerprint of what a plan of the week stands on.
    pub basis: String,
}

/// A skill, and the days on which nobody has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkilledWeek {
    /// What it is called.
    pub name: String,
    /// Who of those who are planned has it; never none.
    pub people: Vec<PersonId>,
    /// The open days on which none of them is in the roster; none without a roster.
    pub missing: Vec<Date>,
}

/// A day by half hours of the desk's clock, each with 48 places.
#[derive(Debug, Clone)]
pub struct PlanDay {
    /// The day.
    pub date: Date,
    /// Whether it is open.
    pub open: Vec<bool>,
    /// Tickets expected.
    pub arrivals: Vec<f64>,
    /// People needed.
    pub need: Vec<u32>,
    /// People there.
    pub there: Vec<u32>,
}

impl PlanningPage {
    /// Hours of people needed.
    pub fn hours_needed(&self) -> f64 {
        hours(self.days.iter().flat_map(|day| &day.need))
    }

    /// Hours of people in the roster.
    pub fn hours_there(&self) -> f64 {
        hours(self.days.iter().flat_map(|day| &day.there))
    }
}

fn hours<'a>(people: impl Iterator<Item = &'a u32>) -> f64 {
    f64::from(people.sum::<u32>()) / 2.0
}

impl Query for PlanningView {
    type Output = PlanningPage;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<PlanningPage, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let zone = zone(tx)?;
        let this_monday = monday_of(cx.now().to_zoned(zone.clone()).date());
        let next = this_monday.saturating_add(7.days());
        let monday = monday_of(self.week.unwrap_or(next));
        let facts = facts(tx, monday, &zone)?;
        let forecast = history(tx, &zone, this_monday)?;
        let handle = handle_time(tx, cx.now())?;
        let open = &facts.open;
        let arrivals = if forecast.enough {
            forecast.slots.clone()
        } else {
            usual(forecast.per_week().max(LEAST_PER_WEEK))
        };
        let classes = classes(tx, cx)?;
        let ask = Requirement {
            arrivals: &arrivals,
            open,
            handle: handle.minutes,
            efficiency: EFFICIENCY,
            classes: &classes,
        };
        let need = requirement(&ask).map_err(|error| broken(&error))?;
        let shifts = facts.book.days(
            monday.saturating_sub(1.day()),
            monday.saturating_add(6.days()),
        );
        let there = there(&shifts, monday, &zone);
        let days = days(monday, open, &arrivals, (&need, &there));
        let has_roster = !facts.book.shifts.is_empty();
        let skilled = |skill: &Skill| {
            let works = |shift: &ShiftDay| {
                let there = shift.away.is_none() && skill.people.contains(&shift.person);
                there.then_some(shift.date)
            };
            let worked: BTreeSet<Date> = shifts.iter().filter_map(works).collect();
            SkilledWeek {
                name: skill.name.clone(),
                people: skill.people.clone(),
                missing: if has_roster {
                    open_days_without(&days, &worked)
                } else {
                    Vec::new()
                },
            }
        };
        Ok(PlanningPage {
            basis: facts.basis(monday),
            skills: facts.skills.iter().map(skilled).collect(),
            moves: moves(&need, &there),
            days,
            has_roster,
            away: facts.away,
            minutes: facts.minutes,
            calendar: facts.calendar,
            people: facts.people,
            monday,
            this_monday,
            zone,
            forecast,
            handle,
        })
    }
}

/// What a plan of a week stands on, but for what is expected of it.
pub(super) struct WeekFacts {
    pub(super) calendar: Option<Calendar>,
    pub(super) book: RosterBook,
    pub(super) people: Vec<Person>,
    open: Vec<bool>,
    minutes: BTreeMap<PersonId, i64>,
    away: Vec<(PersonId, Date)>,
    /// Those in use that somebody has who is planned, with these people alone.
    skills: Vec<Skill>,
}

impl WeekFacts {
    /// A fingerprint: another one says that a plan of this week may not fit any more. The forecast
    /// has no part in it, or each answer that is written would outdate every plan.
    pub(super) fn basis(&self, monday: Date) -> String {
        let people: Vec<PersonId> = self.people.iter().map(|person| person.id).collect();
        let minutes: Vec<(&PersonId, &i64)> = self.minutes.iter().collect();
        let skills = self.skills.iter().map(|skill| (&skill.name, &skill.people));
        let skills: Vec<(&String, &Vec<PersonId>)> = skills.collect();
        fingerprint(&json!([
            monday, people, minutes, self.open, self.away, skills
        ]))
    }
}

/// Sixteen letters that differ where facts differ.
pub(super) fn fingerprint(facts: &Value) -> String {
    let hash = Sha256::digest(facts.to_string());
    hex::encode(&hash[..8])
}

pub(super) fn facts(
    tx: &mut Tx<'_>,
    monday: Date,
    zone: &TimeZone,
) -> Result<WeekFacts, DeskError> {
    let calendar = tx.calendars()?.into_iter().next().map(|kept| kept.calendar);
    let book = book_from(tx, monday.saturating_sub(1.day()))?;
    let mut people = tx.people()?;
    people.retain(|person| person.active);
    let minutes = minutes(&book, monday);
    let owners = owners(tx, &people)?;
    people.retain(|person| minutes.contains_key(&person.id) || !owners.contains(&person.id));
    Ok(WeekFacts {
        skills: skills(tx, &people)?,
        open: open_slots(calendar.as_ref(), monday, zone),
        away: away(&book, &people, monday),
        calendar,
        book,
        people,
        minutes,
    })
}

/// The skills in use that some of these people have.
fn skills(tx: &mut Tx<'_>, people: &[Person]) -> Result<Vec<Skill>, DeskError> {
    let mut skills = tx.skills()?;
    for skill in &mut skills {
        skill
            .people
            .retain(|id| people.iter().any(|person| person.id == *id));
    }
    skills.retain(|skill| skill.active && !skill.people.is_empty());
    Ok(skills)
}

/// The open days that are not among these.
fn open_days_without(days: &[PlanDay], worked: &BTreeSet<Date>) -> Vec<Date> {
    let open = days.iter().filter(|day| day.open.contains(&true));
    let open = open.map(|day| day.date);
    open.filter(|date| !worked.contains(date)).collect()
}

/// How long each person works in a week by what was agreed, whoever took a day of it and whatever
/// plans made of it.
fn minutes(book: &RosterBook, monday: Date) -> BTreeMap<PersonId, i64> {
    let mut minutes = BTreeMap::new();
    for date in monday.series(1.day()).take(7) {
        for shift in book.agreed(date) {
            *minutes.entry(shift.person).or_default() += shift.length().as_mins();
        }
    }
    minutes
}

/// Who may do everything: they run the shop, and are planned only where the roster has them.
fn owners(tx: &mut Tx<'_>, people: &[Person]) -> Result<BTreeSet<PersonId>, DeskError> {
    let mut owners = BTreeSet::new();
    for person in people {
        let access = access_of_person(tx, person)?;
        if access.is_some_and(|access| access.has(Permission::ManagePeople)) {
            owners.insert(person.id);
        }
    }
    Ok(owners)
}

fn broken(error: &StaffingError) -> DeskError {
    DeskError::Internal(error.to_string())
}

fn midnight(date: Date, zone: &TimeZone) -> Timestamp {
    let start = date.to_zoned(zone.clone());
    start.map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp())
}

/// The whole weeks before this one, from the first that the desk saw from its beginning.
pub(super) fn history(
    tx: &mut Tx<'_>,
    zone: &TimeZone,
    this_monday: Date,
) -> Result<Forecast, DeskError> {
    let first = tx.first_arrival()?;
    let first = first.map_or(this_monday, |at| at.to_zoned(zone.clone()).date());
    let oldest = this_monday.saturating_sub((7 * WEEKS).days());
    // The week of the first ticket is a part of one.
    let from = monday_of(first).saturating_add(7.days()).max(oldest);
    let mut weeks = Vec::new();
    let mut monday = from;
    while monday < this_monday {
        weeks.push(vec![0; SLOTS]);
        monday = monday.saturating_add(7.days());
    }
    let span = (midnight(from, zone), midnight(this_monday, zone));
    for at in tx.arrivals(span.0, span.1, MOST)? {
        let local = at.to_zoned(zone.clone());
        let days = local.date().duration_since(from).as_hours() / 24;
        let (week, day) = (days / 7, days % 7);
        let slot =
            day * SLOTS_A_DAY as i64 + i64::from(local.hour()) * 2 + i64::from(local.minute() / 30);
        let place = weeks.get_mut(usize::try_from(week).unwrap_or(usize::MAX));
        if let Some(count) = place.and_then(|week: &mut Vec<u32>| week.get_mut(slot as usize)) {
            *count += 1;
        }
    }
    forecast(&weeks).map_err(|error| broken(&error))
}

/// Which half hours of a week are open; every weekday from 9 to 17 where nobody wrote hours.
pub(super) fn open_slots(calendar: Option<&Calendar>, monday: Date, zone: &TimeZone) -> Vec<bool> {
    let slot_start = |slot: usize| {
        let date = monday.saturating_add(((slot / SLOTS_A_DAY) as i64).days());
        let minutes = (slot % SLOTS_A_DAY) as i64 * 30 + 15;
        let local = date.at(0, 0, 0, 0).saturating_add(minutes.minutes());
        let zoned = zone.to_ambiguous_zoned(local).compatible();
        zoned.map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
    };
    let is_open = |slot: usize| match calendar {
        Some(calendar) => calendar.is_open(slot_start(slot)),
        None => slot / SLOTS_A_DAY < 5 && (18..34).contains(&(slot % SLOTS_A_DAY)),
    };
    (0..SLOTS).map(is_open).collect()
}

/// What the tickets of eight weeks would be promised by the level for everybody.
fn classes(tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<Class>, DeskError> {
    let levels = tx.levels()?;
    let active = || levels.iter().filter(|kept| kept.active);
    let level = active().find(|kept| kept.covers.everybody);
    let level = level.or_else(|| active().next());
    let length = SignedDuration::from_hours(24 * 7 * WEEKS);
    let from = cx.now().saturating_sub(length).unwrap_or(cx.now());
    let counts = tx.urgencies(from, cx.now())?;
    let all: i64 = counts.iter().map(|(_, count)| count).sum();
    let class = |(urgency, count): &(Urgency, i64)| Class {
        share: *count as f64 / all as f64,
        minutes: promised(level, *urgency),
    };
    if all == 0 {
        return Ok(vec![Class {
            share: 1.0,
            minutes: promised(level, Urgency::Normal),
        }]);
    }
    Ok(counts.iter().map(class).collect())
}

/// Open minutes to a first answer.
fn promised(level: Option<&KeptLevel>, urgency: Urgency) -> f64 {
    let target = level.and_then(|kept| kept.level.target(urgency, Metric::FirstReply));
    target.map_or(UNPROMISED, |target| {
        let minutes = target.length().as_secs_f64() / 60.0;
        match target.counted() {
            Counted::Business => minutes,
            // Of a day and a night about a third is open.
            Counted::Calendar => (minutes / 3.0).max(30.0),
        }
    })
}

/// How many people are there for the larger part of each half hour.
pub(super) fn there(shifts: &[ShiftDay], monday: Date, zone: &TimeZone) -> Vec<u32> {
    let mut people = vec![0; SLOTS];
    for shift in shifts.iter().filter(|shift| shift.away.is_none()) {
        let (from, to) = shift.span;
        let local = from.to_zoned(zone.clone());
        let days = local.date().duration_since(monday).as_hours() / 24;
        let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
        let first = (days * 1_440 + minute + 14).div_euclid(30);
        let length = to.duration_since(from).as_secs() as f64 / HALF_HOUR.as_secs() as f64;
        for slot in first..first + length.round() as i64 {
            if let Some(count) = usize::try_from(slot).ok().and_then(|s| people.get_mut(s)) {
                *count += 1;
            }
        }
    }
    people
}

fn days(
    monday: Date,
    open: &[bool],
    arrivals: &[f64],
    (need, there): (&[u32], &[u32]),
) -> Vec<PlanDay> {
    let day = |number: usize| {
        let part = number * SLOTS_A_DAY..(number + 1) * SLOTS_A_DAY;
        PlanDay {
            date: monday.saturating_add((number as i64).days()),
            open: open[part.clone()].to_vec(),
            arrivals: arrivals[part.clone()].to_vec(),
            need: need[part.clone()].to_vec(),
            there: there[part].to_vec(),
        }
    };
    (0..7).map(day).collect()
}

fn away(book: &RosterBook, people: &[Person], monday: Date) -> Vec<(PersonId, Date)> {
    let dates = monday.series(1.day()).take(7);
    let away = dates.flat_map(|date| {
        let off = people
            .iter()
            .filter(move |p| book.absence(p.id, date).is_some());
        off.map(move |person| (person.id, date))
    });
    away.collect()
}
