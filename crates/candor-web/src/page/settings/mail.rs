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
use crate::page::mail_fault::fault_words;
use crate::page::ticket::told;
use crate::page::turn::{self, Turn};
use crate::part::{ActionButton, Facts, Pager, Row, Rows, Verbatim};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Path, Query};
use candor_desk::Paged;
use candor_desk::outbox::{
    FailedMails, KeptMails, MailBytes, MailState, ReadableMail, RetryOutgoing, ReturnedMails,
};
use candor_desk::ticket::Delivery;
use candor_domain::id::{OutboxId, TicketId};
use serde::Deserialize;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Mails.admission();
    book.get("/settings/mails", may, index)
        .get("/settings/mails/{mail}", may, show)
        .get("/settings/mails/{mail}/raw", may, raw)
        .post("/settings/mails/{mail}/trial", may, again);
}

/// Which page of which list: turning one shows the other from its top.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Turns {
    failed: bool,
    after: Option<OutboxId>,
    before: Option<OutboxId>,
}

async fn index(page: Page, Query(turns): Query<Turns>) -> PageResult {
    let t = &page.t;
    let turn = Turn {
        after: turns.after,
        before: turns.before,
    };
    let (of_failed, of_kept) = if turns.failed {
        (turn, Turn::default())
    } else {
        (Turn::default(), turn)
    };
    let stretch = of_failed.stretch();
    let failed = page.ask(FailedMails { stretch }).await?;
    let stretch = of_kept.stretch();
    let kept = page.ask(KeptMails { stretch }).await?;
    let returned = page.ask(ReturnedMails).await?;
    let rows = |mails: &[MailState]| mails.iter().map(|mail| row(t, mail)).collect();
    Place::Mails
        .sheet(&page)
        .await?
        .intro(t.get("mails-intro"))
        .block(Rows::new(
            t.get("mails-failed"),
            rows(&failed.rows),
            t.get("mails-failed-none"),
        ))
        .maybe(pager(t, &failed, true))
        .block(Rows::new(
            t.get("mails-told"),
            returned.iter().map(|one| returned_row(t, one)).collect(),
            t.get("mails-told-none"),
        ))
        .block(Rows::new(
            t.get("mails-kept"),
            rows(&kept.rows),
            t.get("mails-kept-none"),
        ))
        .maybe(pager(t, &kept, false))
        .answer(&page, &Faults::default())
}

fn pager(t: &Texts, mails: &Paged<MailState, OutboxId>, failed: bool) -> Option<Pager> {
    let words = (key("app-newer"), key("app-older"));
    let pager = turn::pager(t, mails, words, |side, mail| {
        format!("{}?failed={failed}&{side}={mail}", Place::Mails.path())
    })?;
    let list = if failed {
        key("mails-failed")
    } else {
        key("mails-kept")
    };
    let label = t.arg("app-pages-of", "list", t.get(list));
    Some(Pager { label, ..pager })
}

fn returned_row(t: &Texts, (one, ticket): &(Delivery, TicketId)) -> Row {
    let (words, _) = told(t, one);
    let href = format!("/tickets/{ticket}#message-{}", one.message);
    Row::new(words)
        .below(t.moment(one.at))
        .below(one.diagnostic.clone())
        .go(href, t.get("mails-told-ticket"))
}

fn row(t: &Texts, mail: &MailState) -> Row {
    let path = format!("/settings/mails/{}", mail.id);
    Row::new(mail.recipients.join(", "))
        .leads_to(&path)
        .below(t.moment(mail.queued_at))
        .below(
            mail.fault
                .as_ref()
                .map_or_else(String::new, |fault| fault_words(t, fault)),
        )
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
