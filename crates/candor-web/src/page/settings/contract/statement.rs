//! The statement of a month: the page, its files, its approval.
//!
//! Owns: those. Must not know: what was kept; the desk counts it.

use super::maintenance::moment;
use super::paper::{self, Paper};
use super::{Place, csv, path_of, pdf};
use crate::cookie::Flash;
use crate::download;
use crate::error::{PageError, PageResult};
use crate::failure::{Failure, Faults};
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{ActionButton, Chip, ConfirmDialog, Notice, Tone};
use crate::route::{Admission, RouteBook};
use crate::state::App;
use askama::Template;
use axum::extract::{Form, Path};
use candor_desk::DeskError;
use candor_desk::contract::{ApproveStatement, StatementSeen, StatementView};
use candor_domain::contract::Month;
use candor_domain::id::ContractId;

pub(super) fn routes(book: &mut RouteBook<App>, may: Admission) {
    let month = "/settings/contracts/{contract}/statements/{month}";
    book.get(month, may, show)
        .get(&format!("{month}/{{file}}"), may, file)
        .post(&format!("{month}/approval"), may, approve);
}

/// The statement on a page.
#[derive(Template)]
#[template(path = "page/settings/statement.html")]
struct Sheet {
    t: Texts,
    paper: Paper,
    path: String,
    approve: Option<ConfirmDialog>,
}

fn asked(month: &str) -> Result<Month, PageError> {
    month
        .parse()
        .map_err(|_| PageError(Failure::from(DeskError::NotFound("month"))))
}

async fn show(page: Page, Path((contract, month)): Path<(ContractId, String)>) -> PageResult {
    one(&page, contract, asked(&month)?, &Faults::default()).await
}

async fn one(page: &Page, contract: ContractId, month: Month, faults: &Faults) -> PageResult {
    let seen = page.ask(StatementView { contract, month }).await?;
    let t = paper::texts(&seen.document, page.t.language, page.app.desk.now());
    let path = format!("{}/statements/{month}", path_of(contract));
    let chip = match &seen.approved {
        Some(_) => Chip::toned(t.get("statement-frozen"), Tone::Good),
        None => Chip::toned(t.get("statement-draft"), Tone::Warn),
    };
    let fault = faults.of("month", &t);
    let sheet = Sheet {
        approve: (seen.approved.is_none() && seen.over).then(|| question(&t, &path, &seen)),
        paper: Paper::new(&t, &seen),
        path,
        t: t.clone(),
    };
    Place::Contracts
        .titled(page, &sheet.paper.title)
        .await?
        .back(seen.document.contract.clone(), path_of(contract))
        .chip(chip)
        .maybe(fault.map(|words| Notice::new(words, Tone::Warn)))
        .block(sheet)
        .answer(page, faults)
}

fn question(t: &Texts, path: &str, seen: &StatementSeen) -> ConfirmDialog {
    let approve = ActionButton::post(format!("{path}/approval"), t.get("statement-approve"));
    ConfirmDialog {
        name: "approve".to_owned(),
        opener: t.get("statement-approve"),
        title: t.get("statement-approve-title"),
        words: t.get("statement-approve-words"),
        action: approve.value("hash", &seen.hash).primary(),
        cancel: t.get("app-cancel"),
    }
}

/// `GET .../statements/{month}/{file}`: `statement.pdf` or `statement.csv`, in the language of the
/// contract.
async fn file(
    page: Page,
    Path((contract, month, file)): Path<(ContractId, String, String)>,
) -> PageResult {
    let month = asked(&month)?;
    let seen = page.ask(StatementView { contract, month }).await?;
    let bytes = match file.as_str() {
        "statement.csv" => csv::written(&seen.document).into_bytes(),
        "statement.pdf" => {
            let language = paper::language(&seen.document);
            let t = paper::texts(&seen.document, language, page.app.desk.now());
            let footer = t.arg("statement-made", "time", moment(&t, page.app.desk.now()));
            let drawn = tokio::task::spawn_blocking(move || {
                pdf::drawn(&Paper::new(&t, &seen), &footer, &t)
            });
            let drawn = drawn.await.map_err(|_| PageError(Failure::Internal))?;
            drawn.ok_or(PageError(Failure::Internal))?
        }
        _ => return Err(DeskError::NotFound("file").into()),
    };
    Ok(download::file(
        bytes,
        &format!("{contract}-{month}-{file}"),
        None,
    ))
}

async fn approve(
    page: Page,
    Path((contract, month)): Path<(ContractId, String)>,
    Form(form): Form<Filled>,
) -> PageResult {
    let month = asked(&month)?;
    let approve = ApproveStatement {
        contract,
        month,
        hash: form.text("hash").to_owned(),
    };
    match page.run(approve).await {
        Ok(()) => {
            let path = format!("{}/statements/{month}", path_of(contract));
            Ok(page.lead_to(&path, Some(&Flash::new(key("done-statement-approved")))))
        }
        Err(error) => one(&page, contract, month, &faults_of(error)?).await,
    }
}
