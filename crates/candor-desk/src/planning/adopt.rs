//! Making a shift plan the roster of some weeks.
//!
//! Owns: what a plan would replace, writing it whole or not at all, taking it back. Must not know:
//! how the plan was made, pages.

use super::week::{WeekFacts, facts, fingerprint};
use crate::cx::{Cx, Query, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use crate::roster::{book_from, follow_roster, monday_of, zone};
use candor_domain::calendar::{Calendar, Period};
use candor_domain::id::{AdoptionId, PersonId, ShiftId};
use candor_domain::people::Person;
use candor_domain::permission::Permission;
use candor_domain::record::Recorded;
use candor_domain::roster::{Adoption, Days, RosterBook, RosterRule, Shift, ShiftDay, SwapState};
use candor_store::Tx;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Most weeks that one plan becomes the roster of.
const MOST_WEEKS: usize = 8;
/// Most shifts of a planned week.
const MOST_SHIFTS: usize = 500;
/// How far ahead a roster may be written, in days.
const AHEAD: i64 = 370;

/// A shift that a plan gives to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlannedShift {
    /// Whose.
    pub person: PersonId,
    /// On which day it begins.
    pub date: Date,
    /// From when to when.
    pub hours: Period,
}

/// A plan, and the weeks whose roster it is to be.
#[derive(Debug, Clone)]
pub struct PlanChoice {
    /// The Monday of the week that it was made for.
    pub monday: Date,
    /// What it stands on: the fingerprint of [`super::PlanningPage`].
    pub basis: String,
    /// The Mondays of the weeks that are to be so.
    pub weeks: Vec<Date>,
    /// Its shifts.
    pub shifts: Vec<PlannedShift>,
}

/// Why a lead should look before a plan becomes the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanConflictKind {
    /// They are away: the shift is left out.
    Away,
    /// The day is closed then: the shift is left out.
    Closed,
    /// A shift of the roster rests in that week.
    Replaced,
    /// As `Replaced`, and a swap of that day is under way or agreed.
    Swapped,
}

/// One shift that a lead should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlanConflict {
    /// The day.
    pub date: Date,
    /// Whose.
    pub person: PersonId,
    /// Its hours.
    pub hours: Period,
    /// What becomes of it.
    pub kind: PlanConflictKind,
}

/// What a plan would do.
#[derive(Debug, Clone)]
pub struct PlanPreview {
    /// What to look at, by day.
    pub conflicts: Vec<PlanConflict>,
    /// Stands for the conflicts: whoever confirms sends it back.
    pub seen: String,
    /// How many shifts it would write, day by day.
    pub shifts: usize,
    /// Whether the roster is so already.
    pub already: bool,
    /// Everybody, for names.
    pub people: Vec<Person>,
}

/// Asks what a plan would do.
#[derive(Debug, Clone)]
pub struct AdoptionView(pub PlanChoice);

impl Query for AdoptionView {
    type Output = PlanPreview;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<PlanPreview, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let work = Work::new(tx, cx, &self.0)?;
        Ok(PlanPreview {
            seen: work.seen(),
            shifts: work.keeps.len(),
            already: work.already(),
            conflicts: work.conflicts,
            people: tx.people()?,
        })
    }
}

/// Makes a plan the roster. Answers nothing where the roster is so already.
#[derive(Debug, Clone)]
pub struct AdoptPlan {
    /// The plan and its weeks.
    pub choice: PlanChoice,
    /// What the lead saw and confirmed; none where there was nothing to see.
    pub seen: Option<String>,
}

impl Verb for AdoptPlan {
    type Output = Option<AdoptionId>;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<AdoptionId>, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let work = Work::new(tx, cx, &self.choice)?;
        if work.already() {
            return Ok(None);
        }
        if !work.conflicts.is_empty() && self.seen.as_ref() != Some(&work.seen()) {
            return Err(RosterRule::PlanOutdated.into());
        }
        let mut shifts = written(&work.keeps);
        for shift in &mut shifts {
            tx.insert_shift(shift)?;
        }
        let mut adoption = Adoption {
            id: AdoptionId(0),
            weeks: work.weeks.iter().copied().collect(),
            writes: shifts.iter().map(|shift| shift.id).collect(),
            rests: work.rests.iter().copied().collect(),
            active: true,
        };
        tx.insert_adoption(&mut adoption)?;
        save(tx, cx, "roster.adopted", &adoption, &shifts)?;
        follow_roster(tx, cx)?;
        Ok(Some(adoption.id))
    }
}

/// Takes a plan out of the roster, so that what rested is there again; or puts it back.
#[derive(Debug, Clone, Copy)]
pub struct UndoAdoption {
    /// Which.
    pub adoption: AdoptionId,
    /// Whether it goes.
    pub goes: bool,
}

