//! How customers left: the figures, and the list of those who left more upset.
//!
//! Owns: the page and its form. Must not know: thresholds and intervals. It speaks of customers and
//! never of anybody of the team.

mod asked;
mod chart;
mod figures;
mod upset;

use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::{Failure, Faults};
use crate::i18n::key;
use crate::layout::Section;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::sheet::Sheet;
use crate::route::{Admission, RouteBook};
use crate::state::App;
use asked::{Asked, Choices};
use axum::extract::{Form, Path, Query};
use candor_desk::rating::{ReviewUpset, UpsetList};
use candor_domain::id::TicketId;
use candor_domain::permission::Permission;
use figures::Shown;
use upset::Upset;

/// Writes the reports into the book.
pub fn routes(book: &mut RouteBook<App>) {
    let read = Admission::Permission(Permission::ReadTickets);
    let change = Admission::Permission(Permission::Change);
    book.get("/reports", read, show)
        .post("/reports/upset/{ticket}", change, review);
}

/// `GET /reports`
async fn show(cx: Page, Query(asked): Query<Asked>) -> PageResult {
    let report = cx.ask(asked.report()).await?;
    let list = cx.ask(asked.list()).await?;
    let t = &cx.t;
    let choices = Choices::new(t, &asked, &report.level_names);
    Sheet::new(&cx, Section::Reports, &t.get("report-title"))
        .await?
        .intro(t.get("report-intro"))
        .block(Shown::new(t, &report, choices))
        .block(Upset::new(&cx, &asked, &list))
        .answer(&cx, &Faults::default())
}

/// `POST /reports/upset/{ticket}`
async fn review(cx: Page, Path(ticket): Path<TicketId>, Form(form): Form<Filled>) -> PageResult {
    let due = form.text("due").trim();
    let review = ReviewUpset {
        ticket,
        action: form.text("action").to_owned(),
        owner: form.value("owner"),
        due: match due {
            "" => None,
            due => Some(due.parse().map_err(|_| Failure::Unreadable)?),
        },
        done: form.text("done") == "true",
    };
    let back = format!("/reports?{}#upset", Asked::of_form(&form).query());
    match cx.run(review).await {
        Ok(()) => Ok(cx.lead_to(&back, Some(&Flash::new(key("done-saved"))))),
        Err(error) => {
            let faults = faults_of(error)?;
            let list = cx.ask(UpsetList::default()).await?;
            let asked = Asked::default();
            Sheet::new(&cx, Section::Reports, &cx.t.get("report-title"))
                .await?
                .block(Upset::new(&cx, &asked, &list).refused(ticket, &faults))
                .answer(&cx, &faults)
        }
    }
}
