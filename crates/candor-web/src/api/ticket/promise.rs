//! Promises that people give.
//!
//! Owns: giving one and withdrawing it. Must not know: clocks.

use super::super::caller::{Caller, Number, Numbers};
use super::super::fields::{Body, Fields};
use super::super::respond::{answer, written};
use super::super::shape::Ticket;
use crate::error::{ApiError, ApiResult};
use crate::failure::Failure;
use crate::i18n::key;
use axum::http::StatusCode;
use axum::response::Response;
use candor_desk::level::{DraftPromise, GivePromise, WithdrawPromise};
use candor_desk::ticket::SheetById;
use candor_domain::id::TicketId;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// A promise to be in touch.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewPromise {
    /// By when; within 62 days.
    #[schema(format = DateTime)]
    due_at: String,
    /// The words in which it was given.
    #[schema(required = false)]
    words: Option<String>,
}

/// Why a promise does not hold any more.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Withdrawal {
    /// For colleagues.
    reason: String,
}

/// Promises the customer to be in touch
///
/// The next reply keeps it. A ticket owes one at a time.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/promises",
    tag = "Tickets",
    params(("number" = i64, Path, description = "The ticket's number")),
    request_body = NewPromise,
    responses(
        (status = 201, description = "The ticket as it is now", body = Ticket),
        (status = 409, description = "It owes a promise already"),
    ),
    security(("token" = ["tickets.reply"]))
)]
pub(in super::super) async fn promise(
    caller: Caller,
    number: Number<TicketId>,
    body: Body,
) -> ApiResult<Response> {
    let mut fields = Fields::of(body.value, &["due_at", "words"])?;
    let due = fields.required_text("due_at");
    let words = fields.text("words").unwrap_or_default();
    let due = due.parse::<Timestamp>();
    if due.is_err() {
        fields.refuse("due_at", key("error-promise-due"), "");
    }
    fields.done()?;
    let due = due.map_err(|_| ApiError(Failure::Unreadable))?;
    let give = GivePromise {
        ticket: number.0,
        promise: DraftPromise { words, due },
    };
    caller
        .run(give)
        .await
        .map_err(|error| caller.refused(error))?;
    shown(&caller, number.0, StatusCode::CREATED).await
}

/// Withdraws a promise
///
/// Only while it is owed; one that was missed stays missed.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/promises/{id}/withdrawal",
    tag = "Tickets",
    params(
        ("number" = i64, Path, description = "The ticket's number"),
        ("id" = i64, Path, description = "The promise's number on the ticket"),
    ),
    request_body = Withdrawal,
    responses((status = 200, description = "The ticket as it is now", body = Ticket)),
    security(("token" = ["tickets.reply"]))
)]
pub(in super::super) async fn withdraw(
    caller: Caller,
    numbers: Numbers<TicketId, i64>,
    body: Body,
) -> ApiResult<Response> {
    let mut fields = Fields::of(body.value, &["reason"])?;
    let reason = fields.required_text("reason");
    fields.done()?;
    let withdraw = WithdrawPromise {
        ticket: numbers.0,
        cycle: u32::try_from(numbers.1).unwrap_or_default(),
        reason,
    };
    let done = caller.run(withdraw).await;
    done.map_err(|error| caller.refused(error))?;
    shown(&caller, numbers.0, StatusCode::OK).await
}

async fn shown(caller: &Caller, ticket: TicketId, status: StatusCode) -> ApiResult<Response> {
    let sheet = caller.ask(SheetById { ticket }).await?;
    Ok(written(answer(status, &Ticket::of(&sheet))))
}
