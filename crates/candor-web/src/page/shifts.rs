//! One's own shifts: when, being away, giving one away, taking one.
//!
//! Owns: the page and the steps behind its buttons. Must not know: who decides.

mod feed;

use crate::cookie::Flash;
use crate::download;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::layout::Section;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::sheet::Sheet;
use crate::page::staff::{absence, day_words, days_words, hours_words, name_of};
use crate::part::{ActionButton, Chip, Notice, Row, Rows, Tone, Verbatim};
use crate::route::{Admission, RouteBook};
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::roster::{
    AskForAbsence, GiveSwapBack, MyShifts, MyShiftsFile, MyShiftsView, OfferAgain, OfferShift,
    RestoreAbsence, TakeSwap, WithdrawAbsence, WithdrawSwap,
};
use candor_domain::id::{AbsenceId, ShiftId, SwapId};
use candor_domain::roster::{Absence, AbsenceState, ShiftDay, Standing, Swap, SwapState};
use jiff::civil::Date;

const SHIFTS: &str = "/shifts";

/// Writes the page into the book.
pub(super) fn routes(book: &mut RouteBook<App>) {
    let staff = Admission::Staff;
    book.get("/shifts", staff, show)
        .get("/shifts/shifts.ics", staff, file)
        .post("/shifts/feed", staff, feed::create)
        .delete("/shifts/feed", staff, feed::remove)
        .get(
            "/calendars/{secret}/shifts.ics",
            Admission::Public,
            feed::show,
        )
        .post("/shifts/absences", staff, ask)
        .delete("/shifts/absences/{absence}", staff, withdraw)
        .post("/shifts/absences/{absence}/return", staff, restore)
        .post("/shifts/{shift}/days/{date}/offer", staff, offer)
        .post("/shifts/swaps/{swap}/taking", staff, take)
        .delete("/shifts/swaps/{swap}/taking", staff, give_back)
        .delete("/shifts/swaps/{swap}", staff, keep)
        .post("/shifts/swaps/{swap}/return", staff, offer_again);
}

/// `GET /shifts`
async fn show(page: Page) -> PageResult {
    shown(&page, &Filled::default(), &Faults::default(), None).await
}

async fn shown(
    page: &Page,
    form: &Filled,
    faults: &Faults,
    address: Option<Verbatim>,
) -> PageResult {
    let t = &page.t;
    let mine = page.ask(MyShiftsView).await?;
    let card = absence::card(
        t,
        ("/shifts/absences", t.get("absence-ask")),
        (&mine.people, false),
        (form, faults),
    );
    Sheet::new(page, Section::Shifts, &t.get("shifts-title"))
        .await?
        .intro(t.get("shifts-intro"))
        .maybe(address)
        .maybe(away(t, &mine))
        .maybe(swaps(t, &mine))
        .block(next(t, &mine))
        .block(feed::card(page).await?)
        .maybe(stands_in(t, &mine))
        .block(absences(t, &mine))
        .block(
            card.title(t.get("absence-ask-title"))
                .words(t.get("absence-ask-words")),
        )
        .answer(page, faults)
}

/// That one is away today, or off.
fn away(t: &Texts, mine: &MyShifts) -> Option<Notice> {
    match mine.standing {
        Standing::Away { until, .. } => {
            let words = t.arg("shifts-away", "day", day_words(t, until));
            Some(Notice::new(words, Tone::Accent))
        }
        Standing::Here | Standing::OffShift => None,
    }
}

/// The next four weeks.
fn next(t: &Texts, mine: &MyShifts) -> Rows {
    let mut rows: Vec<Row> = mine
        .days
        .iter()
        .map(|day| shift_row(t, mine, day))
        .collect();
    if !rows.is_empty() {
        let file = Row::new(t.get("shifts-file")).below(t.get("shifts-file-words"));
        rows.push(file.go("/shifts/shifts.ics", t.get("plan-ics")));
    }
    Rows::new(t.get("shifts-next"), rows, t.get("shifts-none"))
}

