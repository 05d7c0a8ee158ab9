//! What shifts, swaps and absences make of a day together.
//!
//! Owns: who is there, who is away and who stands in. Must not know: where the rows come from.

use super::{Absence, Adoption, Shift, Swap, SwapState};
use crate::calendar::Period;
use crate::id::{AbsenceId, PersonId, ShiftId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The roster of a desk.
#[derive(Debug, Clone)]
pub struct RosterBook {
    /// The zone of its days and hours.
    pub zone: TimeZone,
    /// Every shift of people who work here.
    pub shifts: Vec<Shift>,
    /// Swaps of the days that are looked at.
    pub swaps: Vec<Swap>,
    /// Absences of the days that are looked at.
    pub absences: Vec<Absence>,
    /// Plans that became the roster of the days that are looked at.
    pub adoptions: Vec<Adoption>,
}

/// A shift on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftDay {
    /// Which shift.
    pub shift: ShiftId,
    /// On which day it begins.
    pub date: Date,
    /// Whose it is, swaps looked at.
    pub person: PersonId,
    /// Whose it was, where somebody else took it.
    pub taken_from: Option<PersonId>,
    /// From when to when, on the clock of the desk.
    pub hours: Period,
    /// From when to when.
    pub span: (Timestamp, Timestamp),
    /// Why nobody comes.
    pub away: Option<AbsenceId>,
}

/// Whether somebody can take tickets at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A shift of theirs runs, or nobody wrote down when they work this week.
    Here,
    /// None of their shifts runs.
    OffShift,
    /// They are away.
    Away {
        /// The last day of it.
        until: Date,
        /// Who stands in.
        deputy: Option<PersonId>,
    },
}

