//! Signing a mailbox in at its provider, step by step.
//!
//! Owns: the page with the three steps, and the page on which somebody comes back. Must not know:
//! OAuth.

mod words;

use super::Place;
use super::fetching;
use super::mailbox::{found, path_of};
use super::sending;
use crate::cookie::Flash;
use crate::error::{PageError, PageResult};
use crate::failure::Faults;
use crate::i18n::key;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{ActionButton, FormCard, Notice, Row, Rows, Steps, Tone};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path, Query};
use axum::response::Response;
use candor_desk::sign_in::{
    Began, Endpoints, Provider, SetSignInApp, SignInApp, SignInAppFields, SignInFailure,
    SignInState, SignInStateOf, SignOut, begin_consent, begin_device, finish_consent,
};
use candor_domain::id::MailboxId;
use candor_domain::mailbox::Mailbox;
use serde::Deserialize;
use words::{form_card, likely, provider_words};

pub(super) use words::{KNOWN, failure_words};

/// Where the provider sends people back to.
const BACK: &str = "/settings/sign-in";

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Mailboxes.admission();
    book.get("/settings/mailboxes/{mailbox}/sign-in", may, show)
        .delete("/settings/mailboxes/{mailbox}/sign-in", may, sign_out)
        .post("/settings/mailboxes/{mailbox}/sign-in/app", may, set_app)
        .post("/settings/mailboxes/{mailbox}/sign-in/visit", may, visit)
        .post("/settings/mailboxes/{mailbox}/sign-in/code", may, code)
        .get(BACK, may, come_back)
        .post(BACK, may, finish);
}

/// The page on which a mailbox is signed in.
pub(super) fn place_of(mailbox: MailboxId) -> String {
    format!("{}/sign-in", path_of(mailbox))
}

fn place_at(mailbox: MailboxId, provider: Provider) -> String {
    format!("{}?provider={}", place_of(mailbox), provider.as_str())
}

fn redirect_of(page: &Page) -> String {
    format!("{}{BACK}", page.app.desk.config().public_url)
}

#[derive(Deserialize)]
struct Asked {
    provider: Option<String>,
}

async fn show(page: Page, Path(id): Path<MailboxId>, Query(asked): Query<Asked>) -> PageResult {
    let mailbox = found(&page, id).await?;
    let state = page.ask(SignInStateOf { mailbox: id }).await?;
    let chosen = asked.provider.as_deref().and_then(Provider::from_name);
    let provider = chosen.unwrap_or_else(|| likely(&mailbox, &state));
    let form = form_of(state.apps.iter().find(|app| app.provider == provider));
    sheet(
        &page,
        &mailbox,
        &state,
        provider,
        (&form, &Faults::default()),
        None,
    )
    .await
}

fn form_of(app: Option<&SignInApp>) -> Filled {
    let Some(app) = app else {
        return Filled::default();
    };
    let has_secret = !app.client_secret.is_empty();
    Filled::with(&[
        ("client_id", app.client_id.clone()),
        ("tenant", app.tenant.clone()),
        ("authorize", app.endpoints.authorize.clone()),
        ("token", app.endpoints.token.clone()),
        ("device", app.endpoints.device.clone()),
        ("scopes", app.endpoints.scopes.clone()),
        ("host", app.endpoints.server.clone()),
        ("sending_server", app.endpoints.sending_server.clone()),
        ("mail_api", app.endpoints.mail_api.clone()),
        ("has_secret", has_secret.to_string()),
    ])
}

async fn sheet(
    page: &Page,
    mailbox: &Mailbox,
    state: &SignInState,
    provider: Provider,
    (form, faults): (&Filled, &Faults),
    failed: Option<Notice>,
) -> PageResult {
    let t = &page.t;
    let failed = failed.or_else(|| {
        (!state.failure.is_empty()).then(|| {
            let why = failure_words(t, &state.failure, &state.failure_detail);
            Notice::new(why, Tone::Bad)
        })
    });
    let others = Provider::ALL.map(|own| {
        let row = Row::new(t.get(provider_words(own))).leads_to(place_at(mailbox.id, own));
        if own == provider {
            row.chip(crate::part::Chip::new(t.get("sign-in-chosen")))
        } else {
            row
        }
    });
    let app = state.apps.iter().find(|app| app.provider == provider);
    let steps = Steps {
        title: t.get("sign-in-app-title"),
        words: t.arg(
            "sign-in-app-words",
            "provider",
            t.get(provider_words(provider)),
        ),
        steps: words::steps(t, provider, &redirect_of(page)),
    };
    Place::Mailboxes
        .titled(page, &t.get("sign-in-title"))
        .await?
        .back(t.get("fetching-title"), fetching::place_of(mailbox.id))
        .intro(t.arg("sign-in-intro", "address", mailbox.address.as_str()))
        .maybe(failed)
        .maybe(signed_in(page, mailbox, state))
        .block(Rows::new(t.get("sign-in-where"), others.into(), ""))
        .block(steps)
        .block(form_card(t, mailbox.id, provider, form, faults))
        .maybe(app.map(|app| ways(page, mailbox, state, app)))
        .answer(page, faults)
}

