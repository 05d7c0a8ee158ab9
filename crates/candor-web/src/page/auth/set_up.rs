//! The first run: the owner makes the desk theirs, with the code from the server's output.
//!
//! Owns: the form. Must not know: what a new desk starts with.

use super::Card;
use super::login::enter;
use crate::error::{PageError, PageResult};
use crate::failure::{Failure, Faults, FieldFault};
use crate::i18n::{Texts, key};
use crate::page::Guest;
use crate::page::filled::{Filled, faults_of};
use crate::page::zone::{languages, zones};
use crate::part::{Field, FormCard};
use axum::extract::{Form, Query};
use candor_desk::DeskError;
use candor_desk::auth::{Password, Secret};
use candor_desk::people::{SetUp, SetUpOpen, SetUpWithCode};
use candor_domain::actor::Actor;

/// `GET /setup?code=…`
pub(super) async fn show(guest: Guest, Query(mut form): Query<Filled>) -> PageResult {
    let language = guest.t.code();
    let zone = if language == "de" {
        "Europe/Berlin"
    } else {
        "UTC"
    };
    form.fill("language", language);
    form.fill("zone", zone);
    page(&guest, &form, &Faults::default()).await
}

async fn page(guest: &Guest, form: &Filled, faults: &Faults) -> PageResult {
    let t = &guest.t;
    if !guest.app.desk.ask(&Actor::Visitor, SetUpOpen).await? {
        return Err(PageError(Failure::NotFound));
    }
    let code = Field::text("code", t.get("setup-code"))
        .value(form.text("code"))
        .hint(t.get("setup-code-hint"))
        .required()
        .faults(faults, t);
    let zone = form.text("zone");
    let card = FormCard::new("/setup", t.get("setup-go"))
        .field(code)
        .heading(t.get("setup-you"))
        .field(line(t, form, faults, ("name", key("invitation-name"))).autocomplete("name"))
        .field(
            Field::email("email", t.get("login-email"))
                .value(form.text("email"))
                .required()
                .autocomplete("username")
                .faults(faults, t),
        )
        .field(super::reset::new_password(guest, faults))
        .heading(t.get("setup-shop"))
        .field(line(t, form, faults, ("brand", key("brand-name"))).autocomplete("organization"))
        .field(
            Field::email("mailbox", t.get("setup-mailbox"))
                .value(form.text("mailbox"))
                .hint(t.get("setup-mailbox-hint"))
                .required()
                .faults(faults, t),
        )
        .field(
            Field::choice("language", t.get("brand-language"), languages())
                .value(form.text("language"))
                .faults(faults, t),
        )
        .field(
            Field::choice("zone", t.get("field-zone"), zones(zone))
                .value(zone)
                .faults(faults, t),
        );
    Card::new(guest, &t.get("setup-title"), t.get("setup-words"))
        .form(card)
        .answer(faults)
}

fn line(t: &Texts, form: &Filled, faults: &Faults, (name, label): (&'static str, &str)) -> Field {
    Field::text(name, t.get(label))
        .value(form.text(name))
        .required()
        .faults(faults, t)
}

/// `POST /setup`
pub(super) async fn create(guest: Guest, Form(form): Form<Filled>) -> PageResult {
    match set_up(&guest, &form).await {
        Ok(password) => {
            guest.app.follow_brand().await?;
            enter(&guest, form.text("email"), password, "/inbox").await
        }
        Err(DeskError::NotFound(_)) => page(&guest, &form, &wrong_code()).await,
        Err(error) => page(&guest, &form, &faults_of(error)?).await,
    }
}

fn wrong_code() -> Faults {
    Faults(vec![FieldFault::new("code", key("setup-code-wrong"))])
}

async fn set_up(guest: &Guest, form: &Filled) -> Result<Password, DeskError> {
    let desk = &guest.app.desk;
    let code = Secret::parse(form.text("code").trim()).ok_or(DeskError::NotFound("code"))?;
    let password = Password::parse(form.text("password"))?;
    // No hash is made for whoever comes too late.
    if !desk.ask(&Actor::Visitor, SetUpOpen).await? {
        return Err(DeskError::NotFound("code"));
    }
    let text = |name: &str| form.text(name).to_owned();
    let set_up = SetUp {
        name: text("name"),
        email: text("email"),
        password: desk.hash_password(&password).await?,
        mailbox: text("mailbox"),
        brand: text("brand"),
        language: text("language"),
        zone: text("zone"),
    };
    desk.run(&Actor::Visitor, SetUpWithCode { code, set_up })
        .await?;
    Ok(password)
}
