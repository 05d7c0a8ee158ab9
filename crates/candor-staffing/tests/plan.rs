//! Shift plans: reference values, laws that every plan keeps, and refusals that help.
#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

#[path = "plan/demand.rs"]
mod demand;
#[path = "plan/export.rs"]
mod export;
#[path = "plan/law.rs"]
mod law;
#[path = "plan/refusal.rs"]
mod refusal;
#[path = "plan/roster.rs"]
mod roster;

use candor_staffing::plan::{Plan, RosterPlan, plan};

const ROSTER: &str = include_str!("../../../docs/manual/examples/plan-roster.toml");

fn rostered(text: &str) -> RosterPlan {
    plan(text).unwrap().roster().unwrap().clone()
}

fn refused(text: &str) -> String {
    plan(text).unwrap_err().to_string()
}

/// A roster of a week in January with one shift of eight hours and the people given.
fn one_shift(days: u32, needs: &str, people: &str) -> String {
    format!(
        "[roster]\nstart = 2026-01-19\ndays = {days}\nzone = \"Europe/Berlin\"\n[[shifts]]\nname = \"day\"\nhours = \"09:00-17:00\"\n{needs}\n{people}"
    )
}

fn people(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("[[people]]\nname = \"{name}\"\n"))
        .collect()
}

fn week(text: &str) -> candor_staffing::plan::WeekPlan {
    match plan(text).unwrap() {
        Plan::Week(week) => week,
        other => panic!("{other:?}"),
    }
}

fn day(text: &str) -> candor_staffing::plan::DayPlan {
    match plan(text).unwrap() {
        Plan::Day(day) => day,
        other => panic!("{other:?}"),
    }
}