fn shift_row(t: &Texts, mine: &MyShifts, day: &ShiftDay) -> Row {
    let mut row = Row::new(day_words(t, day.date)).below(hours_words(day.hours));
    if let Some(from) = day.taken_from {
        row = row.below(t.arg("shifts-taken-from", "name", name_of(&mine.people, from)));
    }
    if day.date == mine.today {
        row = row.chip(Chip::toned(t.get("shifts-today"), Tone::Accent));
    }
    if day.away.is_some() {
        return row.chip(Chip::toned(t.get("shifts-you-are-away"), Tone::Warn));
    }
    let offered = mine
        .swaps
        .iter()
        .find(|(swap, _)| swap.shift == day.shift && swap.date == day.date && swap.is_open());
    if offered.is_some() {
        return row.chip(Chip::toned(t.get("swap-offered"), Tone::Warn));
    }
    let path = format!("/shifts/{}/days/{}/offer", day.shift, day.date);
    row.act(ActionButton::post(path, t.get("swap-offer")).quiet())
}

/// Shifts on offer, and what became of one's own; `None` where nothing is going on.
fn swaps(t: &Texts, mine: &MyShifts) -> Option<Rows> {
    let rows = mine.swaps.iter();
    let rows: Vec<Row> = rows
        .filter_map(|(swap, day)| swap_row(t, mine, swap, day.as_ref()))
        .collect();
    (!rows.is_empty()).then(|| Rows::new(t.get("swap-title"), rows, ""))
}

fn swap_row(t: &Texts, mine: &MyShifts, swap: &Swap, day: Option<&ShiftDay>) -> Option<Row> {
    let date = day_words(t, swap.date);
    // A shift that is not there any more has no hours.
    let when = day.map_or(date.clone(), |day| {
        format!("{date} · {}", hours_words(day.hours))
    });
    let path = format!("/shifts/swaps/{}", swap.id);
    let taker = swap
        .taker
        .map(|taker| name_of(&mine.people, taker))
        .unwrap_or_default();
    let name = name_of(&mine.people, swap.by);
    let own = swap.by == mine.me;
    let words = match (swap.state, own) {
        (SwapState::Offered, true) => t.get("swap-yours-offered"),
        (SwapState::Offered, false) => t.arg("swap-others-offer", "name", &name),
        (SwapState::Taken, _) => t.args("swap-question", &[("taker", &taker), ("name", &name)]),
        (SwapState::Approved, _) => t.args("swap-approved", &[("taker", &taker), ("name", &name)]),
        (SwapState::Declined, _) => t.arg("swap-declined", "name", &name),
        (SwapState::Lapsed, _) => t.arg("swap-lapsed", "name", &name),
        (SwapState::Withdrawn, _) => return None,
    };
    let row = Row::new(words).below(when);
    Some(match (swap.state, own) {
        (SwapState::Offered | SwapState::Taken, true) => {
            row.act(ActionButton::delete(&path, t.get("swap-keep")).quiet())
        }
        (SwapState::Offered, false) => {
            let take = ActionButton::post(format!("{path}/taking"), t.get("swap-take"));
            row.act(take.primary())
        }
        (SwapState::Taken, false) if swap.taker == Some(mine.me) => {
            let back = ActionButton::delete(&format!("{path}/taking"), t.get("swap-give-back"));
            row.chip(Chip::toned(t.get("absence-asked"), Tone::Warn))
                .act(back.quiet())
        }
        (SwapState::Taken, false) if mine.leads => row.go("/staff/roster", t.get("swap-decide")),
        _ => row,
    })
}

/// Whom one stands in for.
fn stands_in(t: &Texts, mine: &MyShifts) -> Option<Rows> {
    let row = |absence: &Absence| {
        let name = name_of(&mine.people, absence.person);
        Row::new(t.arg("shifts-stands-in", "name", name)).below(days_words(
            t,
            absence.first,
            absence.last,
        ))
    };
    let rows: Vec<Row> = mine.deputy_for.iter().map(row).collect();
    (!rows.is_empty()).then(|| Rows::new(t.get("shifts-deputy"), rows, ""))
}

