//! Making a shift plan the roster: the form, what to look at first, the way back.
//!
//! Owns: the pages and the steps. Must not know: what rests and what is written.

use super::plan::Made;
use super::{day_words, hours_words, name_of};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::layout::Section;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::sheet::Sheet;
use crate::part::{ActionButton, Chip, FormCard, Notice, Row, Rows, Ticks, Tone};
use axum::extract::{Form, Path};
use candor_desk::planning::{
    AdoptPlan, AdoptionView, PlanChoice, PlanConflict, PlanConflictKind, PlanPreview, PlannedShift,
    UndoAdoption, planned_shifts,
};
use candor_desk::roster::RosterPage;
use candor_domain::id::{AdoptionId, PersonId};
use jiff::ToSpan;
use jiff::civil::Date;

const PATH: &str = "/staff/plan/adoption";
const ROSTER: &str = "/staff/roster";
/// Weeks that a plan is offered for.
const WEEKS: i64 = 4;

/// The form below a plan; `None` for a week that began, which stays as people work it.
pub(super) fn card(t: &Texts, made: &Made) -> Option<FormCard> {
    let (planning, Ok(plan)) = made else {
        return None;
    };
    if planning.monday <= planning.this_monday {
        return None;
    }
    let mut card = FormCard::new(PATH, t.get("adopt-button"))
        .title(t.get("adopt-title"))
        .words(t.get("adopt-words"))
        .hidden("week", planning.monday.to_string())
        .hidden("basis", &planning.basis);
    for shift in planned_shifts(planning, plan) {
        card = card.hidden("shift", written(&shift));
    }
    let week = |number: i64| {
        let monday = planning.monday.saturating_add((7 * number).days());
        let sunday = monday.saturating_add(6.days());
        let words = super::days_words(t, monday, sunday);
        (monday.to_string(), words, number == 0)
    };
    Some(card.ticks(Ticks {
        legend: t.get("adopt-weeks"),
        name: "for",
        choices: (0..WEEKS).map(week).collect(),
        hint: t.get("adopt-weeks-hint"),
    }))
}

/// A planned shift in a form: who, when, from when to when.
fn written(shift: &PlannedShift) -> String {
    format!("{}_{}_{}", shift.person, shift.date, shift.hours)
}

fn read_shift(text: &str) -> Option<PlannedShift> {
    let mut parts = text.splitn(3, '_');
    Some(PlannedShift {
        person: PersonId(parts.next()?.parse().ok()?),
        date: parts.next()?.parse().ok()?,
        hours: parts.next()?.parse().ok()?,
    })
}

fn read(form: &Filled) -> PlanChoice {
    let shifts: Vec<String> = form.all("shift");
    PlanChoice {
        monday: form.value("week").unwrap_or_default(),
        basis: form.text("basis").to_owned(),
        weeks: form.all("for"),
        shifts: shifts.iter().filter_map(|text| read_shift(text)).collect(),
    }
}

/// `POST /staff/plan/adoption`
pub(super) async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    let choice = read(&form);
    let preview = match page.ask(AdoptionView(choice.clone())).await {
        Ok(preview) => preview,
        Err(error) => return refused(&page, choice.monday, &faults_of(error)?).await,
    };
    let seen = form.optional("seen");
    if !preview.already && !preview.conflicts.is_empty() && seen.as_ref() != Some(&preview.seen) {
        return confirm(&page, &choice, &preview, seen.is_some()).await;
    }
    let first = choice.weeks.iter().min().copied();
    let week = format!("{ROSTER}?week={}", first.unwrap_or(choice.monday));
    let told = match page.run(AdoptPlan { choice, seen }).await? {
        Some(id) => {
            Flash::new(key("done-adopted")).with_undo(format!("/staff/adoptions/{id}/removal"))
        }
        None => Flash::new(key("done-adopted-already")),
    };
    Ok(page.lead_to(&week, Some(&told)))
}

/// What could not be, in words, and the way back to the plan.
async fn refused(page: &Page, monday: Date, faults: &Faults) -> PageResult {
    let t = &page.t;
    let words: Vec<String> = faults.0.iter().map(|fault| fault.words(t)).collect();
    Sheet::new(page, Section::Staff, &t.get("adopt-title"))
        .await?
        .back(t.get("plan-title"), format!("/staff/plan?week={monday}"))
        .block(Notice::new(words.join(" "), Tone::Warn))
        .answer(page, faults)
}