impl RosterBook {
    /// The day that it is at an instant.
    pub fn date(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// The absence of a person on a day.
    pub fn absence(&self, person: PersonId, date: Date) -> Option<&Absence> {
        let mut all = self.absences.iter();
        all.find(|absence| absence.person == person && absence.holds_on(date))
    }

    /// Whom somebody stands in for on a day.
    pub fn stands_in_for(&self, person: PersonId, date: Date) -> Vec<PersonId> {
        let all = self.absences.iter();
        let mut away: Vec<PersonId> = all
            .filter(|absence| absence.deputy == Some(person) && absence.holds_on(date))
            .map(|absence| absence.person)
            .collect();
        away.sort_unstable();
        away.dedup();
        away
    }

    /// Every shift that begins on the days from one to another, by time and person.
    pub fn days(&self, first: Date, last: Date) -> Vec<ShiftDay> {
        let mut days = Vec::new();
        for date in first.series(1.day()).take_while(|date| *date <= last) {
            let on = self.shifts.iter().filter(|shift| self.is_on(shift, date));
            days.extend(on.map(|shift| self.day(shift, date)));
        }
        days.sort_by_key(|day| (day.span, day.person));
        days
    }

    /// Whether a shift begins on a day and no plan lets it rest.
    fn is_on(&self, shift: &Shift, date: Date) -> bool {
        let mut plans = self.adoptions.iter();
        shift.is_on(date) && !plans.any(|plan| plan.rests_on(shift.id, date))
    }

    /// The shifts of a day as they were agreed with people, whatever plans made of it.
    pub fn agreed(&self, date: Date) -> impl Iterator<Item = &Shift> {
        let planned = |id: ShiftId| self.adoptions.iter().any(|plan| plan.writes.contains(&id));
        let on = self.shifts.iter().filter(move |shift| shift.is_on(date));
        on.filter(move |shift| !planned(shift.id))
    }

    /// Whether the roster says when somebody works in the week of a day.
    fn is_planned(&self, person: PersonId, date: Date) -> bool {
        let after = i64::from(date.weekday().to_monday_zero_offset());
        let monday = date.saturating_sub(after.days());
        let sunday = monday.saturating_add(6.days());
        self.shifts.iter().any(|shift| {
            let reaches = shift.last.is_none_or(|last| last >= monday);
            shift.person == person && shift.active && shift.first <= sunday && reaches
        })
    }

    fn day(&self, shift: &Shift, date: Date) -> ShiftDay {
        let taken = self.swaps.iter().find(|swap| {
            swap.shift == shift.id && swap.date == date && swap.state == SwapState::Approved
        });
        let person = taken.and_then(|swap| swap.taker).unwrap_or(shift.person);
        ShiftDay {
            shift: shift.id,
            date,
            person,
            taken_from: (person != shift.person).then_some(shift.person),
            hours: shift.hours,
            span: shift.instants(date, &self.zone),
            away: self.absence(person, date).map(|absence| absence.id),
        }
    }

    /// Whether somebody can take tickets at an instant.
    pub fn standing(&self, person: PersonId, at: Timestamp) -> Standing {
        let today = self.date(at);
        if let Some(absence) = self.absence(person, today) {
            return Standing::Away {
                until: absence.last,
                deputy: absence.deputy,
            };
        }
        let yesterday = today.saturating_sub(1.day());
        let running = |day: &ShiftDay| day.person == person && day.span.0 <= at && at < day.span.1;
        if !self.is_planned(person, today) || self.days(yesterday, today).iter().any(running) {
            Standing::Here
        } else {
            Standing::OffShift
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{AdoptionId, SwapId};
    use crate::roster::{AbsenceKind, AbsenceState, Days};
    use jiff::civil::{Weekday, date};

    const ANN: PersonId = PersonId(1);
    const BEN: PersonId = PersonId(2);

    fn book() -> RosterBook {
        RosterBook {
            zone: TimeZone::get("Europe/Berlin").unwrap(),
            shifts: vec![Shift {
                id: ShiftId(1),
                person: ANN,
                days: Days::NONE.with(Weekday::Monday),
                first: date(2026, 11, 2),
                last: None,
                hours: "9-17".parse().unwrap(),
                active: true,
            }],
            swaps: Vec::new(),
            adoptions: Vec::new(),
            absences: vec![Absence {
                id: AbsenceId(1),
                person: ANN,
                deputy: Some(BEN),
                first: date(2026, 11, 16),
                last: date(2026, 11, 20),
                state: AbsenceState::Approved,
                kind: AbsenceKind::Leave,
                note: String::new(),
                salt: Vec::new(),
            }],
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_shift_runs_by_the_desks_own_clock() {
        let book = book();
        assert_eq!(
            book.standing(ANN, at("2026-11-09T08:00:00Z")),
            Standing::Here
        );
        let early = at("2026-11-09T07:59:00Z");
        assert_eq!(book.standing(ANN, early), Standing::OffShift);
        // Nobody wrote down when Ben works: he is there whenever he is there.
        assert_eq!(book.standing(BEN, early), Standing::Here);
    }

    #[test]
    fn whoever_is_away_has_a_deputy_and_no_shift() {
        let book = book();
        let away = Standing::Away {
            until: date(2026, 11, 20),
            deputy: Some(BEN),
        };
        assert_eq!(book.standing(ANN, at("2026-11-16T10:00:00Z")), away);
        assert_eq!(book.stands_in_for(BEN, date(2026, 11, 18)), [ANN]);
        assert!(book.stands_in_for(BEN, date(2026, 11, 23)).is_empty());
        let days = book.days(date(2026, 11, 9), date(2026, 11, 16));
        let away: Vec<bool> = days.iter().map(|day| day.away.is_some()).collect();
        assert_eq!(away, [false, true]);
    }

    #[test]
    fn a_swap_that_a_lead_approved_moves_one_day() {
        let mut book = book();
        book.swaps.push(Swap {
            id: SwapId(1),
            shift: ShiftId(1),
            date: date(2026, 11, 9),
            by: ANN,
            taker: Some(BEN),
            state: SwapState::Taken,
        });
        let days = book.days(date(2026, 11, 2), date(2026, 11, 9));
        assert!(days.iter().all(|day| day.person == ANN));
        book.swaps[0].state = SwapState::Approved;
        let days = book.days(date(2026, 11, 2), date(2026, 11, 9));
        assert_eq!((days[0].person, days[1].person), (ANN, BEN));
        assert_eq!(days[1].taken_from, Some(ANN));
    }

    #[test]
    fn a_plan_lets_shifts_rest_in_its_weeks_and_gives_them_back() {
        let mut book = book();
        book.shifts.push(Shift {
            id: ShiftId(2),
            person: BEN,
            days: Days::NONE,
            first: date(2026, 11, 10),
            last: Some(date(2026, 11, 10)),
            hours: "10-14".parse().unwrap(),
            active: true,
        });
        book.adoptions.push(Adoption {
            id: AdoptionId(1),
            weeks: vec![date(2026, 11, 9)],
            writes: vec![ShiftId(2)],
            rests: vec![ShiftId(1)],
            active: true,
        });
        let shifts = |book: &RosterBook| -> Vec<(i64, Date)> {
            let days = book.days(date(2026, 11, 2), date(2026, 11, 15));
            days.iter().map(|day| (day.shift.0, day.date)).collect()
        };
        let planned = [(1, date(2026, 11, 2)), (2, date(2026, 11, 10))];
        assert_eq!(shifts(&book), planned);
        let agreed: Vec<ShiftId> = book.agreed(date(2026, 11, 9)).map(|one| one.id).collect();
        assert_eq!(agreed, [ShiftId(1)]);
        assert_eq!(book.agreed(date(2026, 11, 10)).count(), 0);
        book.adoptions[0].active = false;
        book.shifts[1].active = false;
        assert_eq!(
            shifts(&book),
            [(1, date(2026, 11, 2)), (1, date(2026, 11, 9))]
        );
    }

    #[test]
    fn a_shift_of_next_week_says_nothing_of_this_one() {
        let mut book = book();
        book.shifts[0].first = date(2026, 11, 9);
        let this_week = at("2026-11-04T04:00:00Z");
        assert_eq!(book.standing(ANN, this_week), Standing::Here);
        let next_week = at("2026-11-11T04:00:00Z");
        assert_eq!(book.standing(ANN, next_week), Standing::OffShift);
    }
}
