//! One shift: its form, taking it away, bringing it back.
//!
//! Owns: the page and the fields. Must not know: which days it makes.

use super::{hours_words, roster};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::layout::Section;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::sheet::Sheet;
use crate::part::{ActionButton, Choice, Field, FieldKind, FormCard, Row, Rows, Ticks};
use axum::extract::{Form, Path, Query};
use candor_desk::DeskError;
use candor_desk::roster::{
    AddShift, ChangeShift, RosterPage, RosterView, ShiftText, TakeShiftAway,
};
use candor_domain::id::{PersonId, ShiftId};
use candor_domain::people::Person;
use candor_domain::roster::{Days, Shift};
use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt::Write;

const ROSTER: &str = "/staff/roster";

fn path_of(shift: ShiftId) -> String {
    format!("/staff/shifts/{shift}")
}

fn read(form: &Filled) -> ShiftText {
    let days = form.all::<i64>("day").into_iter();
    ShiftText {
        person: form.value("person").unwrap_or(PersonId(0)),
        days: Days::from_bits(days.fold(0, |all, day| all | 1 << day.clamp(0, 6))),
        first: form.text("first").to_owned(),
        last: form.text("last").to_owned(),
        hours: form.text("hours").to_owned(),
    }
}

/// What stands in the form of a shift.
fn form_of(shift: &Shift) -> Filled {
    let mut values = vec![
        ("person", shift.person.to_string()),
        ("first", shift.first.to_string()),
        ("hours", shift.hours.to_string()),
    ];
    if let Some(last) = shift.last {
        values.push(("last", last.to_string()));
    }
    for day in shift.days.each() {
        values.push(("day", day.to_monday_zero_offset().to_string()));
    }
    Filled::with(&values)
}

/// The form; `monday` names the days of the week.
pub(super) fn card(
    t: &Texts,
    (action, button): (String, String),
    (people, monday): (&[Person], Date),
    (form, faults): (&Filled, &Faults),
) -> FormCard {
    let active = people.iter().filter(|person| person.active);
    let choices = active.map(|person| Choice::new(person.id.to_string(), &person.name));
    let ticked: Vec<i64> = form.all("day");
    let day = |number: i64| {
        let name = t.weekday(monday.saturating_add(number.days()));
        (number.to_string(), name, ticked.contains(&number))
    };
    let line = |name: &'static str, label: String, kind: &'static str| {
        Field::new(name, label, FieldKind::Line(kind))
            .value(form.text(name))
            .faults(faults, t)
    };
    FormCard::new(action, button)
        .field(
            Field::choice("person", t.get("shift-person"), choices.collect())
                .value(form.text("person"))
                .faults(faults, t),
        )
        .field(
            line("hours", t.get("shift-hours"), "text")
                .hint(t.get("shift-hours-hint"))
                .required(),
        )
        .ticks(Ticks {
            legend: t.get("shift-days"),
            name: "day",
            choices: (0..7).map(day).collect(),
            hint: t.get("shift-days-hint"),
        })
        .field(line("first", t.get("shift-first"), "date").required())
        .field(line("last", t.get("shift-last"), "date").hint(t.get("shift-last-hint")))
}

/// `POST /staff/shifts`
pub(super) async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    match page.run(AddShift(read(&form))).await {
        Ok(id) => {
            let undo = format!("{}/removal", path_of(id));
            let told = Flash::new(key("done-shift-added")).with_undo(undo);
            Ok(page.lead_to(&week_of(form.text("first")), Some(&told)))
        }
        Err(error) => {
            let faults = faults_of(error)?;
            roster::with_shift(&page, &form, &faults).await
        }
    }
}

/// The roster of the week of a day that was typed.
fn week_of(day: &str) -> String {
    match day.trim().parse::<Date>() {
        Ok(day) => format!("{ROSTER}?week={day}"),
        Err(_) => ROSTER.to_owned(),
    }
}

