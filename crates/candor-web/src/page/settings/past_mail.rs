//! Mail from before the desk, in the settings of a mailbox.
//!
//! Owns: asking how far back, the counts with "bring them in" and "leave them", and progress.
//! Must not know: IMAP, what becomes of a mail.

use super::Place;
use super::fetching::{self, failure_words};
use super::mailbox::{found, path_of};
use crate::cookie::Flash;
use crate::error::{PageError, PageResult, render};
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{ActionButton, Choice, EmptyState, Field, FormCard, Row, Rows};
use crate::route::RouteBook;
use crate::state::App;
use askama::Template;
use axum::extract::{Form, Path};
use candor_desk::fetch::Fetching;
use candor_desk::past_mail::{
    BringPastIn, LeavePast, LookAtPast, MONTHS, PastMail, PastOf, PastState, StopPast,
};
use candor_domain::id::MailboxId;
use jiff::civil::Date;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Mailboxes.admission();
    book.get("/settings/mailboxes/{mailbox}/past", may, show)
        .post("/settings/mailboxes/{mailbox}/past", may, count)
        .delete("/settings/mailboxes/{mailbox}/past", may, leave)
        .post("/settings/mailboxes/{mailbox}/past/run", may, bring)
        .delete("/settings/mailboxes/{mailbox}/past/run", may, stop);
}

/// The page about the past of a mailbox.
pub(super) fn place_of(mailbox: MailboxId) -> String {
    format!("{}/past", path_of(mailbox))
}

/// Where it stands, with what can be done. It fetches itself anew while something happens.
#[derive(Template)]
#[template(path = "page/settings/past_mail.html")]
struct Panel {
    path: String,
    is_live: bool,
    title: String,
    lines: Vec<String>,
    /// Mails that are settled, of how many, and the same in words.
    progress: Option<(i64, i64, String)>,
    buttons: Vec<ActionButton>,
}

impl Panel {
    fn of(t: &Texts, past: &PastMail) -> Self {
        let path = place_of(past.mailbox);
        let run = format!("{path}/run");
        let (done, all) = (past.came.mails(), past.found.mails);
        let mut lines = Vec::new();
        if !past.failure.is_empty() {
            lines.push(failure_words(t, &past.failure, &past.failure_detail));
        }
        let mut buttons = Vec::new();
        let title = match past.state {
            PastState::Counting => {
                lines.push(t.arg("past-counted-so-far", "count", all));
                t.get("past-counting")
            }
            PastState::Counted => {
                lines.extend(found_lines(t, past));
                lines.push(t.get("past-what-happens"));
                if all > 0 {
                    let bring = ActionButton::post(&run, t.get("past-bring"));
                    buttons.push(bring.primary());
                }
                found_words(t, past)
            }
            PastState::Running => {
                buttons.push(ActionButton::delete(&run, t.get("past-stop")));
                t.get("past-running")
            }
            PastState::Stopped if !past.is_counted() => {
                let go_on = ActionButton::post(&run, t.get("past-count-again"));
                buttons.push(go_on.primary());
                t.get("past-count-stopped")
            }
            PastState::Stopped => {
                let go_on = ActionButton::post(&run, t.get("past-go-on"));
                buttons.push(go_on.primary());
                t.get("past-stopped")
            }
            PastState::Done => {
                lines.extend(came_lines(t, past));
                t.get("past-done")
            }
        };
        let leave = match past.state {
            PastState::Running => None,
            PastState::Counting => Some(t.get("app-cancel")),
            PastState::Stopped if !past.is_counted() => Some(t.get("app-cancel")),
            PastState::Counted => Some(t.get("past-leave")),
            PastState::Stopped => Some(t.get("past-leave-rest")),
            PastState::Done => Some(t.get("past-forget")),
        };
        buttons.extend(leave.map(|words| ActionButton::delete(&path, words)));
        let moves =
            matches!(past.state, PastState::Running | PastState::Stopped) && past.is_counted();
        Self {
            is_live: matches!(past.state, PastState::Counting | PastState::Running),
            progress: moves.then(|| {
                let words = t.args("past-progress", &[("done", &done), ("all", &all)]);
                (done, all.max(1), words)
            }),
            title,
            lines,
            buttons,
            path,
        }
    }
}

/// "12,480 mails, 4,100 conversations, 23 unreadable".
fn found_words(t: &Texts, past: &PastMail) -> String {
    let found = &past.found;
    if found.mails == 0 {
        return t.get("past-nothing");
    }
    let words = [
        t.arg("past-mails", "count", found.mails),
        t.arg("past-conversations", "count", found.conversations),
        t.arg("past-unreadable", "count", found.unreadable),
    ];
    words.join(", ")
}

