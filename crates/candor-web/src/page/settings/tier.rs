//! Classes of customers.
//!
//! Owns: the list with its forms. Must not know: what a tier promises.

use super::Place;
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{Field, FormCard, Row, Rows};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::DeskError;
use candor_desk::customer::{AddTier, ChangeTier, Tiers};
use candor_domain::customer::Tier;
use candor_domain::id::TierId;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Tiers.admission();
    book.get("/settings/tiers", may, index)
        .post("/settings/tiers", may, create)
        .get("/settings/tiers/{tier}", may, show)
        .post("/settings/tiers/{tier}", may, change);
}

async fn index(page: Page) -> PageResult {
    list(&page, &Filled::default(), &Faults::default()).await
}

async fn list(page: &Page, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let tiers = page.ask(Tiers).await?;
    let row = |tier: &Tier| {
        Row::new(&tier.name)
            .leads_to(format!("/settings/tiers/{}", tier.id))
            .below(t.arg("tier-rank-line", "rank", tier.rank))
    };
    let next = tiers.last().map_or(1, |tier| tier.rank + 1).to_string();
    let rank = form.optional("rank").unwrap_or(next);
    let card = FormCard::new(Place::Tiers.path(), t.get("tier-add")).title(t.get("tier-add-title"));
    Place::Tiers
        .sheet(page)
        .await?
        .intro(t.get("tiers-intro"))
        .block(Rows::new(
            "",
            tiers.iter().map(row).collect(),
            t.get("tiers-none"),
        ))
        .block(with_fields(card, t, (form.text("name"), &rank), faults))
        .answer(page, faults)
}

fn with_fields(card: FormCard, t: &Texts, (name, rank): (&str, &str), faults: &Faults) -> FormCard {
    card.field(
        Field::text("name", t.get("field-name"))
            .value(name)
            .required()
            .faults(faults, t),
    )
    .field(
        Field::text("rank", t.get("tier-rank"))
            .value(rank)
            .hint(t.get("tier-rank-hint"))
            .required()
            .faults(faults, t),
    )
}

async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    let add = AddTier {
        name: form.text("name").to_owned(),
        rank: form.number("rank"),
    };
    match page.run(add).await {
        Ok(_) => Ok(page.lead_to(Place::Tiers.path(), Some(&Flash::new(key("done-added"))))),
        Err(error) => list(&page, &form, &faults_of(error)?).await,
    }
}

async fn show(page: Page, Path(tier): Path<TierId>) -> PageResult {
    let tier = found(&page, tier).await?;
    one(
        &page,
        &tier,
        (&tier.name, &tier.rank.to_string()),
        &Faults::default(),
    )
    .await
}

async fn found(page: &Page, id: TierId) -> Result<Tier, DeskError> {
    let tiers = page.ask(Tiers).await?;
    tiers
        .into_iter()
        .find(|tier| tier.id == id)
        .ok_or(DeskError::NotFound("tier"))
}

async fn one(page: &Page, tier: &Tier, typed: (&str, &str), faults: &Faults) -> PageResult {
    let t = &page.t;
    let card = FormCard::new(format!("/settings/tiers/{}", tier.id), t.get("app-save"));
    Place::Tiers
        .titled(page, &tier.name)
        .await?
        .back(t.get("place-tiers"), Place::Tiers.path())
        .block(with_fields(card, t, typed, faults))
        .answer(page, faults)
}

async fn change(page: Page, Path(tier): Path<TierId>, Form(form): Form<Filled>) -> PageResult {
    let change = ChangeTier {
        tier,
        name: form.text("name").to_owned(),
        rank: form.number("rank"),
    };
    match page.run(change).await {
        Ok(()) => Ok(page.lead_to(Place::Tiers.path(), Some(&Flash::new(key("done-saved"))))),
        Err(error) => {
            let faults = faults_of(error)?;
            let tier = found(&page, tier).await?;
            one(
                &page,
                &tier,
                (form.text("name"), form.text("rank")),
                &faults,
            )
            .await
        }
    }
}
