//! The mail server that carries our mail out, and a mail that tries it.
//!
//! Owns: the form, and the words for what went wrong. Must not know: SMTP.

use super::Place;
use super::trial::{Tried, try_it};
use crate::cookie::Flash;
use crate::error::{PageError, PageResult};
use crate::failure::{Faults, FieldFault};
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{ActionButton, Choice, Field, FormCard, Row, Rows};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::Form;
use candor_desk::outbox::{ChangeSendLimits, RelayTls, SendLimits, SendLimitsSet};
use candor_desk::setting::{ChangeOutgoing, Outgoing, OutgoingSettings};

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Outgoing.admission();
    book.get("/settings/outgoing", may, index)
        .post("/settings/outgoing", may, change)
        .post("/settings/outgoing/limits", may, limit)
        .post("/settings/outgoing/trial", may, trial);
}

async fn index(page: Page) -> PageResult {
    show(&page, &filled(&page).await?, &Faults::default(), None).await
}

/// `POST /settings/outgoing/trial`: a mail to whoever asks for it.
async fn trial(page: Page) -> PageResult {
    let tried = try_it(&page).await?;
    let form = filled(&page).await?;
    show(&page, &form, &Faults::default(), Some(&tried)).await
}

const fn word(tls: RelayTls) -> &'static str {
    match tls {
        RelayTls::StartTls => "starttls",
        RelayTls::Implicit => "implicit",
        RelayTls::None => "none",
    }
}

/// The page as it is set up.
async fn filled(page: &Page) -> Result<Filled, PageError> {
    let mut form = form_of(&page.ask(Outgoing).await?);
    fill_limits(page, &mut form).await?;
    Ok(form)
}

async fn fill_limits(page: &Page, form: &mut Filled) -> Result<(), PageError> {
    let limits = page.ask(SendLimitsSet).await?;
    form.fill("per_minute", &limits.per_minute.to_string());
    form.fill("per_day", &limits.per_day.to_string());
    Ok(())
}

fn form_of(settings: &OutgoingSettings) -> Filled {
    Filled::with(&[
        ("host", settings.host.clone()),
        ("port", settings.port.to_string()),
        ("tls", word(settings.tls).to_owned()),
        ("user", settings.user.clone()),
        ("has_password", (!settings.password.is_empty()).to_string()),
    ])
}

async fn show(page: &Page, form: &Filled, faults: &Faults, tried: Option<&Tried>) -> PageResult {
    let t = &page.t;
    let rows = vec![
        Row::new(t.get("outgoing-trial-row"))
            .below(t.arg(
                "outgoing-trial-words",
                "address",
                page.visit.person.email.as_str(),
            ))
            .act(ActionButton::post("/settings/outgoing/trial", t.get("outgoing-trial")).primary()),
    ];
    let sheet = Place::Outgoing
        .sheet(page)
        .await?
        .intro(t.get("outgoing-intro"));
    sheet
        .maybe(tried.map(|tried| tried.notice(t)))
        .block(Rows::new("", rows, ""))
        .block(card(t, form, faults))
        .block(limits_card(t, form, faults))
        .answer(page, faults)
}

fn card(t: &Texts, form: &Filled, faults: &Faults) -> FormCard {
    let ways = [
        ("starttls", t.get("outgoing-starttls")),
        ("implicit", t.get("outgoing-implicit")),
        ("none", t.get("outgoing-none")),
    ];
    let ways = ways
        .into_iter()
        .map(|(value, words)| Choice::new(value, words));
    let password =
        Field::password("password", t.get("login-password")).autocomplete("new-password");
    let password = if form.text("has_password") == "true" {
        password.hint(t.get("outgoing-password-kept"))
    } else {
        password
    };
    FormCard::new("/settings/outgoing", t.get("app-save"))
        .title(t.get("outgoing-server-title"))
        .field(
            Field::text("host", t.get("outgoing-host"))
                .value(form.text("host"))
                .hint(t.get("outgoing-host-hint"))
                .faults(faults, t),
        )
        .field(
            Field::text("port", t.get("outgoing-port"))
                .value(form.text("port"))
                .faults(faults, t),
        )
        .field(
            Field::choice("tls", t.get("outgoing-tls"), ways.collect())
                .value(form.text("tls"))
                .faults(faults, t),
        )
        .field(
            Field::text("user", t.get("outgoing-user"))
                .value(form.text("user"))
                .hint(t.get("outgoing-user-hint"))
                .faults(faults, t),
        )
        .field(password.faults(faults, t))
}

fn limits_card(t: &Texts, form: &Filled, faults: &Faults) -> FormCard {
    let field = |name, words: &str| {
        Field::text(name, t.get(words))
            .value(form.text(name))
            .faults(faults, t)
    };
    FormCard::new("/settings/outgoing/limits", t.get("limits-save"))
        .title(t.get("limits-title"))
        .words(t.get("limits-words"))
        .field(field("per_minute", "limits-per-minute").hint(t.get("limits-hint")))
        .field(field("per_day", "limits-per-day").hint(t.get("limits-hint")))
}

/// `POST /settings/outgoing/limits`: how much mail the provider takes.
async fn limit(page: Page, Form(mut form): Form<Filled>) -> PageResult {
    let number = |name| form.number(name);
    let change = ChangeSendLimits {
        limits: SendLimits {
            per_minute: number("per_minute"),
            per_day: number("per_day"),
        },
    };
    match page.run(change).await {
        Ok(()) => Ok(page.lead_to("/settings/outgoing", Some(&Flash::new(key("done-saved"))))),
        Err(error) => {
            let set = filled(&page).await?;
            for name in ["host", "port", "tls", "user", "has_password"] {
                form.fill(name, set.text(name));
            }
            show(&page, &form, &faults_of(error)?, None).await
        }
    }
}

async fn change(page: Page, Form(mut form): Form<Filled>) -> PageResult {
    fill_limits(&page, &mut form).await?;
    let tls = match form.text("tls") {
        "implicit" => RelayTls::Implicit,
        "none" => RelayTls::None,
        _ => RelayTls::StartTls,
    };
    let Some(port) = form.value("port") else {
        let faults = Faults(vec![FieldFault::new("port", key("error-port"))]);
        return show(&page, &form, &faults, None).await;
    };
    let change = ChangeOutgoing {
        host: form.text("host").to_owned(),
        port,
        tls,
        user: form.text("user").to_owned(),
        password: Some(form.text("password").to_owned()).filter(|password| !password.is_empty()),
    };
    match page.run(change).await {
        Ok(()) => Ok(page.lead_to("/settings/outgoing", Some(&Flash::new(key("done-saved"))))),
        Err(error) => show(&page, &form, &faults_of(error)?, None).await,
    }
}
