//! What pages show of the roster.
//!
//! Owns: the queries. Must not know: pages. Why somebody is away is shown to leads and to
//! themselves; others read only that they are.

use super::{book_from, book_now, zone};
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::people::staff_only;
use candor_domain::id::{AbsenceId, PersonId, ShiftId};
use candor_domain::people::Person;
use candor_domain::permission::Permission;
use candor_domain::roster::{Absence, AbsenceState, RosterBook, Shift, ShiftDay, Standing, Swap};
use candor_store::Tx;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Asks for the roster of a week, as leads see it.
#[derive(Debug, Clone, Copy)]
pub struct RosterView {
    /// A day of the week; `None` is this week.
    pub week: Option<Date>,
}

/// Asks for one shift, as leads see it.
#[derive(Debug, Clone, Copy)]
pub struct ShiftOf(pub ShiftId);

impl Query for ShiftOf {
    type Output = Shift;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Shift, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        tx.shift(self.0)?.ok_or(DeskError::NotFound("shift"))
    }
}

/// Asks for one absence, as leads see it.
#[derive(Debug, Clone, Copy)]
pub struct AbsenceOf(pub AbsenceId);

impl Query for AbsenceOf {
    type Output = Absence;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Absence, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        tx.absence(self.0)?.ok_or(DeskError::NotFound("absence"))
    }
}

/// The roster of a week.
#[derive(Debug, Clone)]
pub struct RosterPage {
    /// The Monday.
    pub monday: Date,
    /// Today in the desk's zone.
    pub today: Date,
    /// Who works here.
    pub people: Vec<Person>,
    /// The shifts of the week by time.
    pub days: Vec<ShiftDay>,
    /// The rows behind them, and swaps and absences from the Monday on.
    pub book: RosterBook,
}

/// The Monday of a day's week.
pub(crate) fn monday_of(date: Date) -> Date {
    let after = i64::from(date.weekday().to_monday_zero_offset());
    debug_assert_eq!(Weekday::Monday.to_monday_zero_offset(), 0);
    date.saturating_sub(after.days())
}

impl Query for RosterView {
    type Output = RosterPage;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<RosterPage, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let today = cx.now().to_zoned(zone(tx)?).date();
        let monday = monday_of(self.week.unwrap_or(today));
        let book = book_from(tx, monday.min(today))?;
        let mut people = tx.people()?;
        people.retain(|person| person.active);
        people.sort_by_cached_key(|person| candor_store::customer::folded(&person.name));
        Ok(RosterPage {
            monday,
            today,
            people,
            days: book.days(monday, monday.saturating_add(6.days())),
            book,
        })
    }
}

/// Asks for one's own shifts and absences, and for shifts that others offer.
#[derive(Debug, Clone, Copy)]
pub struct MyShiftsView;

/// Days that "my shifts" looks ahead.
const AHEAD: i64 = 28;

/// One's own shifts.
#[derive(Debug, Clone)]
pub struct MyShifts {
    /// Who asks.
    pub me: PersonId,
    /// Today in the desk's zone.
    pub today: Date,
    /// One's own shifts of the next four weeks, by time.
    pub days: Vec<ShiftDay>,
    /// One's own absences that are not over, and that others asked one to stand in for.
    pub absences: Vec<Absence>,
    /// Absences of others in which one stands in.
    pub deputy_for: Vec<Absence>,
    /// Swaps that one takes part in, or could.
    pub swaps: Vec<(Swap, Option<ShiftDay>)>,
    /// Whether one decides about them.
    pub leads: bool,
    /// Absences of everybody that wait for a decision; empty for those who do not decide.
    pub to_decide: Vec<Absence>,
    /// Everybody, for names and for choosing a deputy.
    pub people: Vec<Person>,
    /// How one stands at the moment.
    pub standing: Standing,
}

impl Query for MyShiftsView {
    type Output = MyShifts;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<MyShifts, DeskError> {
        staff_only(cx)?;
        let me = cx.access()?.person;
        let book = book_now(tx, cx.now())?;
        let today = book.date(cx.now());
        let until = today.saturating_add(AHEAD.days());
        let all = book.days(today.saturating_sub(1.day()), until);
        let mine = |day: &&ShiftDay| day.person == me && day.span.1 > cx.now();
        let days: Vec<ShiftDay> = all.iter().filter(mine).cloned().collect();
        let leads = super::leads(cx);
        let ahead = |absence: &&Absence| absence.last >= today;
        let of = |keep: &dyn Fn(&Absence) -> bool| -> Vec<Absence> {
            let kept = book.absences.iter().filter(ahead);
            kept.filter(|absence| keep(absence)).cloned().collect()
        };
        Ok(MyShifts {
            me,
            today,
            days,
            absences: of(&|absence| absence.person == me),
            deputy_for: of(&|absence| {
                absence.deputy == Some(me) && absence.state == AbsenceState::Approved
            })
            .into_iter()
            .map(without_reason)
            .collect(),
            to_decide: if leads {
                of(&|absence| absence.state == AbsenceState::Asked)
            } else {
                Vec::new()
            },
            swaps: swaps(&book, &all, me, (leads, today)),
            standing: book.standing(me, cx.now()),
            people: tx.people()?,
            leads,
        })
    }
}

fn swaps(
    book: &RosterBook,
    all: &[ShiftDay],
    me: PersonId,
    (leads, today): (bool, Date),
) -> Vec<(Swap, Option<ShiftDay>)> {
    let concerns = |swap: &&Swap| {
        let own = swap.by == me || swap.taker == Some(me) || leads;
        swap.date >= today && (swap.is_open() || own)
    };
    let with_day = |swap: &Swap| {
        let mut days = all.iter();
        let day = days.find(|day| day.shift == swap.shift && day.date == swap.date);
        (swap.clone(), day.cloned())
    };
    book.swaps.iter().filter(concerns).map(with_day).collect()
}

/// What a deputy needs to know.
fn without_reason(mut absence: Absence) -> Absence {
    absence.kind = candor_domain::roster::AbsenceKind::Other;
    absence.note.clear();
    absence
}