impl Verb for UndoAdoption {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let mut adoption = tx
            .adoption(self.adoption)?
            .ok_or(DeskError::NotFound("plan"))?;
        if adoption.active != self.goes {
            return Ok(());
        }
        let today = cx.now().to_zoned(zone(tx)?).date();
        // Weeks that began are not written anew: somebody worked by them.
        if adoption.weeks.first().is_none_or(|first| *first <= today) {
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        // Two plans of one week would put everybody there twice.
        if !self.goes && is_planned_anew(tx, &adoption)? {
            return Err(RosterRule::PlanOutdated.into());
        }
        adoption.active = !self.goes;
        tx.save_adoption(&adoption)?;
        let mut shifts = Vec::new();
        for id in &adoption.writes {
            let mut shift = tx.shift(*id)?.ok_or(DeskError::NotFound("shift"))?;
            shift.active = !self.goes;
            tx.save_shift(&shift)?;
            shifts.push(shift);
        }
        let kind = if self.goes {
            "roster.plan_taken_back"
        } else {
            "roster.plan_brought_back"
        };
        save(tx, cx, kind, &adoption, &shifts)?;
        follow_roster(tx, cx)
    }
}

/// Whether another plan holds in a week of one that was taken back.
fn is_planned_anew(tx: &mut Tx<'_>, back: &Adoption) -> Result<bool, DeskError> {
    let Some(first) = back.weeks.first() else {
        return Ok(false);
    };
    let mut plans = tx.adoptions_from(*first)?.into_iter();
    Ok(plans.any(|plan| plan.active && plan.weeks.iter().any(|week| back.weeks.contains(week))))
}

fn save(
    tx: &mut Tx<'_>,
    cx: &Cx,
    kind: &'static str,
    adoption: &Adoption,
    shifts: &[Shift],
) -> Result<(), DeskError> {
    let mut rows: Vec<&dyn Recorded> = vec![adoption];
    rows.extend(shifts.iter().map(|shift| shift as &dyn Recorded));
    record(tx, cx, kind, json!({"weeks": adoption.weeks}), &rows)
}

/// A plan laid over the roster as it stands.
struct Work {
    weeks: BTreeSet<Date>,
    keeps: Vec<PlannedShift>,
    there: Vec<ShiftDay>,
    rests: BTreeSet<ShiftId>,
    conflicts: Vec<PlanConflict>,
}

impl Work {
    fn new(tx: &mut Tx<'_>, cx: &Cx, choice: &PlanChoice) -> Result<Self, DeskError> {
        let zone = zone(tx)?;
        let today = cx.now().to_zoned(zone.clone()).date();
        let weeks = weeks(choice, today)?;
        let facts = facts(tx, choice.monday, &zone)?;
        if facts.basis(choice.monday) != choice.basis {
            return Err(RosterRule::PlanOutdated.into());
        }
        possible(choice, &facts)?;
        let first = weeks.first().copied().unwrap_or(choice.monday);
        let book = book_from(tx, first)?;
        let there: Vec<ShiftDay> = weeks
            .iter()
            .flat_map(|monday| book.days(*monday, monday.saturating_add(6.days())))
            .collect();
        let mut work = Self {
            rests: rests(&book, &there, &weeks),
            weeks,
            keeps: Vec::new(),
            there,
            conflicts: Vec::new(),
        };
        work.lay(choice, &book, facts.calendar.as_ref());
        work.replace(&book);
        work.conflicts.sort_by_key(|one| (one.date, one.person));
        if work.keeps.is_empty() {
            return Err(DeskError::invalid(
                "for",
                "error-plan-nothing",
                "nothing of the plan can be kept in these weeks",
            ));
        }
        Ok(work)
    }

    /// The shifts of each week, without those on which nobody could come.
    fn lay(&mut self, choice: &PlanChoice, book: &RosterBook, calendar: Option<&Calendar>) {
        for monday in &self.weeks {
            let days = monday.duration_since(choice.monday).as_hours() / 24;
            for shift in &choice.shifts {
                let shift = PlannedShift {
                    date: shift.date.saturating_add(days.days()),
                    ..*shift
                };
                let away = book.absence(shift.person, shift.date).is_some();
                let kind = match calendar {
                    _ if away => PlanConflictKind::Away,
                    Some(calendar) if is_closed(calendar, &shift, book) => PlanConflictKind::Closed,
                    _ => {
                        self.keeps.push(shift);
                        continue;
                    }
                };
                self.conflicts.push(PlanConflict {
                    date: shift.date,
                    person: shift.person,
                    hours: shift.hours,
                    kind,
                });
            }
        }
    }

    /// The shifts that would rest and that the plan does not have itself.
    fn replace(&mut self, book: &RosterBook) {
        for day in &self.there {
            let swapped = book.swaps.iter().any(|swap| {
                let holds = swap.is_open() || swap.state == SwapState::Approved;
                swap.shift == day.shift && swap.date == day.date && holds
            });
            if !swapped && self.keeps.contains(&planned(day)) {
                continue;
            }
            self.conflicts.push(PlanConflict {
                date: day.date,
                person: day.person,
                hours: day.hours,
                kind: if swapped {
                    PlanConflictKind::Swapped
                } else {
                    PlanConflictKind::Replaced
                },
            });
        }
    }

