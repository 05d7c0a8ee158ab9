//! The brands: under which names the shop appears.
//!
//! Owns: the list, the form for a new one and for one that is there. Must not know: where the names
//! are shown.

use super::Place;
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::zone::{languages, zones};
use crate::part::{Chip, Field, FormCard, Row, Rows};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::mailbox::{AddBrand, BrandOf, Brands, ChangeBrand};
use candor_domain::id::BrandId;
use candor_domain::mailbox::Brand;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Brands.admission();
    book.get("/settings/brands", may, index)
        .post("/settings/brands", may, create)
        .get("/settings/brands/{brand}", may, show)
        .post("/settings/brands/{brand}", may, change);
}

fn path_of(brand: BrandId) -> String {
    format!("{}/{brand}", Place::Brands.path())
}

async fn index(page: Page) -> PageResult {
    list(&page, &Filled::default(), &Faults::default()).await
}

async fn list(page: &Page, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let brands = page.ask(Brands).await?;
    let rows = brands.iter().enumerate().map(|(index, brand)| {
        let row = Row::new(&brand.name).leads_to(path_of(brand.id));
        // The first one stands on pages that belong to no mailbox.
        if index == 0 {
            row.chip(Chip::new(t.get("brand-main")))
        } else {
            row
        }
    });
    // A new brand is at home where the first one is.
    let mut form = form.clone();
    if let Some(first) = brands.first() {
        form.fill("language", &first.language);
        form.fill("zone", &first.zone);
    }
    let card =
        FormCard::new(Place::Brands.path(), t.get("brand-add")).title(t.get("brand-add-title"));
    Place::Brands
        .sheet(page)
        .await?
        .intro(t.get("brand-intro"))
        .block(Rows::new("", rows.collect(), ""))
        .block(with_fields(card, t, &form, faults))
        .answer(page, faults)
}

fn with_fields(card: FormCard, t: &Texts, form: &Filled, faults: &Faults) -> FormCard {
    let zone = form.text("zone");
    card.field(
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
    )
}

async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    let add = AddBrand {
        name: form.text("name").to_owned(),
        language: form.text("language").to_owned(),
        zone: form.text("zone").to_owned(),
    };
    match page.run(add).await {
        Ok(_) => Ok(page.lead_to(Place::Brands.path(), Some(&Flash::new(key("done-added"))))),
        Err(error) => list(&page, &form, &faults_of(error)?).await,
    }
}

async fn show(page: Page, Path(brand): Path<BrandId>) -> PageResult {
    let brand = page.ask(BrandOf { brand: Some(brand) }).await?;
    let form = Filled::with(&[
        ("name", brand.name.clone()),
        ("language", brand.language.clone()),
        ("zone", brand.zone.clone()),
    ]);
    one(&page, &brand, &form, &Faults::default()).await
}

async fn one(page: &Page, brand: &Brand, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let card = FormCard::new(path_of(brand.id), t.get("app-save"));
    Place::Brands
        .titled(page, &brand.name)
        .await?
        .back(t.get("place-brands"), Place::Brands.path())
        .block(with_fields(card, t, form, faults))
        .answer(page, faults)
}

async fn change(page: Page, Path(brand): Path<BrandId>, Form(form): Form<Filled>) -> PageResult {
    let change = ChangeBrand {
        brand: Some(brand),
        name: form.text("name").to_owned(),
        language: form.text("language").to_owned(),
        zone: form.text("zone").to_owned(),
    };
    match page.run(change).await {
        Ok(()) => {
            page.app.follow_brand().await?;
            Ok(page.lead_to(Place::Brands.path(), Some(&Flash::new(key("done-saved")))))
        }
        Err(error) => {
            let faults = faults_of(error)?;
            let brand = page.ask(BrandOf { brand: Some(brand) }).await?;
            one(&page, &brand, &form, &faults).await
        }
    }
}
