//! How many people a week needs who work some days in a row and are off on the others.
//!
//! Owns: the cyclic pattern. Must not know: hours, names.

use super::solve::Program;
use crate::StaffingError;
use serde::{Deserialize, Serialize};

/// Most people on one day.
const MOST: u32 = 10_000;

/// People needed on each day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeekNeed {
    /// For each day, Monday first.
    pub need: [u32; 7],
    /// Days in a row that everybody works; 5 when left out.
    #[serde(default = "five")]
    pub days_on: usize,
}

fn five() -> usize {
    5
}

/// The fewest people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeekPlan {
    /// The least that fractions of people could do: a bound below.
    pub lp: f64,
    /// The least number of whole people.
    pub people: u32,
    /// How many begin their days on each day, Monday first.
    pub starts: [u32; 7],
    /// How many are there on each day.
    pub cover: [u32; 7],
    /// How many were needed.
    pub need: [u32; 7],
    /// Whether fewer people are known not to do.
    pub optimal: bool,
}

/// Finds the fewest people.
pub(super) fn plan(week: &WeekNeed) -> Result<WeekPlan, StaffingError> {
    if !(1..=7).contains(&week.days_on) {
        let need = "it must be a whole number from 1 to 7";
        return Err(StaffingError::invalid("days_on", week.days_on, need));
    }
    if let Some(need) = week.need.iter().find(|need| **need > MOST) {
        return Err(StaffingError::invalid(
            "need",
            need,
            "it must be at most 10000",
        ));
    }
    let relaxed = starts(week, false)?.0;
    let (starts, optimal) = starts(week, true)?;
    let starts = starts.map(|people| people.round() as u32);
    let cover = std::array::from_fn(|day| on(day, week.days_on).map(|start| starts[start]).sum());
    Ok(WeekPlan {
        lp: relaxed.iter().sum(),
        people: starts.iter().sum(),
        starts,
        cover,
        need: week.need,
        optimal,
    })
}

/// Days on which those began who are there on a day.
fn on(day: usize, days_on: usize) -> impl Iterator<Item = usize> {
    (0..days_on).map(move |back| (day + 7 - back) % 7)
}

fn starts(week: &WeekNeed, whole: bool) -> Result<([f64; 7], bool), StaffingError> {
    let mut program = Program::default();
    let begin: [_; 7] = std::array::from_fn(|_| {
        if whole {
            program.whole(f64::from(MOST), 1.0)
        } else {
            program.real(1.0)
        }
    });
    for (day, need) in week.need.iter().enumerate() {
        let there = on(day, week.days_on).map(|start| (1.0, begin[start]));
        program.at_least(there, f64::from(*need));
    }
    // Everybody can begin on every day, so enough people always do.
    let solved = program.solve()?.ok_or_else(|| {
        StaffingError::Overloaded("the need of the week cannot be covered".to_owned())
    })?;
    Ok((begin.map(|variable| solved.value(variable)), solved.optimal))
}
