//! Files of messages, and mails as they came.
//!
//! Owns: under which type and policy bytes leave the house. Must not know: who may read what.

use crate::error::PageResult;
use crate::guard::MailFrame;
use crate::page::Page;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use candor_desk::ticket::{FileOf, RawMailOf, mail_html};
use candor_desk::{DeskError, blob};
use candor_domain::id::{AttachmentId, MessageId};
use serde::Deserialize;
use std::fmt::Write as _;

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
    let inline = wanted.inline == Some(1) && is_picture(&file.media_type);
    Ok(download(
        bytes,
        &file.name,
        inline.then_some(&file.media_type),
    ))
}

/// Pictures that browsers show and that cannot carry a script.
pub(crate) fn is_picture(media_type: &str) -> bool {
    matches!(
        media_type,
        "image/png" | "image/jpeg" | "image/gif" | "image/webp"
    )
}

/// A file to keep, or a picture to show. The type that a sender claimed is never repeated.
fn download(bytes: Vec<u8>, name: &str, shown_as: Option<&String>) -> Response {
    let kind = shown_as.map_or("application/octet-stream", String::as_str);
    let place = if shown_as.is_some() {
        "inline"
    } else {
        "attachment"
    };
    let disposition = format!("{place}; filename*=UTF-8''{}", percent_encoded(name));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    for (key, value) in [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, disposition.as_str()),
        (header::CACHE_CONTROL, "private, no-store"),
    ] {
        let value = HeaderValue::from_str(value).expect("types and encoded names are plain ASCII");
        headers.insert(key, value);
    }
    response
}

/// A file name as RFC 8187 writes it.
fn percent_encoded(name: &str) -> String {
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes every character");
        }
    }
    encoded
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
    Ok(download(bytes, &format!("message-{message}.eml"), None))
}

#[cfg(test)]
mod tests {
    use super::{download, is_picture};
    use axum::http::header;

    #[test]
    fn a_name_cannot_leave_its_header() {
        let response = download(Vec::new(), "ü\"; x=\r\n.html", None);
        let headers = response.headers();
        assert_eq!(headers[header::CONTENT_TYPE], "application/octet-stream");
        assert_eq!(
            headers[header::CONTENT_DISPOSITION],
            "attachment; filename*=UTF-8''%C3%BC%22%3B%20x%3D%0D%0A.html"
        );
    }

    #[test]
    fn only_plain_pictures_are_shown() {
        assert!(is_picture("image/png"));
        assert!(!is_picture("image/svg+xml"));
        assert!(!is_picture("text/html"));
    }
}
