//! The messages of a request, as its customer reads them.
//!
//! Owns: names, words and files of each. Must not know: notes; none are loaded.

use crate::i18n::{Stamp, Texts};
use crate::page::ticket::{fold, size_words};
use crate::part::{AttachmentLink, Avatar, Folded};
use crate::written::{WrittenHtml, written};
use askama::Template;
use candor_desk::ticket::CustomerMessage;
use candor_domain::message::Attachment;

/// One message.
#[derive(Template)]
#[template(path = "portal/message.html")]
pub(super) struct Said {
    anchor: String,
    avatar: Avatar,
    author: String,
    stamp: Stamp,
    text: Text,
    files: Vec<AttachmentLink>,
}

enum Text {
    Plain(String),
    /// A mail of which a part is folded away.
    Folded(Folded),
    /// Our own Markdown.
    Written(WrittenHtml),
}

impl askama::filters::HtmlSafe for Said {}

impl Said {
    /// A message of the request behind `link`.
    pub(super) fn of(t: &Texts, link: &str, message: &CustomerMessage) -> Self {
        let place = |file: &Attachment| format!("/help/r/{link}/files/{}", file.id);
        let body = message.body.as_str();
        let in_text = |file: &&Attachment| {
            !file.content_id.is_empty() && body.contains(&format!("cid:{}", file.content_id))
        };
        Self {
            anchor: format!("message-{}", message.id),
            avatar: if message.from_us {
                Avatar::staff(&message.author)
            } else {
                Avatar::customer(&message.author)
            },
            author: match (message.from_us, message.author.is_empty()) {
                (false, _) => t.get("portal-you"),
                (true, true) => t.get("portal-us"),
                (true, false) => message.author.clone(),
            },
            stamp: t.relative_stamp(message.at),
            text: match fold(t, body, &message.removed) {
                _ if message.from_us => Text::Written(written(body, &message.files, place)),
                Some(folded) => Text::Folded(folded),
                None => Text::Plain(body.to_owned()),
            },
            files: message
                .files
                .iter()
                .filter(|file| !in_text(file))
                .map(|file| AttachmentLink {
                    name: file.name.clone(),
                    size: size_words(t, file.size),
                    href: place(file),
                })
                .collect(),
        }
    }
}
