//! The roster of a week, and what waits for a lead.
//!
//! Owns: the table and the cards around it. Must not know: what a shift is made of.

use super::{Turning, Week, absence, adoption, day_words, hours_words, name_of, shift};
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::Texts;
use crate::layout::Section;
use crate::page::Page;
use crate::page::filled::Filled;
use crate::page::sheet::Sheet;
use crate::part::{ActionButton, Row, Rows};
use askama::Template;
use axum::extract::Query;
use candor_desk::roster::{RosterPage, RosterView};
use candor_domain::id::PersonId;
use candor_domain::people::Person;
use candor_domain::roster::{Absence, AbsenceState, ShiftDay, Swap, SwapState};
use jiff::ToSpan;
use jiff::civil::Date;

#[derive(Template)]
#[template(path = "page/staff/roster.html")]
struct Board {
    t: Texts,
    turning: Turning,
    days: Vec<(String, String, bool)>,
    rows: Vec<BoardRow>,
    hours: String,
}

struct BoardRow {
    name: String,
    hours: String,
    cells: Vec<Cell>,
}

struct Cell {
    day: String,
    shifts: Vec<(String, String, bool)>,
    away: bool,
}

/// `GET /staff/roster`
pub(super) async fn show(page: Page, Query(week): Query<Week>) -> PageResult {
    let roster = page.ask(RosterView { week: week.day() }).await?;
    let empty = Filled::default();
    let none = Faults::default();
    write(&page, &roster, (&empty, &none), (&empty, &none)).await
}

/// The page with what the last try to add a shift got wrong.
pub(super) async fn with_shift(page: &Page, form: &Filled, faults: &Faults) -> PageResult {
    let week = form.value("first");
    let roster = page.ask(RosterView { week }).await?;
    let other = (&Filled::default(), &Faults::default());
    write(page, &roster, (form, faults), other).await
}

/// The page with what the last try to note an absence got wrong.
pub(super) async fn with_absence(page: &Page, form: &Filled, faults: &Faults) -> PageResult {
    let roster = page.ask(RosterView { week: None }).await?;
    let other = (&Filled::default(), &Faults::default());
    write(page, &roster, other, (form, faults)).await
}

async fn write(
    page: &Page,
    roster: &RosterPage,
    shift_form: (&Filled, &Faults),
    absence_form: (&Filled, &Faults),
) -> PageResult {
    let t = &page.t;
    let mut typed = shift_form.0.clone();
    typed.fill("first", &roster.monday.max(roster.today).to_string());
    let shifts = shift::card(
        t,
        ("/staff/shifts".to_owned(), t.get("shift-add")),
        (&roster.people, roster.monday),
        (&typed, shift_form.1),
    );
    let absences = absence::card(
        t,
        ("/staff/absences", t.get("absence-note-it")),
        (&roster.people, true),
        absence_form,
    );
    let faults = if shift_form.1.is_empty() {
        absence_form.1
    } else {
        shift_form.1
    };
    Sheet::new(page, Section::Staff, &t.get("roster-title"))
        .await?
        .back(t.get("staff-title"), "/staff")
        .intro(t.get("roster-intro"))
        .maybe(to_decide(t, roster))
        .block(Board::new(t, roster))
        .maybe(adoption::taken(t, roster))
        .block(shifts.title(t.get("shift-add-title")))
        .block(away(t, roster))
        .block(
            absences
                .title(t.get("absence-add-title"))
                .words(t.get("absence-add-words")),
        )
        .answer(page, faults)
}

impl Board {
    fn new(t: &Texts, roster: &RosterPage) -> Self {
        let dates: Vec<Date> = roster.monday.series(1.day()).take(7).collect();
        let head = |date: &Date| (t.weekday(*date), t.day(*date), *date == roster.today);
        let there = roster.days.iter().filter(|day| day.away.is_none());
        let hours: f64 = there.map(length).sum();
        Self {
            turning: Turning::new(t, "/staff/roster", roster.monday),
            days: dates.iter().map(head).collect(),
            rows: roster
                .people
                .iter()
                .map(|person| board_row(t, roster, person, &dates))
                .collect(),
            hours: t.arg("roster-hours", "hours", hours.round() as i64),
            t: t.clone(),
        }
    }
}

fn length(day: &ShiftDay) -> f64 {
    day.span.1.duration_since(day.span.0).as_secs_f64() / 3_600.0
}

