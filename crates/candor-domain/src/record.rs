//! What the journal keeps of a noun, so that anybody can later check the row against it.
//!
//! Owns: which columns are facts (no personal data, kept for ever) and which are content (personal
//! data, committed to with a salt, erasable). Must not know: how either is stored.

use crate::customer::{Customer, Identity, Organization, Tier};
use crate::mailbox::{Brand, Mailbox};
use crate::message::{Attachment, Author, Message};
use crate::people::{Person, Team};
use crate::permission::Role;
use crate::ticket::Ticket;
use serde_json::{Value, json};

/// Personal data of a row in its fixed encoding, with the salt of its commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// 16 random bytes; deleting them makes the commitment say nothing.
    pub salt: Vec<u8>,
    /// A JSON array of the fields in their fixed order.
    pub bytes: Vec<u8>,
}

impl Content {
    pub(crate) fn new(salt: &[u8], fields: &Value) -> Self {
        Self {
            salt: salt.to_vec(),
            bytes: fields.to_string().into_bytes(),
        }
    }
}

/// A noun whose rows the journal vouches for.
pub trait Recorded {
    /// The journal's name of the row, such as `ticket:12`.
    fn subject(&self) -> String;
    /// Its facts: ids, numbers, times and the desk's own words.
    fn facts(&self) -> Value;
    /// Its personal data.
    fn content(&self) -> Option<Content> {
        None
    }
}

impl Recorded for Ticket {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({
            "customer": self.customer, "mailbox": self.mailbox, "channel": self.channel,
            "status": self.status, "kind": self.kind, "urgency": self.urgency, "team": self.team,
            "assignee": self.assignee, "tags": self.tags, "spam": self.spam, "follows": self.follows,
            "created": self.created_at.as_microsecond(),
            "waiting_since": self.waiting_since.map(jiff::Timestamp::as_microsecond),
            "solved": self.solved_at.map(jiff::Timestamp::as_microsecond),
            "version": self.version, "link_epoch": self.link_epoch,
        })
    }
    fn content(&self) -> Option<Content> {
        Some(Content::new(&self.salt, &json!([self.subject])))
    }
}

/// A message with its files, which are part of what was said.
pub struct MessageWithFiles {
    /// The message.
    pub message: Message,
    /// Its files, by id.
    pub files: Vec<Attachment>,
}

impl Recorded for MessageWithFiles {
    fn subject(&self) -> String {
        self.message.id.subject()
    }
    fn facts(&self) -> Value {
        let message = &self.message;
        let author = match message.author {
            Author::Customer(id) => id.subject(),
            Author::Person(id) => id.subject(),
            Author::System => "system".to_owned(),
        };
        json!({
            "ticket": message.ticket, "conversation": message.conversation, "kind": message.kind,
            "author": author, "channel": message.channel, "at": message.at.as_microsecond(),
            "sender_is_customer": message.sender_is_customer,
        })
    }
    fn content(&self) -> Option<Content> {
        let message = &self.message;
        let files: Vec<Value> = self
            .files
            .iter()
            .map(|file| {
                json!([
                    file.name,
                    file.media_type,
                    file.size,
                    file.blob,
                    file.content_id
                ])
            })
            .collect();
        Some(Content::new(
            &message.salt,
            &json!([
                message.sender_name,
                message.sender_address,
                message.to,
                message.cc,
                message.body,
                message.html_blob,
                message.raw_blob,
                message.mail_id,
                files
            ]),
        ))
    }
}

/// A row with the salt that lies beside it.
pub struct Salted<'a, T> {
    /// The noun.
    pub noun: &'a T,
    /// Its salt.
    pub salt: &'a [u8],
}

impl Recorded for Salted<'_, Person> {
    fn subject(&self) -> String {
        self.noun.id.subject()
    }
    fn facts(&self) -> Value {
        let person = self.noun;
        json!({
            "role": person.role, "teams": person.teams, "mailboxes": person.mailboxes,
            "active": person.active, "created": person.created_at.as_microsecond(),
        })
    }
    fn content(&self) -> Option<Content> {
        Some(Content::new(
            self.salt,
            &json!([self.noun.name, self.noun.email]),
        ))
    }
}

impl Recorded for Salted<'_, Customer> {
    fn subject(&self) -> String {
        self.noun.id.subject()
    }
    fn facts(&self) -> Value {
        let customer = self.noun;
        json!({
            "tier": customer.tier, "organization": customer.organization,
            "created": customer.created_at.as_microsecond(),
        })
    }
    fn content(&self) -> Option<Content> {
        Some(Content::new(
            self.salt,
            &json!([self.noun.name, self.noun.note, self.noun.language]),
        ))
    }
}

impl Recorded for Salted<'_, Identity> {
    fn subject(&self) -> String {
        self.noun.id.subject()
    }
    fn facts(&self) -> Value {
        let identity = self.noun;
        json!({ "customer": identity.customer, "kind": identity.kind, "verified": identity.verified })
    }
    fn content(&self) -> Option<Content> {
        Some(Content::new(self.salt, &json!([self.noun.value])))
    }
}

impl Recorded for Role {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({ "name": self.name, "grants": self.grants })
    }
}

impl Recorded for Team {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({ "name": self.name })
    }
}

impl Recorded for Tier {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({ "name": self.name, "rank": self.rank })
    }
}

impl Recorded for Organization {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({ "name": self.name, "tier": self.tier })
    }
}

impl Recorded for Brand {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({ "name": self.name, "language": self.language, "zone": self.zone })
    }
}

impl Recorded for Mailbox {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({
            "address": self.address, "name": self.name, "brand": self.brand, "team": self.team,
            "close_after_days": self.close_after_days, "signature": self.signature, "active": self.active,
        })
    }
}

/// A setting of the desk. Its value is content: it may be a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name, such as `outgoing.relay`.
    pub name: String,
    /// Its value as stored.
    pub value: String,
    /// 16 random bytes.
    pub salt: Vec<u8>,
}

impl Recorded for Setting {
    fn subject(&self) -> String {
        format!("setting:{}", self.name)
    }
    fn facts(&self) -> Value {
        json!({})
    }
    fn content(&self) -> Option<Content> {
        Some(Content::new(&self.salt, &json!([self.value])))
    }
}

impl std::fmt::Debug for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Setting({})", self.name)
    }
}