/// How it stands, and what comes next.
fn signed_in(page: &Page, mailbox: &Mailbox, state: &SignInState) -> Option<Rows> {
    let t = &page.t;
    let (provider, since) = state.signed_in?;
    let name = t.arg(
        "sign-in-stands",
        "provider",
        t.get(provider_words(provider)),
    );
    let mut row = Row::new(name).below(t.arg("sign-in-since", "when", t.relative(since)));
    if let Some(at) = state.ends_at {
        row = row.below(t.arg("sign-in-ends", "when", t.date(at)));
    }
    let row = row
        .go(
            fetching::place_with_sign_in(mailbox.id),
            t.get("sign-in-go-on"),
        )
        .go(
            sending::place_with_sign_in(mailbox.id),
            t.get("sign-in-go-on-sending"),
        )
        .act(ActionButton::delete(
            &place_of(mailbox.id),
            t.get("sign-in-out"),
        ));
    Some(Rows::new("", vec![row], ""))
}

/// The ways to sign in through an app that is registered, or the one that was begun.
fn ways(page: &Page, mailbox: &Mailbox, state: &SignInState, app: &SignInApp) -> Rows {
    let t = &page.t;
    let provider = t.get(provider_words(app.provider));
    let begun = state
        .began
        .as_ref()
        .filter(|(own, _)| *own == app.provider)
        .map(|(_, began)| match began {
            Began::Visit { link } => Row::new(t.arg("sign-in-visit-begun", "provider", &*provider))
                .below(t.get("sign-in-visit-begun-words"))
                .go(link, t.arg("sign-in-to", "provider", &*provider)),
            Began::Device { code, page } => Row::new(t.arg("sign-in-code-begun", "code", &**code))
                .below(t.arg("sign-in-code-begun-words", "page", &**page))
                .go(page, t.get("sign-in-enter-code"))
                .go(
                    place_at(mailbox.id, app.provider),
                    t.get("sign-in-look-again"),
                ),
        });
    let button = |way: &str, words| {
        ActionButton::post(format!("{}/{way}", place_of(mailbox.id)), words)
            .value("provider", app.provider.as_str())
    };
    let here = Row::new(t.get("sign-in-here"))
        .below(t.arg("sign-in-here-words", "provider", &*provider))
        .act(button("visit", t.get("sign-in-begin")));
    let has_codes = app.provider == Provider::Microsoft || !app.endpoints.device.is_empty();
    let elsewhere = has_codes.then(|| {
        Row::new(t.get("sign-in-elsewhere"))
            .below(t.get("sign-in-elsewhere-words"))
            .act(button("code", t.get("sign-in-get-code")))
    });
    let rows = begun.into_iter().chain([here]).chain(elsewhere);
    Rows::new(t.get("sign-in-ways"), rows.collect(), "")
}

#[derive(Deserialize)]
struct Chosen {
    provider: String,
}

impl Chosen {
    fn provider(&self) -> Provider {
        Provider::from_name(&self.provider).unwrap_or(Provider::Other)
    }
}

async fn set_app(page: Page, Path(id): Path<MailboxId>, Form(form): Form<Filled>) -> PageResult {
    let mailbox = found(&page, id).await?;
    let provider = Provider::from_name(form.text("provider")).unwrap_or(Provider::Other);
    let set = SetSignInApp {
        provider,
        fields: SignInAppFields {
            client_id: form.text("client_id").to_owned(),
            client_secret: form.optional("client_secret"),
            tenant: form.text("tenant").to_owned(),
            endpoints: Endpoints {
                authorize: form.text("authorize").to_owned(),
                token: form.text("token").to_owned(),
                device: form.text("device").to_owned(),
                scopes: form.text("scopes").to_owned(),
                server: form.text("host").to_owned(),
                sending_server: form.text("sending_server").to_owned(),
                mail_api: form.text("mail_api").to_owned(),
            },
        },
    };
    if let Err(error) = page.app.desk.run(&page.actor, set).await {
        let faults = faults_of(error)?;
        let state = page.ask(SignInStateOf { mailbox: id }).await?;
        return sheet(&page, &mailbox, &state, provider, (&form, &faults), None).await;
    }
    let told = Flash::new(key("done-sign-in-app"));
    Ok(page.lead_to(&place_at(id, provider), Some(&told)))
}

