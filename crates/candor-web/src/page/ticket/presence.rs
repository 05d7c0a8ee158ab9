//! Who is at a ticket.
//!
//! Owns: the signs of life that browsers send. Must not know: how others see them.

use crate::error::PageResult;
use crate::page::Page;
use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use candor_desk::ticket::{Doing, Leave, SetPresence};
use candor_domain::id::TicketId;
use serde::Deserialize;

/// What somebody does.
#[derive(Debug, Deserialize)]
pub(crate) struct Sign {
    state: String,
}

/// `PUT /tickets/{ticket}/presence`
pub(crate) async fn set(
    cx: Page,
    Path(ticket): Path<TicketId>,
    Form(sign): Form<Sign>,
) -> PageResult {
    let doing = match sign.state.as_str() {
        "writing" => Doing::Writing,
        _ => Doing::Reading,
    };
    cx.note(SetPresence { ticket, doing }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `DELETE /tickets/{ticket}/presence`
pub(crate) async fn leave(cx: Page, Path(ticket): Path<TicketId>) -> PageResult {
    cx.note(Leave { ticket }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
