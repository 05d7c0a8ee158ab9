//! Contracts with organizations.
//!
//! Owns: the list, the page of one contract with its months and its maintenance. Must not know:
//! which ticket belongs to which contract, what was kept.

mod correction;
mod csv;
mod form;
mod maintenance;
mod paper;
mod pdf;
mod statement;

pub use paper::statement_on_paper;

use super::Place;
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{ActionButton, Chip, EmptyState, Field, FieldKind, FormCard, Row, Rows, Tone};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path, Query};
use candor_desk::DeskError;
use candor_desk::contract::{
    AddContract, ChangeContract, ContractSeen, ContractView, ContractsView, EndContract, MonthSeen,
    Months, TakeContractAway,
};
use candor_domain::contract::{Month, Standing};
use candor_domain::id::ContractId;
use jiff::civil::Date;
use serde::Deserialize;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Contracts.admission();
    book.get("/settings/contracts", may, index)
        .post("/settings/contracts", may, create)
        .get("/settings/contracts/new", may, new)
        .get("/settings/contracts/{contract}", may, show)
        .post("/settings/contracts/{contract}", may, change)
        .delete("/settings/contracts/{contract}", may, remove)
        .post("/settings/contracts/{contract}/return", may, bring_back)
        .post("/settings/contracts/{contract}/end", may, end)
        .delete("/settings/contracts/{contract}/end", may, go_on);
    maintenance::routes(book, may);
    statement::routes(book, may);
    correction::routes(book, may);
}

fn path_of(contract: ContractId) -> String {
    format!("{}/{contract}", Place::Contracts.path())
}

/// How a contract stands, with its end where that is near.
pub(crate) fn standing_words(t: &Texts, seen: &ContractSeen) -> (String, Tone) {
    match seen.standing {
        Standing::Planned => (t.get("contract-planned"), Tone::Neutral),
        Standing::Running => (t.get("contract-runs"), Tone::Good),
        Standing::EndsSoon(days) => (t.arg("contract-ends-in", "days", days), Tone::Warn),
        Standing::Ended => (t.get("contract-over"), Tone::Neutral),
        Standing::Withdrawn => (t.get("contract-withdrawn"), Tone::Neutral),
    }
}

/// From when to when a contract runs.
fn days_words(t: &Texts, seen: &ContractSeen) -> String {
    let contract = &seen.contract;
    let first = whole_date(t, contract.first_day);
    match contract.last_day {
        Some(last) => {
            let last = whole_date(t, last);
            t.args("contract-days", &[("from", &first), ("to", &last)])
        }
        None => t.arg("contract-since", "from", first),
    }
}

/// A day with its month in full and its year.
fn whole_date(t: &Texts, date: Date) -> String {
    let month = t.month(date);
    t.args(
        "time-full-date",
        &[
            ("day", &i64::from(date.day())),
            ("month", &month),
            ("year", &date.year().to_string()),
        ],
    )
}

async fn index(page: Page) -> PageResult {
    let t = &page.t;
    let found = page.ask(ContractsView).await?;
    let sheet = Place::Contracts
        .sheet(&page)
        .await?
        .intro(t.get("contracts-intro"));
    let sheet = if found.levels.levels.is_empty() {
        let state = EmptyState::new(t.get("contracts-first"), t.get("contracts-first-words"));
        sheet.block(state.with_step(t.get("place-levels"), "/settings/levels"))
    } else if found.levels.organizations.is_empty() {
        let words = t.get("contracts-nobody-words");
        let state = EmptyState::new(t.get("contracts-nobody"), words);
        sheet.block(state.with_step(t.get("place-organizations"), "/settings/organizations"))
    } else if found.contracts.is_empty() {
        let state = EmptyState::new(t.get("contracts-none"), t.get("contracts-none-words"));
        sheet.block(state.with_step(t.get("contract-add"), "/settings/contracts/new"))
    } else {
        let rows = found.contracts.iter().map(|seen| row(t, seen));
        let add = Row::new(t.get("contract-another"))
            .go("/settings/contracts/new", t.get("contract-add"));
        sheet.block(Rows::new("", rows.chain([add]).collect(), ""))
    };
    sheet.answer(&page, &Faults::default())
}

fn row(t: &Texts, seen: &ContractSeen) -> Row {
    let (words, tone) = standing_words(t, seen);
    let level = [
        ("level", &seen.level as &dyn crate::i18n::Argument),
        ("hours", &seen.hours),
    ];
    Row::new(&seen.contract.name)
        .leads_to(path_of(seen.contract.id))
        .below(format!("{} · {}", seen.organization, days_words(t, seen)))
        .below(t.args("contract-level-hours", &level))
        .chip(Chip::toned(words, tone))
}

