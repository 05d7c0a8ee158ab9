//! Files of messages, and mails as they came.
//!
//! Owns: under which type and policy bytes leave the house. Must not know: who may read what.

use crate::download;
use crate::error::PageResult;
use crate::guard::MailFrame;
use crate::page::Page;
use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse};
use candor_desk::ticket::{FileOf, RawMailOf, mail_html};
use candor_desk::{DeskError, blob};
use candor_domain::id::{AttachmentId, MessageId};
use serde::Deserialize;

/// How a file or a mail is wanted.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    /// Inside the page instead of as a download.
    inline: Option<u8>,
    /// With pictures from other servers.
    images: Option<u8>,
}

/// `GET /attachments/{file}`
pub(crate) async fn attachment(
    cx: Page,
    Path(file): Path<AttachmentId>,
    Query(wanted): Query<Wanted>,
) -> PageResult {
    let file = cx.ask(FileOf { file }).await?.0;
    let bytes = blob::read(&cx.app.desk, &file.blob).await?;
    let inline = wanted.inline == Some(1) && download::is_picture(&file.media_type);
    let shown_as = inline.then_some(file.media_type.as_str());
    Ok(download::file(bytes, &file.name, shown_as))
}

#[derive(Template)]
#[template(path = "page/ticket/mail.html")]
struct MailPage {
    html: String,
}

/// `GET /messages/{message}/html`: the only page that holds markup of others, for a sandboxed frame.
pub(crate) async fn html(
    cx: Page,
    Path(message): Path<MessageId>,
    Query(wanted): Query<Wanted>,
) -> PageResult {
    let remote_images = wanted.images == Some(1);
    let clean = mail_html(&cx.app.desk, &cx.actor, message, remote_images).await?;
    let page = MailPage {
        html: clean.as_str().to_owned(),
    };
    let html = page
        .render()
        .map_err(|error| DeskError::Internal(error.to_string()))?;
    let mut response = Html(html).into_response();
    response
        .extensions_mut()
        .insert(MailFrame { remote_images });
    Ok(response)
}

/// `GET /messages/{message}/raw`: the mail as it came, to keep.
pub(crate) async fn raw(cx: Page, Path(message): Path<MessageId>) -> PageResult {
    let (mail, _) = cx.ask(RawMailOf { message }).await?;
    let address = mail.raw_blob.ok_or(DeskError::NotFound("mail"))?;
    let bytes = blob::read(&cx.app.desk, &address).await?;
    Ok(download::file(
        bytes,
        &format!("message-{message}.eml"),
        None,
    ))
}