    /// Whether the roster has exactly these shifts.
    fn already(&self) -> bool {
        let has = |shift: &PlannedShift| self.there.iter().any(|day| planned(day) == *shift);
        self.there.len() == self.keeps.len() && self.keeps.iter().all(has)
    }

    fn seen(&self) -> String {
        fingerprint(&json!([self.weeks, self.conflicts]))
    }
}

fn planned(day: &ShiftDay) -> PlannedShift {
    PlannedShift {
        person: day.person,
        date: day.date,
        hours: day.hours,
    }
}

/// The weeks in order; refused are those that began, and more than anybody plans.
fn weeks(choice: &PlanChoice, today: Date) -> Result<BTreeSet<Date>, DeskError> {
    let weeks: BTreeSet<Date> = choice.weeks.iter().copied().collect();
    let last = today.saturating_add(AHEAD.days());
    let fits = |day: &Date| *day > today && *day <= last && monday_of(*day) == *day;
    if weeks.is_empty() || weeks.len() > MOST_WEEKS || !weeks.iter().all(fits) {
        return Err(DeskError::invalid(
            "for",
            "error-plan-weeks",
            format!("choose 1 to {MOST_WEEKS} weeks that have not begun, by their Mondays"),
        ));
    }
    Ok(weeks)
}

/// Refuses shifts that no plan of that week and those people has.
fn possible(choice: &PlanChoice, facts: &WeekFacts) -> Result<(), DeskError> {
    let last = choice.monday.saturating_add(6.days());
    let known = |id: PersonId| facts.people.iter().any(|person| person.id == id);
    let fits = |shift: &PlannedShift| {
        let inside = (choice.monday..=last).contains(&shift.date);
        inside && known(shift.person) && one(shift).check().is_ok()
    };
    if choice.shifts.len() <= MOST_SHIFTS && choice.shifts.iter().all(fits) {
        return Ok(());
    }
    Err(RosterRule::PlanOutdated.into())
}

fn is_closed(calendar: &Calendar, shift: &PlannedShift, book: &RosterBook) -> bool {
    let (from, to) = one(shift).instants(shift.date, &book.zone);
    calendar.next_open(from).map_or(true, |open| open >= to)
}

/// What rests: every shift of these weeks, and whatever rests in one of them already, or taking an
/// older plan back would put its shifts beside those of this one.
fn rests(book: &RosterBook, there: &[ShiftDay], weeks: &BTreeSet<Date>) -> BTreeSet<ShiftId> {
    let older = book.adoptions.iter().filter(|plan| plan.active);
    let older = older.filter(|plan| plan.weeks.iter().any(|week| weeks.contains(week)));
    let mut rests: BTreeSet<ShiftId> = older.flat_map(|plan| plan.rests.clone()).collect();
    rests.extend(there.iter().map(|day| day.shift));
    rests
}

fn one(shift: &PlannedShift) -> Shift {
    Shift {
        id: ShiftId(0),
        person: shift.person,
        days: Days::NONE,
        first: shift.date,
        last: Some(shift.date),
        hours: shift.hours,
        active: true,
    }
}

/// One row for each person and hours, over as many weeks in a row as have the same days: a roster
/// of a year stays short.
fn written(keeps: &[PlannedShift]) -> Vec<Shift> {
    type Key = (PersonId, (u16, u16));
    let mut all: BTreeMap<Key, BTreeMap<Date, (Days, Period)>> = BTreeMap::new();
    for shift in keeps {
        let hours = (shift.hours.start_minute(), shift.hours.end_minute());
        let weeks = all.entry((shift.person, hours)).or_default();
        let week = weeks.entry(monday_of(shift.date));
        let (days, _) = week.or_insert((Days::NONE, shift.hours));
        *days = days.with(shift.date.weekday());
    }
    let mut shifts: Vec<Shift> = Vec::new();
    for ((person, _), weeks) in all {
        let mut run: Option<Shift> = None;
        for (monday, (days, hours)) in weeks {
            let sunday = monday.saturating_add(6.days());
            match &mut run {
                Some(before) if before.days == days && before.last == monday.yesterday().ok() => {
                    before.last = Some(sunday);
                }
                _ => {
                    shifts.extend(run.take());
                    run = Some(Shift {
                        id: ShiftId(0),
                        person,
                        days,
                        first: monday,
                        last: Some(sunday),
                        hours,
                        active: true,
                    });
                }
            }
        }
        shifts.extend(run);
    }
    shifts
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_alike_become_one_row_and_a_gap_begins_another() {
        let shift = |day: i8| PlannedShift {
            person: PersonId(1),
            date: date(2026, 11, day),
            hours: "09:00-17:00".parse().unwrap(),
        };
        // Monday and Tuesday of two weeks, then a Monday alone.
        let rows = written(&[2, 3, 9, 10, 16].map(shift));
        let rows: Vec<(i64, Date, Option<Date>)> = rows
            .iter()
            .map(|row| (row.days.bits(), row.first, row.last))
            .collect();
        assert_eq!(
            rows,
            [
                (3, date(2026, 11, 2), Some(date(2026, 11, 15))),
                (1, date(2026, 11, 16), Some(date(2026, 11, 22))),
            ]
        );
    }
}
