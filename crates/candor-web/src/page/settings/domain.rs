//! The domains that we send from.
//!
//! Owns: the pages on which a key is made, the entries to copy, and how each of them stands. Must
//! not know: how the DNS is asked.

mod words;

use super::{Place, question};
use crate::cookie::Flash;
use crate::error::{PageError, PageResult};
use crate::failure::{Failure, Faults};
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::part::{ActionButton, Chip, EmptyState, Row, Rows, Tone, Verbatim};
use crate::route::RouteBook;
use crate::state::App;
use axum::extract::Path;
use axum::response::Response;
use candor_desk::sending_domain::{
    DropSigningKey, RecordState, SendingDomain, SendingDomains, look_at, make_signing_key,
};

pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Place::Domains.admission();
    book.get("/settings/domains", may, index)
        .get("/settings/domains/{domain}", may, show)
        .post("/settings/domains/{domain}/key", may, make_key)
        .delete("/settings/domains/{domain}/key", may, drop_key)
        .post("/settings/domains/{domain}/look", may, look);
}

async fn domains(page: &Page) -> Result<Vec<SendingDomain>, PageError> {
    let relay = page.app.post_office.relay.clone();
    Ok(page.ask(SendingDomains { relay }).await?)
}

async fn index(page: Page) -> PageResult {
    let t = &page.t;
    let found = domains(&page).await?;
    let sheet = Place::Domains
        .sheet(&page)
        .await?
        .intro(t.get("domain-intro"));
    let sheet = if found.is_empty() {
        sheet.block(EmptyState::new(
            t.get("domain-none"),
            t.get("domain-none-words"),
        ))
    } else {
        let rows = found.iter().map(|domain| row(t, domain)).collect();
        sheet.block(Rows::new("", rows, ""))
    };
    sheet.answer(&page, &Faults::default())
}

fn row(t: &Texts, domain: &SendingDomain) -> Row {
    let path = format!("/settings/domains/{}", domain.domain);
    Row::new(&domain.domain)
        .leads_to(path)
        .below(looked_words(t, domain))
        .chip(state_chip(t, domain))
}

fn state_chip(t: &Texts, domain: &SendingDomain) -> Chip {
    let good = domain
        .records
        .iter()
        .all(|record| record.state == RecordState::Good);
    if good && domain.signs {
        Chip::toned(t.get("domain-all-good"), Tone::Good)
    } else if domain.signs {
        Chip::toned(t.get("domain-signs"), Tone::Good)
    } else if domain.has_key {
        Chip::toned(t.get("domain-waits"), Tone::Warn)
    } else {
        Chip::new(t.get("domain-no-key"))
    }
}

fn looked_words(t: &Texts, domain: &SendingDomain) -> String {
    match domain.looked_at {
        Some(at) => t.arg("domain-looked", "when", t.relative(at)),
        None => t.get("domain-not-looked"),
    }
}

async fn show(page: Page, Path(name): Path<String>) -> PageResult {
    let t = &page.t;
    let found = domains(&page).await?.into_iter();
    let domain = found
        .into_iter()
        .find(|domain| domain.domain == name)
        .ok_or(Failure::NotFound)?;
    let mut sheet = Place::Domains
        .titled(&page, &domain.domain)
        .await?
        .back(t.get(Place::Domains.title()), Place::Domains.path())
        .chip(state_chip(t, &domain))
        .intro(t.get("domain-words"))
        .block(steps(t, &domain));
    for record in &domain.records {
        sheet = sheet.block(words::card(t, record));
    }
    if domain.has_key {
        sheet = sheet.block(Verbatim {
            title: t.get("domain-letter-title"),
            words: t.get("domain-letter-words"),
            text: words::letter(t, &domain),
            secret: true,
        });
    }
    sheet.answer(&page, &Faults::default())
}

/// What can be done: make a key, look again.
fn steps(t: &Texts, domain: &SendingDomain) -> Rows {
    let path = format!("/settings/domains/{}", domain.domain);
    let key_path = format!("{path}/key");
    let row = Row::new(t.get("domain-key"));
    let row = if domain.has_key {
        let again = question(
            t,
            "new-key".to_owned(),
            (
                t.get("domain-key-again-title"),
                t.get("domain-key-again-words"),
            ),
            (
                ActionButton::post(&key_path, t.get("domain-key-again")),
                t.get("domain-key-again"),
            ),
        );
        let gone = question(
            t,
            "drop-key".to_owned(),
            (
                t.get("domain-key-drop-title"),
                t.get("domain-key-drop-words"),
            ),
            (
                ActionButton::delete(&key_path, t.get("domain-key-drop")),
                t.get("domain-key-drop"),
            ),
        );
        let words = if domain.signs {
            "domain-key-signs"
        } else {
            "domain-key-waits"
        };
        row.below(t.get(words)).ask(again).ask(gone)
    } else {
        let button = ActionButton::post(&key_path, t.get("domain-key-make"));
        row.below(t.get("domain-key-none")).act(button.primary())
    };
    let look = ActionButton::post(format!("{path}/look"), t.get("domain-look"));
    let entries = Row::new(t.get("domain-entries"))
        .below(looked_words(t, domain))
        .act(look);
    Rows::new("", vec![row, entries], "")
}

async fn make_key(page: Page, Path(name): Path<String>) -> PageResult {
    let (desk, office) = (&page.app.desk, &page.app.post_office);
    make_signing_key(desk, &page.actor, office, &name).await?;
    Ok(back(&page, &name, key("done-key-made")))
}

async fn drop_key(page: Page, Path(name): Path<String>) -> PageResult {
    let verb = DropSigningKey {
        domain: name.clone(),
    };
    page.run(verb).await?;
    Ok(back(&page, &name, key("done-key-dropped")))
}

async fn look(page: Page, Path(name): Path<String>) -> PageResult {
    let (desk, office) = (&page.app.desk, &page.app.post_office);
    look_at(desk, &page.actor, office, &name).await?;
    Ok(back(&page, &name, key("done-looked")))
}

fn back(page: &Page, name: &str, done: &'static str) -> Response {
    let path = format!("/settings/domains/{name}");
    page.lead_to(&path, Some(&Flash::new(done)))
}
