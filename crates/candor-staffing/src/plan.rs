//! Shift plans: how many people, in which shifts, and who.
//!
//! Owns: three questions in one kind of file: a week of patterns, a day of shifts, a roster of
//! named people. Must not know: files, the current time.
//!
//! Each is an integer program (Dantzig 1954, "A comment on Edie's traffic delays at toll booths":
//! cover the need of every slot at the least cost). Times are wall-clock times of the shop; a day
//! on which the clock changes is planned like any other.

mod day;
mod export;
mod lack;
mod roster;
mod roster_file;
mod roster_model;
mod shortage;
mod solve;
mod week;

pub use day::{DayNeed, DayPlan, DayShift};
pub use lack::{Lack, Shortage};
pub use roster::{Assignment, Coverage, DayWithout, PersonTotal, RosterPlan, UnmetWish};
pub use roster_file::{Daily, Days, Need, PlanPerson, RosterHead, Shift, Wish};
pub use week::{WeekNeed, WeekPlan};

use crate::StaffingError;
use serde::{Deserialize, Serialize};

/// What stands in a plan file: one of `[week]`, `[day]` and `[roster]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanFile {
    /// How many people a week needs.
    pub week: Option<WeekNeed>,
    /// Which shifts a day needs.
    pub day: Option<DayNeed>,
    /// The frame of a roster.
    pub roster: Option<RosterHead>,
    /// The shifts of a roster.
    #[serde(default)]
    pub shifts: Vec<Shift>,
    /// Who must be there, of a roster.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// The people of a roster.
    #[serde(default)]
    pub people: Vec<PlanPerson>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Plan {
    /// To `[week]`.
    Week(WeekPlan),
    /// To `[day]`.
    Day(DayPlan),
    /// To `[roster]`.
    Roster(RosterPlan),
}

/// Reads a plan file and answers it.
///
/// # Errors
/// `Unreadable` or `Invalid` with the place, `Overloaded` with the requirement that cannot be met.
pub fn plan(text: &str) -> Result<Plan, StaffingError> {
    let file: PlanFile =
        toml::from_str(text).map_err(|error| StaffingError::Unreadable(error.to_string()))?;
    let roster_parts = file.shifts.len() + file.needs.len() + file.people.len();
    match (file.week, file.day, file.roster) {
        (Some(week), None, None) if roster_parts == 0 => week::plan(&week).map(Plan::Week),
        (None, Some(day), None) if roster_parts == 0 => day::plan(&day).map(Plan::Day),
        (None, None, Some(head)) => {
            roster::plan(&head, &file.shifts, &file.needs, &file.people).map(Plan::Roster)
        }
        _ => Err(StaffingError::Unreadable(
            "a plan file holds one of [week], [day] and [roster]; shifts, needs and people belong to [roster]"
                .to_owned(),
        )),
    }
}

/// Answers the question of a roster that did not come from a file.
///
/// # Errors
/// `Invalid` with what cannot be, `Overloaded` with the requirement that cannot be met.
pub fn plan_roster(
    head: &RosterHead,
    shifts: &[Shift],
    needs: &[Need],
    people: &[PlanPerson],
) -> Result<RosterPlan, StaffingError> {
    roster::plan(head, shifts, needs, people)
}
