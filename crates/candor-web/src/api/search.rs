//! Searching.
//!
//! Owns: `/api/v1/search`. Must not know: how words are found.

use super::caller::Caller;
use super::params::{Params, refused};
use super::respond::ok;
use super::shape::TicketLine;
use crate::error::ApiResult;
use crate::i18n::key;
use axum::response::Response;
use candor_desk::ticket::Search;
use serde::Serialize;
use utoipa::ToSchema;

/// What a search found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Found {
    /// Tickets, the newest hit first.
    items: Vec<TicketLine>,
    /// Always `null`: narrow the words instead of turning pages.
    next_cursor: Option<String>,
    /// The search looked at the newest matches only and stopped there.
    stopped: bool,
}

/// Searches messages and subject lines
#[utoipa::path(
    get,
    path = "/api/v1/search",
    tag = "Tickets",
    params(
        ("q" = String, Query, description = "Words, or a ticket's number such as `#12`"),
        ("limit" = Option<i64>, Query, description = "1 to 100 entries; 50 where nothing is said"),
    ),
    responses((status = 200, description = "Tickets", body = Found)),
    security(("token" = ["tickets.read"]))
)]
pub(super) async fn index(caller: Caller, params: Params) -> ApiResult<Response> {
    let params = params.knowing(&["q", "limit"])?;
    let text = params
        .get("q")
        .ok_or_else(|| refused("q", key("error-field-missing"), ""))?;
    let search = Search {
        text: text.to_owned(),
        limit: params.limit()?,
    };
    let page = caller.ask(search).await?;
    Ok(ok(&Found {
        items: page.rows.iter().map(TicketLine::of).collect(),
        next_cursor: None,
        stopped: page.stopped,
    }))
}
