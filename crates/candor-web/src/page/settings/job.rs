//! Jobs that gave up.
//!
//! Owns: the list, starting one afresh, dropping one. Must not know: what a job does.

use super::{Place, question};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::turn::{self, Turn};
use crate::part::{ActionButton, EmptyState, Row, Rows};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Path, Query};
use candor_desk::worker::{DropJob, GivenUpJob, JobsThatGaveUp, ReviveJob};
use candor_domain::id::JobId;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Jobs.admission();
    book.get("/settings/jobs", may, index)
        .post("/settings/jobs/{job}/trial", may, revive)
        .delete("/settings/jobs/{job}", may, remove);
}

async fn index(page: Page, Query(turn): Query<Turn<JobId>>) -> PageResult {
    let t = &page.t;
    let stretch = turn.stretch();
    let jobs = page.ask(JobsThatGaveUp { stretch }).await?;
    let sheet = Place::Jobs.sheet(&page).await?;
    let sheet = if jobs.rows.is_empty() {
        sheet.block(EmptyState::new(
            t.get("jobs-none"),
            t.get("jobs-none-words"),
        ))
    } else {
        let rows = jobs.rows.iter().map(|job| row(t, job)).collect();
        sheet
            .intro(t.get("jobs-intro"))
            .block(Rows::new("", rows, ""))
    };
    let words = (key("app-newer"), key("app-older"));
    let pager = turn::pager(t, &jobs, words, |side, job| {
        format!("{}?{side}={job}", Place::Jobs.path())
    });
    sheet.maybe(pager).answer(&page, &Faults::default())
}

fn row(t: &Texts, job: &GivenUpJob) -> Row {
    let path = format!("/settings/jobs/{}", job.id);
    let name = match job.kind.as_str() {
        "intake" => t.get("job-intake"),
        "send" => t.get("job-send"),
        "release" => t.get("job-release"),
        other => other.to_owned(),
    };
    let step = (
        ActionButton::delete(&path, t.get("job-drop")),
        t.get("job-drop"),
    );
    let words = (t.get("job-drop-title"), t.get("job-drop-words"));
    Row::new(name)
        .below(job.reason.clone())
        .below(t.arg("job-attempts", "count", job.attempts))
        .act(ActionButton::post(
            format!("{path}/trial"),
            t.get("mails-again"),
        ))
        .ask(question(t, format!("job-{}", job.id), words, step))
}

async fn revive(page: Page, Path(job): Path<JobId>) -> PageResult {
    page.run(ReviveJob { job }).await?;
    Ok(page.lead_to(
        Place::Jobs.path(),
        Some(&Flash::new(key("done-tried-again"))),
    ))
}

async fn remove(page: Page, Path(job): Path<JobId>) -> PageResult {
    page.run(DropJob { job }).await?;
    Ok(page.lead_to(Place::Jobs.path(), Some(&Flash::new(key("done-removed")))))
}
