//! Writing a mail.
//!
//! Owns: headers, MIME structure and both readings of a reply. Must not know: who sends it, what it
//! is about, the current time: the caller gives date and Message-ID.

mod body;

use std::borrow::Cow;

use candor_domain::text::one_line;
use jiff::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::message_id::MessageId as MessageIdHeader;
use mail_builder::headers::text::Text;

use crate::{MessageId, NamedAddress};

/// A mail before it has bytes. `Bcc` does not exist: who may not be seen gets a mail of his own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The sender that people see.
    pub from: NamedAddress,
    /// Direct recipients.
    pub to: Vec<NamedAddress>,
    /// Copied recipients.
    pub cc: Vec<NamedAddress>,
    /// Where answers go, usually a signed reply address.
    pub reply_to: Option<NamedAddress>,
    /// The subject; made one line.
    pub subject: String,
    /// The id under which it is sent, also when it is sent again.
    pub message_id: MessageId,
    /// The mail that it answers.
    pub in_reply_to: Option<MessageId>,
    /// The thread so far, oldest first.
    pub references: Vec<MessageId>,
    /// When it was written.
    pub date: Timestamp,
    /// What is said.
    pub markdown: String,
    /// The localised line above which the customer is asked to write.
    pub delimiter: Option<String>,
    /// What it answers, shown below.
    pub quoted: Option<Quoted>,
    /// Files, and pictures that the Markdown shows as `cid:...`.
    pub attachments: Vec<OutgoingAttachment>,
    /// Headers such as `Auto-Submitted`.
    pub extra_headers: Vec<ExtraHeader>,
}

/// An earlier message below a reply. Only public text may come here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The localised line above it, such as "On 3 May, Kim wrote:".
    pub introduction: String,
    /// The earlier text.
    pub text: String,
}

/// A file on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingAttachment {
    /// The name that the recipient sees.
    pub name: String,
    /// Such as `image/png`; anything that is no type becomes `application/octet-stream`.
    pub media_type: String,
    /// Set for a picture inside the text; without angle brackets.
    pub content_id: Option<String>,
    /// The bytes.
    pub content: Vec<u8>,
}

/// A header beside the ordinary ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraHeader {
    name: &'static str,
    value: String,
}

/// Longest subject and display name, in characters.
const MAX_SUBJECT: usize = 500;
const MAX_NAME: usize = 200;

/// The newest ids that a `References` header carries; RFC 5322 sets no bound, servers do.
const MAX_REFERENCES: usize = 50;

/// Headers that have a field of their own in [`Outgoing`], or must never leave.
const RESERVED: &[&str] = &[
    "from",
    "to",
    "cc",
    "bcc",
    "reply-to",
    "sender",
    "subject",
    "message-id",
    "in-reply-to",
    "references",
    "date",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
];

impl ExtraHeader {
    /// A header by its name, which is a constant of the program. The value is made one line.
    ///
    /// # Panics
    /// When the name is no header name or belongs to a field of [`Outgoing`].
    pub fn new(name: &'static str, value: &str) -> Self {
        let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let reserved = RESERVED.contains(&name.to_ascii_lowercase().as_str());
        assert!(
            plain && !name.is_empty() && !reserved,
            "{name} is no extra header"
        );
        Self {
            name,
            value: one_line(value, MAX_SUBJECT),
        }
    }
}

impl Outgoing {
    /// The bytes of the mail: CRLF line ends, lines of at most 998 bytes, text and HTML. The same
    /// mail always has the same bytes.
    pub fn compose(&self) -> Vec<u8> {
        let mut builder = MessageBuilder::new()
            .from(address(&self.from))
            .subject(one_line(&self.subject, MAX_SUBJECT))
            .message_id(self.message_id.as_str().to_owned())
            .date(self.date.as_second());
        if !self.to.is_empty() {
            builder = builder.to(addresses(&self.to));
        }
        if !self.cc.is_empty() {
            builder = builder.cc(addresses(&self.cc));
        }
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(address(reply_to));
        }
        if let Some(answered) = &self.in_reply_to {
            builder = builder.in_reply_to(answered.as_str().to_owned());
        }
        if !self.references.is_empty() {
            let surplus = self.references.len().saturating_sub(MAX_REFERENCES);
            let ids = self.references.iter().skip(surplus);
            builder = builder.references(MessageIdHeader::new_list(ids.map(MessageId::as_str)));
        }
        for header in &self.extra_headers {
            builder = builder.header(header.name, Text::new(header.value.as_str()));
        }
        let mut bytes = Vec::new();
        builder.body(body::build(self)).serialize(&mut bytes);
        bytes
    }
}

/// The subject of an answer. One mark is enough, in whichever language it stands already.
pub fn reply_subject(subject: &str) -> String {
    let subject = one_line(subject, MAX_SUBJECT - 4);
    let (mark, _) = subject.split_once(':').unwrap_or_default();
    let marks = ["re", "aw", "sv", "antw", "vs", "odp", "rif", "rv", "res"];
    if marks.contains(&mark.trim().to_lowercase().as_str()) {
        return subject;
    }
    format!("Re: {subject}")
}

fn addresses(list: &[NamedAddress]) -> Address<'_> {
    Address::new_list(list.iter().map(address).collect())
}

fn address(entry: &NamedAddress) -> Address<'_> {
    // Half an encoded word in a name would swallow the addresses up to the next `?=`.
    let name = entry
        .name
        .as_deref()
        .map(|name| one_line(name, MAX_NAME).replace("=?", "= ?"))
        .filter(|name| !name.is_empty());
    Address::new_address(name.map(Cow::<str>::Owned), entry.address.as_str())
}

#[cfg(test)]
mod tests;
