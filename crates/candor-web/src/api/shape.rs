//! The JSON that the API speaks about tickets and messages.
//!
//! Owns: published names of fields, which stay. Must not know: who asks.

use super::promise::{GivenPromise, Promise, SuggestedUrgency};
use candor_desk::ticket::{ListRow, MessageOf, Sheet, reply_of};
use candor_domain::message::{Attachment, Author};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody or something by its number and name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Named {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
}

/// Who asked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TicketCustomer {
    /// The customer's number.
    pub id: i64,
    /// Empty when they never told.
    pub name: String,
    /// Where answers go; `null` for somebody who only ever called.
    pub email: Option<String>,
}

/// A ticket.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Ticket {
    /// The number that people see.
    pub number: i64,
    /// Where it is.
    pub url: String,
    /// One line.
    pub subject: String,
    /// `new`, `open`, `waiting`, `on_hold`, `solved` or `closed`.
    pub status: &'static str,
    /// Marked as spam.
    pub spam: bool,
    /// `inquiry`, `complaint`, `feedback`; `null` until somebody says.
    pub kind: Option<&'static str>,
    /// `urgent`, `normal` or `can_wait`.
    pub urgency: &'static str,
    /// Sorted, lower case.
    pub tags: Vec<String>,
    /// The way its first message took: `mail`, `form`, `page`, `api`, `phone` or `desk`.
    pub channel: &'static str,
    /// Who asked.
    pub customer: TicketCustomer,
    /// The address of the mailbox it belongs to.
    pub mailbox: String,
    /// The team that has it.
    pub team: Option<Named>,
    /// The person who has it.
    pub assignee: Option<Named>,
    /// The number of the closed ticket that it goes on from.
    pub follows: Option<i64>,
    /// When it was opened.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When somebody last wrote or changed it.
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// Since when the customer waits for an answer.
    #[schema(format = DateTime)]
    pub waiting_since: Option<String>,
    /// When it was last solved.
    #[schema(format = DateTime)]
    pub solved_at: Option<String>,
    /// The newest message that the customer can see; send it as `seen_message` with a reply.
    pub last_message: Option<i64>,
    /// What the customer is promised; empty where nothing is.
    pub promises: Vec<Promise>,
    /// What people promised in replies, the oldest first.
    pub given_promises: Vec<GivenPromise>,
    /// The urgency that the facts speak for, where that is another; it changes nothing by itself.
    pub suggested_urgency: Option<SuggestedUrgency>,
    /// The skills that it asks for, by name.
    pub skills: Vec<String>,
    /// Counts changes; the `ETag` of the ticket.
    pub version: i64,
}

impl Ticket {
    pub(super) fn of(sheet: &Sheet) -> Self {
        let ticket = &sheet.ticket;
        Self {
            number: ticket.id.0,
            url: format!("/api/v1/tickets/{}", ticket.id),
            subject: ticket.subject.clone(),
            status: ticket.status.as_str(),
            spam: ticket.spam,
            kind: ticket.kind.map(|kind| kind.as_str()),
            urgency: ticket.urgency.as_str(),
            tags: ticket.tags.clone(),
            channel: ticket.channel.as_str(),
            customer: TicketCustomer {
                id: sheet.customer.id.0,
                name: sheet.customer.name.clone(),
                email: sheet.address.clone(),
            },
            mailbox: sheet.mailbox.address.to_string(),
            team: sheet.team.as_ref().map(|team| Named {
                id: team.id.0,
                name: team.name.clone(),
            }),
            assignee: sheet.assignee.as_ref().map(|person| Named {
                id: person.id.0,
                name: person.name.clone(),
            }),
            follows: ticket.follows.map(|id| id.0),
            created_at: ticket.created_at.to_string(),
            updated_at: ticket.updated_at.to_string(),
            promises: sheet.promises.iter().map(Promise::of).collect(),
            given_promises: sheet.given.iter().map(GivenPromise::of).collect(),
            suggested_urgency: sheet.urgency.suggestion.map(SuggestedUrgency::of),
            skills: sheet.skills.names(),
            waiting_since: ticket.waiting_since.map(written),
            solved_at: ticket.solved_at.map(written),
            last_message: ticket.last_public_message.map(|id| id.0),
            version: ticket.version,
        }
    }
}

