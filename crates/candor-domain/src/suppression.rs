//! Addresses that do not work.
//!
//! Owns: the noun and what the history keeps of it. Must not know: mail servers, when mail is held.

use crate::id::{MessageId, SuppressionId};
use crate::record::{Content, Recorded};
use jiff::Timestamp;
use serde_json::{Value, json};

/// An address that a mail server called dead. Mail to it is held until somebody releases it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// The row.
    pub id: SuppressionId,
    /// The address in lower case.
    pub address: String,
    /// Why, in a word, such as `no_such_mailbox`.
    pub cause: String,
    /// The status code such as `5.1.1`.
    pub status: String,
    /// What the mail server said, on one line.
    pub diagnostic: String,
    /// The message that did not arrive, where one is known.
    pub message: Option<MessageId>,
    /// When it was put on the list.
    pub at: Timestamp,
    /// When somebody released it.
    pub released_at: Option<Timestamp>,
    /// 16 random bytes that salt the commitment of the address.
    pub salt: Vec<u8>,
}

impl Suppression {
    /// Whether mail to it is held.
    pub fn is_active(&self) -> bool {
        self.released_at.is_none()
    }
}

impl Recorded for Suppression {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({
            "cause": self.cause, "status": self.status, "message": self.message,
            "at": self.at.as_microsecond(),
            "released": self.released_at.map(Timestamp::as_microsecond),
        })
    }
    fn content(&self) -> Option<Content> {
        Some(Content::new(
            &self.salt,
            &json!([self.address, self.diagnostic]),
        ))
    }
}
