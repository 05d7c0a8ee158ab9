//! Mail that came in and that nobody could make a message of.
//!
//! Owns: the list with its reasons, the raw mail, trying it again. Must not know: parsing.

use super::Place;
use crate::cookie::Flash;
use crate::download;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::turn::{self, Turn};
use crate::part::{ActionButton, Chip, EmptyState, Row, Rows, Tone};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Path, Query};
use candor_desk::intake::{
    QuarantinedMail, QuarantinedMails, RawMail, ReleaseIncoming, RetryIncoming, reason,
};
use candor_domain::id::IncomingId;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Quarantine.admission();
    book.get("/settings/quarantine", may, index)
        .get("/settings/quarantine/{mail}/raw", may, raw)
        .post("/settings/quarantine/{mail}/trial", may, again)
        .post("/settings/quarantine/{mail}/release", may, release);
}

/// The page of the list.
pub(super) const fn place() -> &'static str {
    Place::Quarantine.path()
}

async fn index(page: Page, Query(turn): Query<Turn<IncomingId>>) -> PageResult {
    let t = &page.t;
    let stretch = turn.stretch();
    let mails = page.ask(QuarantinedMails { stretch }).await?;
    let sheet = Place::Quarantine.sheet(&page).await?;
    let sheet = if mails.rows.is_empty() {
        sheet.block(EmptyState::new(
            t.get("quarantine-none"),
            t.get("quarantine-none-words"),
        ))
    } else {
        let rows = mails.rows.iter().map(|mail| row(t, mail)).collect();
        sheet
            .intro(t.get("quarantine-intro"))
            .block(Rows::new("", rows, ""))
    };
    let words = (key("app-newer"), key("app-older"));
    let pager = turn::pager(t, &mails, words, |side, mail| {
        format!("{}?{side}={mail}", Place::Quarantine.path())
    });
    sheet.maybe(pager).answer(&page, &Faults::default())
}

fn row(t: &Texts, mail: &QuarantinedMail) -> Row {
    let path = format!("/settings/quarantine/{}", mail.id);
    let from = if mail.mail_from.is_empty() {
        t.get("quarantine-no-sender")
    } else {
        mail.mail_from.clone()
    };
    let kilobytes = t.number(mail.size / 1024 + 1);
    let row = Row::new(from)
        .below(t.args(
            "quarantine-line",
            &[
                ("when", &t.moment(mail.received_at)),
                ("to", &mail.recipients.join(", ")),
                ("size", &kilobytes),
            ],
        ))
        .below(mail.detail.clone())
        .chip(Chip::toned(reason_words(t, &mail.reason), Tone::Warn))
        .go(format!("{path}/raw"), t.get("mail-raw"))
        .act(ActionButton::post(
            format!("{path}/trial"),
            t.get("mails-again"),
        ));
    if reason::is_of_staff(&mail.reason) {
        return row;
    }
    row.act(ActionButton::post(
        format!("{path}/release"),
        t.get("quarantine-release"),
    ))
}

/// Why a mail was put aside.
pub(super) fn reason_words(t: &Texts, word: &str) -> String {
    match word {
        reason::NO_MAILBOX => t.get("quarantine-no-mailbox"),
        reason::NO_SENDER => t.get("quarantine-sender-unknown"),
        reason::TOO_LARGE => t.get("quarantine-too-large"),
        reason::OWN_MAIL => t.get("quarantine-own-mail"),
        reason::TOO_MANY_HOPS => t.get("quarantine-hops"),
        reason::STAFF_UNVERIFIED => t.get("quarantine-staff-unverified"),
        reason::STAFF_OTHER => t.get("quarantine-staff-other"),
        reason::STAFF_LEFT => t.get("quarantine-staff-left"),
        reason::STAFF_MAY_NOT => t.get("quarantine-staff-may-not"),
        reason::STAFF_EMPTY => t.get("quarantine-staff-empty"),
        reason::STAFF_LIST => t.get("quarantine-staff-list"),
        reason::STAFF_REPEATS => t.get("quarantine-staff-repeats"),
        reason::STAFF_BUSY => t.get("quarantine-staff-busy"),
        reason::UNREADABLE => t.get("quarantine-unreadable"),
        other => other.to_owned(),
    }
}

async fn raw(page: Page, Path(incoming): Path<IncomingId>) -> PageResult {
    let bytes = RawMail { incoming }
        .bytes(&page.app.desk, &page.actor)
        .await?;
    Ok(download::file(
        bytes,
        &format!("incoming-{incoming}.eml"),
        None,
    ))
}

async fn again(page: Page, Path(incoming): Path<IncomingId>) -> PageResult {
    page.run(RetryIncoming { incoming }).await?;
    Ok(page.lead_to(
        Place::Quarantine.path(),
        Some(&Flash::new(key("done-tried-again"))),
    ))
}

/// A person looked at it and lets it in whatever speaks against it.
async fn release(page: Page, Path(incoming): Path<IncomingId>) -> PageResult {
    page.run(ReleaseIncoming { incoming }).await?;
    Ok(page.lead_to(
        Place::Quarantine.path(),
        Some(&Flash::new(key("done-let-in"))),
    ))
}
