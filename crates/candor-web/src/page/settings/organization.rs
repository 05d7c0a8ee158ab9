//! Organizations: the companies that customers belong to.
//!
//! Owns: the list with its forms. Must not know: what a tier promises.

use super::Place;
use super::contract::standing_words;
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::part::{Chip, Choice, Field, FormCard, Row, Rows};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Form, Path};
use candor_desk::DeskError;
use candor_desk::contract::{ContractSeen, ContractsOf};
use candor_desk::customer::{AddOrganization, ChangeOrganization, Organizations, Tiers};
use candor_domain::customer::{Organization, Tier};
use candor_domain::id::OrganizationId;
use candor_domain::permission::Permission;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Organizations.admission();
    book.get("/settings/organizations", may, index)
        .post("/settings/organizations", may, create)
        .get("/settings/organizations/{organization}", may, show)
        .post("/settings/organizations/{organization}", may, change);
}

async fn index(page: Page) -> PageResult {
    list(&page, &Filled::default(), &Faults::default()).await
}

async fn list(page: &Page, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let organizations = page.ask(Organizations).await?;
    let tiers = page.ask(Tiers).await?;
    let row = |organization: &Organization| {
        let row = Row::new(&organization.name)
            .leads_to(format!("/settings/organizations/{}", organization.id));
        match tiers.iter().find(|tier| Some(tier.id) == organization.tier) {
            Some(tier) => row.chip(Chip::new(&tier.name)),
            None => row,
        }
    };
    let card = FormCard::new(Place::Organizations.path(), t.get("organization-add"))
        .title(t.get("organization-add-title"));
    Place::Organizations
        .sheet(page)
        .await?
        .intro(t.get("organizations-intro"))
        .block(Rows::new(
            "",
            organizations.iter().map(row).collect(),
            t.get("organizations-none"),
        ))
        .block(with_fields(card, t, &tiers, form, faults))
        .answer(page, faults)
}

fn with_fields(
    card: FormCard,
    t: &Texts,
    tiers: &[Tier],
    form: &Filled,
    faults: &Faults,
) -> FormCard {
    card.field(
        Field::text("name", t.get("field-name"))
            .value(form.text("name"))
            .required()
            .faults(faults, t),
    )
    .field(
        Field::choice("tier", t.get("field-tier"), tier_choices(t, tiers))
            .value(form.text("tier"))
            .hint(t.get("organization-tier-hint"))
            .faults(faults, t),
    )
}

/// The tiers, and none.
pub(crate) fn tier_choices(t: &Texts, tiers: &[Tier]) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", t.get("field-tier-none"))];
    choices.extend(
        tiers
            .iter()
            .map(|tier| Choice::new(tier.id.to_string(), &tier.name)),
    );
    choices
}

async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    let add = AddOrganization {
        name: form.text("name").to_owned(),
        tier: form.value("tier"),
    };
    match page.run(add).await {
        Ok(_) => Ok(page.lead_to(
            Place::Organizations.path(),
            Some(&Flash::new(key("done-added"))),
        )),
        Err(error) => list(&page, &form, &faults_of(error)?).await,
    }
}

async fn show(page: Page, Path(organization): Path<OrganizationId>) -> PageResult {
    let found = found(&page, organization).await?;
    let tier = found.tier.map(|tier| tier.to_string()).unwrap_or_default();
    let form = Filled::with(&[("name", found.name.clone()), ("tier", tier)]);
    one(&page, &found, &form, &Faults::default()).await
}

async fn found(page: &Page, id: OrganizationId) -> Result<Organization, DeskError> {
    let organizations = page.ask(Organizations).await?;
    organizations
        .into_iter()
        .find(|own| own.id == id)
        .ok_or(DeskError::NotFound("organization"))
}

async fn one(
    page: &Page,
    organization: &Organization,
    form: &Filled,
    faults: &Faults,
) -> PageResult {
    let t = &page.t;
    let tiers = page.ask(Tiers).await?;
    let card = FormCard::new(
        format!("/settings/organizations/{}", organization.id),
        t.get("app-save"),
    );
    let contracts = page.ask(ContractsOf(organization.id)).await?;
    let contracts = contracts.iter().map(|seen| contract_row(page, seen));
    let contracts = Rows::new(
        t.get("place-contracts"),
        contracts.collect(),
        t.get("organization-no-contract"),
    );
    Place::Organizations
        .titled(page, &organization.name)
        .await?
        .back(t.get("place-organizations"), Place::Organizations.path())
        .block(with_fields(card, t, &tiers, form, faults))
        .block(contracts)
        .answer(page, faults)
}

fn contract_row(page: &Page, seen: &ContractSeen) -> Row {
    let (words, tone) = standing_words(&page.t, seen);
    let row = Row::new(&seen.contract.name).chip(Chip::toned(words, tone));
    if page.may(Permission::ManageLevels) {
        row.leads_to(format!("/settings/contracts/{}", seen.contract.id))
    } else {
        row
    }
}

async fn change(
    page: Page,
    Path(organization): Path<OrganizationId>,
    Form(form): Form<Filled>,
) -> PageResult {
    let change = ChangeOrganization {
        organization,
        name: form.text("name").to_owned(),
        tier: form.value("tier"),
    };
    match page.run(change).await {
        Ok(()) => Ok(page.lead_to(
            Place::Organizations.path(),
            Some(&Flash::new(key("done-saved"))),
        )),
        Err(error) => {
            let faults = faults_of(error)?;
            one(&page, &found(&page, organization).await?, &form, &faults).await
        }
    }
}
