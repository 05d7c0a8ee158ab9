//! Changing a ticket.
//!
//! Owns: the body that says what is set. Must not know: rules.

use super::super::caller::{Caller, Number};
use super::super::fields::{Body, Fields};
use super::super::respond::written;
use super::super::shape::Ticket;
use super::ticket_answer;
use crate::error::ApiResult;
use axum::http::StatusCode;
use axum::response::Response;
use candor_desk::once::{Once, Then};
use candor_desk::ticket::{EditTicket, Edits, SheetOf};
use candor_domain::id::{PersonId, TeamId, TicketId};
use candor_domain::ticket::{Kind, Status, Urgency};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// What is set; whatever is left out stays as it is.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TicketPatch {
    /// The number of the person who has it; `null` for nobody.
    #[schema(required = false)]
    assignee: Option<i64>,
    /// The number of the team that has it; `null` for none.
    #[schema(required = false)]
    team: Option<i64>,
    /// `inquiry`, `complaint`, `feedback`, or `null` for nothing known.
    #[schema(required = false)]
    kind: Option<String>,
    /// `urgent`, `normal` or `can_wait`.
    #[schema(required = false, nullable = false)]
    urgency: Option<String>,
    /// All tags.
    #[schema(required = false, nullable = false)]
    tags: Option<Vec<String>>,
    /// Whether it is spam.
    #[schema(required = false, nullable = false)]
    spam: Option<bool>,
    /// `open`, `waiting`, `on_hold`, `solved` or `closed`.
    #[schema(required = false, nullable = false)]
    status: Option<String>,
}

/// Changes a ticket
///
/// All of it or nothing. Needs `tickets.assign` for `assignee` and `team`, `tickets.spam` for
/// `spam`, `tickets.change` for the rest.
#[utoipa::path(
    patch,
    path = "/api/v1/tickets/{number}",
    tag = "Tickets",
    params(
        ("number" = i64, Path, description = "The ticket's number"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` that you have seen: 412 when somebody changed it since"),
    ),
    request_body = TicketPatch,
    responses(
        (status = 200, description = "The ticket as it is now", body = Ticket, headers(("ETag" = String, description = "Its version"))),
        (status = 412, description = "Somebody changed it since"),
    ),
    security(("token" = ["tickets.read", "tickets.change", "tickets.assign", "tickets.spam"]))
)]
pub(in super::super) async fn change(
    caller: Caller,
    number: Number<TicketId>,
    body: Body,
) -> ApiResult<Response> {
    let verb = EditTicket {
        ticket: number.0,
        edits: read(body.value)?,
        version: caller.seen_version()?,
    };
    changed(&caller, verb).await
}

/// Runs a verb that gives a ticket and shows it.
pub(super) async fn changed<V>(caller: &Caller, verb: V) -> ApiResult<Response>
where
    V: candor_desk::Verb<Output = candor_domain::ticket::Ticket>,
{
    let once = Once {
        call: None,
        verb: Then { verb, ask: SheetOf },
        write: ticket_answer(StatusCode::OK),
    };
    let done = caller.run(once).await;
    done.map(written).map_err(|error| caller.refused(error))
}

fn read(value: Value) -> ApiResult<Edits> {
    let names = [
        "assignee", "team", "kind", "urgency", "tags", "spam", "status",
    ];
    let mut fields = Fields::of(value, &names)?;
    let kind = |fields: &mut Fields, name: &str| fields.word(name, Kind::ALL, Kind::as_str);
    let urgency =
        |fields: &mut Fields, name: &str| fields.word(name, Urgency::ALL, Urgency::as_str);
    let status = |fields: &mut Fields, name: &str| fields.word(name, Status::ALL, Status::as_str);
    let edits = Edits {
        assignee: fields.clearable("assignee", Fields::number).map(PersonId),
        team: fields.clearable("team", Fields::number).map(TeamId),
        kind: fields.clearable("kind", kind),
        urgency: fields.settable("urgency", urgency),
        tags: fields.settable("tags", Fields::texts),
        spam: fields.settable("spam", Fields::flag),
        status: fields.settable("status", status),
    };
    fields.done()?;
    Ok(edits)
}
