//! The account through which a mailbox sends, and a trial of both its ways.
//!
//! Owns: the form, and the words for how a trial ended. Must not know: SMTP, IMAP.

mod round_trip;
mod words;

use super::Place;
use super::mailbox::{found, path_of};
use super::provider_account::AccountForm;
use super::sign_in;
use crate::cookie::Flash;
use crate::error::{PageError, PageResult};
use crate::failure::{Faults, FieldFault};
use crate::i18n::key;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::mail_fault::fault_words;
use crate::part::{ActionButton, Notice, Row, Rows, Tone};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path, Query};
use candor_desk::outbox::{RelayTls, SendLimits, Trial};
use candor_desk::provider_account::AccountLoginField;
use candor_desk::send_account::{
    BothWays, RoundTripOf, SendAccount, SendAccountFields, SendAccountOf, SetSendAccount,
    StopSendAccount, check_account, try_both_ways,
};
use candor_desk::sign_in::SignInStateOf;
use candor_domain::id::MailboxId;
use candor_domain::mailbox::Mailbox;
use serde::Deserialize;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Mailboxes.admission();
    book.get("/settings/mailboxes/{mailbox}/sending", may, show)
        .post("/settings/mailboxes/{mailbox}/sending", may, change)
        .delete("/settings/mailboxes/{mailbox}/sending", may, stop)
        .post("/settings/mailboxes/{mailbox}/trial", may, trial);
}

/// The page of the way out of a mailbox.
pub(super) fn place_of(mailbox: MailboxId) -> String {
    format!("{}/sending", path_of(mailbox))
}

/// The same page for a mailbox that was just signed in at its provider.
pub(super) fn place_with_sign_in(mailbox: MailboxId) -> String {
    format!("{}?login=sign_in", place_of(mailbox))
}

/// The button that tries both ways of a mailbox.
pub(super) fn trial_row(page: &Page, mailbox: MailboxId) -> Row {
    let t = &page.t;
    let address = page.visit.person.email.as_str();
    Row::new(t.get("both-ways"))
        .below(t.arg("both-ways-words", "address", address))
        .act(ActionButton::post(
            format!("{}/trial", path_of(mailbox)),
            t.get("both-ways-try"),
        ))
}

#[derive(Deserialize)]
struct Asked {
    login: Option<String>,
}

async fn show(page: Page, Path(id): Path<MailboxId>, Query(asked): Query<Asked>) -> PageResult {
    let mailbox = found(&page, id).await?;
    let account = page.ask(SendAccountOf { mailbox: id }).await?;
    let mut form = match &account {
        Some(account) => form_of(account),
        None => words::fresh_form(mailbox.address.as_str()),
    };
    if asked.login.as_deref() == Some("sign_in") {
        fill_sign_in(&page, id, &mut form).await?;
    }
    sheet(&page, &mailbox, (&form, &Faults::default()), Vec::new()).await
}

/// What an account takes that is opened with what the provider granted.
async fn fill_sign_in(page: &Page, mailbox: MailboxId, form: &mut Filled) -> Result<(), PageError> {
    let state = page.ask(SignInStateOf { mailbox }).await?;
    let Some((provider, _)) = state.signed_in else {
        return Ok(());
    };
    if let Some(app) = state.apps.iter().find(|app| app.provider == provider) {
        form.put("host", app.sending_server());
        form.put("port", "587");
        form.put("tls", "starttls");
        form.put("login", "sign_in");
    }
    Ok(())
}

fn form_of(account: &SendAccount) -> Filled {
    let login = if account.login.is_sign_in() {
        "sign_in"
    } else {
        "password"
    };
    Filled::with(&[
        ("host", account.host.clone()),
        ("port", account.port.to_string()),
        ("tls", words::tls_value(account.tls).to_owned()),
        ("user", account.user.clone()),
        ("login", login.to_owned()),
        ("back", words::back_value(account.plus).to_owned()),
        ("per_minute", account.limits.per_minute.to_string()),
        ("per_day", account.limits.per_day.to_string()),
        ("has_password", (login == "password").to_string()),
    ])
}

