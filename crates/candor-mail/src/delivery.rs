//! What a mail server says about a message that we sent.
//!
//! Owns: the shape of a delivery report, and reading one from its fields (RFC 3464) or, where a
//! server writes prose only, from its words. Must not know: whether the mail is a report at all
//! (see [`crate::judge`]), or which of our messages it is about.

mod cause;
mod fields;
mod prose;
mod status;
mod words;

use crate::{Attachment, IncomingMessage, MessageId};

pub use cause::Cause;
pub use status::EnhancedStatus;

pub(crate) use fields::holds_fields;
pub(crate) use prose::tells_codes;

/// How many recipients of one report are kept.
const MAX_RECIPIENTS: usize = 200;

/// A report about one of our messages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeliveryReport {
    /// What became of it, for each recipient that the report names.
    pub recipients: Vec<RecipientStatus>,
    /// The id of the message that the report is about, as far as the report carries it.
    pub original: Option<MessageId>,
}

/// What became of a message for one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecipientStatus {
    /// The address, as the report writes it; empty where it names none.
    pub recipient: String,
    /// What the server did.
    pub action: Action,
    /// The status code; its class is certain, the rest is zero where the report says no more.
    pub status: EnhancedStatus,
    /// The code in a word.
    pub cause: Cause,
    /// The words of the server, on one line; empty where it said none.
    pub diagnostic: String,
}

/// What a server did with a message (RFC 3464, 2.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// It gave up.
    Failed,
    /// It is still trying. This is no failure.
    Delayed,
    /// It delivered.
    Delivered,
    /// It handed the message to a server that sends no reports.
    Relayed,
    /// It delivered to a list or to several addresses.
    Expanded,
}

impl Action {
    /// The word of RFC 3464.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Delayed => "delayed",
            Self::Delivered => "delivered",
            Self::Relayed => "relayed",
            Self::Expanded => "expanded",
        }
    }
}

/// What a mail server's refusal, word for word, comes down to.
pub fn refusal(words: &str) -> (EnhancedStatus, Cause) {
    let status = status::in_line(words).unwrap_or(EnhancedStatus::of_class(5));
    (status, Cause::of(status, words))
}

impl DeliveryReport {
    /// True when at least one recipient will not get the message.
    pub fn is_failure(&self) -> bool {
        self.has(Action::Failed)
    }

    /// True when nobody failed and somebody still waits.
    pub fn is_delay(&self) -> bool {
        !self.is_failure() && self.has(Action::Delayed)
    }

    fn has(&self, action: Action) -> bool {
        self.recipients.iter().any(|one| one.action == action)
    }

    /// Reads the report of a message that is one: from its fields, else from those of a report
    /// that it carries inside, else from its prose.
    pub(crate) fn read(message: &IncomingMessage) -> Self {
        let mut recipients = structured(message);
        if recipients.is_empty() {
            recipients = nested(message);
        }
        let named = prose::named_in_headers(message);
        if recipients.is_empty() {
            recipients = prose::read(message, &named);
        } else if let [only] = recipients.as_mut_slice()
            && only.recipient.is_empty()
        {
            only.recipient = named.into_iter().next().unwrap_or_default();
        }
        recipients.truncate(MAX_RECIPIENTS);
        Self {
            recipients,
            original: original(message),
        }
    }
}

/// The groups of the delivery-status part, or of the text where the part lost its boundaries.
fn structured(message: &IncomingMessage) -> Vec<RecipientStatus> {
    let parts = message.attachments.iter().filter(|part| is_status(part));
    let found: Vec<RecipientStatus> = parts.flat_map(|part| fields::read(&part.content)).collect();
    if found.is_empty() {
        return fields::read(message.text.as_bytes());
    }
    found
}

pub(crate) fn is_status(part: &Attachment) -> bool {
    matches!(
        part.declared_type.as_str(),
        "message/delivery-status" | "message/global-delivery-status"
    )
}

/// Gateways wrap the report of another server in their own.
fn nested(message: &IncomingMessage) -> Vec<RecipientStatus> {
    let inside = message.attachments.iter().filter(|part| is_message(part));
    inside
        .take(2)
        .flat_map(|part| structured(&crate::parse(&part.content).message))
        .collect()
}

fn is_message(part: &Attachment) -> bool {
    matches!(
        part.declared_type.as_str(),
        "message/rfc822" | "message/global"
    )
}

/// The id in the returned message, in the returned headers, or in the copy at the end of the text.
pub(crate) fn original(message: &IncomingMessage) -> Option<MessageId> {
    let mut returned = message.attachments.iter().filter(|part| {
        is_message(part)
            || matches!(
                part.declared_type.as_str(),
                "text/rfc822-headers" | "message/global-headers"
            )
    });
    let id_of = |bytes: &[u8]| crate::parse(bytes).message.message_id;
    returned
        .find_map(|part| id_of(&part.content))
        .or_else(|| prose::returned_id(&message.text))
        .or_else(|| message.in_reply_to.first().cloned())
}

#[cfg(test)]
mod tests;
