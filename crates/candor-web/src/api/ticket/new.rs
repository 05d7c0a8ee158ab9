//! Opening a ticket.
//!
//! Owns: the body that says what it is. Must not know: rules.

use super::super::caller::Caller;
use super::super::fields::{Body, Fields};
use super::super::shape::Ticket;
use super::super::upload::NewMessageFile;
use super::{renamed, ticket_answer};
use crate::error::ApiResult;
use axum::http::StatusCode;
use axum::response::Response;
use candor_desk::once::Then;
use candor_desk::ticket::{OpenTicket, SheetOf, stage_all};
use candor_desk::visitor::Handed;
use candor_domain::message::Channel;
use candor_domain::ticket::{Kind, Urgency};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A ticket to open.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewTicket {
    /// One line.
    subject: String,
    /// What the customer said, as plain text.
    body: String,
    /// Who asks.
    customer: NewTicketCustomer,
    /// The address of one of your mailboxes; the first one where nothing is said.
    #[schema(required = false)]
    mailbox: Option<String>,
    /// `inquiry`, `complaint` or `feedback`.
    #[schema(required = false)]
    kind: Option<String>,
    /// `urgent`, `normal` (where nothing is said) or `can_wait`.
    #[schema(required = false)]
    urgency: Option<String>,
    /// Tags.
    #[schema(required = false)]
    tags: Option<Vec<String>>,
    /// Files that the customer handed over.
    #[schema(required = false)]
    files: Option<Vec<NewMessageFile>>,
}

/// Who asks: an address, a telephone number or at least a name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewTicketCustomer {
    /// Their address. Somebody who wrote before from there is the same customer. Without one,
    /// replies cannot be mailed.
    #[schema(required = false)]
    email: Option<String>,
    /// Their telephone number. Without an address, whoever called from it before is the same
    /// customer.
    #[schema(required = false)]
    phone: Option<String>,
    /// As they write it themselves.
    #[schema(required = false)]
    name: Option<String>,
}

/// Opens a ticket
///
/// For a customer, with what they said. Nothing is mailed.
#[utoipa::path(
    post,
    path = "/api/v1/tickets",
    tag = "Tickets",
    params(("Idempotency-Key" = Option<String>, Header, description = "A repeated call with this key gets the same answer and opens nothing new")),
    request_body = NewTicket,
    responses((status = 201, description = "The ticket", body = Ticket, headers(
        ("Location" = String, description = "Where it is"),
        ("ETag" = String, description = "Its version"),
    ))),
    security(("token" = ["tickets.reply"]))
)]
pub(in super::super) async fn create(caller: Caller, body: Body) -> ApiResult<Response> {
    let (mut open, files) = read(body.value)?;
    open.files = stage_all(&caller.app.desk, None, files).await?;
    let verb = Then {
        verb: open,
        ask: SheetOf,
    };
    let done = caller.once(body.request, verb, ticket_answer(StatusCode::CREATED));
    done.await.map_err(|error| {
        renamed(
            error,
            &[
                ("email", "customer.email"),
                ("phone", "customer.phone"),
                ("name", "customer.name"),
            ],
        )
    })
}

fn read(value: Value) -> ApiResult<(OpenTicket, Vec<Handed>)> {
    let names = [
        "subject", "body", "customer", "mailbox", "kind", "urgency", "tags", "files",
    ];
    let mut fields = Fields::of(value, &names)?;
    let mut customer = fields.required_object("customer", &["email", "phone", "name"], "customer.");
    let open = OpenTicket {
        subject: fields.required_text("subject"),
        body: fields.required_text("body"),
        email: customer.text("email").unwrap_or_default(),
        phone: customer.text("phone").unwrap_or_default(),
        name: customer.text("name").unwrap_or_default(),
        mailbox: fields.text("mailbox"),
        channel: Channel::Api,
        kind: fields.word("kind", Kind::ALL, Kind::as_str),
        urgency: fields
            .word("urgency", Urgency::ALL, Urgency::as_str)
            .unwrap_or(Urgency::Normal),
        tags: fields.texts("tags").unwrap_or_default(),
        files: Vec::new(),
    };
    let files = fields.files();
    fields.join(customer);
    fields.done()?;
    Ok((open, files))
}