/// What a lead should look at before the roster changes.
async fn confirm(
    page: &Page,
    choice: &PlanChoice,
    preview: &PlanPreview,
    again: bool,
) -> PageResult {
    use PlanConflictKind::{Away, Closed, Replaced, Swapped};
    let t = &page.t;
    let back = format!("/staff/plan?week={}", choice.monday);
    let mut card = FormCard::new(PATH, t.get("adopt-confirm"))
        .title(t.get("adopt-confirm-title"))
        .words(t.arg("adopt-confirm-words", "shifts", preview.shifts as i64))
        .hidden("week", choice.monday.to_string())
        .hidden("basis", &choice.basis)
        .hidden("seen", &preview.seen)
        .beside(t.get("adopt-leave"), &back);
    for week in &choice.weeks {
        card = card.hidden("for", week.to_string());
    }
    for shift in &choice.shifts {
        card = card.hidden("shift", written(shift));
    }
    let list = |title: &'static str, kinds: &[PlanConflictKind]| {
        let found = preview.conflicts.iter();
        let found = found.filter(|conflict| kinds.contains(&conflict.kind));
        let rows: Vec<Row> = found
            .map(|conflict| conflict_row(t, preview, conflict))
            .collect();
        (!rows.is_empty()).then(|| Rows::new(t.get(title), rows, ""))
    };
    Sheet::new(page, Section::Staff, &t.get("adopt-title"))
        .await?
        .back(t.get("plan-title"), &back)
        .maybe(again.then(|| Notice::new(t.get("adopt-changed"), Tone::Warn)))
        .block(card)
        .maybe(list("adopt-left-out", &[Away, Closed]))
        .maybe(list("adopt-replaced", &[Replaced, Swapped]))
        .answer(page, &Faults::default())
}

fn conflict_row(t: &Texts, preview: &PlanPreview, conflict: &PlanConflict) -> Row {
    let name = name_of(&preview.people, conflict.person);
    let when = day_words(t, conflict.date);
    let row = Row::new(name).below(format!("{when} · {}", hours_words(conflict.hours)));
    match conflict.kind {
        PlanConflictKind::Away => row.chip(Chip::toned(t.get("roster-is-away"), Tone::Warn)),
        PlanConflictKind::Closed => row.chip(Chip::toned(t.get("plan-closed"), Tone::Warn)),
        PlanConflictKind::Replaced => row,
        PlanConflictKind::Swapped => row.chip(Chip::toned(t.get("adopt-swap"), Tone::Warn)),
    }
}

/// That the roster of a week came from a plan; `None` where it did not.
pub(super) fn taken(t: &Texts, roster: &RosterPage) -> Option<Rows> {
    let plans = roster.book.adoptions.iter().rev();
    let plan = plans
        .filter(|plan| plan.active)
        .find(|plan| plan.covers(roster.monday))?;
    let row = Row::new(t.get("adopted"));
    let row = if plan.weeks.iter().all(|week| *week > roster.today) {
        let path = format!("/staff/adoptions/{}", plan.id);
        let back = ActionButton::delete(&path, t.get("adopted-back")).quiet();
        row.below(t.arg("adopted-words", "weeks", plan.weeks.len() as i64))
            .act(back)
    } else {
        row.below(t.get("adopted-began"))
    };
    Some(Rows::new("", vec![row], ""))
}

/// `DELETE /staff/adoptions/{adoption}`
pub(super) async fn remove(page: Page, Path(adoption): Path<AdoptionId>) -> PageResult {
    let goes = true;
    page.run(UndoAdoption { adoption, goes }).await?;
    let undo = format!("/staff/adoptions/{adoption}/return");
    let told = Flash::new(key("done-roster-taken-back")).with_undo(undo);
    Ok(page.lead_to(ROSTER, Some(&told)))
}

/// `POST /staff/adoptions/{adoption}/return`
pub(super) async fn bring_back(page: Page, Path(adoption): Path<AdoptionId>) -> PageResult {
    let goes = false;
    page.run(UndoAdoption { adoption, goes }).await?;
    Ok(page.lead_to(ROSTER, Some(&Flash::new(key("done-saved")))))
}
