//! Tickets.
//!
//! Owns: `/api/v1/tickets` and what lies below. Must not know: rules.

mod closure;
mod message;
mod new;
mod patch;
mod promise;

pub(super) use closure::{__path_close, __path_reopen, close, reopen};
pub(super) use message::{
    __path_message, __path_messages, __path_note, __path_reply, message, messages, note, reply,
};
pub(super) use new::{__path_create, create};
pub(super) use patch::{__path_change, change};
pub(super) use promise::{__path_promise, __path_withdraw, promise, withdraw};

use super::caller::{Caller, Number};
use super::params::{Params, refused};
use super::respond::{List, answer, cursor, fresh, ok};
use super::shape::{Ticket, TicketLine};
use crate::error::{ApiError, ApiResult};
use crate::failure::Failure;
use crate::i18n::key;
use axum::http::StatusCode;
use axum::response::Response;
use candor_desk::Stretch;
use candor_desk::once::Answer;
use candor_desk::ticket::{ListPage, Sheet, SheetById, WhichList};
use candor_domain::id::{CustomerId, TicketId};
use jiff::Timestamp;

/// What a list of tickets may be narrowed by.
const NAMES: [&str; 4] = ["list", "customer", "cursor", "limit"];

/// Lists tickets
///
/// Newest activity first.
#[utoipa::path(
    get,
    path = "/api/v1/tickets",
    tag = "Tickets",
    params(
        ("list" = Option<String>, Query, description = "`all` (the default: everything that is not done), `mine`, `unassigned`, `team`, `waiting`, `on_hold`, `solved`, `closed` or `spam`"),
        ("customer" = Option<i64>, Query, description = "Only tickets of this customer, whatever their list"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
        ("limit" = Option<i64>, Query, description = "1 to 100 entries; 50 where nothing is said"),
    ),
    responses((status = 200, description = "A page of tickets", body = List<TicketLine>)),
    security(("token" = ["tickets.read"]))
)]
pub(super) async fn index(caller: Caller, params: Params) -> ApiResult<Response> {
    let params = params.knowing(&NAMES)?;
    let list = match params.get("list") {
        None => WhichList::All,
        Some(word) => WhichList::parse(word).ok_or_else(|| {
            let words: Vec<&str> = WhichList::ALL.iter().map(|list| list.as_str()).collect();
            refused("list", key("error-field-word"), &words.join(", "))
        })?,
    };
    let after = params.cursor::<2>()?.map(|[micros, number]| {
        let at = Timestamp::from_microsecond(micros);
        at.map(|at| (at, TicketId(number)))
            .map_err(|_| refused("cursor", key("error-field-cursor"), ""))
    });
    let page = ListPage {
        list,
        customer: params.number("customer")?.map(CustomerId),
        stretch: after.transpose()?.map_or(Stretch::Top, Stretch::After),
        limit: params.limit()?,
    };
    let found = caller.ask(page).await?;
    Ok(ok(&List {
        items: found.rows.iter().map(TicketLine::of).collect(),
        next_cursor: found
            .next
            .map(|(at, ticket)| cursor(&[at.as_microsecond(), ticket.0])),
    }))
}

/// Shows a ticket
#[utoipa::path(
    get,
    path = "/api/v1/tickets/{number}",
    tag = "Tickets",
    params(
        ("number" = i64, Path, description = "The ticket's number"),
        ("If-None-Match" = Option<String>, Header, description = "The `ETag` that you have: 304 when nothing changed"),
    ),
    responses(
        (status = 200, description = "The ticket", body = Ticket, headers(("ETag" = String, description = "Its version"))),
        (status = 304, description = "Nothing changed"),
    ),
    security(("token" = ["tickets.read"]))
)]
pub(super) async fn show(caller: Caller, number: Number<TicketId>) -> ApiResult<Response> {
    let sheet = caller.ask(SheetById { ticket: number.0 }).await?;
    let version = sheet.ticket.version;
    Ok(fresh(&caller.headers, &Ticket::of(&sheet), version))
}

/// The answer that carries a ticket.
fn ticket_answer(status: StatusCode) -> impl Fn(&Sheet) -> Answer + Send + Sync + 'static {
    move |sheet| answer(status, &Ticket::of(sheet))
}

/// Calls faults by the names that the body has for them.
fn renamed(error: ApiError, names: &[(&str, &'static str)]) -> ApiError {
    let Failure::Invalid(mut faults) = error.0 else {
        return error;
    };
    for fault in &mut faults {
        if let Some((_, name)) = names.iter().find(|(from, _)| *from == fault.field) {
            fault.field = (*name).into();
        }
    }
    ApiError(Failure::Invalid(faults))
}
