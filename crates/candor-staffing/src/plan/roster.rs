//! A roster of named people.
//!
//! Owns: planning week after week, and the plan as people read it. Must not know: the solver.
//!
//! Weeks are planned one after the other, Monday to Sunday; rest, days in a row and Saturdays of
//! the weeks before count in the next.

use super::roster_file::{Frame, Need, PlanPerson, RosterHead, Shift};
use super::roster_model::{Past, Row, WeekModel, Work, daily_of, has};
use super::shortage;
use crate::StaffingError;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// Most choices of one week: beyond it the answer would take too long.
const MOST_CHOICES: usize = 6_000;

/// Somebody in a shift.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assignment {
    /// Who.
    pub person: String,
    /// On which day it begins.
    pub date: Date,
    /// Which shift.
    pub shift: String,
    /// From when, in the shop's zone.
    pub start: String,
    /// Until when.
    pub end: String,
    /// When they are away.
    #[serde(rename = "break")]
    pub pause: Option<String>,
    /// Hours without the break.
    pub hours: f64,
    /// The instants, for calendars.
    #[serde(skip)]
    pub(super) instants: (Timestamp, Timestamp),
}

/// A stretch of time with those who are needed and those who are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// The day.
    pub date: Date,
    /// From when.
    pub from: String,
    /// Until when.
    pub to: String,
    /// The skill that is needed.
    pub skill: Option<String>,
    /// How many are needed.
    pub need: u32,
    /// How many are there.
    pub there: u32,
}

/// What somebody works in all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonTotal {
    /// Who.
    pub name: String,
    /// Hours without breaks.
    pub hours: f64,
    /// Days.
    pub days: u32,
    /// Saturdays, those before the roster included.
    pub saturdays: u32,
}

/// A wish that the plan does not keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnmetWish {
    /// Whose.
    pub person: String,
    /// On which day.
    pub date: Date,
    /// The shift they wanted; off when none.
    pub shift: Option<String>,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RosterPlan {
    /// What people call it.
    pub name: String,
    /// Whether no plan costs less; otherwise it is the best that was found in time.
    pub optimal: bool,
    /// Hours worked in all.
    pub hours: f64,
    /// Who works when, by time and name.
    pub assignments: Vec<Assignment>,
    /// Each need and who is there.
    pub coverage: Vec<Coverage>,
    /// What each person works.
    pub people: Vec<PersonTotal>,
    /// Wishes that are not kept.
    pub unmet_wishes: Vec<UnmetWish>,
    /// Days on which nobody has a skill that somebody should have.
    pub days_without: Vec<DayWithout>,
}

/// A day on which nobody works who has a daily skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayWithout {
    /// The day.
    pub date: Date,
    /// The skill.
    pub skill: String,
}

/// Plans a roster.
pub(super) fn plan(
    head: &RosterHead,
    shifts: &[Shift],
    needs: &[Need],
    people: &[PlanPerson],
) -> Result<RosterPlan, StaffingError> {
    let frame = Frame::new(head, shifts, needs, people)?;
    let mut past = Past::default();
    let mut coverage = Vec::new();
    let mut optimal = true;
    for days in weeks(&frame) {
        let (work, covered, best) = plan_week(&frame, days, &past)?;
        past.work.extend(work);
        coverage.extend(covered);
        optimal &= best;
    }
    let mut work = past.work;
    work.sort_by_key(|work| (work.start, frame.people[work.person].name.as_str()));
    let assignments = work.iter().map(|work| assignment(&frame, work));
    let assignments: Vec<Assignment> = assignments.collect::<Result<_, _>>()?;
    Ok(RosterPlan {
        name: head.name.clone(),
        optimal,
        hours: work.iter().map(Work::hours).sum(),
        coverage,
        people: (0..people.len())
            .map(|person| total(&frame, &work, person))
            .collect(),
        unmet_wishes: unmet(&frame, &work),
        days_without: without(&frame, &work),
        assignments,
    })
}

/// The days of each calendar week, counted from the first day.
fn weeks(frame: &Frame<'_>) -> Vec<std::ops::Range<i32>> {
    let days = i32::from(frame.head.days);
    let into = i32::from(frame.first.weekday().to_monday_zero_offset());
    let mut weeks = Vec::new();
    let mut begin = 0;
    while begin < days {
        let end = (begin - (begin + into) % 7 + 7).min(days);
        weeks.push(begin..end);
        begin = end;
    }
    weeks
}

type Week = (Vec<Work>, Vec<Coverage>, bool);

