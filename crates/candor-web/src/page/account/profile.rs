//! How a person is called, what they read, how long a sent reply can be taken back.
//!
//! Owns: the form. Must not know: roles.

use super::{Tried, show};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::key;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::zone::{languages, zones};
use crate::part::{Choice, Field, FormCard};
use axum::extract::Form;
use candor_desk::people::ChangePerson;
use candor_domain::people::Person;

pub(super) fn form_of(person: &Person) -> Filled {
    Filled::with(&[
        ("name", person.name.clone()),
        ("language", person.language.clone().unwrap_or_default()),
        ("zone", person.zone.clone()),
        ("undo_seconds", person.undo_seconds.to_string()),
    ])
}

pub(super) fn card(page: &Page, form: &Filled, faults: &Faults) -> FormCard {
    let t = &page.t;
    let mut tongues = vec![Choice::new("", t.get("account-language-browser"))];
    tongues.extend(languages());
    let zone = form.text("zone");
    FormCard::new("/account", t.get("app-save"))
        .title(t.get("account-profile"))
        .field(
            Field::text("name", t.get("invitation-name"))
                .value(form.text("name"))
                .hint(t.get("invitation-name-hint"))
                .required()
                .autocomplete("name")
                .faults(faults, t),
        )
        .field(
            Field::choice("language", t.get("account-language"), tongues)
                .value(form.text("language"))
                .faults(faults, t),
        )
        .field(
            Field::choice("zone", t.get("field-zone"), zones(zone))
                .value(zone)
                .faults(faults, t),
        )
        .field(
            Field::text("undo_seconds", t.get("account-undo"))
                .value(form.text("undo_seconds"))
                .hint(t.get("account-undo-hint"))
                .faults(faults, t),
        )
}

/// `POST /account`
pub(super) async fn change(page: Page, Form(form): Form<Filled>) -> PageResult {
    let change = ChangePerson {
        name: form.text("name").to_owned(),
        language: form.optional("language"),
        zone: form.text("zone").to_owned(),
        undo_seconds: form.number("undo_seconds"),
    };
    match page.run(change).await {
        Ok(()) => Ok(page.lead_to("/account", Some(&Flash::new(key("done-saved"))))),
        Err(error) => show(&page, (&form, &faults_of(error)?), &Tried::default()).await,
    }
}
