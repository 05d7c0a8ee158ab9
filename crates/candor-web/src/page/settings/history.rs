//! How long the history is, and how far it is sealed.
//!
//! Owns: the page. Must not know: Merkle trees.

use super::Place;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::page::Page;
use crate::part::{Facts, Verbatim};
use crate::route::RouteBook;
use crate::state::App;
use candor_desk::seal::HistoryStands;

pub(super) fn routes(book: &mut RouteBook<App>) {
    book.get("/settings/history", Place::History.admission(), show);
}

async fn show(page: Page) -> PageResult {
    let t = &page.t;
    let stand = page.ask(HistoryStands).await?;
    let (sealed, at) = match stand.sealed {
        Some((size, at)) => (t.number(size), t.moment(at)),
        None => (t.number(0), t.get("history-never")),
    };
    let note = (!stand.note.is_empty()).then(|| Verbatim {
        title: t.get("history-note"),
        words: t.get("history-note-words"),
        text: stand.note.clone(),
        secret: true,
    });
    Place::History
        .sheet(&page)
        .await?
        .intro(t.get("history-intro"))
        .block(Facts {
            title: t.get("history-stand"),
            words: String::new(),
            facts: vec![
                (t.get("history-entries"), t.number(stand.entries)),
                (t.get("history-sealed"), sealed),
                (t.get("history-sealed-at"), at),
            ],
        })
        .block(Verbatim {
            title: t.get("history-verify"),
            words: t.get("history-verify-words"),
            text: "candor verify".to_owned(),
            secret: true,
        })
        .maybe(note)
        .answer(&page, &Faults::default())
}