async fn visit(page: Page, Path(id): Path<MailboxId>, Form(chosen): Form<Chosen>) -> PageResult {
    let provider = chosen.provider();
    let redirect = redirect_of(&page);
    let app = &page.app;
    let begun = begin_consent(
        &app.desk,
        &page.actor,
        &*app.consent,
        (id, provider),
        &redirect,
    )
    .await?;
    after_begin(&page, id, provider, begun.map(drop)).await
}

async fn code(page: Page, Path(id): Path<MailboxId>, Form(chosen): Form<Chosen>) -> PageResult {
    let provider = chosen.provider();
    let app = &page.app;
    let begun = begin_device(&app.desk, &page.actor, &*app.consent, (id, provider)).await?;
    after_begin(&page, id, provider, begun).await
}

/// The page again: with the way that was begun, or with the reason why none was.
async fn after_begin(
    page: &Page,
    id: MailboxId,
    provider: Provider,
    begun: Result<(), SignInFailure>,
) -> PageResult {
    let Err(failure) = begun else {
        return Ok(page.lead_to(&place_at(id, provider), None));
    };
    let mailbox = found(page, id).await?;
    let state = page.ask(SignInStateOf { mailbox: id }).await?;
    let form = form_of(state.apps.iter().find(|app| app.provider == provider));
    let notice = Notice::new(
        failure_words(&page.t, failure.id, &failure.detail),
        Tone::Bad,
    );
    let faults = Faults::default();
    sheet(
        page,
        &mailbox,
        &state,
        provider,
        (&form, &faults),
        Some(notice),
    )
    .await
}

async fn sign_out(page: Page, Path(mailbox): Path<MailboxId>) -> PageResult {
    page.run(SignOut { mailbox }).await?;
    let told = Flash::new(key("done-sign-out"));
    Ok(page.lead_to(&place_of(mailbox), Some(&told)))
}

/// What a provider sends along.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    error: String,
    #[serde(default)]
    error_description: String,
}

/// Somebody comes back. Reading a page changes nothing here, so that a click finishes it.
async fn come_back(page: Page, Query(answer): Query<Answer>) -> Result<Response, PageError> {
    let t = &page.t;
    let declined = answer.code.is_empty();
    let button = if declined {
        t.get("sign-in-back-to-settings")
    } else {
        t.get("sign-in-finish")
    };
    let words = if declined {
        t.get("sign-in-declined-words")
    } else {
        t.get("sign-in-finish-words")
    };
    let form = FormCard::new(BACK, button)
        .words(words)
        .hidden("state", answer.state)
        .hidden("code", answer.code)
        .hidden("error", answer.error)
        .hidden("error_description", answer.error_description);
    Place::Mailboxes
        .titled(&page, &t.get("sign-in-title"))
        .await?
        .block(form)
        .answer(&page, &Faults::default())
}

async fn finish(page: Page, Form(answer): Form<Answer>) -> PageResult {
    let given = if answer.code.is_empty() {
        Err((answer.error.as_str(), answer.error_description.as_str()))
    } else {
        Ok(answer.code.as_str())
    };
    let app = &page.app;
    let done = finish_consent(&app.desk, &page.actor, &*app.consent, &answer.state, given).await?;
    match done {
        Ok(mailbox) => {
            let told = Flash::new(key("done-signed-in"));
            Ok(page.lead_to(&place_of(mailbox), Some(&told)))
        }
        Err(failure) => {
            let t = &page.t;
            let why = failure_words(t, failure.id, &failure.detail);
            Place::Mailboxes
                .titled(&page, &t.get("sign-in-title"))
                .await?
                .back(t.get("place-mailboxes"), Place::Mailboxes.path())
                .block(Notice::new(why, Tone::Bad))
                .answer(&page, &Faults::default())
        }
    }
}
