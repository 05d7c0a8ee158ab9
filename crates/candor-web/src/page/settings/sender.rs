//! How the senders of mail are checked.
//!
//! Owns: the form. Must not know: what a check is.

use super::Place;
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::key;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{Field, FormCard};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::Form;
use candor_desk::sender_check::{ChangeSenderCheck, SenderCheckSetUp};

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Senders.admission();
    book.get("/settings/senders", may, index)
        .post("/settings/senders", may, change);
}

async fn index(page: Page) -> PageResult {
    let set = page.ask(SenderCheckSetUp).await?;
    let form = Filled::with(&[
        ("checks", set.checks.to_string()),
        ("fronts", set.fronts.join(", ")),
        ("forwarders", set.forwarders.join(", ")),
    ]);
    show(&page, &form, &Faults::default()).await
}

async fn show(page: &Page, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let checks = form.text("checks") == "true";
    let card = FormCard::new(Place::Senders.path(), t.get("app-save"))
        .field(
            Field::tick("checks", t.get("sender-checks"), checks).hint(t.get("sender-checks-hint")),
        )
        .field(
            Field::text("fronts", t.get("sender-fronts"))
                .value(form.text("fronts"))
                .hint(t.get("sender-fronts-hint"))
                .faults(faults, t),
        )
        .field(
            Field::text("forwarders", t.get("sender-forwarders"))
                .value(form.text("forwarders"))
                .hint(t.get("sender-forwarders-hint"))
                .faults(faults, t),
        );
    Place::Senders
        .sheet(page)
        .await?
        .intro(t.get("sender-intro"))
        .block(card)
        .answer(page, faults)
}

async fn change(page: Page, Form(form): Form<Filled>) -> PageResult {
    let change = ChangeSenderCheck {
        checks: form.text("checks") == "true",
        fronts: form.text("fronts").to_owned(),
        forwarders: form.text("forwarders").to_owned(),
    };
    match page.run(change).await {
        Ok(()) => {
            let done = Flash::new(key("done-saved"));
            Ok(page.lead_to(Place::Senders.path(), Some(&done)))
        }
        Err(error) => show(&page, &form, &faults_of(error)?).await,
    }
}