async fn new(page: Page) -> PageResult {
    let mut values = vec![("first_day", page.t.today().to_string())];
    for name in ["mail", "form", "phone"] {
        values.push(("channel", name.to_owned()));
    }
    values.push(("language", page.t.code().to_owned()));
    values.push(("statement_language", page.t.code().to_owned()));
    add(&page, &Filled::with(&values), &Faults::default()).await
}

async fn add(page: &Page, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let found = page.ask(ContractsView).await?;
    let card = FormCard::new(Place::Contracts.path(), t.get("app-save"));
    Place::Contracts
        .titled(page, &t.get("contract-add"))
        .await?
        .back(t.get("place-contracts"), Place::Contracts.path())
        .block(form::fields(card, t, (&found, true), (form, faults)))
        .answer(page, faults)
}

async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    match page.run(AddContract(form::read(&form))).await {
        Ok(id) => Ok(page.lead_to(&path_of(id), Some(&Flash::new(key("done-added"))))),
        Err(error) => add(&page, &form, &faults_of(error)?).await,
    }
}

#[derive(Default, Deserialize)]
struct Until {
    until: Option<String>,
}

async fn show(
    page: Page,
    Path(contract): Path<ContractId>,
    Query(until): Query<Until>,
) -> PageResult {
    let until = until.until.and_then(|month| month.parse().ok());
    one(&page, ContractView { contract, until }, None).await
}

/// The forms on the page of a contract.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    Change,
    End,
    Maintenance,
}

/// The page of a contract, with what the last try of one of its forms held and got wrong.
async fn one(
    page: &Page,
    view: ContractView,
    tried: Option<(Which, &Filled, &Faults)>,
) -> PageResult {
    let t = &page.t;
    let contract = view.contract;
    let (seen, months, windows) = page.ask(view).await?;
    let found = page.ask(ContractsView).await?;
    let (words, tone) = standing_words(t, &seen);
    let card = FormCard::new(path_of(contract), t.get("app-save"));
    let card = card.title(t.get("contract-change-title"));
    let (kept, fresh, fine) = (
        form::of(&seen.contract),
        Filled::default(),
        Faults::default(),
    );
    let filled = |which, else_filled| match tried {
        Some((tried, form, faults)) if tried == which => (form, faults),
        _ => (else_filled, &fine),
    };
    let sheet = Place::Contracts
        .titled(page, &seen.contract.name)
        .await?
        .back(t.get("place-contracts"), Place::Contracts.path())
        .chip(Chip::toned(words, tone))
        .intro(format!("{} · {}", seen.organization, days_words(t, &seen)));
    if seen.contract.withdrawn {
        let back = ActionButton::post(
            format!("{}/return", path_of(contract)),
            t.get("contract-bring-back"),
        );
        let row = Row::new(t.get("contract-withdrawn-words")).act(back);
        return sheet
            .block(Rows::new("", vec![row], ""))
            .answer(page, &fine);
    }
    sheet
        .block(Rows::new(
            t.get("statements-title"),
            month_rows(t, contract, &months),
            t.get("statements-none"),
        ))
        .block(maintenance::rows(t, &seen, &windows, page.app.desk.now()))
        .block(maintenance::card(
            t,
            &seen,
            filled(Which::Maintenance, &fresh),
        ))
        .block(form::fields(
            card,
            t,
            (&found, false),
            filled(Which::Change, &kept),
        ))
        .block(end_block(t, &seen, filled(Which::End, &fresh)))
        .block(away_block(t, &seen))
        .answer(page, tried.map_or(&fine, |(.., faults)| faults))
}

/// The name of a month with its year.
fn month_name(t: &Texts, month: Month) -> String {
    let first = month.first();
    format!("{} {}", t.month(first), first.year())
}

/// The months of a page, each with the statements that were corrected, and the ways to the others.
fn month_rows(t: &Texts, contract: ContractId, months: &Months) -> Vec<Row> {
    let path = path_of(contract);
    let listed = months.months.iter();
    let mut rows: Vec<Row> = listed
        .flat_map(|month| rows_of(t, contract, month))
        .collect();
    let mut others = Row::new(t.get("statements-others"));
    for (month, words) in [
        (months.newer, key("statements-newer")),
        (months.older, key("statements-older")),
    ] {
        if let Some(month) = month {
            others = others.go(format!("{path}?until={month}"), t.get(words));
        }
    }
    if months.newer.or(months.older).is_some() {
        rows.push(others);
    }
    rows
}

