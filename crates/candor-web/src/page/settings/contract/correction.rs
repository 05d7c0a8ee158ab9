//! Correcting an approved statement: the page that shows what it would become, and its approval.
//!
//! Owns: those. Must not know: what changed; the desk counts it.

use super::paper::{self, Paper, statement_on_paper};
use super::statement::{Sheet, asked, path};
use super::{Place, month_name};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{Chip, Field, FormCard, Notice, Tone};
use crate::route::{Admission, RouteBook};
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::contract::{CorrectStatement, StatementSeen, StatementView, Wanted};
use candor_domain::contract::Month;
use candor_domain::id::ContractId;

pub(super) fn routes(book: &mut RouteBook<App>, may: Admission) {
    let path = "/settings/contracts/{contract}/statements/{month}/correction";
    book.get(path, may, show).post(path, may, correct);
}

async fn show(page: Page, Path((contract, month)): Path<(ContractId, String)>) -> PageResult {
    let about = (contract, asked(&month)?);
    one(&page, about, (&Filled::default(), &Faults::default())).await
}

async fn one(
    page: &Page,
    (contract, month): (ContractId, Month),
    (form, faults): (&Filled, &Faults),
) -> PageResult {
    let view = StatementView {
        contract,
        month,
        wanted: Wanted::Correction,
    };
    let seen = page.ask(view).await?;
    let now = page.app.desk.now();
    let t = paper::texts(&seen.document, page.t.language, now);
    let path = path(contract, month);
    let title = t.arg("statement-correct-title", "month", month_name(&t, month));
    let fault = faults.of("month", &t);
    let same = seen.unchanged && fault.is_none();
    let same = same.then(|| Notice::new(t.get("statement-correct-same"), Tone::Neutral));
    let sheet = Sheet {
        paper: Paper::new(&t, &seen, now),
        files: Vec::new(),
        newer: None,
        correct: None,
        approve: None,
        t: t.clone(),
    };
    Place::Contracts
        .titled(page, &title)
        .await?
        .back(sheet.paper.title.clone(), path.clone())
        .chip(Chip::toned(t.get("statement-draft"), Tone::Warn))
        .maybe(fault.map(|words| Notice::new(words, Tone::Warn)))
        .maybe(same)
        .maybe((!seen.unchanged).then(|| card(&t, (&path, &seen), (form, faults))))
        .block(sheet)
        .answer(page, faults)
}

fn card(
    t: &Texts,
    (path, seen): (&str, &StatementSeen),
    (form, faults): (&Filled, &Faults),
) -> FormCard {
    let reason = Field::area("reason", t.get("statement-correct-reason"), 2);
    FormCard::new(
        format!("{path}/correction"),
        t.get("statement-correct-approve"),
    )
    .title(t.get("statement-correct"))
    .words(t.get("statement-correct-words"))
    .hidden("hash", &seen.hash)
    .field(
        reason
            .value(form.text("reason"))
            .hint(t.get("statement-correct-reason-hint"))
            .max_length(500)
            .required()
            .faults(faults, t),
    )
    .beside(t.get("app-cancel"), path)
}

async fn correct(
    page: Page,
    Path((contract, month)): Path<(ContractId, String)>,
    Form(form): Form<Filled>,
) -> PageResult {
    let month = asked(&month)?;
    let correct = CorrectStatement {
        contract,
        month,
        hash: form.text("hash").to_owned(),
        reason: form.text("reason").to_owned(),
        words: statement_on_paper,
    };
    match page.run(correct).await {
        Ok(()) => {
            let flash = Flash::new(key("done-statement-corrected"));
            Ok(page.lead_to(&path(contract, month), Some(&flash)))
        }
        Err(error) => one(&page, (contract, month), (&form, &faults_of(error)?)).await,
    }
}
