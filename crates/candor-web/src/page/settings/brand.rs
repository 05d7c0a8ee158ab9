//! How the shop appears.
//!
//! Owns: the form. Must not know: where the name is shown.

use super::Place;
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::key;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::zone::{languages, zones};
use crate::part::{Field, FormCard};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::Form;
use candor_desk::mailbox::{BrandOf, ChangeBrand};

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Brand.admission();
    book.get("/settings/brand", may, index)
        .post("/settings/brand", may, change);
}

async fn index(page: Page) -> PageResult {
    let brand = page.ask(BrandOf { brand: None }).await?;
    let form = Filled::with(&[
        ("name", brand.name),
        ("language", brand.language),
        ("zone", brand.zone),
    ]);
    show(&page, &form, &Faults::default()).await
}

async fn show(page: &Page, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let zone = form.text("zone");
    Place::Brand
        .sheet(page)
        .await?
        .intro(t.get("brand-intro"))
        .block(
            FormCard::new("/settings/brand", t.get("app-save"))
                .field(
                    Field::text("name", t.get("brand-name"))
                        .value(form.text("name"))
                        .required()
                        .faults(faults, t),
                )
                .field(
                    Field::choice("language", t.get("brand-language"), languages())
                        .value(form.text("language"))
                        .hint(t.get("brand-language-hint"))
                        .faults(faults, t),
                )
                .field(
                    Field::choice("zone", t.get("field-zone"), zones(zone))
                        .value(zone)
                        .hint(t.get("brand-zone-hint"))
                        .faults(faults, t),
                ),
        )
        .answer(page, faults)
}

async fn change(page: Page, Form(form): Form<Filled>) -> PageResult {
    let change = ChangeBrand {
        brand: None,
        name: form.text("name").to_owned(),
        language: form.text("language").to_owned(),
        zone: form.text("zone").to_owned(),
    };
    match page.run(change).await {
        Ok(()) => {
            page.app.follow_brand().await?;
            Ok(page.lead_to("/settings/brand", Some(&Flash::new(key("done-saved")))))
        }
        Err(error) => show(&page, &form, &faults_of(error)?).await,
    }
}