fn plan_week(
    frame: &Frame<'_>,
    days: std::ops::Range<i32>,
    past: &Past,
) -> Result<Week, StaffingError> {
    let week = WeekModel::new(frame, days, past);
    if week.possible.len() > MOST_CHOICES {
        return Err(StaffingError::TooManyChoices {
            choices: week.possible.len(),
            most: MOST_CHOICES,
        });
    }
    shortage::check(&week)?;
    let (mut program, variables) = week.program();
    for row in &week.rows {
        let there = row.by.iter().map(|place| (1.0, variables[*place]));
        program.at_least(there, shortage::needed(&week, row));
    }
    for (person, who) in frame.people.iter().enumerate() {
        if week.is_whole() && who.least_hours > 0.0 {
            program.at_least(week.hours_of(person, &variables), who.least_hours);
        }
    }
    let Some(solved) = program.solve()? else {
        return Err(shortage::explain(&week)?);
    };
    let chosen = week.possible.iter().zip(&variables);
    let chosen = chosen.filter(|(_, variable)| solved.count(**variable) > 0);
    let work: Vec<Work> = chosen.map(|(work, _)| work.clone()).collect();
    let there = |row: &Row| {
        let now = row
            .by
            .iter()
            .filter(|place| solved.count(variables[**place]) > 0);
        now.count() as u32 + row.already
    };
    Ok((work, coverage(&week, there), solved.optimal))
}

/// Who is there, told once for each stretch in which that does not change.
fn coverage(week: &WeekModel<'_>, there: impl Fn(&Row) -> u32) -> Vec<Coverage> {
    let mut stretches: Vec<(Row, u32)> = Vec::new();
    for row in &week.rows {
        let now = there(row);
        match stretches.last_mut() {
            Some((before, same))
                if before.need == row.need && before.to == row.from && *same == now =>
            {
                before.to = row.to;
            }
            _ => stretches.push((row.clone(), now)),
        }
    }
    let told = stretches.into_iter().map(|(row, there)| Coverage {
        date: week.frame.date(row.day),
        from: clock(row.from),
        to: clock(row.to),
        skill: week.frame.needs[row.need].skill.clone(),
        need: week.frame.needs[row.need].people,
        there,
    });
    told.collect()
}

fn without(frame: &Frame<'_>, work: &[Work]) -> Vec<DayWithout> {
    let all = daily_of(frame, 0..i32::from(frame.head.days));
    let nobody = all.filter(|(day, daily)| {
        let mut there = work.iter().filter(|work| work.day == *day);
        !there.any(|work| has(frame, work, daily))
    });
    let told = nobody.map(|(day, daily)| DayWithout {
        date: frame.date(day),
        skill: daily.skill.clone(),
    });
    told.collect()
}

fn assignment(frame: &Frame<'_>, work: &Work) -> Result<Assignment, StaffingError> {
    let (start, end) = (instant(frame, work.start)?, instant(frame, work.end)?);
    Ok(Assignment {
        person: frame.people[work.person].name.clone(),
        date: frame.date(work.day),
        shift: frame.shifts[work.shift].name.clone(),
        start: written(start, &frame.zone),
        end: written(end, &frame.zone),
        pause: work
            .away
            .map(|(from, to)| format!("{}-{}", clock(from), clock(to))),
        hours: work.hours(),
        instants: (start, end),
    })
}

fn instant(frame: &Frame<'_>, minute: i32) -> Result<Timestamp, StaffingError> {
    let midnight = frame.first.to_datetime(jiff::civil::Time::midnight());
    let wall = midnight.saturating_add(SignedDuration::from_mins(i64::from(minute)));
    let instant = frame.zone.to_ambiguous_timestamp(wall).compatible();
    instant.map_err(|_| StaffingError::invalid("start", frame.first, "it lies too far away"))
}

fn written(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned(zone.clone())
        .strftime("%Y-%m-%dT%H:%M:%S%:z")
        .to_string()
}

/// The time on the wall of a minute of the roster.
pub(super) fn clock(minute: i32) -> String {
    let minute = minute.rem_euclid(1440);
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn total(frame: &Frame<'_>, work: &[Work], person: usize) -> PersonTotal {
    let mine = work.iter().filter(|work| work.person == person);
    let saturdays = mine
        .clone()
        .filter(|work| frame.date(work.day).weekday() == Weekday::Saturday);
    PersonTotal {
        name: frame.people[person].name.clone(),
        hours: mine.clone().map(Work::hours).sum(),
        days: mine.count() as u32,
        saturdays: frame.people[person].saturdays_worked + saturdays.count() as u32,
    }
}

fn unmet(frame: &Frame<'_>, work: &[Work]) -> Vec<UnmetWish> {
    let mut unmet = Vec::new();
    for day in 0..i32::from(frame.head.days) {
        let date = frame.date(day);
        for (person, who) in frame.people.iter().enumerate() {
            let now = work
                .iter()
                .find(|work| work.person == person && work.day == day);
            let shift = now.map(|work| &frame.shifts[work.shift].name);
            for wish in who.wishes.iter().filter(|wish| wish.days.include(date)) {
                if wish.shift.as_ref() != shift {
                    unmet.push(UnmetWish {
                        person: who.name.clone(),
                        date,
                        shift: wish.shift.clone(),
                    });
                }
            }
        }
    }
    unmet
}
