//! Customers: who writes to the shop.
//!
//! Owns: the list with its search, and adding somebody by hand. Must not know: tickets.

mod card;
mod edit;

use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::layout::Section;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::sheet::Sheet;
use crate::page::turn::{self, Turn};
use crate::part::{Avatar, EmptyState, Field, FormCard, Notice, Row, Rows, SearchForm, Tone};
use crate::route::{Admission, RouteBook};
use crate::state::App;
use axum::extract::{Form, Query};
use candor_desk::customer::{AddCustomer, CustomerRow, CustomersPage, CustomersShown};
use candor_domain::id::CustomerId;
use candor_domain::permission::Permission;
use serde::Deserialize;

/// Writes the customers' pages into the book.
pub(super) fn routes(book: &mut RouteBook<App>) {
    let read = Admission::Permission(Permission::ReadCustomers);
    let edit = Admission::Permission(Permission::EditCustomers);
    book.get("/customers", read, index)
        .post("/customers", edit, create)
        .get("/customers/{customer}", read, card::show)
        .post("/customers/{customer}", edit, edit::change)
        .post("/customers/{customer}/identities", edit, edit::add_identity);
}

/// What is searched, and where the list goes on.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    after: Option<CustomerId>,
    before: Option<CustomerId>,
}

impl Asked {
    fn turn(&self) -> Turn<CustomerId> {
        Turn {
            after: self.after,
            before: self.before,
        }
    }
}

async fn index(page: Page, Query(asked): Query<Asked>) -> PageResult {
    show(&page, &asked, &Filled::default(), &Faults::default()).await
}

async fn show(page: &Page, asked: &Asked, form: &Filled, faults: &Faults) -> PageResult {
    let t = &page.t;
    let shown = page
        .ask(CustomersPage {
            search: asked.q.clone(),
            stretch: asked.turn().stretch(),
        })
        .await?;
    let sheet = Sheet::new(page, Section::Customers, &t.get("app-customers"))
        .await?
        .block(SearchForm {
            action: "/customers".to_owned(),
            label: t.get("customers-search"),
            value: asked.q.clone(),
            button: t.get("app-search"),
        });
    let stopped = shown
        .stopped
        .then(|| Notice::new(t.get("customers-stopped"), Tone::Accent));
    listed(page, sheet.maybe(stopped), asked, &shown)
        .maybe(
            page.may(Permission::EditCustomers)
                .then(|| adding(t, form, faults)),
        )
        .answer(page, faults)
}

fn listed(page: &Page, sheet: Sheet, asked: &Asked, shown: &CustomersShown) -> Sheet {
    let t = &page.t;
    if shown.page.rows.is_empty() {
        let (title, words) = if asked.q.trim().is_empty() {
            (t.get("customers-none"), t.get("customers-none-words"))
        } else {
            (
                t.get("customers-not-found"),
                t.get("customers-not-found-words"),
            )
        };
        return sheet.block(EmptyState::new(title, words));
    }
    let rows = shown.page.rows.iter().map(|line| row(t, line)).collect();
    let words = (key("app-back"), key("app-onward"));
    let pager = turn::pager(t, &shown.page, words, |side, customer| {
        format!("/customers?{side}={customer}")
    });
    sheet.block(Rows::new("", rows, "")).maybe(pager)
}

fn row(t: &Texts, line: &CustomerRow) -> Row {
    let name = line.customer.display_name(&line.address);
    let below = if name == line.address {
        ""
    } else {
        &line.address
    };
    let row = Row::new(name)
        .avatar(Avatar::customer(name))
        .leads_to(format!("/customers/{}", line.customer.id))
        .below(below);
    if line.tickets.all == 0 {
        return row;
    }
    let counts: [(&str, &dyn crate::i18n::Argument); 2] =
        [("open", &line.tickets.open), ("all", &line.tickets.all)];
    row.chip(crate::part::Chip::new(
        t.args("customer-tickets-count", &counts),
    ))
}

fn adding(t: &Texts, form: &Filled, faults: &Faults) -> FormCard {
    FormCard::new("/customers", t.get("customer-add"))
        .title(t.get("customer-add-title"))
        .field(
            Field::text("name", t.get("field-name"))
                .value(form.text("name"))
                .faults(faults, t),
        )
        .field(
            Field::email("email", t.get("field-email"))
                .value(form.text("email"))
                .required()
                .faults(faults, t),
        )
}

async fn create(page: Page, Form(form): Form<Filled>) -> PageResult {
    let add = AddCustomer {
        name: form.text("name").to_owned(),
        email: form.text("email").to_owned(),
    };
    match page.run(add).await {
        Ok(customer) => Ok(page.lead_to(
            &format!("/customers/{customer}"),
            Some(&Flash::new(key("done-added"))),
        )),
        Err(error) => show(&page, &Asked::default(), &form, &faults_of(error)?).await,
    }
}
