//! The question to the planner.
//!
//! Owns: which shifts there may be, who may have them, and what they have to cover. Must not know:
//! the solver.

use super::adopt::PlannedShift;
use super::week::{PlanDay, PlanningPage, SkilledWeek};
use candor_domain::calendar::Period;
use candor_domain::id::PersonId;
use candor_staffing::StaffingError;
use candor_staffing::plan::{
    Assignment, Daily, Days, Need, PlanPerson, RosterHead, RosterPlan, Shift, Shortage, plan_roster,
};
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// Hours between the end of somebody's shift and their next (Directive 2003/88/EC, article 3).
const REST_HOURS: f64 = 11.0;
/// Most hours in a week of somebody whom the roster does not know.
const WEEK_HOURS: f64 = 40.0;
/// A shift of at least so many minutes has a break of half an hour (German `ArbZG`, section 4).
const BREAK_FROM: u16 = 6 * 60 + 30;
/// Longest shift, in minutes, with its break.
const LONGEST: u16 = 9 * 60 + 30;

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq)]
pub enum PlanTrouble {
    /// Nothing is open in that week.
    Closed,
    /// Nobody works here.
    Nobody,
    /// The need cannot be met.
    Short(Shortage),
    /// More people and shifts than the planner can weigh at once.
    TooLarge,
    /// The planner found none in its time.
    TooLong,
    /// What holds for people and shifts leaves no plan.
    Cannot,
}

impl From<StaffingError> for PlanTrouble {
    fn from(error: StaffingError) -> Self {
        match error {
            StaffingError::CannotBeMet(shortage) => Self::Short(shortage),
            StaffingError::TooManyChoices { .. } => Self::TooLarge,
            StaffingError::NoPlanInTime { .. } => Self::TooLong,
            // A question of the desk is well-formed; only its limits can leave nothing.
            _ => Self::Cannot,
        }
    }
}

/// Plans a week for everybody who works here, with somebody for each skill on each open day as far
/// as that can be. May take some seconds; the same question has the same answer.
///
/// # Errors
/// Says why there is none.
pub fn plan_week(page: &PlanningPage) -> Result<RosterPlan, PlanTrouble> {
    let shifts = shifts(page);
    if shifts.is_empty() {
        return Err(PlanTrouble::Closed);
    }
    let people: Vec<PlanPerson> = page
        .people
        .iter()
        .map(|person| {
            let away = page.away.iter().filter(|(own, _)| *own == person.id);
            PlanPerson {
                name: person.name.clone(),
                hours: hours_of(page, person.id),
                least_hours: 0.0,
                skills: skills_of(page, person.id),
                off: away.map(|(_, date)| Days::Dates(*date, *date)).collect(),
                shifts: None,
                wishes: Vec::new(),
                saturdays_worked: 0,
            }
        })
        .collect();
    if people.is_empty() {
        return Err(PlanTrouble::Nobody);
    }
    let head = RosterHead {
        name: String::new(),
        start: Days::Dates(page.monday, page.monday),
        days: 7,
        zone: page.zone.iana_name().unwrap_or("UTC").to_owned(),
        rest_hours: REST_HOURS,
        days_a_week: 5,
        days_in_a_row: 6,
        closed: Vec::new(),
        daily: page.skills.iter().map(daily).collect(),
    };
    let needs: Vec<Need> = page.days.iter().flat_map(needs).collect();
    Ok(plan_roster(&head, &shifts, &needs, &people)?)
}

/// Somebody with a skill on every day of the week.
fn daily(skill: &SkilledWeek) -> Daily {
    Daily {
        days: Days::Week(Weekday::Monday.cycle_forward().take(7).collect()),
        skill: skill.name.clone(),
        weight: 1.0,
    }
}

fn skills_of(page: &PlanningPage, person: PersonId) -> Vec<String> {
    let own = page
        .skills
        .iter()
        .filter(|skill| skill.people.contains(&person));
    own.map(|skill| skill.name.clone()).collect()
}

/// The shifts of a plan with the people that its names stand for.
pub fn planned_shifts(page: &PlanningPage, plan: &RosterPlan) -> Vec<PlannedShift> {
    let shift = |one: &Assignment| {
        let person = page
            .people
            .iter()
            .find(|person| person.name == one.person)?;
        Some(PlannedShift {
            person: person.id,
            date: one.date,
            // A shift is called by its hours.
            hours: one.shift.parse().ok()?,
        })
    };
    plan.assignments.iter().filter_map(shift).collect()
}

