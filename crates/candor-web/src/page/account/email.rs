//! The address that a person logs in with.
//!
//! Owns: the form. Must not know: who else may change it.

use super::{Tried, present_password, profile, show};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::key;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{Field, FormCard};
use axum::extract::Form;
use candor_desk::DeskError;
use candor_desk::auth::confirm_password;
use candor_desk::people::ChangeEmailOf;

pub(super) fn card(page: &Page, (typed, faults): &(String, Faults)) -> FormCard {
    let t = &page.t;
    let present = page.visit.person.email.as_str();
    let value = if typed.is_empty() { present } else { typed };
    FormCard::new("/account/email", t.get("account-email-go"))
        .title(t.get("login-email"))
        .words(t.get("account-email-words"))
        .field(
            Field::email("email", t.get("login-email"))
                .value(value)
                .required()
                .autocomplete("username")
                .faults(faults, t),
        )
        .field(
            Field::password("password", t.get("account-password-present"))
                .prefixed("address")
                .required()
                .autocomplete("current-password")
                .faults(faults, t),
        )
}

/// `POST /account/email`
pub(super) async fn change(page: Page, Form(form): Form<Filled>) -> PageResult {
    match changed(&page, &form).await {
        Ok(()) => Ok(page.lead_to("/account", Some(&Flash::new(key("done-saved"))))),
        Err(error) => {
            let tried = Tried {
                email: (form.text("email").to_owned(), faults_of(error)?),
                ..Tried::default()
            };
            let profile = profile::form_of(&page.visit.person);
            show(&page, (&profile, &Faults::default()), &tried).await
        }
    }
}

async fn changed(page: &Page, form: &Filled) -> Result<(), DeskError> {
    let password = present_password(form)?;
    confirm_password(&page.app.desk, &page.visit, &password).await?;
    let change = ChangeEmailOf {
        person: page.visit.person.id,
        email: form.text("email").to_owned(),
        session: Some(page.visit.session.id),
    };
    page.run(change).await
}
