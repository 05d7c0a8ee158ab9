//! Texts of messages as HTML that a page may hold.
//!
//! Owns: which pictures are shown and from where. Must not know: the page around it.

use super::view::RawMailOf;
use crate::blob;
use crate::cx::Desk;
use crate::error::DeskError;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use candor_domain::actor::Actor;
use candor_domain::id::MessageId;
use candor_domain::message::Attachment;
use candor_mail::{CleanHtml, DisplayPolicy, RawHtml, RemoteImages, markdown_to_page, sniff};
use std::collections::HashMap;

/// Pictures inside one mail that are shown with it, all together.
const MOST_INLINE_BYTES: i64 = 12 * 1024 * 1024;

/// The Markdown of a reply or a note for a page of ours. Nothing that was typed is read as HTML.
/// `place` says where an attached picture is served.
pub fn page_html(
    markdown: &str,
    files: &[Attachment],
    place: impl Fn(&Attachment) -> String,
) -> CleanHtml {
    let pictures = files.iter().filter(|file| !file.content_id.is_empty());
    let places = pictures
        .map(|file| (file.content_id.clone(), place(file)))
        .collect();
    markdown_to_page(markdown, places)
}

/// The HTML of a mail, cleaned, for a sandboxed frame. Pictures that came with the mail stand in it
/// as data, because the frame may fetch nothing of ours.
///
/// # Errors
/// `NotFound` where the actor may not read the message or it has no HTML.
pub async fn mail_html(
    desk: &Desk,
    actor: &Actor,
    message: MessageId,
    remote_images: bool,
) -> Result<CleanHtml, DeskError> {
    let (message, files) = desk.ask(actor, RawMailOf { message }).await?;
    let address = message.html_blob.ok_or(DeskError::NotFound("message"))?;
    let bytes = blob::read(desk, &address).await?;
    let policy = DisplayPolicy {
        remote_images: if remote_images {
            RemoteImages::Shown
        } else {
            RemoteImages::Blocked
        },
        inline_images: inline_pictures(desk, &files).await?,
    };
    Ok(RawHtml::new(String::from_utf8_lossy(&bytes)).clean(&policy))
}

async fn inline_pictures(
    desk: &Desk,
    files: &[Attachment],
) -> Result<HashMap<String, String>, DeskError> {
    let mut pictures = HashMap::new();
    let mut room = MOST_INLINE_BYTES;
    for file in files.iter().filter(|file| !file.content_id.is_empty()) {
        room -= file.size;
        if room < 0 {
            break;
        }
        let bytes = blob::read(desk, &file.blob).await?;
        let kind = sniff(&bytes);
        if kind.may_show_inline() {
            let data = format!("data:{};base64,{}", kind.as_str(), STANDARD.encode(&bytes));
            pictures.insert(file.content_id.clone(), data);
        }
    }
    Ok(pictures)
}
