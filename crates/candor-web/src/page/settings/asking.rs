//! Whether a mailbox asks its customers, and who hears of a bad answer.
//!
//! Owns: the form. Must not know: when a customer is asked.

use super::Place;
use super::mailbox::{found, path_of};
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::key;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{Choice, Field, FormCard};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::people::People;
use candor_desk::rating::{ChangeRatingSettings, RatingSettings, RatingSettingsOf};
use candor_domain::id::MailboxId;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Mailboxes.admission();
    book.get("/settings/mailboxes/{mailbox}/rating", may, show)
        .post("/settings/mailboxes/{mailbox}/rating", may, change);
}

/// The page of a mailbox's question.
pub(super) fn place_of(mailbox: MailboxId) -> String {
    format!("{}/rating", path_of(mailbox))
}

async fn show(page: Page, Path(mailbox): Path<MailboxId>) -> PageResult {
    let settings = page.ask(RatingSettingsOf { mailbox }).await?;
    shown(&page, mailbox, &settings, &Faults::default()).await
}

async fn shown(
    page: &Page,
    id: MailboxId,
    settings: &RatingSettings,
    faults: &Faults,
) -> PageResult {
    let t = &page.t;
    let mailbox = found(page, id).await?;
    let mut people = vec![Choice::new("", t.get("rating-settings-nobody"))];
    let everybody = page.ask(People).await?;
    let active = everybody.iter().filter(|person| person.active);
    people.extend(active.map(|person| Choice::new(person.id.to_string(), &person.name)));
    let alert = settings.alert.map(|person| person.to_string());
    let card = FormCard::new(place_of(id), t.get("app-save"))
        .field(Field::tick(
            "asks",
            t.get("rating-settings-asks"),
            settings.asks,
        ))
        .field(
            Field::choice("alert", t.get("rating-settings-alert"), people)
                .value(alert.unwrap_or_default())
                .hint(t.get("rating-settings-alert-hint"))
                .faults(faults, t),
        );
    Place::Mailboxes
        .titled(page, &t.get("rating-row"))
        .await?
        .back(mailbox.name.clone(), path_of(id))
        .intro(t.get("rating-settings-intro"))
        .block(card)
        .answer(page, faults)
}

async fn change(
    page: Page,
    Path(mailbox): Path<MailboxId>,
    Form(form): Form<Filled>,
) -> PageResult {
    let settings = RatingSettings {
        asks: form.text("asks") == "true",
        alert: form.value("alert"),
    };
    let change = ChangeRatingSettings {
        mailbox,
        settings: settings.clone(),
    };
    match page.run(change).await {
        Ok(()) => Ok(page.lead_to(&path_of(mailbox), Some(&Flash::new(key("done-saved"))))),
        Err(error) => shown(&page, mailbox, &settings, &faults_of(error)?).await,
    }
}
