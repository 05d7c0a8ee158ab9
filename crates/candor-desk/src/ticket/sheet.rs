//! A ticket and its messages as facts, for programs.
//!
//! Owns: what the API tells of them. Must not know: JSON, pages.

use super::urgency::{UrgencySeen, urgency_of};
use super::view::{MessageOf, author_name};
use super::visible_ticket;
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::level::{GivenSeen, Standing, given_seen};
use crate::skill::{SkillsOf, skills_of};
use candor_domain::customer::{Customer, IdentityKind};
use candor_domain::id::{MessageId, TicketId};
use candor_domain::level::Clock;
use candor_domain::mailbox::Mailbox;
use candor_domain::message::Message;
use candor_domain::people::{Person, Team};
use candor_domain::ticket::Ticket;
use candor_store::Tx;

/// Most messages on one page.
const MOST: usize = 100;

/// Asks for a ticket that the actor may see.
#[derive(Debug, Clone, Copy)]
pub struct SheetById {
    /// Which.
    pub ticket: TicketId,
}

/// Asks for what belongs to a ticket that a verb has just given to the actor.
#[derive(Debug, Clone)]
pub struct SheetOf(pub Ticket);

/// A ticket with the names that belong to its numbers.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The ticket.
    pub ticket: Ticket,
    /// Who asked.
    pub customer: Customer,
    /// Where answers go.
    pub address: Option<String>,
    /// Where it came in.
    pub mailbox: Mailbox,
    /// The team that has it.
    pub team: Option<Team>,
    /// The person who has it.
    pub assignee: Option<Person>,
    /// What the customer is promised; empty where nothing is.
    pub promises: Vec<Clock>,
    /// What people promised in replies, the oldest first.
    pub given: Vec<GivenSeen>,
    /// How urgent the facts say that it is.
    pub urgency: UrgencySeen,
    /// What somebody has to be able to do for it.
    pub skills: SkillsOf,
}

impl Query for SheetById {
    type Output = Sheet;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Sheet, DeskError> {
        let ticket = visible_ticket(tx, cx, self.ticket)?;
        SheetOf(ticket).read(tx, cx)
    }
}

impl Query for SheetOf {
    type Output = Sheet;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Sheet, DeskError> {
        let ticket = self.0.clone();
        let standing = Standing::of(tx, ticket.id)?;
        let readings = tx.tones_of(ticket.id)?;
        let address = tx
            .identities_of(ticket.customer)?
            .into_iter()
            .find(|identity| identity.kind == IdentityKind::Email);
        let customer = tx
            .customer(ticket.customer)?
            .ok_or(DeskError::NotFound("customer"))?;
        Ok(Sheet {
            address: address.map(|identity| identity.value),
            mailbox: tx
                .mailbox(ticket.mailbox)?
                .ok_or(DeskError::NotFound("mailbox"))?,
            team: ticket.team.map(|id| tx.team(id)).transpose()?.flatten(),
            assignee: ticket
                .assignee
                .map(|id| tx.person(id))
                .transpose()?
                .flatten(),
            promises: standing.promises(),
            given: given_seen(tx, cx, ticket.id)?,
            urgency: urgency_of(tx, &ticket, &standing, &readings)?,
            skills: skills_of(tx, cx, &ticket.tags, customer.language.as_deref())?,
            customer,
            ticket,
        })
    }
}

/// Asks for the messages of a ticket with the notes, oldest first.
#[derive(Debug, Clone, Copy)]
pub struct ThreadPage {
    /// Which.
    pub ticket: TicketId,
    /// Goes on after this message.
    pub after: Option<MessageId>,
    /// Most messages.
    pub limit: usize,
}

/// A page of messages.
#[derive(Debug, Clone)]
pub struct Thread {
    /// The messages.
    pub messages: Vec<MessageOf>,
    /// Goes on after this one; `None` at the end.
    pub next: Option<MessageId>,
}

impl Query for ThreadPage {
    type Output = Thread;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Thread, DeskError> {
        cx.access()?;
        let ticket = visible_ticket(tx, cx, self.ticket)?;
        let limit = self.limit.clamp(1, MOST);
        let after = self.after.unwrap_or(MessageId(0));
        let mut found = tx.thread_after(ticket.id, after, limit as i64 + 1)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|message| message.id);
        Ok(Thread {
            messages: dressed(tx, &ticket, found)?,
            next,
        })
    }
}

/// Asks for one message that a verb has just made.
#[derive(Debug, Clone, Copy)]
pub struct OneMessage(pub MessageId);

impl Query for OneMessage {
    type Output = MessageOf;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<MessageOf, DeskError> {
        let gone = || DeskError::NotFound("message");
        cx.access()?;
        let message = tx.message(self.0)?.ok_or_else(gone)?;
        let ticket = visible_ticket(tx, cx, message.ticket)?;
        dressed(tx, &ticket, vec![message])?.pop().ok_or_else(gone)
    }
}

fn dressed(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    messages: Vec<Message>,
) -> Result<Vec<MessageOf>, DeskError> {
    let ids: Vec<MessageId> = messages.iter().map(|message| message.id).collect();
    let files = tx.attachments_of(&ids)?;
    let readings = tx.readings_of(&ids)?;
    let people = tx.people()?;
    let customer = tx
        .customer(ticket.customer)?
        .ok_or(DeskError::NotFound("customer"))?;
    let dress = |message: Message| MessageOf {
        files: files
            .iter()
            .filter(|file| file.message == Some(message.id))
            .cloned()
            .collect(),
        author: author_name(&message, &people, &customer),
        mail: None,
        reading: readings
            .iter()
            .find(|reading| reading.message == message.id)
            .cloned(),
        deliveries: Vec::new(),
        checked: None,
        message,
    };
    Ok(messages.into_iter().map(dress).collect())
}
