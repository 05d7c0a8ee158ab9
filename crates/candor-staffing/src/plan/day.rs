//! Which shifts cover the need of a day.
//!
//! Owns: shifts of several lengths, breaks as holes in them. Must not know: who works them.

use super::solve::Program;
use crate::StaffingError;
use candor_domain::calendar::Period;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most slots of a day.
const MOST_SLOTS: usize = 96;
/// Most people in one slot.
const MOST_PEOPLE: u32 = 10_000;

/// People needed in each slot of a day.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayNeed {
    /// The open hours, such as `08:00-20:00`.
    pub hours: Period,
    /// Length of a slot; 60 when left out.
    #[serde(default = "an_hour")]
    pub slot_minutes: u32,
    /// People needed in each slot.
    pub need: Vec<u32>,
    /// Lengths that a shift may have, in hours.
    pub shift_hours: Vec<f64>,
    /// Length of the break in the shifts of at least `break_from_hours`; none when left out.
    #[serde(default)]
    pub break_minutes: u32,
    /// The shortest shift with a break, in hours; 6 when left out.
    #[serde(default = "six")]
    pub break_from_hours: f64,
}

fn an_hour() -> u32 {
    60
}

fn six() -> f64 {
    6.0
}

/// Some people with the same shift.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayShift {
    /// From when to when.
    pub hours: Period,
    /// When they are away.
    #[serde(rename = "break")]
    pub pause: Option<Period>,
    /// How many.
    pub people: u32,
}

/// The cheapest shifts.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DayPlan {
    /// Hours worked in all, without breaks.
    pub hours: f64,
    /// The least that fractions of people could do: a bound below.
    pub lp: f64,
    /// People in all.
    pub people: u32,
    /// The shifts in order.
    pub shifts: Vec<DayShift>,
    /// People there in each slot.
    pub cover: Vec<u32>,
    /// People needed in each slot.
    pub need: Vec<u32>,
    /// Whether nothing is cheaper.
    pub optimal: bool,
}

/// A shift that somebody could have, in slots from the opening.
struct Possible {
    start: usize,
    end: usize,
    /// The slots of the break.
    away: std::ops::Range<usize>,
}

impl Possible {
    fn covers(&self, slot: usize) -> bool {
        (self.start..self.end).contains(&slot) && !self.away.contains(&slot)
    }

    fn slots(&self) -> usize {
        self.end - self.start - self.away.len()
    }
}

/// Finds the cheapest shifts.
pub(super) fn plan(day: &DayNeed) -> Result<DayPlan, StaffingError> {
    let possible = possible(day)?;
    for (slot, need) in day.need.iter().enumerate() {
        if *need > 0 && !possible.iter().any(|shift| shift.covers(slot)) {
            let hours = text(day, slot, slot + 1);
            return Err(StaffingError::Overloaded(format!(
                "{need} needed from {hours}, but no shift can cover that; allow other shift_hours"
            )));
        }
    }
    let slot_hours = f64::from(day.slot_minutes) / 60.0;
    let (relaxed, _) = counts(day, &possible, false)?;
    let (counts, optimal) = counts(day, &possible, true)?;
    let counts: Vec<u32> = counts.iter().map(|people| people.round() as u32).collect();
    let mut shifts = BTreeMap::new();
    for (shift, people) in possible
        .iter()
        .zip(&counts)
        .filter(|(_, people)| **people > 0)
    {
        let key = (shift.start, shift.end, shift.away.start);
        shifts.insert(key, named(day, shift, *people)?);
    }
    let there = |slot: usize| {
        let on = possible
            .iter()
            .zip(&counts)
            .filter(|(shift, _)| shift.covers(slot));
        on.map(|(_, people)| people).sum()
    };
    let hours = |shift: &Possible| shift.slots() as f64 * slot_hours;
    Ok(DayPlan {
        hours: possible
            .iter()
            .zip(&counts)
            .map(|(s, n)| hours(s) * f64::from(*n))
            .sum(),
        lp: possible
            .iter()
            .zip(&relaxed)
            .map(|(s, n)| hours(s) * n)
            .sum(),
        people: counts.iter().sum(),
        shifts: shifts.into_values().collect(),
        cover: (0..day.need.len()).map(there).collect(),
        need: day.need.clone(),
        optimal,
    })
}