/// A line of a list of tickets.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TicketLine {
    /// The number that people see.
    pub number: i64,
    /// Where the whole ticket is.
    pub url: String,
    /// One line.
    pub subject: String,
    /// `new`, `open`, `waiting`, `on_hold`, `solved` or `closed`.
    pub status: &'static str,
    /// Marked as spam.
    pub spam: bool,
    /// `inquiry`, `complaint`, `feedback`; `null` until somebody says.
    pub kind: Option<&'static str>,
    /// `urgent`, `normal` or `can_wait`.
    pub urgency: &'static str,
    /// Who asked: their name, or their address where no name is known.
    pub customer: Named,
    /// The person who has it.
    pub assignee: Option<Named>,
    /// The class of the customer.
    pub tier: Option<String>,
    /// Since when the customer waits for an answer.
    #[schema(format = DateTime)]
    pub waiting_since: Option<String>,
    /// When somebody last wrote or changed it.
    #[schema(format = DateTime)]
    pub updated_at: String,
}

impl TicketLine {
    pub(super) fn of(row: &ListRow) -> Self {
        Self {
            number: row.id.0,
            url: format!("/api/v1/tickets/{}", row.id),
            subject: row.subject.clone(),
            status: row.status.as_str(),
            spam: row.spam,
            kind: row.kind.map(|kind| kind.as_str()),
            urgency: row.urgency.as_str(),
            customer: Named {
                id: row.customer.0,
                name: row.customer_name.clone(),
            },
            assignee: row.assignee.map(|id| Named {
                id: id.0,
                name: row.assignee_name.clone().unwrap_or_default(),
            }),
            tier: row.tier.clone(),
            waiting_since: row.waiting_since.map(written),
            updated_at: row.updated_at.to_string(),
        }
    }
}

/// Who wrote a message.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageAuthor {
    /// `customer`, `person` or `desk`.
    pub r#type: &'static str,
    /// The number of the customer or the person.
    pub id: Option<i64>,
    /// How they are called.
    pub name: String,
    /// The address that a customer's message came from.
    pub address: Option<String>,
    /// False when the sender's address is not one of the ticket's customer.
    pub known: bool,
}

/// A message of a ticket.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Message {
    /// Its number.
    pub id: i64,
    /// The ticket's number.
    pub ticket: i64,
    /// `incoming`, `reply` or `note`; customers never see notes.
    pub kind: &'static str,
    /// Who wrote it.
    pub author: MessageAuthor,
    /// The way it took.
    pub channel: &'static str,
    /// When it was accepted or released.
    #[schema(format = DateTime)]
    pub at: String,
    /// Addresses it went to.
    pub to: Vec<String>,
    /// Addresses that got a copy.
    pub cc: Vec<String>,
    /// Markdown of replies and notes, plain text of customers.
    pub body: String,
    /// What the writer added: `body` without the message that is answered, signatures and footers.
    pub reply: String,
    /// What kind of mail it came as, such as `personal` or `out_of_office`; `null` for what was no
    /// mail.
    pub verdict: Option<String>,
    /// Files that came with it.
    pub files: Vec<MessageFile>,
}

/// A file of a message.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MessageFile {
    /// Its number.
    pub id: i64,
    /// Its name, as the sender gave it.
    pub name: String,
    /// Its type, as its bytes say.
    pub media_type: String,
    /// In bytes.
    pub size: i64,
    /// Where its bytes are.
    pub url: String,
}

impl Message {
    pub(super) fn of(shown: &MessageOf) -> Self {
        let message = &shown.message;
        let (kind, id) = match message.author {
            Author::Customer(id) => ("customer", Some(id.0)),
            Author::Person(id) => ("person", Some(id.0)),
            Author::System => ("desk", None),
        };
        Self {
            id: message.id.0,
            ticket: message.ticket.0,
            kind: message.kind.as_str(),
            author: MessageAuthor {
                r#type: kind,
                id,
                name: shown.author.clone(),
                address: Some(message.sender_address.clone()).filter(|text| !text.is_empty()),
                known: kind != "customer" || message.sender_is_customer,
            },
            channel: message.channel.as_str(),
            at: message.at.to_string(),
            to: message.to.clone(),
            cc: message.cc.clone(),
            reply: shown.reading.as_ref().map_or_else(
                || message.body.clone(),
                |reading| reply_of(&message.body, &reading.removed),
            ),
            verdict: shown
                .reading
                .as_ref()
                .map(|reading| reading.verdict.clone()),
            body: message.body.clone(),
            files: shown.files.iter().map(MessageFile::of).collect(),
        }
    }
}

impl MessageFile {
    fn of(file: &Attachment) -> Self {
        Self {
            id: file.id.0,
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            size: file.size,
            url: format!("/api/v1/attachments/{}", file.id),
        }
    }
}

fn written(at: Timestamp) -> String {
    at.to_string()
}
