//! Choosing a new password behind a link.
//!
//! Owns: the form. Must not know: what else ends with the old password.

use super::Card;
use super::login::told_at_login;
use crate::error::PageResult;
use crate::failure::{Failure, Faults};
use crate::i18n::key;
use crate::page::Guest;
use crate::page::filled::{Filled, faults_of};
use crate::part::{Field, FormCard};
use axum::extract::{Form, Path};
use candor_desk::DeskError;
use candor_desk::auth::{PasskeyOpens, PasskeyPurpose, Password, Secret, reset_password};
use candor_domain::actor::Actor;
use candor_domain::people::Person;

/// Whom a link lets in.
pub(super) async fn holder(
    guest: &Guest,
    written: &str,
    kind: PasskeyPurpose,
) -> Result<Person, Failure> {
    let secret = Secret::parse(written).ok_or(Failure::NotFound)?;
    let opens = guest
        .app
        .desk
        .ask(&Actor::Visitor, PasskeyOpens { secret, kind })
        .await?;
    opens.ok_or(Failure::NotFound)
}

/// `GET /reset/{secret}`
pub(super) async fn show(guest: Guest, Path(secret): Path<String>) -> PageResult {
    page(&guest, &secret, &Faults::default()).await
}

async fn page(guest: &Guest, secret: &str, faults: &Faults) -> PageResult {
    let Ok(person) = holder(guest, secret, PasskeyPurpose::Reset).await else {
        return spent(guest);
    };
    let t = &guest.t;
    let form = FormCard::new(format!("/reset/{secret}"), t.get("reset-go"))
        .field(new_password(guest, faults));
    Card::new(
        guest,
        &t.get("reset-title"),
        t.arg("reset-words", "email", person.email.as_str()),
    )
    .form(form)
    .answer(faults)
}

pub(super) fn new_password(guest: &Guest, faults: &Faults) -> Field {
    let t = &guest.t;
    Field::password("password", t.get("new-password"))
        .hint(t.get("new-password-hint"))
        .required()
        .autocomplete("new-password")
        .faults(faults, t)
}

/// The page for a link that never was one, is used up or has expired.
pub(super) fn spent(guest: &Guest) -> PageResult {
    let t = &guest.t;
    let card = Card::new(guest, &t.get("link-spent-title"), t.get("link-spent-words"))
        .link(t.get("login-forgotten"), "/forgotten");
    crate::error::render_with(axum::http::StatusCode::NOT_FOUND, &card)
}

/// `POST /reset/{secret}`
pub(super) async fn create(
    guest: Guest,
    Path(secret): Path<String>,
    Form(form): Form<Filled>,
) -> PageResult {
    let done = match Password::parse(form.text("password")) {
        Ok(new) => reset_password(&guest.app.desk, &secret, &new)
            .await
            .map(|_| ()),
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(told_at_login(&guest, key("done-password-set"))),
        Err(DeskError::NotFound(_)) => spent(&guest),
        Err(error) => page(&guest, &secret, &faults_of(error)?).await,
    }
}
