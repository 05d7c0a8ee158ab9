//! Who hears when no mail comes, and the alarm itself.
//!
//! Owns: the form of a mailbox, and the notice on the pages of those who look after mailboxes. Must
//! not know: when mail is too little.

use super::Place;
use super::mailbox::{found, path_of};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{ActionButton, Field, FormCard, Notice, Row, Rows, Tone};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::DeskError;
use candor_desk::mail_watch::{
    AcceptSilence, ChangeWatchSettings, FlowUsual, FlowView, MailAlarm, MailAlarms, MailFlow,
    Silence, WatchSettings, WatchSettingsOf,
};
use candor_domain::id::MailboxId;
use candor_domain::permission::Permission;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Mailboxes.admission();
    book.get("/settings/mailboxes/{mailbox}/watch", may, show)
        .post("/settings/mailboxes/{mailbox}/watch", may, change)
        .post("/settings/mailboxes/{mailbox}/watch/accepted", may, accept)
        .delete(
            "/settings/mailboxes/{mailbox}/watch/accepted",
            may,
            watch_again,
        );
}

/// The page on which a mailbox is watched.
pub(super) fn place_of(mailbox: MailboxId) -> String {
    format!("{}/watch", path_of(mailbox))
}

/// What those who look after mailboxes are told, on whichever page, while no mail comes.
pub(super) async fn alert(page: &Page) -> Result<Option<Notice>, DeskError> {
    if !page.may(Permission::ManageMailboxes) {
        return Ok(None);
    }
    let alarms = page.ask(MailAlarms).await?;
    let words: Vec<String> = alarms.iter().map(|alarm| words(&page.t, alarm)).collect();
    Ok((!words.is_empty()).then(|| Notice::new(words.join(" "), Tone::Bad)))
}

fn words(t: &Texts, alarm: &MailAlarm) -> String {
    let since = t.moment(alarm.since);
    if alarm.fetch_fails {
        let values: [(&str, &dyn crate::i18n::Argument); 2] =
            [("address", &alarm.address), ("since", &since)];
        return t.args("watch-unread", &values);
    }
    t.args(
        "watch-silent",
        &[
            ("address", &alarm.address),
            ("since", &since),
            ("usual", &alarm.usual),
        ],
    )
}

async fn show(page: Page, Path(mailbox): Path<MailboxId>) -> PageResult {
    let settings = page.ask(WatchSettingsOf { mailbox }).await?;
    shown(&page, mailbox, &settings, &Faults::default()).await
}

async fn shown(
    page: &Page,
    id: MailboxId,
    settings: &WatchSettings,
    faults: &Faults,
) -> PageResult {
    let t = &page.t;
    let mailbox = found(page, id).await?;
    let flow = page.ask(MailFlow { mailbox: id }).await?;
    let card = FormCard::new(place_of(id), t.get("app-save"))
        .title(t.get("watch-who"))
        .field(
            Field::area("addresses", t.get("watch-addresses"), 3)
                .value(settings.addresses.join("\n"))
                .hint(t.get("watch-addresses-hint"))
                .faults(faults, t),
        )
        .field(
            Field::text("hook", t.get("watch-hook"))
                .value(&settings.hook)
                .hint(t.get("watch-hook-hint"))
                .faults(faults, t),
        );
    let mut rows = vec![usual_row(t, &flow)];
    rows.extend(silence_row(t, id, &flow));
    Place::Mailboxes
        .titled(page, &t.get("watch-title"))
        .await?
        .back(&mailbox.name, path_of(id))
        .intro(t.get("watch-intro"))
        .block(Rows::new("", rows, ""))
        .block(card)
        .answer(page, faults)
}

/// What is usual, or why nobody can say.
fn usual_row(t: &Texts, flow: &FlowView) -> Row {
    let row = match flow.usual {
        FlowUsual::NotYet => Row::new(t.get("watch-not-yet")).below(t.get("watch-not-yet-words")),
        FlowUsual::TooLittle(mails) => {
            Row::new(t.arg("watch-a-week", "count", mails)).below(t.get("watch-too-little"))
        }
        FlowUsual::Known(mails) => {
            Row::new(t.arg("watch-a-week", "count", mails)).below(t.get("watch-false-alarms"))
        }
    };
    match flow.last_at {
        Some(at) => row.below(t.arg("watch-last", "when", t.relative(at))),
        None => row,
    }
}

/// The alarm that stands, with the way to put it away; or when somebody did, with the way back.
fn silence_row(t: &Texts, mailbox: MailboxId, flow: &FlowView) -> Option<Row> {
    let path = format!("{}/accepted", place_of(mailbox));
    match flow.silence {
        Silence::None => None,
        Silence::Told => Some(
            Row::new(t.get("watch-is-silent"))
                .below(t.get("watch-accept-words"))
                .act(ActionButton::post(path, t.get("watch-accept"))),
        ),
        Silence::Accepted(at) => Some(
            Row::new(t.arg("watch-accepted", "when", t.moment(at)))
                .below(t.get("watch-accepted-words"))
                .act(ActionButton::delete(&path, t.get("watch-again")).quiet()),
        ),
    }
}

async fn accept(page: Page, Path(mailbox): Path<MailboxId>) -> PageResult {
    put_away(&page, mailbox, true).await
}

async fn watch_again(page: Page, Path(mailbox): Path<MailboxId>) -> PageResult {
    put_away(&page, mailbox, false).await
}

async fn put_away(page: &Page, mailbox: MailboxId, accepted: bool) -> PageResult {
    page.run(AcceptSilence { mailbox, accepted }).await?;
    Ok(page.lead_to(&place_of(mailbox), None))
}

async fn change(
    page: Page,
    Path(mailbox): Path<MailboxId>,
    Form(form): Form<Filled>,
) -> PageResult {
    let lines = form.text("addresses").split([',', '\n']).map(str::trim);
    let settings = WatchSettings {
        addresses: lines
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
        hook: form.text("hook").to_owned(),
    };
    let change = ChangeWatchSettings {
        mailbox,
        settings: settings.clone(),
    };
    match page.run(change).await {
        Ok(()) => Ok(page.lead_to(&path_of(mailbox), Some(&Flash::new(key("done-saved"))))),
        Err(error) => shown(&page, mailbox, &settings, &faults_of(error)?).await,
    }
}