fn board_row(t: &Texts, roster: &RosterPage, person: &Person, dates: &[Date]) -> BoardRow {
    let own = |day: &&ShiftDay| day.person == person.id;
    let cell = |date: &Date| {
        let on = roster
            .days
            .iter()
            .filter(own)
            .filter(|day| day.date == *date);
        Cell {
            day: t.weekday(*date),
            shifts: on.map(|day| in_cell(t, roster, day)).collect(),
            away: roster.book.absence(person.id, *date).is_some(),
        }
    };
    let there = roster
        .days
        .iter()
        .filter(own)
        .filter(|day| day.away.is_none());
    let hours: f64 = there.map(length).sum();
    BoardRow {
        name: person.name.clone(),
        hours: t.arg("roster-hours-of", "hours", hours.round() as i64),
        cells: dates.iter().map(cell).collect(),
    }
}

/// A shift in its cell: where it leads, its words, whether nobody comes.
fn in_cell(t: &Texts, roster: &RosterPage, day: &ShiftDay) -> (String, String, bool) {
    let hours = hours_words(day.hours);
    let words = match day.taken_from {
        Some(from) => {
            let name = name_of(&roster.people, from);
            t.args("roster-for", &[("hours", &hours), ("name", &name)])
        }
        None => hours,
    };
    (
        format!("/staff/shifts/{}", day.shift),
        words,
        day.away.is_some(),
    )
}

/// Absences and swaps that wait for a lead; `None` where nothing does.
fn to_decide(t: &Texts, roster: &RosterPage) -> Option<Rows> {
    let asked =
        |absence: &&Absence| absence.state == AbsenceState::Asked && absence.last >= roster.today;
    let absences = roster.book.absences.iter().filter(asked);
    let mut rows: Vec<Row> = absences
        .map(|absence| question(t, roster, absence))
        .collect();
    let taken = |swap: &&Swap| swap.state == SwapState::Taken && swap.date >= roster.today;
    let swaps = roster.book.swaps.iter().filter(taken);
    rows.extend(swaps.map(|swap| swap_question(t, roster, swap)));
    (!rows.is_empty()).then(|| Rows::new(t.get("roster-decide"), rows, ""))
}

fn question(t: &Texts, roster: &RosterPage, absence: &Absence) -> Row {
    let path = format!("/staff/absences/{}", absence.id);
    let name = name_of(&roster.people, absence.person);
    let (approve, refuse) = buttons(t, &path);
    absence::row(t, &name, absence, &roster.people)
        .act(approve)
        .act(refuse)
}

fn buttons(t: &Texts, path: &str) -> (ActionButton, ActionButton) {
    (
        ActionButton::post(format!("{path}/approval"), t.get("roster-approve")).primary(),
        ActionButton::post(format!("{path}/refusal"), t.get("roster-refuse")),
    )
}

fn swap_question(t: &Texts, roster: &RosterPage, swap: &Swap) -> Row {
    let name = |person: PersonId| name_of(&roster.people, person);
    let shift = roster
        .book
        .shifts
        .iter()
        .find(|shift| shift.id == swap.shift);
    let hours = shift.map_or_else(String::new, |shift| hours_words(shift.hours));
    let (approve, refuse) = buttons(t, &format!("/staff/swaps/{}", swap.id));
    let words = t.args(
        "swap-question",
        &[
            ("taker", &swap.taker.map_or_else(String::new, name)),
            ("name", &name(swap.by)),
        ],
    );
    Row::new(words)
        .below(format!("{} · {hours}", day_words(t, swap.date)))
        .act(approve)
        .act(refuse)
}

/// Who is away or will be.
fn away(t: &Texts, roster: &RosterPage) -> Rows {
    let holds = |absence: &&Absence| {
        absence.state == AbsenceState::Approved && absence.last >= roster.today
    };
    let row = |absence: &Absence| {
        let name = name_of(&roster.people, absence.person);
        let path = format!("/shifts/absences/{}", absence.id);
        absence::row(t, &name, absence, &roster.people)
            .act(ActionButton::delete(&path, t.get("absence-withdraw")).quiet())
    };
    let absences = roster.book.absences.iter().filter(holds);
    Rows::new(
        t.get("roster-away"),
        absences.map(row).collect(),
        t.get("roster-away-none"),
    )
}
