//! Taking up an invitation.
//!
//! Owns: the form. Must not know: what the person may do then.

use super::Card;
use super::login::enter;
use super::reset::{holder, new_password, spent};
use crate::error::PageResult;
use crate::failure::Faults;
use crate::page::Guest;
use crate::page::filled::{Filled, faults_of};
use crate::part::{Field, FormCard};
use axum::extract::{Form, Path};
use candor_desk::DeskError;
use candor_desk::auth::{PasskeyPurpose, Password};
use candor_desk::people::accept_invitation;

/// `GET /invitation/{secret}`
pub(super) async fn show(guest: Guest, Path(secret): Path<String>) -> PageResult {
    page(&guest, &secret, None, &Faults::default()).await
}

async fn page(guest: &Guest, secret: &str, typed: Option<&str>, faults: &Faults) -> PageResult {
    let Ok(person) = holder(guest, secret, PasskeyPurpose::Invitation).await else {
        return spent(guest);
    };
    let t = &guest.t;
    let name = Field::text("name", t.get("invitation-name"))
        .value(typed.unwrap_or(&person.name))
        .hint(t.get("invitation-name-hint"))
        .required()
        .autocomplete("name")
        .faults(faults, t);
    let form = FormCard::new(format!("/invitation/{secret}"), t.get("invitation-go"))
        .field(name)
        .field(new_password(guest, faults));
    let shop = guest.app.site.shop();
    Card::new(
        guest,
        &t.arg("invitation-title", "shop", &shop),
        t.arg("invitation-words", "email", person.email.as_str()),
    )
    .form(form)
    .answer(faults)
}

/// `POST /invitation/{secret}`
pub(super) async fn create(
    guest: Guest,
    Path(secret): Path<String>,
    Form(form): Form<Filled>,
) -> PageResult {
    let Ok(person) = holder(&guest, &secret, PasskeyPurpose::Invitation).await else {
        return spent(&guest);
    };
    let name = form.text("name");
    let password = match Password::parse(form.text("password")) {
        Ok(password) => password,
        Err(error) => return page(&guest, &secret, Some(name), &faults_of(error)?).await,
    };
    match accept_invitation(&guest.app.desk, &secret, name, &password).await {
        Ok(_) => enter(&guest, person.email.as_str(), password, "/inbox").await,
        Err(DeskError::NotFound(_)) => spent(&guest),
        Err(error) => page(&guest, &secret, Some(name), &faults_of(error)?).await,
    }
}