fn found_lines(t: &Texts, past: &PastMail) -> Vec<String> {
    let day = |text: &str| {
        let day = text.parse::<Date>();
        day.map_or_else(|_| text.to_owned(), |date| t.day(date))
    };
    let mut lines = vec![t.args(
        "past-since",
        &[
            ("day", &day(&past.since)),
            ("sent", &past.with_sent.to_string()),
        ],
    )];
    lines.push(if past.until.0.is_empty() {
        t.get("past-all-is-fetched")
    } else {
        t.arg("past-until", "day", day(&past.until.0))
    });
    if past.found.known > 0 {
        lines.push(t.arg("past-known", "count", past.found.known));
    }
    if past.found.too_large > 0 {
        lines.push(t.arg("past-too-large", "count", past.found.too_large));
    }
    if past.found.unreadable > 0 {
        lines.push(t.get("past-unreadable-words"));
    }
    lines
}

fn came_lines(t: &Texts, past: &PastMail) -> Vec<String> {
    let came = &past.came;
    let mut lines = vec![t.args(
        "past-brought",
        &[("mails", &came.brought), ("tickets", &came.tickets)],
    )];
    for (id, count) in [
        (key("past-known"), came.known),
        (key("past-set-aside"), came.set_aside),
        (key("past-left-out"), came.left_out + past.found.too_large),
    ] {
        if count > 0 {
            lines.push(t.arg(id, "count", count));
        }
    }
    lines
}

/// `GET /settings/mailboxes/{mailbox}/past`: the page, or for htmx the panel alone.
async fn show(page: Page, Path(id): Path<MailboxId>) -> PageResult {
    if page.is_part
        && let Some(past) = page.ask(PastOf { mailbox: id }).await?
    {
        return render(&Panel::of(&page.t, &past));
    }
    let fresh = Filled::with(&[("months", "12".to_owned()), ("sent", "true".to_owned())]);
    sheet(&page, id, &fresh, &Faults::default()).await
}

async fn sheet(page: &Page, id: MailboxId, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let mailbox = found(page, id).await?;
    let past = page.ask(PastOf { mailbox: id }).await?;
    let has_account = page.ask(Fetching { mailbox: id }).await?.is_some();
    let may_count = past
        .as_ref()
        .is_none_or(|past| past.state == PastState::Done);
    let sheet = Place::Mailboxes
        .titled(page, &t.get("past-title"))
        .await?
        .back(&mailbox.name, path_of(id))
        .intro(t.arg("past-intro", "address", mailbox.address.as_str()));
    if !has_account {
        let first = EmptyState::new(t.get("past-no-account"), t.get("past-no-account-words"));
        let go = Row::new(t.get("fetching-title")).leads_to(fetching::place_of(id));
        return sheet
            .block(first)
            .block(Rows::new("", vec![go], ""))
            .answer(page, faults);
    }
    sheet
        .maybe(past.as_ref().map(|past| Panel::of(t, past)))
        .maybe(may_count.then(|| card(t, id, form, faults)))
        .answer(page, faults)
}

fn card(t: &Texts, mailbox: MailboxId, form: &Filled, faults: &Faults) -> FormCard {
    let months = MONTHS.iter().map(|months| {
        let words = if months % 12 == 0 {
            t.arg("past-years", "count", months / 12)
        } else {
            t.arg("past-months", "count", *months)
        };
        Choice::new(months.to_string(), words)
    });
    FormCard::new(place_of(mailbox), t.get("past-count"))
        .title(t.get("past-count-title"))
        .words(t.get("past-count-words"))
        .field(
            Field::choice("months", t.get("past-how-far"), months.collect())
                .value(form.text("months"))
                .faults(faults, t),
        )
        .field(Field::tick(
            "sent",
            t.get("past-with-sent"),
            form.text("sent") == "true",
        ))
}

async fn count(page: Page, Path(mailbox): Path<MailboxId>, Form(form): Form<Filled>) -> PageResult {
    let look = LookAtPast {
        mailbox,
        months: form.number("months"),
        with_sent: form.text("sent") == "true",
    };
    match page.run(look).await {
        Ok(()) => Ok(page.lead_to(&place_of(mailbox), None)),
        Err(error) => sheet(&page, mailbox, &form, &faults_of(error)?).await,
    }
}

async fn bring(page: Page, Path(mailbox): Path<MailboxId>) -> PageResult {
    page.run(BringPastIn { mailbox }).await?;
    Ok(page.lead_to(&place_of(mailbox), None))
}

async fn stop(page: Page, Path(mailbox): Path<MailboxId>) -> PageResult {
    page.run(StopPast { mailbox }).await?;
    Ok(page.lead_to(&place_of(mailbox), None))
}

async fn leave(
    page: Page,
    Path(mailbox): Path<MailboxId>,
) -> Result<axum::response::Response, PageError> {
    page.run(LeavePast { mailbox }).await?;
    let told = Flash::new(key("done-past-left"));
    Ok(page.lead_to(&path_of(mailbox), Some(&told)))
}
