//! One customer: who they are, how to reach them, what they asked.
//!
//! Owns: the page. Must not know: who may see which ticket.

use super::edit;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::Texts;
use crate::layout::Section;
use crate::page::Page;
use crate::page::filled::Filled;
use crate::page::settings::standing_words;
use crate::page::sheet::Sheet;
use crate::page::ticket::status_key;
use crate::part::{Chip, Facts, Row, Rows, Tone};
use axum::extract::Path;
use candor_desk::Stretch;
use candor_desk::customer::{CustomerCard, CustomerCards};
use candor_desk::ticket::{ListPage, ListRow, WhichList};
use candor_domain::customer::Identity;
use candor_domain::id::CustomerId;
use candor_domain::permission::Permission;
use candor_domain::ticket::Status;

/// Tickets on the page.
const TICKETS: usize = 50;

/// `GET /customers/{customer}`
pub(super) async fn show(page: Page, Path(customer): Path<CustomerId>) -> PageResult {
    let card = page
        .ask(CustomerCards {
            customer,
            ticket: None,
        })
        .await?;
    let form = edit::form_of(&card.customer);
    write(
        &page,
        &card,
        (&form, &Faults::default()),
        &Faults::default(),
    )
    .await
}

/// The page, with what the last try of one of its forms got wrong.
pub(super) async fn write(
    page: &Page,
    card: &CustomerCard,
    form: (&Filled, &Faults),
    identity: &Faults,
) -> PageResult {
    let t = &page.t;
    let faults = if form.1.is_empty() { identity } else { form.1 };
    let address = card
        .identities
        .first()
        .map_or("", |identity| identity.value.as_str());
    let sheet = Sheet::new(
        page,
        Section::Customers,
        card.customer.display_name(address),
    )
    .await?
    .back(t.get("app-customers"), "/customers");
    let sheet = match &card.tier {
        Some(tier) => sheet.chip(Chip::toned(&tier.name, Tone::Accent)),
        None => sheet,
    };
    let sheet = sheet
        .block(facts(t, card))
        .block(tickets(page, card.customer.id).await?);
    let sheet = if page.may(Permission::EditCustomers) {
        sheet
            .block(edit::card(page, card.customer.id, form).await?)
            .block(identities(t, &card.identities))
            .block(edit::identity_card(t, card.customer.id, identity))
    } else {
        sheet.block(identities(t, &card.identities))
    };
    sheet.answer(page, faults)
}

fn facts(t: &Texts, card: &CustomerCard) -> Facts {
    let mut facts = Vec::new();
    if let Some(organization) = &card.organization {
        facts.push((t.get("field-organization"), organization.name.clone()));
    }
    if let Some(contract) = &card.contract {
        let (standing, _) = standing_words(t, contract);
        let words = format!("{} · {standing}", contract.contract.name);
        facts.push((t.get("statement-contract"), words));
    }
    if let Some(counts) = &card.tickets {
        let counts: [(&str, &dyn crate::i18n::Argument); 2] =
            [("open", &counts.open), ("all", &counts.all)];
        facts.push((
            t.get("customer-tickets"),
            t.args("customer-tickets-count", &counts),
        ));
    }
    facts.push((t.get("customer-since"), t.date(card.customer.created_at)));
    Facts {
        title: String::new(),
        words: card.customer.note.clone(),
        facts,
    }
}

async fn tickets(page: &Page, customer: CustomerId) -> Result<Rows, crate::error::PageError> {
    let t = &page.t;
    let asked = ListPage {
        list: WhichList::All,
        customer: Some(customer),
        stretch: Stretch::Top,
        limit: TICKETS,
    };
    let found = page.ask(asked).await?;
    let rows = found.rows.iter().map(|row| ticket(t, row)).collect();
    Ok(Rows::new(
        t.get("customer-tickets"),
        rows,
        t.get("customer-tickets-none"),
    ))
}

fn ticket(t: &Texts, row: &ListRow) -> Row {
    let tone = match row.status {
        Status::New | Status::Open => Tone::Accent,
        Status::Waiting | Status::OnHold => Tone::Warn,
        Status::Solved | Status::Closed => Tone::Neutral,
    };
    Row::new(&row.subject)
        .leads_to(format!("/tickets/{}", row.id))
        .below(format!("#{} · {}", row.id, t.short(row.updated_at)))
        .chip(Chip::toned(t.get(status_key(row.status)), tone))
}

fn identities(t: &Texts, identities: &[Identity]) -> Rows {
    let row = |identity: &Identity| {
        let chip = if identity.verified {
            Chip::toned(t.get("identity-verified"), Tone::Good)
        } else {
            Chip::new(t.get("identity-unverified"))
        };
        Row::new(&identity.value).chip(chip)
    };
    Rows::new(
        t.get("customer-identities"),
        identities.iter().map(row).collect(),
        t.get("customer-identities-none"),
    )
}
