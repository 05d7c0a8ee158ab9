//! Messages of a ticket: reading them, replying, noting.
//!
//! Owns: the bodies of replies and notes. Must not know: mail.

use super::super::caller::{Caller, Number, Numbers};
use super::super::fields::{Body, Fields};
use super::super::params::Params;
use super::super::respond::{List, answer, cursor, ok};
use super::super::shape::Message;
use super::super::upload::NewMessageFile;
use crate::error::{ApiError, ApiResult};
use crate::failure::Failure;
use axum::http::StatusCode;
use axum::response::Response;
use candor_desk::DeskError;
use candor_desk::once::{Answer, Then};
use candor_desk::ticket::{
    MessageOf, NewFile, OneMessage, Reply, SheetById, ThreadPage, WriteNote, stage_all,
};
use candor_desk::visitor::Handed;
use candor_domain::id::{MessageId, TicketId};
use candor_domain::message::Channel;
use candor_domain::text::{PublicText, StaffText};
use candor_domain::ticket::AfterSend;
use serde::Serialize;
use utoipa::ToSchema;

/// A reply to the customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewReply {
    /// Markdown.
    body: String,
    /// Addresses that get a copy.
    #[schema(required = false)]
    cc: Option<Vec<String>>,
    /// What happens to the ticket: `wait` (where nothing is said), `open` or `solve`.
    #[schema(required = false)]
    then: Option<String>,
    /// `last_message` of the ticket as you know it: refused when a newer one came in between.
    #[schema(required = false)]
    seen_message: Option<i64>,
    /// Files that go with it.
    #[schema(required = false)]
    files: Option<Vec<NewMessageFile>>,
}

/// A note that only staff see.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewNote {
    /// Markdown.
    body: String,
    /// Files that go with it.
    #[schema(required = false)]
    files: Option<Vec<NewMessageFile>>,
}

/// Lists the messages of a ticket
///
/// Oldest first, notes included.
#[utoipa::path(
    get,
    path = "/api/v1/tickets/{number}/messages",
    tag = "Messages",
    params(
        ("number" = i64, Path, description = "The ticket's number"),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
        ("limit" = Option<i64>, Query, description = "1 to 100 entries; 50 where nothing is said"),
    ),
    responses((status = 200, description = "A page of messages", body = List<Message>)),
    security(("token" = ["tickets.read"]))
)]
pub(in super::super) async fn messages(
    caller: Caller,
    number: Number<TicketId>,
    params: Params,
) -> ApiResult<Response> {
    let params = params.knowing(&["cursor", "limit"])?;
    let page = ThreadPage {
        ticket: number.0,
        after: params.cursor::<1>()?.map(|[id]| MessageId(id)),
        limit: params.limit()?,
    };
    let thread = caller.ask(page).await?;
    Ok(ok(&List {
        items: thread.messages.iter().map(Message::of).collect(),
        next_cursor: thread.next.map(|id| cursor(&[id.0])),
    }))
}

/// Shows a message
#[utoipa::path(
    get,
    path = "/api/v1/tickets/{number}/messages/{id}",
    tag = "Messages",
    params(
        ("number" = i64, Path, description = "The ticket's number"),
        ("id" = i64, Path, description = "The message's number"),
    ),
    responses((status = 200, description = "The message", body = Message)),
    security(("token" = ["tickets.read"]))
)]
pub(in super::super) async fn message(
    caller: Caller,
    numbers: Numbers<TicketId, MessageId>,
) -> ApiResult<Response> {
    let Numbers(ticket, id) = numbers;
    let found = caller.ask(OneMessage(id)).await?;
    if found.message.ticket != ticket {
        return Err(ApiError(Failure::NotFound));
    }
    Ok(ok(&Message::of(&found)))
}

/// Replies to the customer
///
/// At once, by mail, without a moment to take it back.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/replies",
    tag = "Messages",
    params(
        ("number" = i64, Path, description = "The ticket's number"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated call with this key gets the same answer and sends nothing new"),
    ),
    request_body = NewReply,
    responses(
        (status = 201, description = "The reply", body = Message),
        (status = 409, description = "A newer message arrived, or the ticket is closed or spam"),
    ),
    security(("token" = ["tickets.reply"]))
)]
pub(in super::super) async fn reply(
    caller: Caller,
    number: Number<TicketId>,
    body: Body,
) -> ApiResult<Response> {
    let mut fields = Fields::of(body.value, &["body", "cc", "then", "seen_message", "files"])?;
    let files = fields.files();
    let mut reply = Reply {
        ticket: number.0,
        body: PublicText::new(fields.required_text("body")),
        cc: fields.texts("cc").unwrap_or_default(),
        then: fields
            .word("then", AfterSend::ALL, AfterSend::as_str)
            .unwrap_or(AfterSend::Wait),
        seen: fields.number("seen_message").map(MessageId),
        files: Vec::new(),
        channel: Channel::Api,
    };
    fields.done()?;
    reply.files = staged(&caller, number.0, files).await?;
    let verb = Then {
        verb: reply,
        ask: OneMessage,
    };
    caller.once(body.request, verb, created).await
}

/// Writes a note
///
/// Only staff see it.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/notes",
    tag = "Messages",
    params(
        ("number" = i64, Path, description = "The ticket's number"),
        ("Idempotency-Key" = Option<String>, Header, description = "A repeated call with this key gets the same answer and writes nothing new"),
    ),
    request_body = NewNote,
    responses((status = 201, description = "The note", body = Message)),
    security(("token" = ["tickets.note"]))
)]
pub(in super::super) async fn note(
    caller: Caller,
    number: Number<TicketId>,
    body: Body,
) -> ApiResult<Response> {
    let mut fields = Fields::of(body.value, &["body", "files"])?;
    let files = fields.files();
    let mut note = WriteNote {
        ticket: number.0,
        body: StaffText::new(fields.required_text("body")),
        files: Vec::new(),
        channel: Channel::Api,
    };
    fields.done()?;
    note.files = staged(&caller, number.0, files).await?;
    let verb = Then {
        verb: note,
        ask: OneMessage,
    };
    caller.once(body.request, verb, created).await
}

/// Stages files for a ticket. Nothing is stored for one that the caller may not see.
async fn staged(
    caller: &Caller,
    ticket: TicketId,
    files: Vec<Handed>,
) -> Result<Vec<NewFile>, DeskError> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    caller.ask(SheetById { ticket }).await?;
    stage_all(&caller.app.desk, Some(ticket), files).await
}

fn created(message: &MessageOf) -> Answer {
    answer(StatusCode::CREATED, &Message::of(message))
}
