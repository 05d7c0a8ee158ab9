//! An inbox elsewhere, from which a mailbox takes its mail.
//!
//! Owns: the form, the words for how a look at it ended and how fetching goes. Must not know: IMAP.

mod words;

use super::Place;
use super::mailbox::{found, path_of};
use super::provider_account::{AccountForm, AccountWords};
use super::sign_in;
use crate::cookie::Flash;
use crate::error::{PageError, PageResult};
use crate::failure::{Faults, FieldFault};
use crate::i18n::key;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{ActionButton, Field, FormCard, Notice, Row, Rows, Tone};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path, Query};
use candor_desk::fetch::{
    AfterFetch, FetchAccountFields, FetchTls, Fetching, FetchingState, SetFetching, StopFetching,
    look,
};
use candor_desk::provider_account::AccountLoginField;
use candor_desk::sign_in::SignInStateOf;
use candor_domain::id::MailboxId;
use candor_domain::mailbox::Mailbox;
use serde::Deserialize;
use words::state_words;

pub(super) use words::{compared_row, failure_words};

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Mailboxes.admission();
    book.get("/settings/mailboxes/{mailbox}/fetching", may, show)
        .post("/settings/mailboxes/{mailbox}/fetching", may, change)
        .delete("/settings/mailboxes/{mailbox}/fetching", may, stop);
}

/// The page of the inbox behind a mailbox.
pub(super) fn place_of(mailbox: MailboxId) -> String {
    format!("{}/fetching", path_of(mailbox))
}

/// The same page for a mailbox that was just signed in at its provider.
pub(super) fn place_with_sign_in(mailbox: MailboxId) -> String {
    format!("{}?login=sign_in", place_of(mailbox))
}

#[derive(Deserialize)]
struct Asked {
    login: Option<String>,
}

async fn show(
    page: Page,
    Path(mailbox): Path<MailboxId>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let mailbox = found(&page, mailbox).await?;
    let state = page
        .ask(Fetching {
            mailbox: mailbox.id,
        })
        .await?;
    let mut form = match &state {
        Some(state) => form_of(state),
        None => fresh_form(&mailbox),
    };
    if asked.login.as_deref() == Some("sign_in") {
        fill_sign_in(&page, mailbox.id, &mut form).await?;
    }
    sheet(&page, &mailbox, &form, &Faults::default(), None).await
}

/// What most accounts at the mailbox's provider look like.
fn fresh_form(mailbox: &Mailbox) -> Filled {
    let address = mailbox.address.as_str();
    let domain = address.rsplit('@').next().unwrap_or_default();
    Filled::with(&[
        ("host", words::usual_host(domain)),
        ("port", "993".to_owned()),
        ("tls", "implicit".to_owned()),
        ("user", address.to_owned()),
        ("folder", "INBOX".to_owned()),
        ("after", "read".to_owned()),
        ("sent", "found".to_owned()),
    ])
}

/// What an account takes that is opened with what the provider granted.
async fn fill_sign_in(page: &Page, mailbox: MailboxId, form: &mut Filled) -> Result<(), PageError> {
    let state = page.ask(SignInStateOf { mailbox }).await?;
    let Some((provider, _)) = state.signed_in else {
        return Ok(());
    };
    if let Some(app) = state.apps.iter().find(|app| app.provider == provider) {
        form.put("host", app.server());
        form.put("login", "sign_in");
    }
    Ok(())
}

