//! Searching tickets.
//!
//! Owns: the page with what was found. Must not know: how it is found.

use super::list::{Lines, ListColumn};
use crate::error::{PageResult, render};
use crate::i18n::Texts;
use crate::layout::{AppFrame, Columns, Section};
use crate::page::{Page, Rail};
use crate::part::EmptyState;
use askama::Template;
use axum::extract::Query;
use candor_desk::ticket::{PAGE_LINES, Search, SearchView};
use candor_domain::id::TicketId;
use serde::Deserialize;

/// What is sought.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Sought {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "page/inbox/search.html")]
struct SearchPage {
    frame: AppFrame,
    t: Texts,
    q: String,
    found: Option<Lines>,
    count: String,
    stopped: bool,
    empty: Option<EmptyState>,
}

/// The ticket that `#12` names.
fn named(text: &str) -> Option<TicketId> {
    text.trim().strip_prefix('#')?.parse().ok()
}

/// `GET /search`
pub(crate) async fn show(cx: Page, Query(sought): Query<Sought>) -> PageResult {
    let t = &cx.t;
    let text: String = sought.q.chars().take(200).collect();
    let search = Search {
        text: text.clone(),
        limit: PAGE_LINES,
    };
    let screen = cx.ask(SearchView { search }).await?;
    if let Some(ticket) = named(&text).filter(|id| screen.page.rows.iter().any(|row| row.id == *id))
    {
        return Ok(cx.lead_to(&format!("/tickets/{ticket}"), None));
    }
    let empty = if text.trim().is_empty() {
        Some(EmptyState::new(
            t.get("search-empty"),
            t.get("search-empty-words"),
        ))
    } else if screen.page.rows.is_empty() {
        let title = t.arg("search-nothing", "words", text.trim());
        Some(EmptyState::new(title, t.get("search-nothing-words")))
    } else {
        None
    };
    let rail = Rail {
        counts: &screen.counts,
        open: None,
    };
    let count = t.arg("search-count", "count", screen.page.rows.len());
    let page = SearchPage {
        frame: cx.frame(&t.get("app-search"), Section::Search, Columns::Wide, &rail),
        found: empty
            .is_none()
            .then(|| ListColumn::found(&cx, screen.page.rows, &screen.due)),
        stopped: screen.page.stopped,
        q: text,
        t: t.clone(),
        count,
        empty,
    };
    render(&page).map(|response| cx.told(response))
}
