//! Closing a ticket and opening it again.
//!
//! Owns: the resource `closure`. Must not know: rules.

use super::super::caller::{Caller, Number};
use super::super::shape::Ticket;
use super::patch::changed;
use crate::error::ApiResult;
use axum::response::Response;
use candor_desk::ticket::{EditTicket, Edits, Reopen};
use candor_domain::id::TicketId;
use candor_domain::ticket::Status;

/// Closes a ticket
///
/// An answer of the customer then opens a new ticket that goes on from it. Closing a closed one
/// changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/closure",
    tag = "Tickets",
    params(
        ("number" = i64, Path, description = "The ticket's number"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` that you have seen"),
    ),
    responses((status = 200, description = "The ticket as it is now", body = Ticket)),
    security(("token" = ["tickets.change"]))
)]
pub(in super::super) async fn close(
    caller: Caller,
    number: Number<TicketId>,
) -> ApiResult<Response> {
    let verb = EditTicket {
        ticket: number.0,
        edits: Edits {
            status: Some(Status::Closed),
            ..Edits::default()
        },
        version: caller.seen_version()?,
    };
    changed(&caller, verb).await
}

/// Opens a closed ticket again
///
/// One that is not closed stays as it is.
#[utoipa::path(
    delete,
    path = "/api/v1/tickets/{number}/closure",
    tag = "Tickets",
    params(
        ("number" = i64, Path, description = "The ticket's number"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` that you have seen"),
    ),
    responses((status = 200, description = "The ticket as it is now", body = Ticket)),
    security(("token" = ["tickets.change"]))
)]
pub(in super::super) async fn reopen(
    caller: Caller,
    number: Number<TicketId>,
) -> ApiResult<Response> {
    let verb = Reopen {
        ticket: number.0,
        version: caller.seen_version()?,
    };
    changed(&caller, verb).await
}