/// Most hours of one person: those of the roster, which holds what was agreed with them.
fn hours_of(page: &PlanningPage, person: PersonId) -> f64 {
    let known = page.minutes.get(&person);
    known.map_or(WEEK_HOURS, |minutes| *minutes as f64 / 60.0)
}

/// The runs of equal need of a day.
fn needs(day: &PlanDay) -> Vec<Need> {
    let mut needs = Vec::new();
    let mut from = 0;
    for slot in 1..=day.need.len() {
        if slot < day.need.len() && day.need[slot] == day.need[from] {
            continue;
        }
        if day.need[from] > 0 {
            needs.push(Need {
                days: Days::Dates(day.date, day.date),
                hours: period(from as u16 * 30, slot as u16 * 30),
                people: day.need[from],
                skill: None,
            });
        }
        from = slot;
    }
    needs
}

fn period(from: u16, to: u16) -> Period {
    let text = format!(
        "{:02}:{:02}-{:02}:{:02}",
        from / 60,
        from % 60,
        to / 60,
        to % 60
    );
    text.parse().unwrap_or(Period::WHOLE_DAY)
}

/// The shifts that an open day may have: all of it where it is short, else an early one, a late one
/// and halves.
fn shifts(page: &PlanningPage) -> Vec<Shift> {
    let mut all: BTreeMap<(u16, u16), Vec<Date>> = BTreeMap::new();
    for day in &page.days {
        for (from, to) in stretches(&day.open) {
            for span in spans(from, to) {
                all.entry(span).or_default().push(day.date);
            }
        }
    }
    let shift = |((from, to), dates): ((u16, u16), Vec<Date>)| Shift {
        name: period(from, to).to_string(),
        hours: period(from, to),
        breaks: breaks(from, to),
        days: Some(Days::Week(
            dates.iter().map(|date| date.weekday()).collect(),
        )),
    };
    all.into_iter().map(shift).collect()
}

/// Open stretches of a day, in minutes after midnight.
fn stretches(open: &[bool]) -> Vec<(u16, u16)> {
    let mut found = Vec::new();
    let mut from = None;
    for slot in 0..=open.len() {
        let inside = open.get(slot).copied().unwrap_or(false);
        match (inside, from) {
            (true, None) => from = Some(slot),
            (false, Some(start)) => {
                found.push((start as u16 * 30, slot as u16 * 30));
                from = None;
            }
            _ => {}
        }
    }
    found
}

/// The shifts within an open stretch.
fn spans(from: u16, to: u16) -> Vec<(u16, u16)> {
    let length = to - from;
    if length <= 5 * 60 {
        return vec![(from, to)];
    }
    let half = (length / 2).div_ceil(30) * 30 + 30;
    let long = length.min(LONGEST);
    let mut spans = vec![
        (from, from + long),
        (to - long, to),
        (from, from + half),
        (to - half, to),
    ];
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// When the break of a shift may be: half an hour around its middle.
fn breaks(from: u16, to: u16) -> Vec<Period> {
    if to - from < BREAK_FROM {
        return Vec::new();
    }
    let middle = (u16::midpoint(from, to) / 30) * 30;
    [middle - 30, middle, middle + 30]
        .map(|at| period(at, at + 30))
        .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_day_has_two_ends_and_two_halves() {
        assert_eq!(
            spans(540, 1080),
            [(540, 840), (540, 1080), (780, 1080)],
            "nine to six is one shift, or two that meet for an hour"
        );
        assert_eq!(spans(600, 840), [(600, 840)], "a Saturday is one shift");
        assert_eq!(spans(480, 1200).len(), 4, "twelve hours are nobody's shift");
    }

    #[test]
    fn runs_of_equal_need_become_one_requirement() {
        let mut need = vec![0; 48];
        need[18..24].fill(3);
        need[24..36].fill(2);
        let day = PlanDay {
            date: jiff::civil::date(2026, 11, 23),
            open: need.iter().map(|people| *people > 0).collect(),
            arrivals: vec![0.0; 48],
            there: vec![0; 48],
            need,
        };
        let runs: Vec<(String, u32)> = needs(&day)
            .into_iter()
            .map(|need| (need.hours.to_string(), need.people))
            .collect();
        assert_eq!(
            runs,
            [("09:00-12:00".to_owned(), 3), ("12:00-18:00".to_owned(), 2)]
        );
        assert_eq!(stretches(&day.open), [(540, 1080)]);
    }
}