async fn sheet(
    page: &Page,
    mailbox: &Mailbox,
    (form, faults): (&Filled, &Faults),
    told: Vec<Notice>,
) -> PageResult {
    let t = &page.t;
    let mailbox_id = mailbox.id;
    let account = page
        .ask(SendAccountOf {
            mailbox: mailbox_id,
        })
        .await?;
    let stands = match &account {
        Some(account) => Row::new(t.get("sending-own"))
            .below(t.arg("sending-own-words", "server", &account.host))
            .act(ActionButton::delete(
                &place_of(mailbox_id),
                t.get("sending-stop"),
            )),
        None => Row::new(t.get("sending-desk"))
            .below(t.get("sending-desk-words"))
            .go("/settings/outgoing", t.get("place-outgoing")),
    };
    let trip = page.ask(RoundTripOf(mailbox_id)).await?;
    let tested = trip
        .map(|trip| round_trip::rows(t, page.app.desk.now(), (mailbox, account.as_ref()), &trip));
    let mut sheet = Place::Mailboxes
        .titled(page, &t.get("sending-title"))
        .await?
        .back(&mailbox.name, path_of(mailbox_id))
        .intro(t.arg("sending-intro", "address", mailbox.address.as_str()));
    for notice in told {
        sheet = sheet.block(notice);
    }
    sheet
        .block(Rows::new("", vec![stands, trial_row(page, mailbox_id)], ""))
        .maybe(tested)
        .block(words::card(AccountForm { t, form, faults }, mailbox_id))
        .answer(page, faults)
}

fn fields_of(form: &Filled) -> Result<SendAccountFields, Faults> {
    let Some(port) = form.value("port") else {
        return Err(Faults(vec![FieldFault::new("port", key("error-port"))]));
    };
    Ok(SendAccountFields {
        host: form.text("host").to_owned(),
        port,
        tls: match form.text("tls") {
            "implicit" => RelayTls::Implicit,
            "none" => RelayTls::None,
            _ => RelayTls::StartTls,
        },
        user: form.text("user").to_owned(),
        login: match form.text("login") {
            "sign_in" => AccountLoginField::SignIn,
            _ => AccountLoginField::Password(form.optional("password")),
        },
        limits: SendLimits {
            per_minute: form.number("per_minute"),
            per_day: form.number("per_day"),
        },
        plus: form.text("back") != "plain",
    })
}

/// Tries the account first: one that does not open is shown with the reason and not kept.
async fn change(page: Page, Path(id): Path<MailboxId>, Form(form): Form<Filled>) -> PageResult {
    let mailbox = found(&page, id).await?;
    let fields = match fields_of(&form) {
        Ok(fields) => fields,
        Err(faults) => return sheet(&page, &mailbox, (&form, &faults), Vec::new()).await,
    };
    let app = &page.app;
    let tried = check_account(&app.desk, &page.actor, &app.post_office, id, fields.clone()).await;
    let tried = match tried {
        Ok(tried) => tried,
        Err(error) => {
            let faults = faults_of(error)?;
            return sheet(&page, &mailbox, (&form, &faults), Vec::new()).await;
        }
    };
    if let Err(failure) = tried {
        let why = fault_words(&page.t, &failure.fault());
        let notice = Notice::new(page.t.arg("fetching-failed", "why", why), Tone::Bad);
        return sheet(&page, &mailbox, (&form, &Faults::default()), vec![notice]).await;
    }
    let set = SetSendAccount {
        mailbox: id,
        fields,
    };
    page.run(set).await?;
    let told = Flash::new(key("done-sending"));
    Ok(page.lead_to(&place_of(id), Some(&told)))
}

async fn stop(page: Page, Path(mailbox): Path<MailboxId>) -> PageResult {
    page.run(StopSendAccount { mailbox }).await?;
    let told = Flash::new(key("done-sending-stopped"));
    Ok(page.lead_to(&path_of(mailbox), Some(&told)))
}

/// `POST .../trial`: looks into the inbox and sends a mail to whoever asks for it.
async fn trial(page: Page, Path(id): Path<MailboxId>) -> PageResult {
    let mailbox = found(&page, id).await?;
    let t = &page.t;
    let to = page.visit.person.email.clone();
    let address = to.to_string();
    let trial = Trial {
        to,
        subject: t.get("trial-subject"),
        text: t.arg("trial-text", "shop", page.app.site.shop()),
    };
    let to_itself = Trial {
        to: mailbox.address.clone(),
        subject: t.get("round-trip-subject"),
        text: t.get("round-trip-text"),
    };
    let app = &page.app;
    let means = (&*app.fetcher, &app.post_office);
    let BothWays { inward, outward } =
        try_both_ways(&app.desk, &page.actor, means, id, (trial, to_itself)).await?;
    let told = vec![
        words::inward_notice(t, inward),
        words::outward_notice(t, &outward, &address),
    ];
    let account = page.ask(SendAccountOf { mailbox: id }).await?;
    let form = match &account {
        Some(account) => form_of(account),
        None => words::fresh_form(mailbox.address.as_str()),
    };
    sheet(&page, &mailbox, (&form, &Faults::default()), told).await
}

/// Where somebody signs in at the provider.
fn sign_in_place(mailbox: MailboxId) -> String {
    sign_in::place_of(mailbox)
}
