//! Why a week cannot be planned.
//!
//! Owns: the same week with requirements that may be missed, and which of them are.
//! Must not know: how it would be planned otherwise.

use super::lack::{Lack, Shortage};
use super::roster::clock;
use super::roster_model::{Row, WeekModel};
use super::solve::Solved;
use crate::StaffingError;
use good_lp::Variable;
use std::collections::BTreeSet;

/// What a missing hour costs here: more than anything that could be saved elsewhere.
const MISSING: f64 = 1_000.0;
/// After so many seconds the reasons found so far are good enough.
const PATIENCE_SECONDS: f64 = 5.0;
/// Most requirements that are named.
const NAMED: usize = 8;

/// Refuses a week that cannot be planned whatever the solver does: too few people for a need, or
/// too few hours for all of them.
pub(super) fn check(week: &WeekModel<'_>) -> Result<(), StaffingError> {
    let mut lacks: Vec<Lack> = Vec::new();
    for row in &week.rows {
        let able = able(week, row).len() as f64;
        if able < needed(week, row) {
            lacks.push(of_row(week, row, able + f64::from(row.already)));
        }
    }
    let (need, have) = (hours_needed(week), hours_there(week));
    if lacks.is_empty() && need > have + 1e-6 {
        let week = week.frame.date(week.days.start);
        lacks.push(Lack::Hours { week, need, have });
    }
    if lacks.is_empty() {
        return Ok(());
    }
    Err(refusal(lacks))
}

/// Finds the requirements that miss least, and names them.
pub(super) fn explain(week: &WeekModel<'_>) -> Result<StaffingError, StaffingError> {
    let (mut program, variables) = week.program();
    let mut short: Vec<(&Row, Variable)> = Vec::new();
    for row in &week.rows {
        let hours = f64::from(row.to - row.from) / 60.0;
        let missing = program.real(MISSING * hours);
        let there = row.by.iter().map(|place| (1.0, variables[*place]));
        let least = needed(week, row);
        program.at_least(there.chain([(1.0, missing)]), least);
        short.push((row, missing));
    }
    let mut idle: Vec<(usize, Variable)> = Vec::new();
    for (person, who) in week.frame.people.iter().enumerate() {
        if week.is_whole() && who.least_hours > 0.0 {
            let missing = program.real(MISSING);
            let hours = week.hours_of(person, &variables);
            program.at_least(hours.into_iter().chain([(1.0, missing)]), who.least_hours);
            idle.push((person, missing));
        }
    }
    let Some(solved) = program.solve_within(PATIENCE_SECONDS)? else {
        return Ok(StaffingError::Contradiction);
    };
    let mut lacks = missing_people(week, &short, &solved);
    lacks.extend(missing_hours(week, &idle, &solved));
    Ok(refusal(lacks))
}

fn missing_people(week: &WeekModel<'_>, short: &[(&Row, Variable)], solved: &Solved) -> Vec<Lack> {
    let lacking = short
        .iter()
        .map(|(row, missing)| (row, solved.value(*missing).ceil()));
    let lacking = lacking.filter(|(_, lack)| *lack > 0.5);
    let need = |row: &Row| f64::from(week.frame.needs[row.need].people);
    lacking
        .map(|(row, lack)| of_row(week, row, need(row) - lack))
        .collect()
}

fn missing_hours(week: &WeekModel<'_>, idle: &[(usize, Variable)], solved: &Solved) -> Vec<Lack> {
    let lacking = idle
        .iter()
        .map(|(person, missing)| (*person, solved.value(*missing)));
    lacking
        .filter(|(_, hours)| *hours > 1e-6)
        .map(|(person, hours)| {
            let who = &week.frame.people[person];
            Lack::Idle {
                person: who.name.clone(),
                week: week.frame.date(week.days.start),
                least: who.least_hours,
                most: who.least_hours - hours,
            }
        })
        .collect()
}

fn refusal(mut lacks: Vec<Lack>) -> StaffingError {
    let more = lacks.len().saturating_sub(NAMED);
    lacks.truncate(NAMED);
    StaffingError::CannotBeMet(Shortage { lacks, more })
}

/// People still needed beside those who are there from before.
pub(super) fn needed(week: &WeekModel<'_>, row: &Row) -> f64 {
    f64::from(
        week.frame.needs[row.need]
            .people
            .saturating_sub(row.already),
    )
}

/// Those who could be there.
fn able<'a>(week: &'a WeekModel<'_>, row: &Row) -> BTreeSet<&'a str> {
    let people = row.by.iter().map(|place| week.possible[*place].person);
    people
        .map(|person| week.frame.people[person].name.as_str())
        .collect()
}

/// Hours that must be worked at the least: of needs at the same time, the largest counts.
fn hours_needed(week: &WeekModel<'_>) -> f64 {
    let mut cuts: Vec<i32> = week
        .rows
        .iter()
        .flat_map(|row| [row.from, row.to])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let stretch = |cut: &[i32]| {
        let rows = week
            .rows
            .iter()
            .filter(|row| row.from <= cut[0] && cut[1] <= row.to);
        let most = rows.map(|row| needed(week, row)).fold(0.0, f64::max);
        most * f64::from(cut[1] - cut[0]) / 60.0
    };
    cuts.windows(2).map(stretch).sum()
}

/// Hours that people can work at the most: their limit, or their longest shift on each day they
/// may work.
fn hours_there(week: &WeekModel<'_>) -> f64 {
    let most = |person: usize| {
        let mut days = std::collections::BTreeMap::new();
        for work in week.possible.iter().filter(|work| work.person == person) {
            let longest = days.entry(work.day).or_insert(0.0_f64);
            *longest = longest.max(work.hours());
        }
        let mut days: Vec<f64> = days.into_values().collect();
        days.sort_by(|one, other| other.total_cmp(one));
        let worked: f64 = days.iter().take(week.frame.head.days_a_week as usize).sum();
        worked.min(week.frame.people[person].hours)
    };
    (0..week.frame.people.len()).map(most).sum()
}

/// A need of which only so many can be there.
fn of_row(week: &WeekModel<'_>, row: &Row, there: f64) -> Lack {
    let need = &week.frame.needs[row.need];
    let able = able(week, row).into_iter().map(str::to_owned);
    Lack::People {
        date: week.frame.date(row.day),
        from: clock(row.from),
        to: clock(row.to),
        need: need.people,
        skill: need.skill.clone(),
        there: there.max(0.0) as u32,
        able: able.collect(),
    }
}