fn absences(t: &Texts, mine: &MyShifts) -> Rows {
    let row = |absence: &Absence| {
        let days = days_words(t, absence.first, absence.last);
        let row = absence::row(t, &days, absence, &mine.people);
        let open = matches!(absence.state, AbsenceState::Asked | AbsenceState::Approved);
        if open {
            let path = format!("/shifts/absences/{}", absence.id);
            row.act(ActionButton::delete(&path, t.get("absence-withdraw")).quiet())
        } else {
            row
        }
    };
    let rows = mine.absences.iter().map(row).collect();
    Rows::new(
        t.get("shifts-absences"),
        rows,
        t.get("shifts-absences-none"),
    )
}

/// `GET /shifts/shifts.ics`
async fn file(page: Page) -> PageResult {
    let file = page.ask(MyShiftsFile).await?;
    Ok(download::file(file.into_bytes(), "shifts.ics", None))
}

/// `POST /shifts/absences`
async fn ask(page: Page, Form(form): Form<Filled>) -> PageResult {
    let text = absence::read(&form, page.visit.person.id);
    match page.run(AskForAbsence(text)).await {
        Ok(id) => {
            let undo = format!("/shifts/absences/{id}/removal");
            let told = Flash::new(key("done-absence-asked")).with_undo(undo);
            Ok(page.lead_to(SHIFTS, Some(&told)))
        }
        Err(error) => shown(&page, &form, &faults_of(error)?, None).await,
    }
}

/// `DELETE /shifts/absences/{absence}`
async fn withdraw(page: Page, Path(absence): Path<AbsenceId>) -> PageResult {
    page.run(WithdrawAbsence(absence)).await?;
    let undo = format!("/shifts/absences/{absence}/return");
    let told = Flash::new(key("done-roster-taken-back")).with_undo(undo);
    Ok(page.lead_to(SHIFTS, Some(&told)))
}

/// `POST /shifts/absences/{absence}/return`
async fn restore(page: Page, Path(absence): Path<AbsenceId>) -> PageResult {
    page.run(RestoreAbsence(absence)).await?;
    Ok(page.lead_to(SHIFTS, Some(&Flash::new(key("done-saved")))))
}

/// `POST /shifts/{shift}/days/{date}/offer`
async fn offer(page: Page, Path((shift, date)): Path<(ShiftId, Date)>) -> PageResult {
    let id = page.run(OfferShift { shift, date }).await?;
    let told = Flash::new(key("done-offered")).with_undo(format!("/shifts/swaps/{id}/removal"));
    Ok(page.lead_to(SHIFTS, Some(&told)))
}

/// `POST /shifts/swaps/{swap}/taking`
async fn take(page: Page, Path(swap): Path<SwapId>) -> PageResult {
    page.run(TakeSwap(swap)).await?;
    let undo = format!("/shifts/swaps/{swap}/taking/removal");
    let told = Flash::new(key("done-swap-taken")).with_undo(undo);
    Ok(page.lead_to(SHIFTS, Some(&told)))
}

/// `DELETE /shifts/swaps/{swap}/taking`
async fn give_back(page: Page, Path(swap): Path<SwapId>) -> PageResult {
    page.run(GiveSwapBack(swap)).await?;
    let undo = format!("/shifts/swaps/{swap}/taking");
    let told = Flash::new(key("done-roster-taken-back")).with_undo(undo);
    Ok(page.lead_to(SHIFTS, Some(&told)))
}

/// `DELETE /shifts/swaps/{swap}`: whoever offered a shift keeps it.
async fn keep(page: Page, Path(swap): Path<SwapId>) -> PageResult {
    page.run(WithdrawSwap(swap)).await?;
    let undo = format!("/shifts/swaps/{swap}/return");
    let told = Flash::new(key("done-roster-taken-back")).with_undo(undo);
    Ok(page.lead_to(SHIFTS, Some(&told)))
}

/// `POST /shifts/swaps/{swap}/return`: it is on offer after all.
async fn offer_again(page: Page, Path(swap): Path<SwapId>) -> PageResult {
    page.run(OfferAgain(swap)).await?;
    Ok(page.lead_to(SHIFTS, Some(&Flash::new(key("done-offered")))))
}
