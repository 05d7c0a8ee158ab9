//! Messages that only carry other messages.
//!
//! Owns: the text of a mail whose whole content is another mail, such as one forwarded as a file.
//! Must not know: reports, which carry a mail without saying it.

use crate::{IncomingMessage, Limits};

/// How deep messages inside messages are looked at.
const MAX_DEPTH: usize = 3;
/// How many carried messages lend their text.
const MAX_MESSAGES: usize = 20;

/// Gives a message without any text of its own the text of those that it carries, each under its
/// sender and subject. They stay attachments.
pub(super) fn lend_text(message: &mut IncomingMessage, limits: &Limits, depth: usize) {
    let is_report = message
        .header("content-type")
        .is_some_and(|kind| kind.to_lowercase().contains("multipart/report"));
    let has_text = message.html.is_some() || !message.text.trim().is_empty();
    let carries_only_messages = message
        .attachments
        .iter()
        .all(|file| is_message(&file.declared_type));
    if is_report || has_text || !carries_only_messages || depth >= MAX_DEPTH {
        return;
    }
    let texts: Vec<String> = message
        .attachments
        .iter()
        .take(MAX_MESSAGES)
        .map(|file| super::parse_at(&file.content, limits, depth + 1).message)
        .map(|inner| under_its_head(&inner))
        .collect();
    if texts.is_empty() {
        return;
    }
    let mut text = texts.join("\n\n");
    text.truncate(text.floor_char_boundary(limits.body_bytes));
    message.text = text;
}

fn is_message(kind: &str) -> bool {
    matches!(kind, "message/rfc822" | "message/global")
}

fn under_its_head(message: &IncomingMessage) -> String {
    let head = [&message.from_as_written, &message.subject];
    let mut lines: Vec<&str> = head
        .into_iter()
        .map(String::as_str)
        .filter(|line| !line.is_empty())
        .collect();
    if !lines.is_empty() {
        lines.push("");
    }
    lines.push(message.text.trim());
    lines.join("\n")
}
