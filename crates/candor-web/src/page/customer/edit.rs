//! Changing what staff know of a customer.
//!
//! Owns: the two forms. Must not know: tickets.

use super::card;
use crate::cookie::Flash;
use crate::error::{PageError, PageResult};
use crate::failure::Faults;
use crate::i18n::{Language, Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::settings::tier_choices;
use crate::page::zone::languages;
use crate::part::{Choice, Field, FormCard};
use axum::extract::{Form, Path};
use candor_desk::customer::{AddIdentity, ChangeCustomer, CustomerCards, Organizations, Tiers};
use candor_domain::customer::{Customer, IdentityKind};
use candor_domain::id::CustomerId;

pub(super) fn form_of(customer: &Customer) -> Filled {
    Filled::with(&[
        ("name", customer.name.clone()),
        (
            "tier",
            customer
                .tier
                .map(|tier| tier.to_string())
                .unwrap_or_default(),
        ),
        (
            "organization",
            customer
                .organization
                .map(|id| id.to_string())
                .unwrap_or_default(),
        ),
        ("language", customer.language.clone().unwrap_or_default()),
        ("note", customer.note.clone()),
    ])
}

pub(super) async fn card(
    page: &Page,
    customer: CustomerId,
    (form, faults): (&Filled, &Faults),
) -> Result<FormCard, PageError> {
    let t = &page.t;
    let tiers = page.ask(Tiers).await?;
    let organizations = page.ask(Organizations).await?;
    let mut companies = vec![Choice::new("", t.get("field-organization-none"))];
    companies.extend(
        organizations
            .iter()
            .map(|own| Choice::new(own.id.to_string(), &own.name)),
    );
    let field = |name: &'static str, label: String, choices: Vec<Choice>| {
        Field::choice(name, label, choices)
            .value(form.text(name))
            .faults(faults, t)
    };
    Ok(
        FormCard::new(format!("/customers/{customer}"), t.get("app-save"))
            .title(t.get("customer-edit"))
            .field(
                Field::text("name", t.get("field-name"))
                    .value(form.text("name"))
                    .faults(faults, t),
            )
            .field(field("tier", t.get("field-tier"), tier_choices(t, &tiers)))
            .field(field(
                "organization",
                t.get("field-organization"),
                companies,
            ))
            .field(field(
                "language",
                t.get("customer-language"),
                tongues(t, form.text("language")),
            ))
            .field(
                Field::area("note", t.get("customer-note"), 3)
                    .value(form.text("note"))
                    .hint(t.get("customer-note-hint"))
                    .faults(faults, t),
            ),
    )
}

/// The languages that the desk speaks, unknown, and the one that is set already.
fn tongues(t: &Texts, present: &str) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", t.get("customer-language-unknown"))];
    choices.extend(languages());
    if !present.is_empty()
        && !Language::ALL
            .iter()
            .any(|language| language.code() == present)
    {
        choices.push(Choice::new(present, present));
    }
    choices
}

pub(super) fn identity_card(t: &Texts, customer: CustomerId, faults: &Faults) -> FormCard {
    let kinds = vec![
        Choice::new(IdentityKind::Email.as_str(), t.get("identity-email")),
        Choice::new(IdentityKind::Phone.as_str(), t.get("identity-phone")),
    ];
    FormCard::new(
        format!("/customers/{customer}/identities"),
        t.get("identity-add"),
    )
    .title(t.get("identity-add-title"))
    .field(Field::choice("kind", t.get("identity-kind"), kinds))
    .field(
        Field::text("value", t.get("identity-value"))
            .required()
            .faults(faults, t),
    )
}

/// `POST /customers/{customer}`
pub(super) async fn change(
    page: Page,
    Path(customer): Path<CustomerId>,
    Form(form): Form<Filled>,
) -> PageResult {
    let change = ChangeCustomer {
        customer,
        name: form.text("name").to_owned(),
        tier: form.value("tier"),
        organization: form.value("organization"),
        language: form.optional("language"),
        note: form.text("note").to_owned(),
    };
    match page.run(change).await {
        Ok(()) => Ok(page.lead_to(
            &format!("/customers/{customer}"),
            Some(&Flash::new(key("done-saved"))),
        )),
        Err(error) => {
            let faults = faults_of(error)?;
            let shown = page
                .ask(CustomerCards {
                    customer,
                    ticket: None,
                })
                .await?;
            card::write(&page, &shown, (&form, &faults), &Faults::default()).await
        }
    }
}

/// `POST /customers/{customer}/identities`
pub(super) async fn add_identity(
    page: Page,
    Path(customer): Path<CustomerId>,
    Form(form): Form<Filled>,
) -> PageResult {
    let add = AddIdentity {
        customer,
        kind: IdentityKind::parse(form.text("kind")).unwrap_or(IdentityKind::Email),
        value: form.text("value").to_owned(),
    };
    match page.run(add).await {
        Ok(_) => Ok(page.lead_to(
            &format!("/customers/{customer}"),
            Some(&Flash::new(key("done-added"))),
        )),
        Err(error) => {
            let faults = faults_of(error)?;
            let shown = page
                .ask(CustomerCards {
                    customer,
                    ticket: None,
                })
                .await?;
            let form = form_of(&shown.customer);
            card::write(&page, &shown, (&form, &Faults::default()), &faults).await
        }
    }
}
