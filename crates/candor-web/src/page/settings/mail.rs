//! Mail that stayed here: nobody took it, or there is no mail server.
//!
//! Owns: the two lists, reading one mail, trying it again. Secret mails stand in neither. Must not
//! know: SMTP.

use super::Place;
use crate::cookie::Flash;
use crate::download;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::part::{ActionButton, Facts, Pager, Row, Rows, Verbatim};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Path, Query};
use candor_desk::outbox::{
    FailedMails, KeptMails, MailBytes, MailState, ReadableMail, RetryOutgoing,
};
use candor_domain::id::OutboxId;
use serde::Deserialize;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Mails.admission();
    book.get("/settings/mails", may, index)
        .get("/settings/mails/{mail}", may, show)
        .get("/settings/mails/{mail}/raw", may, raw)
        .post("/settings/mails/{mail}/trial", may, again);
}

/// Where the list of kept mails goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct From {
    before: Option<OutboxId>,
}

async fn index(page: Page, Query(from): Query<From>) -> PageResult {
    let t = &page.t;
    let failed = page.ask(FailedMails { before: None }).await?;
    let kept = page
        .ask(KeptMails {
            before: from.before,
        })
        .await?;
    let older = (kept.len() == 50)
        .then(|| kept.last().map(|mail| mail.id))
        .flatten();
    let pager = older.map(|last| Pager {
        label: t.get("app-pages"),
        newer: None,
        older: Some((t.get("app-older"), format!("/settings/mails?before={last}"))),
    });
    let rows = |mails: &[MailState]| mails.iter().map(|mail| row(t, mail)).collect();
    Place::Mails
        .sheet(&page)
        .await?
        .intro(t.get("mails-intro"))
        .block(Rows::new(
            t.get("mails-failed"),
            rows(&failed),
            t.get("mails-failed-none"),
        ))
        .block(Rows::new(
            t.get("mails-kept"),
            rows(&kept),
            t.get("mails-kept-none"),
        ))
        .maybe(pager)
        .answer(&page, &Faults::default())
}

fn row(t: &Texts, mail: &MailState) -> Row {
    let path = format!("/settings/mails/{}", mail.id);
    Row::new(mail.recipients.join(", "))
        .leads_to(&path)
        .below(t.moment(mail.queued_at))
        .below(mail.explanation.clone())
        .act(ActionButton::post(
            format!("{path}/trial"),
            t.get("mails-again"),
        ))
}

async fn show(page: Page, Path(mail): Path<OutboxId>) -> PageResult {
    let t = &page.t;
    let read = ReadableMail::of(&page.app.desk, &page.actor, mail).await?;
    let mut facts = vec![
        (t.get("mail-from"), read.from),
        (t.get("mail-to"), read.to.join(", ")),
    ];
    if !read.files.is_empty() {
        facts.push((t.get("mail-files"), read.files.join(", ")));
    }
    let path = format!("/settings/mails/{mail}");
    let row = Row::new(t.get("mail-raw-row"))
        .go(format!("{path}/raw"), t.get("mail-raw"))
        .act(ActionButton::post(
            format!("{path}/trial"),
            t.get("mails-again"),
        ));
    Place::Mails
        .titled(&page, &read.subject)
        .await?
        .back(t.get("place-mails"), Place::Mails.path())
        .block(Facts {
            title: String::new(),
            words: String::new(),
            facts,
        })
        .block(Verbatim {
            title: String::new(),
            words: String::new(),
            text: read.text,
            secret: false,
        })
        .block(Rows::new("", vec![row], ""))
        .answer(&page, &Faults::default())
}

async fn raw(page: Page, Path(mail): Path<OutboxId>) -> PageResult {
    let bytes = MailBytes { mail }
        .bytes(&page.app.desk, &page.actor)
        .await?;
    Ok(download::file(bytes, &format!("mail-{mail}.eml"), None))
}

async fn again(page: Page, Path(mail): Path<OutboxId>) -> PageResult {
    page.run(RetryOutgoing { mail }).await?;
    Ok(page.lead_to(
        Place::Mails.path(),
        Some(&Flash::new(key("done-tried-again"))),
    ))
}
