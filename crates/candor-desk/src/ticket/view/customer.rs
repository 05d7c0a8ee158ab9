//! A ticket as its customer sees it, behind their link.
//!
//! Owns: what is public. Nothing staff-only is loaded here, so nothing of it can be shown.
//! Must not know: notes, events, who has the ticket.

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::level::{AnswerOwed, GivenSeen, Usual, answer_owed, given_seen, usual_answer};
use crate::ticket::visible_ticket;
use candor_domain::actor::Actor;
use candor_domain::customer::first_name;
use candor_domain::id::{MessageId, TicketId};
use candor_domain::mailbox::Brand;
use candor_domain::message::{Attachment, Author, Message};
use candor_domain::text::PublicText;
use candor_domain::ticket::Status;
use candor_store::Tx;
use candor_store::reading::RemovedPart;
use jiff::Timestamp;

/// Asks for the request page of a customer.
#[derive(Debug, Clone, Copy)]
pub struct CustomerView {
    /// The ticket that the link opens.
    pub ticket: TicketId,
}

/// The request page.
#[derive(Debug, Clone)]
pub struct CustomerPage {
    /// The number.
    pub ticket: TicketId,
    /// The subject line.
    pub subject: PublicText,
    /// Where it stands.
    pub status: Status,
    /// Who the shop is.
    pub brand: Brand,
    /// The language that the customer was last known to read.
    pub language: Option<String>,
    /// The answer that they were promised, where one was.
    pub answer: Option<AnswerOwed>,
    /// When it usually comes, while they wait for it.
    pub usual: Option<Usual>,
    /// What somebody promised them last in a reply, with their first name.
    pub given: Option<(String, GivenSeen)>,
    /// Oldest first.
    pub messages: Vec<CustomerMessage>,
}

/// A public message.
#[derive(Debug, Clone)]
pub struct CustomerMessage {
    /// The row.
    pub id: MessageId,
    /// When.
    pub at: Timestamp,
    /// Whether the team wrote it.
    pub from_us: bool,
    /// How the writer is called: staff by first name.
    pub author: String,
    /// Markdown of staff, or plain text of the customer.
    pub body: PublicText,
    /// The parts of the text that the writer did not add.
    pub removed: Vec<RemovedPart>,
    /// Files.
    pub files: Vec<Attachment>,
}

impl Query for CustomerView {
    type Output = CustomerPage;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<CustomerPage, DeskError> {
        let Actor::Customer { customer, .. } = cx.actor else {
            return Err(DeskError::NotAllowed("only the customer reads this page"));
        };
        let ticket = visible_ticket(tx, cx, self.ticket)?;
        if ticket.spam {
            return Err(DeskError::NotFound("ticket"));
        }
        let mailbox = tx
            .mailbox(ticket.mailbox)?
            .ok_or(DeskError::NotFound("mailbox"))?;
        let person = tx
            .customer(customer)?
            .ok_or(DeskError::NotFound("customer"))?;
        Ok(CustomerPage {
            ticket: ticket.id,
            subject: PublicText::new(ticket.subject),
            status: ticket.status,
            brand: tx
                .brand(mailbox.brand)?
                .ok_or(DeskError::NotFound("brand"))?,
            language: person.language,
            answer: answer_owed(tx, cx, ticket.id)?,
            usual: usual_answer(tx, cx, ticket.id)?,
            given: last_given(tx, cx, ticket.id)?,
            messages: public_messages(tx, ticket.id)?,
        })
    }
}

fn last_given(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: TicketId,
) -> Result<Option<(String, GivenSeen)>, DeskError> {
    let Some(given) = given_seen(tx, cx, ticket)?.pop() else {
        return Ok(None);
    };
    let person = tx.person(given.promise.by)?;
    let name = person.map_or_else(String::new, |person| first_name(&person.name).to_owned());
    Ok(Some((name, given)))
}

fn public_messages(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Vec<CustomerMessage>, DeskError> {
    let people = tx.people()?;
    let files = tx.attachments_of_ticket(ticket)?;
    let readings = tx.readings_of_ticket(ticket)?;
    let messages = tx.messages_of(ticket, 500)?;
    let public = messages.into_iter().filter(Message::is_for_customers);
    Ok(public
        .map(|message| {
            let person = match message.author {
                Author::Person(id) => people.iter().find(|person| person.id == id),
                _ => None,
            };
            CustomerMessage {
                id: message.id,
                at: message.at,
                from_us: !matches!(message.author, Author::Customer(_)),
                author: match (person, message.author) {
                    (Some(person), _) => first_name(&person.name).to_owned(),
                    (None, Author::Customer(_)) => message.sender_name.clone(),
                    (None, _) => String::new(),
                },
                removed: readings
                    .iter()
                    .find(|reading| reading.message == message.id)
                    .map(|reading| reading.removed.clone())
                    .unwrap_or_default(),
                files: files
                    .iter()
                    .filter(|file| file.message == Some(message.id))
                    .cloned()
                    .collect(),
                body: PublicText::new(message.body),
            }
        })
        .collect())
}