fn form_of(state: &FetchingState) -> Filled {
    let account = &state.account;
    let (after, move_to) = match &account.after {
        AfterFetch::Leave => ("leave", String::new()),
        AfterFetch::MarkRead => ("read", String::new()),
        AfterFetch::MoveTo(folder) => ("move", folder.clone()),
    };
    let tls = match account.tls {
        FetchTls::Implicit => "implicit",
        FetchTls::StartTls => "starttls",
        FetchTls::None => "none",
    };
    let login = if account.login.is_sign_in() {
        "sign_in"
    } else {
        "password"
    };
    let since = account.since.map(|day| day.to_string());
    let sent = account.sent.as_ref();
    let opens = sent.is_some_and(|sent| sent.opens_tickets);
    Filled::with(&[
        (
            "sent",
            if sent.is_some() { "named" } else { "off" }.to_owned(),
        ),
        (
            "sent_folder",
            sent.map(|sent| sent.folder.clone()).unwrap_or_default(),
        ),
        ("sent_opens", if opens { "true" } else { "" }.to_owned()),
        ("host", account.host.clone()),
        ("port", account.port.to_string()),
        ("tls", tls.to_owned()),
        ("user", account.user.clone()),
        ("folder", account.folder.clone()),
        ("after", after.to_owned()),
        ("move_to", move_to),
        ("since", since.unwrap_or_default()),
        ("login", login.to_owned()),
        ("has_password", (login == "password").to_string()),
    ])
}

async fn sheet(
    page: &Page,
    mailbox: &Mailbox,
    form: &Filled,
    faults: &Faults,
    failed: Option<Notice>,
) -> PageResult {
    let t = &page.t;
    let state = page
        .ask(Fetching {
            mailbox: mailbox.id,
        })
        .await?;
    let rows = state.iter().map(|state| {
        let how = if state.place.failure.is_empty() {
            t.get("fetching-goes")
        } else {
            t.get("fetching-stands-still")
        };
        Row::new(how)
            .below(state_words(t, &state.place))
            .below(words::sent_words(t, state))
            .act(ActionButton::delete(
                &place_of(mailbox.id),
                t.get("fetching-stop"),
            ))
    });
    Place::Mailboxes
        .titled(page, &t.get("fetching-title"))
        .await?
        .back(&mailbox.name, path_of(mailbox.id))
        .intro(t.arg("fetching-intro", "address", mailbox.address.as_str()))
        .maybe(failed)
        .maybe(state.is_some().then(|| Rows::new("", rows.collect(), "")))
        .block(card(AccountForm { t, form, faults }, mailbox))
        .answer(page, faults)
}

fn card(account: AccountForm<'_>, mailbox: &Mailbox) -> FormCard {
    let t = account.t;
    let card = FormCard::new(place_of(mailbox.id), t.get("fetching-save"))
        .title(t.get("fetching-account-title"))
        .words(t.get("fetching-account-words"))
        .beside(t.get("fetching-sign-in"), sign_in::place_of(mailbox.id));
    let words = AccountWords {
        login_password: key("fetching-login-password"),
        password_hint: key("fetching-password-hint"),
        host_hint: key("fetching-host-hint"),
        tls: [
            ("implicit", key("outgoing-implicit")),
            ("starttls", key("outgoing-starttls")),
            ("none", key("outgoing-none")),
        ],
    };
    let field = |name, label, hint| account.text(name, label).hint(t.get(hint));
    let afterwards = [
        ("read", key("fetching-after-read")),
        ("leave", key("fetching-after-leave")),
        ("move", key("fetching-after-move")),
    ];
    let card = account
        .opening(card, &words)
        .heading(t.get("fetching-what-title"))
        .field(field(
            "folder",
            key("fetching-folder"),
            key("fetching-folder-hint"),
        ))
        .field(field(
            "since",
            key("fetching-since"),
            key("fetching-since-hint"),
        ))
        .field(account.choice("after", key("fetching-after"), &afterwards))
        .field(field(
            "move_to",
            key("fetching-move-to"),
            key("fetching-move-to-hint"),
        ));
    with_sent_folder(account, card)
}

