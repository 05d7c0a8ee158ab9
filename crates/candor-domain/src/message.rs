//! Messages of a conversation, and their attachments.
//!
//! Owns: what was said by whom, and who may read it. Must not know: how it travelled.

use crate::id::{AttachmentId, ConversationId, CustomerId, MessageId, PersonId, TicketId};
use crate::word::words;
use jiff::Timestamp;

words! {
    /// What a message is.
    MessageKind {
        /// From the customer.
        Incoming = "incoming",
        /// From the team to the customer.
        Reply = "reply",
        /// Among staff; a customer never sees it.
        Note = "note",
    }
}

words! {
    /// The way a message took.
    Channel {
        /// By mail.
        Mail = "mail",
        /// By the ask form.
        Form = "form",
        /// On the request page.
        Page = "page",
        /// Through the API.
        Api = "api",
        /// A call that somebody wrote down.
        Phone = "phone",
        /// In the staff app.
        Desk = "desk",
    }
}

words! {
    /// Whom a conversation is with.
    Audience {
        /// The ticket's customer.
        Customer = "customer",
        /// A department or supplier.
        Side = "side",
    }
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// The customer.
    Customer(CustomerId),
    /// Somebody of the team.
    Person(PersonId),
    /// The desk.
    System,
}

/// A message as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The row.
    pub id: MessageId,
    /// The ticket.
    pub ticket: TicketId,
    /// The conversation in it.
    pub conversation: ConversationId,
    /// What it is.
    pub kind: MessageKind,
    /// Who wrote it.
    pub author: Author,
    /// The way it took.
    pub channel: Channel,
    /// When it was accepted or released.
    pub at: Timestamp,
    /// Name and address as the sender wrote them; empty for staff.
    pub sender_name: String,
    /// The sender's address; empty for staff.
    pub sender_address: String,
    /// Whether the sender is known to be the ticket's customer. An unverified sender is shown as new.
    pub sender_is_customer: bool,
    /// Addresses it went to, one a line.
    pub to: Vec<String>,
    /// Addresses that got a copy.
    pub cc: Vec<String>,
    /// Markdown for staff texts, plain text for customers' texts.
    pub body: String,
    /// The HTML part as it came, where there was one: the address of a blob, 64 hex digits.
    pub html_blob: Option<String>,
    /// The whole mail as it came: the address of a blob, 64 hex digits.
    pub raw_blob: Option<String>,
    /// Message-ID with angle brackets; empty where none.
    pub mail_id: String,
    /// 16 random bytes that salt the commitment of the content.
    pub salt: Vec<u8>,
}

/// A file that came or went with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The row.
    pub id: AttachmentId,
    /// The message; `None` while it hangs on a draft.
    pub message: Option<MessageId>,
    /// Name as given, for display only.
    pub name: String,
    /// Type by content, such as `image/png`.
    pub media_type: String,
    /// Size in bytes.
    pub size: i64,
    /// Blob address, 64 hex digits.
    pub blob: String,
    /// Content-ID of an inline part, without brackets; empty where none.
    pub content_id: String,
    /// Shown inside the text instead of below it.
    pub inline: bool,
}

impl Message {
    /// Whether the customer may read it.
    pub fn is_public(&self) -> bool {
        self.kind != MessageKind::Note
    }

    /// Whether the request page shows it. A sender who is not known to be the customer wrote into
    /// the ticket with its address; what they wrote is for the team to judge and is not shown to
    /// the customer as theirs.
    pub fn is_for_customers(&self) -> bool {
        self.is_public() && (self.sender_is_customer || !matches!(self.author, Author::Customer(_)))
    }
}