fn counts(
    day: &DayNeed,
    possible: &[Possible],
    whole: bool,
) -> Result<(Vec<f64>, bool), StaffingError> {
    let mut program = Program::default();
    let variables: Vec<_> = possible
        .iter()
        .map(|shift| {
            let cost = shift.slots() as f64;
            if whole {
                program.whole(f64::from(MOST_PEOPLE), cost)
            } else {
                program.real(cost)
            }
        })
        .collect();
    for (slot, need) in day.need.iter().enumerate().filter(|(_, need)| **need > 0) {
        let there = possible
            .iter()
            .zip(&variables)
            .filter(|(shift, _)| shift.covers(slot));
        program.at_least(
            there.map(|(_, variable)| (1.0, *variable)),
            f64::from(*need),
        );
    }
    let solved = program.solve()?.ok_or_else(|| {
        StaffingError::Overloaded("the need of the day cannot be covered".to_owned())
    })?;
    Ok((
        variables.iter().map(|v| solved.value(*v)).collect(),
        solved.optimal,
    ))
}

fn possible(day: &DayNeed) -> Result<Vec<Possible>, StaffingError> {
    let slots = slots(day)?;
    let pause = whole_slots(
        "break_minutes",
        f64::from(day.break_minutes) / 60.0,
        day.slot_minutes,
    )?;
    let mut possible = Vec::new();
    for hours in &day.shift_hours {
        let length = whole_slots("shift_hours", *hours, day.slot_minutes)?;
        let rests = pause > 0 && *hours >= day.break_from_hours;
        if length == 0 || (rests && length <= 2 * pause) {
            return Err(StaffingError::invalid(
                "shift_hours",
                hours,
                "it must leave time to work",
            ));
        }
        for start in 0..=slots.saturating_sub(length) {
            let end = start + length;
            if end > slots {
                continue;
            }
            // A break lies in the middle half of its shift.
            let first = start + length.div_ceil(4);
            let last = (end - length.div_ceil(4)).saturating_sub(pause).max(first);
            let breaks = if rests { first..=last } else { start..=start };
            possible.extend(breaks.map(|from| Possible {
                start,
                end,
                away: from..from + if rests { pause } else { 0 },
            }));
        }
    }
    Ok(possible)
}

fn slots(day: &DayNeed) -> Result<usize, StaffingError> {
    if day.slot_minutes == 0 {
        return Err(StaffingError::invalid(
            "slot_minutes",
            0,
            "it must be 1 or more",
        ));
    }
    if let Some(need) = day.need.iter().find(|need| **need > MOST_PEOPLE) {
        return Err(StaffingError::invalid(
            "need",
            need,
            "it must be at most 10000",
        ));
    }
    let slots = day.need.len();
    let minutes = u64::from(day.slot_minutes) * slots as u64;
    if slots > MOST_SLOTS || minutes != u64::from(day.hours.minutes()) {
        let need = format!(
            "{} at {} minutes each must fill {} and be at most {MOST_SLOTS}",
            slots, day.slot_minutes, day.hours
        );
        return Err(StaffingError::invalid(
            "the number of slots in need",
            slots,
            need,
        ));
    }
    Ok(slots)
}

/// How many slots some hours are.
fn whole_slots(name: &str, hours: f64, slot_minutes: u32) -> Result<usize, StaffingError> {
    let slots = hours * 60.0 / f64::from(slot_minutes);
    if (0.0..=1_000.0).contains(&slots) && (slots - slots.round()).abs() < 1e-9 {
        return Ok(slots.round() as usize);
    }
    let need = format!("it must be a whole number of slots of {slot_minutes} minutes");
    Err(StaffingError::invalid(name, hours, need))
}

fn named(day: &DayNeed, shift: &Possible, people: u32) -> Result<DayShift, StaffingError> {
    let period = |from, to| {
        let text = text(day, from, to);
        text.parse()
            .map_err(|_| StaffingError::Unreadable(format!("{text} is no period")))
    };
    let away = &shift.away;
    Ok(DayShift {
        hours: period(shift.start, shift.end)?,
        pause: if away.is_empty() {
            None
        } else {
            Some(period(away.start, away.end)?)
        },
        people,
    })
}

fn text(day: &DayNeed, from: usize, to: usize) -> String {
    let clock = |slot: usize, end: bool| {
        let minute = u32::from(day.hours.start_minute()) + slot as u32 * day.slot_minutes;
        let minute = if end && minute == 1440 {
            minute
        } else {
            minute % 1440
        };
        format!("{:02}:{:02}", minute / 60, minute % 60)
    };
    format!("{}-{}", clock(from, false), clock(to, true))
}
