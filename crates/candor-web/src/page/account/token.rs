//! A person's API tokens.
//!
//! Owns: the list, the form, and showing a new token once. Must not know: what a token may do.

use crate::cookie::Flash;
use crate::error::{PageError, PageResult};
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::layout::Section;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::settings::permission_name;
use crate::page::sheet::Sheet;
use crate::part::{
    ActionButton, Chip, ConfirmDialog, Field, FormCard, Row, Rows, Ticks, Tone, Verbatim,
};
use axum::extract::{Form, Path};
use candor_desk::DeskError;
use candor_desk::auth::{Secret, confirm_password};
use candor_desk::token::{CreateToken, DEFAULT_DAYS, RevokeToken, Token, Tokens, written};
use candor_domain::id::TokenId;
use candor_domain::permission::Permission;

pub(super) async fn index(page: Page) -> PageResult {
    let fresh = Filled::with(&[("days", DEFAULT_DAYS.to_string())]);
    show(&page, &fresh, &Faults::default(), None).await
}

async fn show(page: &Page, form: &Filled, faults: &Faults, new: Option<String>) -> PageResult {
    let t = &page.t;
    let mut tokens = page.ask(Tokens).await?;
    tokens.retain(|token| token.person == page.visit.person.id && token.revoked_at.is_none());
    let rows = tokens.iter().map(|token| row(page, token)).collect();
    let shown = new.map(|text| Verbatim {
        title: t.get("token-new"),
        words: t.get("token-new-words"),
        text,
        secret: true,
    });
    Sheet::new(page, Section::Account, &t.get("tokens-title"))
        .await?
        .back(t.get("account-title"), "/account")
        .intro(t.get("tokens-words"))
        .maybe(shown)
        .block(Rows::new("", rows, t.get("tokens-none")))
        .block(card(page, form, faults))
        .answer(page, faults)
}

fn row(page: &Page, token: &Token) -> Row {
    let t = &page.t;
    let used = match token.used_at {
        Some(at) => t.arg("token-used", "when", t.relative(at)),
        None => t.get("token-unused"),
    };
    let path = format!("/account/tokens/{}", token.id);
    let ask = ConfirmDialog {
        name: format!("token-{}", token.id),
        opener: t.get("token-revoke"),
        title: t.arg("token-revoke-title", "name", &token.name),
        words: t.get("token-revoke-words"),
        action: ActionButton::delete(&path, t.get("token-revoke")).danger(),
        cancel: t.get("app-cancel"),
    };
    Row::new(&token.name)
        .below(scope_words(t, &token.scopes))
        .below(used)
        .chip(ending(page, token))
        .ask(ask)
}

fn ending(page: &Page, token: &Token) -> Chip {
    let t = &page.t;
    match token.expires_at {
        None => Chip::toned(t.get("token-lasts"), Tone::Warn),
        Some(at) if at <= page.app.desk.now() => Chip::toned(t.get("token-over"), Tone::Bad),
        Some(at) => Chip::new(t.arg("token-until", "when", t.date(at))),
    }
}

fn scope_words(t: &Texts, scopes: &str) -> String {
    let known: Vec<Permission> = scopes.split(' ').filter_map(Permission::parse).collect();
    if known.len() == Permission::ALL.len() {
        return t.get("token-everything");
    }
    let names: Vec<String> = known
        .into_iter()
        .map(|permission| permission_name(t, permission))
        .collect();
    names.join(" · ")
}

fn card(page: &Page, form: &Filled, faults: &Faults) -> FormCard {
    let t = &page.t;
    let chosen: Vec<String> = form.all("scope");
    let own = Permission::ALL
        .iter()
        .filter(|permission| page.may(**permission));
    let choice = |permission: &Permission| {
        let word = permission.as_str().to_owned();
        let ticked = chosen.contains(&word);
        (word, permission_name(t, *permission), ticked)
    };
    let hint = faults
        .of("scopes", t)
        .unwrap_or_else(|| t.get("token-scopes-hint"));
    FormCard::new("/account/tokens", t.get("token-create"))
        .title(t.get("token-create-title"))
        .field(
            Field::text("name", t.get("token-name"))
                .value(form.text("name"))
                .hint(t.get("token-name-hint"))
                .required()
                .faults(faults, t),
        )
        .field(
            Field::text("days", t.get("token-days"))
                .value(form.text("days"))
                .hint(t.get("token-days-hint"))
                .faults(faults, t),
        )
        .ticks(Ticks {
            legend: t.get("token-scopes"),
            name: "scope",
            choices: own.map(choice).collect(),
            hint,
        })
        .field(
            Field::password("password", t.get("account-password-present"))
                .hint(t.get("token-password-hint"))
                .required()
                .autocomplete("current-password")
                .faults(faults, t),
        )
}

/// `POST /account/tokens`: the answer shows the token, once.
pub(super) async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    match made(&page, &form).await {
        Ok(text) => {
            let fresh = Filled::with(&[("days", DEFAULT_DAYS.to_string())]);
            show(&page, &fresh, &Faults::default(), Some(text)).await
        }
        Err(error) => show(&page, &form, &faults_of(error)?, None).await,
    }
}

async fn made(page: &Page, form: &Filled) -> Result<String, DeskError> {
    let desk = &page.app.desk;
    let password = super::present_password(form)?;
    confirm_password(desk, &page.visit, &password).await?;
    let secret = Secret::draw(desk);
    let text = written(&secret);
    let scopes: Vec<String> = form.all("scope");
    let create = CreateToken {
        person: page.visit.person.id,
        name: form.text("name").to_owned(),
        scopes: scopes
            .iter()
            .filter_map(|word| Permission::parse(word))
            .collect(),
        days: form.number("days"),
        session: Some(page.visit.session.id),
        secret,
    };
    page.run(create).await?;
    Ok(text)
}

pub(super) async fn revoke(
    page: Page,
    Path(token): Path<TokenId>,
) -> Result<axum::response::Response, PageError> {
    page.run(RevokeToken { token }).await?;
    Ok(page.lead_to(
        "/account/tokens",
        Some(&Flash::new(key("done-token-revoked"))),
    ))
}
