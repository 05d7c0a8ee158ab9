//! Addresses that do not work, and releasing them.
//!
//! Owns: the list with its reasons. Must not know: how an address is found to be dead.

use super::Place;
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::ticket::cause;
use crate::page::turn::{self, Turn};
use crate::part::{ActionButton, Chip, EmptyState, Row, Rows, Tone};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::{Path, Query};
use candor_desk::outbox::{DeadAddresses, ReleaseAddress};
use candor_domain::id::SuppressionId;
use candor_domain::suppression::Suppression;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Addresses.admission();
    book.get("/settings/addresses", may, index)
        .post("/settings/addresses/{address}/release", may, release)
        .delete("/settings/addresses/{address}/release", may, hold);
}

async fn index(page: Page, Query(turn): Query<Turn<SuppressionId>>) -> PageResult {
    let t = &page.t;
    let stretch = turn.stretch();
    let dead = page.ask(DeadAddresses { stretch }).await?;
    let sheet = Place::Addresses.sheet(&page).await?;
    let sheet = if dead.rows.is_empty() {
        sheet.block(EmptyState::new(
            t.get("addresses-none"),
            t.get("addresses-none-words"),
        ))
    } else {
        let rows = dead.rows.iter().map(|one| row(t, one)).collect();
        sheet
            .intro(t.get("addresses-intro"))
            .block(Rows::new("", rows, ""))
    };
    let words = (key("app-newer"), key("app-older"));
    let pager = turn::pager(t, &dead, words, |side, address| {
        format!("{}?{side}={address}", Place::Addresses.path())
    });
    sheet.maybe(pager).answer(&page, &Faults::default())
}

fn row(t: &Texts, dead: &Suppression) -> Row {
    let path = path_of(dead.id);
    let why = cause(t, &dead.cause);
    Row::new(&dead.address)
        .below(t.arg("addresses-since", "when", t.moment(dead.at)))
        .below(dead.diagnostic.clone())
        .chip(Chip::toned(format!("{why} ({})", dead.status), Tone::Warn))
        .act(ActionButton::post(path, t.get("addresses-release")))
}

fn path_of(address: SuppressionId) -> String {
    format!("{}/{address}/release", Place::Addresses.path())
}

async fn release(page: Page, Path(address): Path<SuppressionId>) -> PageResult {
    let release = true;
    page.run(ReleaseAddress { address, release }).await?;
    let undo = format!("{}/removal", path_of(address));
    let told = Flash::new(key("done-address-released")).with_undo(undo);
    Ok(page.lead_to(Place::Addresses.path(), Some(&told)))
}

async fn hold(page: Page, Path(address): Path<SuppressionId>) -> PageResult {
    let release = false;
    page.run(ReleaseAddress { address, release }).await?;
    let told = Flash::new(key("done-address-held"));
    Ok(page.lead_to(Place::Addresses.path(), Some(&told)))
}