/// `GET /staff/shifts/{shift}`
pub(super) async fn show(page: Page, Path(shift): Path<ShiftId>) -> PageResult {
    let (roster, shift) = found(&page, shift).await?;
    one(
        &page,
        (&roster, &shift),
        &form_of(&shift),
        &Faults::default(),
    )
    .await
}

async fn found(page: &Page, id: ShiftId) -> Result<(RosterPage, Shift), DeskError> {
    let roster = page.ask(RosterView { week: None }).await?;
    let shift = roster.book.shifts.iter().find(|shift| shift.id == id);
    let shift = shift.cloned().ok_or(DeskError::NotFound("shift"))?;
    Ok((roster, shift))
}

async fn one(
    page: &Page,
    (roster, shift): (&RosterPage, &Shift),
    form: &Filled,
    faults: &Faults,
) -> PageResult {
    let t = &page.t;
    let path = path_of(shift.id);
    let title = t.args(
        "shift-title",
        &[
            ("name", &super::name_of(&roster.people, shift.person)),
            ("hours", &hours_words(shift.hours)),
        ],
    );
    let remove = ActionButton::delete(&path, t.get("shift-remove")).quiet();
    let row = Row::new(t.get("shift-remove-row"))
        .below(t.get("shift-remove-words"))
        .act(remove);
    let card = card(
        t,
        (path, t.get("app-save")),
        (&roster.people, roster.monday),
        (form, faults),
    );
    Sheet::new(page, Section::Staff, &title)
        .await?
        .back(t.get("roster-title"), ROSTER)
        .block(card.words(t.get("shift-change-words")))
        .block(Rows::new("", vec![row], ""))
        .answer(page, faults)
}

/// `POST /staff/shifts/{shift}`
pub(super) async fn change(
    page: Page,
    Path(id): Path<ShiftId>,
    Form(form): Form<Filled>,
) -> PageResult {
    let text = read(&form);
    let (roster, before) = found(&page, id).await?;
    match page.run(ChangeShift { shift: id, text }).await {
        Ok(()) => {
            let told = Flash::new(key("done-saved")).with_undo(former(&before));
            Ok(page.lead_to(ROSTER, Some(&told)))
        }
        Err(error) => one(&page, (&roster, &before), &form, &faults_of(error)?).await,
    }
}

/// Where a shift is put back to what it was.
fn former(before: &Shift) -> String {
    let mut path = format!(
        "{}/former?person={}&first={}&hours={}",
        path_of(before.id),
        before.person,
        before.first,
        before.hours
    );
    if let Some(last) = before.last {
        let _ = write!(path, "&last={last}");
    }
    for day in before.days.each() {
        let _ = write!(path, "&day={}", day.to_monday_zero_offset());
    }
    path
}

/// `POST /staff/shifts/{shift}/former`: the change is taken back.
pub(super) async fn put_back(
    page: Page,
    Path(shift): Path<ShiftId>,
    Query(before): Query<Filled>,
) -> PageResult {
    let text = read(&before);
    page.run(ChangeShift { shift, text }).await?;
    Ok(page.lead_to(ROSTER, Some(&Flash::new(key("done-roster-taken-back")))))
}

/// `DELETE /staff/shifts/{shift}`
pub(super) async fn remove(page: Page, Path(shift): Path<ShiftId>) -> PageResult {
    page.run(TakeShiftAway { shift, goes: true }).await?;
    let undo = format!("{}/return", path_of(shift));
    let told = Flash::new(key("done-removed")).with_undo(undo);
    Ok(page.lead_to(ROSTER, Some(&told)))
}

/// `POST /staff/shifts/{shift}/return`
pub(super) async fn bring_back(page: Page, Path(shift): Path<ShiftId>) -> PageResult {
    page.run(TakeShiftAway { shift, goes: false }).await?;
    Ok(page.lead_to(ROSTER, Some(&Flash::new(key("done-saved")))))
}
