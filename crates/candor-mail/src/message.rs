//! A message that arrived, in our own nouns.
//!
//! Owns: the shape that the rest of the desk reads. Must not know: how it was read from bytes.

use candor_domain::address::EmailAddress;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

use crate::{Defect, Invitation, MediaType, MessageId, Protection, RawHtml};

/// A message and what was wrong with it. Reading never fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// The message, as far as it could be read.
    pub message: IncomingMessage,
    /// What broke a rule, each kind once, in the order of [`Defect`].
    pub defects: Vec<Defect>,
}

/// An address with the name that stood before it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NamedAddress {
    /// The display name on one line; `None` when there is none.
    pub name: Option<String>,
    /// The address.
    pub address: EmailAddress,
}

/// A header that later readers (automatic replies, bounces, authentication) look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderField {
    /// The name in lower case.
    pub name: String,
    /// The unfolded, decoded value.
    pub value: String,
}

/// A file that came with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// A file name without folders and control characters; invented where the sender gave none.
    pub name: String,
    /// The type that the sender claims, in lower case, such as `image/png`. Never trust it.
    pub declared_type: String,
    /// The type that the bytes show.
    pub media_type: MediaType,
    /// The `Content-ID` without angle brackets, by which the HTML body may refer to it.
    pub content_id: Option<String>,
    /// True when the sender wants it shown inside the text.
    pub inline: bool,
    /// The decoded bytes.
    pub content: Vec<u8>,
}

/// A message that arrived.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IncomingMessage {
    /// Who wrote it, by its own claim.
    pub from: Option<NamedAddress>,
    /// The `From` header as a person would read it, for messages whose sender has no address.
    pub from_as_written: String,
    /// Where the writer wants answers.
    pub reply_to: Vec<NamedAddress>,
    /// Direct recipients.
    pub to: Vec<NamedAddress>,
    /// Copied recipients.
    pub cc: Vec<NamedAddress>,
    /// The subject on one line; empty when there is none.
    pub subject: String,
    /// When it was written, by its own claim.
    pub date: Option<Timestamp>,
    /// Its own id.
    pub message_id: Option<MessageId>,
    /// What it answers.
    pub in_reply_to: Vec<MessageId>,
    /// The thread so far, oldest first.
    pub references: Vec<MessageId>,
    /// The body as plain text with `\n` line ends; converted where the mail is HTML only.
    pub text: String,
    /// True when `text` was made from the HTML body.
    pub text_is_converted: bool,
    /// The HTML body, unsafe until cleaned.
    pub html: Option<RawHtml>,
    /// Files, inline images and nested messages.
    pub attachments: Vec<Attachment>,
    /// The appointment that it is about.
    pub invitation: Option<Invitation>,
    /// How it is signed or encrypted, by its own claim; nothing of it was checked.
    pub protection: Vec<Protection>,
    /// The value of `Auto-Submitted`.
    pub auto_submitted: Option<String>,
    /// All headers of the message itself in their order, without our internal `X-Candor-*` ones.
    pub headers: Vec<HeaderField>,
}

impl NamedAddress {
    /// An address without a name.
    pub fn bare(address: EmailAddress) -> Self {
        Self {
            name: None,
            address,
        }
    }

    /// An address with a name.
    pub fn named(name: impl Into<String>, address: EmailAddress) -> Self {
        Self {
            name: Some(name.into()),
            address,
        }
    }
}

impl IncomingMessage {
    /// When the last server took it in, as that server wrote above it. A mailbox that moved from one
    /// provider to another keeps this, while the new provider's own note names the day of the move.
    pub fn received_at(&self) -> Option<Timestamp> {
        let (_, date) = self.header("received")?.rsplit_once(';')?;
        let parser = DateTimeParser::new().relaxed_weekday(true);
        parser.parse_timestamp(date.trim()).ok()
    }

    /// The first header of this name, which is given in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|field| field.name == name)
            .map(|field| field.value.as_str())
    }
}