/// The fields about what is sent from elsewhere.
fn with_sent_folder(account: AccountForm<'_>, card: FormCard) -> FormCard {
    let t = account.t;
    let choices = [
        ("found", key("fetching-sent-found")),
        ("named", key("fetching-sent-named")),
        ("off", key("fetching-sent-off")),
    ];
    let opens = !account.form.text("sent_opens").is_empty();
    let opens = Field::tick("sent_opens", t.get("fetching-sent-opens"), opens);
    let folder = account.choice("sent", key("fetching-sent"), &choices);
    let name = account.text("sent_folder", key("fetching-sent-folder"));
    card.heading(t.get("fetching-sent-title"))
        .field(folder.hint(t.get("fetching-sent-hint")))
        .field(name.hint(t.get("fetching-sent-folder-hint")))
        .field(opens.faults(account.faults, t))
}

/// The folder of sent mail as it was chosen; `found` names the one that the server has.
fn sent_of(form: &Filled, found: Option<&str>) -> Option<(String, bool)> {
    let opens = !form.text("sent_opens").is_empty();
    let folder = match form.text("sent") {
        "named" => form.text("sent_folder").to_owned(),
        "found" => found?.to_owned(),
        _ => return None,
    };
    Some((folder, opens))
}

fn fields_of(form: &Filled) -> Result<FetchAccountFields, Faults> {
    let mut faults = Vec::new();
    let port = form.value("port");
    if port.is_none() {
        faults.push(FieldFault::new("port", key("error-port")));
    }
    let since = form.optional("since").map(|text| text.parse());
    if let Some(Err(_)) = since {
        faults.push(FieldFault::new("since", key("fetching-since-wrong")));
    }
    if !faults.is_empty() {
        return Err(Faults(faults));
    }
    Ok(FetchAccountFields {
        host: form.text("host").to_owned(),
        port: port.unwrap_or_default(),
        tls: match form.text("tls") {
            "starttls" => FetchTls::StartTls,
            "none" => FetchTls::None,
            _ => FetchTls::Implicit,
        },
        user: form.text("user").to_owned(),
        login: match form.text("login") {
            "sign_in" => AccountLoginField::SignIn,
            _ => AccountLoginField::Password(form.optional("password")),
        },
        folder: form.text("folder").to_owned(),
        after: match form.text("after") {
            "leave" => AfterFetch::Leave,
            "move" => AfterFetch::MoveTo(form.text("move_to").trim().to_owned()),
            _ => AfterFetch::MarkRead,
        },
        since: since.and_then(Result::ok),
        sent: sent_of(form, None),
    })
}

/// Looks at the account first: one that does not open is shown with the reason and not kept.
async fn change(page: Page, Path(id): Path<MailboxId>, Form(form): Form<Filled>) -> PageResult {
    let mailbox = found(&page, id).await?;
    let mut fields = match fields_of(&form) {
        Ok(fields) => fields,
        Err(faults) => return sheet(&page, &mailbox, &form, &faults, None).await,
    };
    let app = &page.app;
    let looked = look(&app.desk, &page.actor, &*app.fetcher, id, fields.clone()).await;
    let looked = match looked {
        Ok(looked) => looked,
        Err(error) => {
            let faults = faults_of(error)?;
            return sheet(&page, &mailbox, &form, &faults, None).await;
        }
    };
    match looked {
        Ok(look) => fields.sent = sent_of(&form, look.sent.as_deref()),
        Err(failure) => {
            let why = failure_words(&page.t, failure.id, &failure.detail);
            let told = page.t.arg("fetching-failed", "why", why);
            let notice = Notice::new(told, Tone::Bad);
            return sheet(&page, &mailbox, &form, &Faults::default(), Some(notice)).await;
        }
    }
    let set = SetFetching {
        mailbox: id,
        fields,
    };
    page.run(set).await?;
    let told = Flash::new(key("done-fetching"));
    Ok(page.lead_to(&place_of(id), Some(&told)))
}

async fn stop(page: Page, Path(mailbox): Path<MailboxId>) -> PageResult {
    page.run(StopFetching { mailbox }).await?;
    let told = Flash::new(key("done-fetching-stopped"));
    Ok(page.lead_to(&path_of(mailbox), Some(&told)))
}
