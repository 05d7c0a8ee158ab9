//! Reading a message that arrived.
//!
//! Owns: bytes to [`IncomingMessage`], whatever the bytes are. Must not know: which desk they came
//! to. Nested messages stay attachments; whoever wants to look inside reads them in turn.

mod address;
mod body;
mod charset;
mod content_type;
mod date;
mod encoded_word;
mod flowed;
mod header;
mod name;
mod nested;
mod segment;
mod transfer;
mod tree;
mod winmail;

use std::collections::BTreeSet;

use crate::{Defect, HeaderField, IncomingMessage, Limits, MessageId, Parsed, RawHtml};
use header::Headers;

/// Headers under which the desk speaks to itself; from outside they mean nothing.
const INTERNAL_PREFIX: &str = "x-candor-";

/// Reads a message under the default limits. Never fails and never panics.
pub fn parse(raw: &[u8]) -> Parsed {
    parse_within(raw, &Limits::default())
}

/// Reads a message under given limits.
pub fn parse_within(raw: &[u8], limits: &Limits) -> Parsed {
    parse_at(raw, limits, 0)
}

/// Reads a message that lies `depth` messages deep in another.
fn parse_at(raw: &[u8], limits: &Limits, depth: usize) -> Parsed {
    let mut notes = Notes::default();
    let tree = tree::read(raw, limits, &mut notes);
    let mut message = headline(&tree.headers, tree.charset, limits, &mut notes);
    let content = body::collect(&tree, limits, &mut notes);
    message.text = content.text;
    message.text_is_converted = content.text_is_converted;
    message.html = content.html.map(RawHtml::new);
    message.attachments = content.attachments;
    nested::lend_text(&mut message, limits, depth);
    message.invitation = crate::calendar::find(&message.attachments);
    message.protection = crate::protection::find(&message, content.signatures);
    Parsed {
        message,
        defects: notes.0.into_iter().collect(),
    }
}

/// Text in a file of unknown charset.
pub(crate) fn text_of(bytes: &[u8]) -> String {
    charset::body_text(bytes, None, &mut Notes::default())
}

/// Defects found so far, each kind once.
#[derive(Default)]
struct Notes(BTreeSet<Defect>);

impl Notes {
    fn add(&mut self, defect: Defect) {
        self.0.insert(defect);
    }
}

/// Everything that the header block says.
fn headline(
    headers: &Headers<'_>,
    charset: Option<&'static encoding_rs::Encoding>,
    limits: &Limits,
    notes: &mut Notes,
) -> IncomingMessage {
    if headers.fields.is_empty() {
        notes.add(Defect::NoHeaders);
    }
    let text = |name: &str, notes: &mut Notes| {
        headers
            .first(name)
            .map(|value| encoded_word::decode(&charset::header_text(value, charset, notes)))
    };
    let addresses = address::read(headers, charset, limits, notes);
    let references = message_ids(headers, "references", charset, notes);
    let surplus = references.len().saturating_sub(limits.references);
    IncomingMessage {
        from: addresses.from,
        from_as_written: addresses.from_as_written,
        reply_to: addresses.reply_to,
        to: addresses.to,
        cc: addresses.cc,
        subject: text("subject", notes).unwrap_or_default(),
        date: date::read(headers, notes),
        message_id: message_ids(headers, "message-id", charset, notes)
            .into_iter()
            .next(),
        in_reply_to: message_ids(headers, "in-reply-to", charset, notes)
            .into_iter()
            .take(limits.references)
            .collect(),
        references: references.into_iter().skip(surplus).collect(),
        auto_submitted: text("auto-submitted", notes),
        headers: public_fields(headers, charset, notes),
        ..IncomingMessage::default()
    }
}

fn public_fields(
    headers: &Headers<'_>,
    charset: Option<&'static encoding_rs::Encoding>,
    notes: &mut Notes,
) -> Vec<HeaderField> {
    headers
        .fields
        .iter()
        .filter(|field| !field.name.starts_with(INTERNAL_PREFIX))
        .map(|field| HeaderField {
            name: field.name.clone(),
            value: encoded_word::decode(&charset::header_text(field.value, charset, notes)),
        })
        .collect()
}

/// Ids stand in angle brackets, between which some programs write prose. Only where there are no
/// brackets at all does a bare word with an `@` count.
fn message_ids(
    headers: &Headers<'_>,
    name: &str,
    charset: Option<&'static encoding_rs::Encoding>,
    notes: &mut Notes,
) -> Vec<MessageId> {
    let mut ids = Vec::new();
    for value in headers.all(name) {
        let text = charset::header_text(value, charset, notes);
        let bracketed: Vec<&str> = text
            .split('<')
            .skip(1)
            .filter_map(|rest| rest.split_once('>').map(|(id, _)| id))
            .collect();
        if bracketed.is_empty() {
            let words = text.split_whitespace().filter(|word| word.contains('@'));
            ids.extend(words.filter_map(MessageId::parse));
        } else {
            ids.extend(bracketed.into_iter().filter_map(MessageId::parse));
        }
    }
    ids
}

#[cfg(test)]
mod tests;
