//! What is typed and not sent yet, and the files that hang on it.
//!
//! Owns: keeping drafts while somebody types, uploads by paste and drop. Must not know: sending.

use super::message::size_words;
use crate::download::is_picture;
use crate::error::{PageResult, render};
use crate::failure::Failure;
use crate::i18n::Texts;
use crate::page::Page;
use askama::Template;
use axum::Json;
use axum::extract::{Form, Multipart, Path, Query};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use candor_desk::ticket::{AttachToDraft, SaveDraft, TicketView, stage_upload};
use candor_domain::id::{AttachmentId, MessageId, TicketId};
use candor_domain::message::{Attachment, MessageKind};
use candor_domain::ticket::AfterSend;
use serde::Deserialize;
use serde_json::json;
use std::fmt::Write as _;

/// What the browser keeps while somebody types.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    kind: String,
    body: String,
    #[serde(default)]
    cc: String,
    seen: i64,
}

/// `PUT /tickets/{ticket}/draft`
pub(crate) async fn keep(
    cx: Page,
    Path(ticket): Path<TicketId>,
    Form(typed): Form<Typed>,
) -> PageResult {
    cx.run(SaveDraft {
        ticket,
        kind: read_kind(&typed.kind),
        body: typed.body,
        cc: vec![typed.cc],
        then: AfterSend::Wait,
        seen: MessageId(typed.seen),
    })
    .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Reply, or note where it is asked for.
pub(crate) fn read_kind(word: &str) -> MessageKind {
    match MessageKind::parse(word) {
        Some(MessageKind::Note) => MessageKind::Note,
        _ => MessageKind::Reply,
    }
}

/// Which draft a file is for.
#[derive(Debug, Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    seen: i64,
}

/// `POST /tickets/{ticket}/draft/files`: one file, pasted or dropped. Answers with the Markdown that
/// shows it; a file that is no picture needs none.
pub(crate) async fn upload(
    cx: Page,
    Path(ticket): Path<TicketId>,
    Query(which): Query<Which>,
    mut form: Multipart,
) -> PageResult {
    // Nothing is stored for a ticket that this person may not see.
    cx.ask(TicketView { ticket }).await?;
    let mut markdown = String::new();
    while let Some(field) = form.next_field().await.map_err(|_| Failure::Unreadable)? {
        let name = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|_| Failure::TooLarge)?;
        let file = stage_upload(
            &cx.app.desk,
            &ticket.subject(),
            (&name, bytes.to_vec()),
            true,
        )
        .await?;
        if file.inline {
            let words = file.name.replace(['[', ']'], "");
            write!(markdown, "![{words}](cid:{})", file.content_id)
                .expect("a string takes every character");
        }
        cx.run(AttachToDraft {
            ticket,
            kind: read_kind(&which.kind),
            seen: MessageId(which.seen),
            file,
        })
        .await?;
    }
    Ok(Json(json!({ "markdown": markdown })).into_response())
}

/// `GET /tickets/{ticket}/draft/files`, for htmx after an upload.
pub(crate) async fn files(
    cx: Page,
    Path(ticket): Path<TicketId>,
    Query(which): Query<Which>,
) -> PageResult {
    let kind = read_kind(&which.kind);
    let view = cx.ask(TicketView { ticket }).await?;
    let draft = view.drafts.iter().find(|(draft, _)| draft.kind == kind);
    let files = draft.map_or(&[][..], |(_, files)| files.as_slice());
    render(&DraftFiles::new(&cx.t, ticket, kind, files))
}

/// The files that hang on a draft.
#[derive(Debug, Template)]
#[template(path = "page/ticket/draft_files.html")]
pub(crate) struct DraftFiles {
    t: Texts,
    refresh: String,
    files: Vec<DraftFile>,
}

impl askama::filters::HtmlSafe for DraftFiles {}

#[derive(Debug)]
struct DraftFile {
    id: AttachmentId,
    name: String,
    size: String,
    is_picture: bool,
}

impl DraftFiles {
    pub(crate) fn new(
        t: &Texts,
        ticket: TicketId,
        kind: MessageKind,
        files: &[Attachment],
    ) -> Self {
        let files = files.iter().map(|file| DraftFile {
            id: file.id,
            name: file.name.clone(),
            size: size_words(t, file.size),
            is_picture: is_picture(&file.media_type),
        });
        Self {
            refresh: format!("/tickets/{ticket}/draft/files?kind={}", kind.as_str()),
            files: files.collect(),
            t: t.clone(),
        }
    }
}