/// The statement of a month that holds, and those that it corrects.
fn rows_of(t: &Texts, contract: ContractId, month: &MonthSeen) -> Vec<Row> {
    let name = month_name(t, month.month);
    let path = statement::path(contract, month.month);
    let row = Row::new(&name).leads_to(&path);
    let Some((holds, corrected)) = month.approvals.split_first() else {
        return vec![if month.over {
            row.chip(Chip::toned(t.get("statement-draft"), Tone::Warn))
        } else {
            row.chip(Chip::new(t.get("statement-runs")))
        }];
    };
    let words = if holds.version == 1 {
        key("statement-approved-on")
    } else {
        key("statement-corrected-on")
    };
    let words = t.arg(words, "date", t.date(holds.at));
    let mut rows = vec![row.chip(Chip::toned(words, Tone::Good))];
    rows.extend(corrected.iter().map(|one| {
        let about = [
            ("month", &name as &dyn crate::i18n::Argument),
            ("version", &one.version),
        ];
        Row::new(t.args("statement-version", &about))
            .leads_to(format!("{path}?version={}", one.version))
            .below(t.arg("statement-approved-on", "date", t.date(one.at)))
            .chip(Chip::new(t.get("statement-was-corrected")))
    }));
    rows
}

fn end_block(t: &Texts, seen: &ContractSeen, (form, faults): (&Filled, &Faults)) -> FormCard {
    let last = seen.contract.last_day.unwrap_or(seen.today);
    let last = form.optional("day").unwrap_or(last.to_string());
    FormCard::new(
        format!("{}/end", path_of(seen.contract.id)),
        t.get("contract-end"),
    )
    .title(t.get("contract-end-title"))
    .words(t.get("contract-end-words"))
    .field(
        Field::new("day", t.get("contract-last-day"), FieldKind::Line("date"))
            .value(last)
            .required()
            .faults(faults, t),
    )
}

/// The way to take a contract away again; one that a customer was told about stays.
fn away_block(t: &Texts, seen: &ContractSeen) -> Rows {
    let row = if seen.is_settled {
        Row::new(t.get("contract-settled")).below(t.get("contract-settled-words"))
    } else {
        let away = ActionButton::delete(&path_of(seen.contract.id), t.get("contract-take-away"));
        Row::new(t.get("contract-mistake"))
            .below(t.get("contract-mistake-words"))
            .act(away.danger())
    };
    Rows::new("", vec![row], "")
}

async fn remove(page: Page, Path(contract): Path<ContractId>) -> PageResult {
    let goes = true;
    page.run(TakeContractAway { contract, goes }).await?;
    let undo = format!("{}/return", path_of(contract));
    let flash = Flash::new(key("done-removed")).with_undo(undo);
    Ok(page.lead_to(Place::Contracts.path(), Some(&flash)))
}

async fn bring_back(page: Page, Path(contract): Path<ContractId>) -> PageResult {
    let goes = false;
    page.run(TakeContractAway { contract, goes }).await?;
    Ok(page.lead_to(&path_of(contract), Some(&Flash::new(key("done-saved")))))
}

async fn change(
    page: Page,
    Path(contract): Path<ContractId>,
    Form(form): Form<Filled>,
) -> PageResult {
    let text = form::read(&form);
    match page.run(ChangeContract { contract, text }).await {
        Ok(()) => Ok(page.lead_to(&path_of(contract), Some(&Flash::new(key("done-saved"))))),
        Err(error) => {
            let faults = faults_of(error)?;
            let view = ContractView::of(contract);
            one(&page, view, Some((Which::Change, &form, &faults))).await
        }
    }
}

async fn end(page: Page, Path(contract): Path<ContractId>, Form(form): Form<Filled>) -> PageResult {
    let before = if let Some(day) = form.value::<Date>("day") {
        let last_day = Some(day);
        page.run(EndContract { contract, last_day }).await
    } else {
        let words = "write a day such as 2026-11-23";
        Err(DeskError::invalid("day", "error-day", words))
    };
    let before = match before {
        Ok(before) => before,
        Err(error) => {
            let mut faults = faults_of(error)?;
            // The form has one field; whatever is wrong with the days is wrong with that.
            for fault in &mut faults.0 {
                fault.field = "day".into();
            }
            let view = ContractView::of(contract);
            return one(&page, view, Some((Which::End, &form, &faults))).await;
        }
    };
    let back = before.map(|day| day.to_string()).unwrap_or_default();
    let undo = format!("{}/end/removal?back={back}", path_of(contract));
    let flash = Flash::new(key("done-contract-ended")).with_undo(undo);
    Ok(page.lead_to(&path_of(contract), Some(&flash)))
}

#[derive(Default, Deserialize)]
struct Back {
    #[serde(default)]
    back: String,
}

/// Takes the end back: to the last day that it had before, or to none.
async fn go_on(
    page: Page,
    Path(contract): Path<ContractId>,
    Query(back): Query<Back>,
) -> PageResult {
    let last_day = back.back.parse().ok();
    page.run(EndContract { contract, last_day }).await?;
    Ok(page.lead_to(&path_of(contract), Some(&Flash::new(key("done-saved")))))
}
