//! The statement of a month: the page, its files, its approval.
//!
//! Owns: those. Must not know: what was kept; the desk counts it.

use super::paper::{self, Paper, statement_on_paper};
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
use axum::extract::{Form, Path, Query};
use candor_desk::DeskError;
use candor_desk::contract::{ApproveStatement, StatementSeen, StatementView, Wanted};
use candor_domain::contract::Month;
use candor_domain::id::ContractId;
use serde::Deserialize;

pub(super) fn routes(book: &mut RouteBook<App>, may: Admission) {
    let month = "/settings/contracts/{contract}/statements/{month}";
    book.get(month, may, show)
        .get(&format!("{month}/{{file}}"), may, file)
        .post(&format!("{month}/approval"), may, approve);
}

/// The statement on a page.
#[derive(Template)]
#[template(path = "page/settings/statement.html")]
pub(super) struct Sheet {
    pub(super) t: Texts,
    pub(super) paper: Paper,
    /// Words and address of each file; a correction that is not approved has none.
    pub(super) files: Vec<(String, String)>,
    /// The statement that holds instead.
    pub(super) newer: Option<(String, String)>,
    pub(super) correct: Option<String>,
    pub(super) approve: Option<ConfirmDialog>,
}

/// Which version of a statement an address names.
#[derive(Default, Deserialize)]
struct Version {
    version: Option<u32>,
}

impl Version {
    fn wanted(&self) -> Wanted {
        self.version.map_or(Wanted::Latest, Wanted::Version)
    }
}

pub(super) fn asked(month: &str) -> Result<Month, PageError> {
    month
        .parse()
        .map_err(|_| PageError(Failure::from(DeskError::NotFound("month"))))
}

pub(super) fn path(contract: ContractId, month: Month) -> String {
    format!("{}/statements/{month}", path_of(contract))
}

async fn show(
    page: Page,
    Path((contract, month)): Path<(ContractId, String)>,
    Query(version): Query<Version>,
) -> PageResult {
    let view = StatementView {
        contract,
        month: asked(&month)?,
        wanted: version.wanted(),
    };
    one(&page, view, &Faults::default()).await
}

async fn one(page: &Page, view: StatementView, faults: &Faults) -> PageResult {
    let seen = page.ask(view).await?;
    let now = page.app.desk.now();
    let t = paper::texts(&seen.document, page.t.language, now);
    let path = path(view.contract, view.month);
    let fault = faults.of("month", &t);
    let holds = seen.approved.is_some() && seen.replaced_by.is_none();
    let sheet = Sheet {
        approve: (seen.approved.is_none() && seen.over).then(|| question(&t, &path, &seen)),
        paper: Paper::new(&t, &seen, now),
        files: files(&t, &path, &seen),
        newer: seen.replaced_by.map(|version| {
            let words = t.arg("statement-replaced", "version", version);
            (words, path.clone())
        }),
        correct: holds.then(|| format!("{path}/correction")),
        t: t.clone(),
    };
    Place::Contracts
        .titled(page, &sheet.paper.title)
        .await?
        .back(seen.document.contract.clone(), path_of(view.contract))
        .chip(chip(&t, &seen))
        .maybe(fault.map(|words| Notice::new(words, Tone::Warn)))
        .block(sheet)
        .answer(page, faults)
}

fn chip(t: &Texts, seen: &StatementSeen) -> Chip {
    match (&seen.approved, seen.replaced_by) {
        (None, _) => Chip::toned(t.get("statement-draft"), Tone::Warn),
        (_, Some(_)) => Chip::toned(t.get("statement-was-corrected"), Tone::Neutral),
        (Some(_), None) => Chip::toned(t.get("statement-frozen"), Tone::Good),
    }
}

/// The files of a statement; those of an approved one name its version, so that they stay what they
/// are.
fn files(t: &Texts, path: &str, seen: &StatementSeen) -> Vec<(String, String)> {
    let version = match seen.approved {
        Some(_) => format!("?version={}", seen.document.number_in_month()),
        None => String::new(),
    };
    let words = [
        ("pdf", t.get("statement-pdf")),
        ("csv", t.get("statement-csv")),
        ("json", "JSON".to_owned()),
    ];
    words
        .map(|(kind, words)| (words, format!("{path}/statement.{kind}{version}")))
        .into()
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

/// `GET .../statements/{month}/{file}`: `statement.pdf` in the language of the contract,
/// `statement.csv` for programs, `statement.json` with the bytes that the hash is over.
async fn file(
    page: Page,
    Path((contract, month, file)): Path<(ContractId, String, String)>,
    Query(version): Query<Version>,
) -> PageResult {
    let month = asked(&month)?;
    let view = StatementView {
        contract,
        month,
        wanted: version.wanted(),
    };
    let seen = page.ask(view).await?;
    let name = match seen.document.number_in_month() {
        1 => format!("{contract}-{month}-{file}"),
        version => format!("{contract}-{month}-{version}-{file}"),
    };
    let bytes = match file.as_str() {
        "statement.csv" => csv::written(&seen).into_bytes(),
        "statement.json" => seen.bytes.into_bytes(),
        "statement.pdf" => {
            let now = page.app.desk.now();
            let language = paper::language(&seen.document);
            let t = paper::texts(&seen.document, language, now);
            let drawn =
                tokio::task::spawn_blocking(move || pdf::drawn(&Paper::frozen(&seen, now), &t));
            let drawn = drawn.await.map_err(|_| PageError(Failure::Internal))?;
            drawn.ok_or(PageError(Failure::Internal))?
        }
        _ => return Err(DeskError::NotFound("file").into()),
    };
    Ok(download::file(bytes, &name, None))
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
        words: statement_on_paper,
    };
    match page.run(approve).await {
        Ok(()) => {
            let flash = Flash::new(key("done-statement-approved"));
            Ok(page.lead_to(&path(contract, month), Some(&flash)))
        }
        Err(error) => {
            one(
                &page,
                StatementView::of(contract, month),
                &faults_of(error)?,
            )
            .await
        }
    }
}
