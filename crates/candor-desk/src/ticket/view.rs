//! One ticket with everything that its page shows, from one snapshot.
//!
//! Owns: what staff see of a ticket, and what its customer sees. Must not know: HTML.

mod customer;
mod file;

pub use customer::{CustomerMessage, CustomerPage, CustomerView};
pub use file::{FileOf, RawMailOf, TicketFile};

use super::change::{can_undo, newest_deed};
use super::presence::HerePresent;
use super::urgency::{UrgencySeen, urgency_of};
use super::visible_ticket;
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::level::{PromiseOf, Standing, promise_of};
use crate::roster::absence_now;
use crate::sender_check::SenderCheck;
use crate::skill::{SkillsOf, skills_of};
use candor_domain::customer::{Customer, Identity, IdentityKind, Organization, Tier};
use candor_domain::event::TicketEvent;
use candor_domain::id::{PersonId, TeamId, TicketId};
use candor_domain::mailbox::{Brand, Mailbox};
use candor_domain::message::{Attachment, Author, Message, MessageKind};
use candor_domain::people::{Person, Team};
use candor_domain::ticket::Ticket;
use candor_store::Tx;
use candor_store::delivery::Delivery;
use candor_store::draft::Draft;
use candor_store::journal::Entry;
use candor_store::outbox::OutboxMail;
use candor_store::reading::Reading;
use candor_store::ticket::{EarlierTicket, Look};
use candor_store::tone::MessageReading;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

/// Most messages and happenings on one page.
const MOST: i64 = 500;
/// Most other tickets of the same customer.
const OTHERS: i64 = 20;

/// Asks for a ticket as staff see it.
#[derive(Debug, Clone, Copy)]
pub struct TicketView {
    /// Which.
    pub ticket: TicketId,
}

/// A ticket as staff see it.
#[derive(Debug, Clone)]
pub struct View {
    /// The ticket.
    pub ticket: Ticket,
    /// Who asked.
    pub customer: Customer,
    /// Their addresses.
    pub identities: Vec<Identity>,
    /// Their class, or that of their company.
    pub tier: Option<Tier>,
    /// Their company.
    pub organization: Option<Organization>,
    /// Where it came in.
    pub mailbox: Mailbox,
    /// The brand of the mailbox.
    pub brand: Brand,
    /// Oldest first.
    pub messages: Vec<MessageOf>,
    /// What was done, oldest first.
    pub happenings: Vec<Happening>,
    /// Whether the actor can take the last change back.
    pub undoable: bool,
    /// The reader's own unsent texts with the files that hang on them.
    pub drafts: Vec<(Draft, Vec<Attachment>)>,
    /// Replies of others that are on their way.
    pub others_sending: Vec<(String, Draft)>,
    /// Who else is here.
    pub present: Vec<HerePresent>,
    /// Earlier and later tickets of the same customer that the reader may see, newest first.
    pub others: Vec<EarlierTicket>,
    /// The ticket that goes on from this one.
    pub followed_by: Option<TicketId>,
    /// Everybody who can be given the ticket.
    pub people: Vec<Person>,
    /// Every team.
    pub teams: Vec<Team>,
    /// What the customer is promised; `None` where nothing ever was.
    pub promise: Option<PromiseOf>,
    /// While whoever has it is away: the last day, and who stands in.
    pub away: Option<(Date, Option<PersonId>)>,
    /// How urgent the facts say that it is.
    pub urgency: UrgencySeen,
    /// What somebody has to be able to do for it.
    pub skills: SkillsOf,
    /// How the customer's messages read, oldest first.
    pub tones: Vec<MessageReading>,
}

/// A message with its files and what became of its mail.
#[derive(Debug, Clone)]
pub struct MessageOf {
    /// The message.
    pub message: Message,
    /// Its files.
    pub files: Vec<Attachment>,
    /// Who wrote it, as they are called.
    pub author: String,
    /// Its mail, for replies that went out by mail.
    pub mail: Option<OutboxMail>,
    /// What was understood of the mail that it came as.
    pub reading: Option<Reading>,
    /// What mail servers told about its mail, oldest first.
    pub deliveries: Vec<Delivery>,
    /// What is known about its sender, for mail that was checked.
    pub checked: Option<SenderCheck>,
}

/// Something that was done to the ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// When.
    pub at: Timestamp,
    /// Who, as they are called; `None` for the desk itself and for the customer.
    pub person: Option<String>,
    /// Whether the customer did it.
    pub by_customer: bool,
    /// What.
    pub event: TicketEvent,
}

impl View {
    /// The name of a person who works or worked here.
    pub fn person_name(&self, id: PersonId) -> Option<&str> {
        self.people
            .iter()
            .find(|person| person.id == id)
            .map(|person| person.name.as_str())
    }

    /// The name of a team.
    pub fn team_name(&self, id: TeamId) -> Option<&str> {
        self.teams
            .iter()
            .find(|team| team.id == id)
            .map(|team| team.name.as_str())
    }

    /// The address that answers go to; empty for somebody who only ever called.
    pub fn address(&self) -> &str {
        let mut identities = self.identities.iter();
        identities
            .find(|identity| identity.kind == IdentityKind::Email)
            .map_or("", |identity| identity.value.as_str())
    }

    /// What the customer is called: their name, else the first address or number that is known.
    pub fn customer_name(&self) -> &str {
        let first = self.identities.first();
        let first = first.map_or("", |identity| identity.value.as_str());
        self.customer.display_name(first)
    }
}

impl Query for TicketView {
    type Output = View;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<View, DeskError> {
        let me = cx.actor.person();
        tx.look_ahead(&Look {
            ticket: self.ticket,
            person: me,
            at: cx.now(),
            most: MOST,
        })?;
        let ticket = visible_ticket(tx, cx, self.ticket)?;
        tx.look_further(&ticket, OTHERS)?;
        let people = tx.people()?;
        let customer = tx
            .customer(ticket.customer)?
            .ok_or(DeskError::NotFound("customer"))?;
        let mailbox = tx
            .mailbox(ticket.mailbox)?
            .ok_or(DeskError::NotFound("mailbox"))?;
        let drafts = tx.drafts_of(ticket.id)?;
        let entries = tx.entries_of(&ticket.id.subject(), MOST)?;
        let standing = Standing::of(tx, ticket.id)?;
        let tones = tx.tones_of(ticket.id)?;
        Ok(View {
            identities: tx.identities_of(customer.id)?,
            tier: tx.tier_of(&customer)?,
            organization: customer
                .organization
                .map(|id| tx.organization(id))
                .transpose()?
                .flatten(),
            brand: tx
                .brand(mailbox.brand)?
                .ok_or(DeskError::NotFound("brand"))?,
            messages: messages(tx, &ticket, &people, &customer)?,
            undoable: can_undo(cx, newest_deed(&entries), &ticket)?,
            happenings: happenings(entries, &people),
            others_sending: sending(&drafts, me, &people),
            drafts: own(tx, drafts, me)?,
            present: present(tx, cx, ticket.id, me)?,
            others: others(tx, cx, &ticket)?,
            followed_by: tx.followed_by(ticket.id)?,
            promise: promise_of(tx, cx, &standing)?,
            away: match ticket.assignee {
                Some(person) => {
                    absence_now(tx, person, cx.now())?.map(|absence| (absence.last, absence.deputy))
                }
                None => None,
            },
            urgency: urgency_of(tx, &ticket, &standing, &tones)?,
            skills: skills_of(tx, cx, &ticket.tags, customer.language.as_deref())?,
            tones,
            teams: tx.teams()?,
            people,
            ticket,
            customer,
            mailbox,
        })
    }
}

fn messages(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    people: &[Person],
    customer: &Customer,
) -> Result<Vec<MessageOf>, DeskError> {
    let messages = tx.messages_of(ticket.id, MOST)?;
    let files = tx.attachments_of_ticket(ticket.id)?;
    let mails = tx.outbox_of_ticket(ticket.id)?;
    let readings = tx.readings_of_ticket(ticket.id)?;
    let deliveries = tx.deliveries_of_ticket(ticket.id)?;
    let checks = tx.sender_checks_of(ticket.id)?;
    Ok(messages
        .into_iter()
        .map(|message| MessageOf {
            files: files
                .iter()
                .filter(|file| file.message == Some(message.id))
                .cloned()
                .collect(),
            author: author_name(&message, people, customer),
            mail: mails
                .iter()
                .find(|mail| mail.mail.message == Some(message.id))
                .cloned(),
            reading: readings
                .iter()
                .find(|reading| reading.message == message.id)
                .cloned(),
            deliveries: deliveries
                .iter()
                .filter(|told| told.message == message.id)
                .cloned()
                .collect(),
            checked: checks
                .iter()
                .find(|check| check.message == message.id)
                .cloned(),
            message,
        })
        .collect())
}

/// How the writer of a message is called: a sender who is not known to be the customer is called
/// by what they wrote, never by the customer's name.
pub(super) fn author_name(message: &Message, people: &[Person], customer: &Customer) -> String {
    match message.author {
        Author::Person(id) => people
            .iter()
            .find(|person| person.id == id)
            .map_or_else(String::new, |person| person.name.clone()),
        // Sent from an address that several people share: the name that it bore.
        Author::System => message.sender_name.clone(),
        Author::Customer(_) => {
            let typed = if message.sender_name.is_empty() {
                &message.sender_address
            } else {
                &message.sender_name
            };
            let known = message.sender_is_customer && !customer.name.is_empty();
            if known {
                customer.name.clone()
            } else {
                typed.clone()
            }
        }
    }
}

#[derive(Deserialize)]
struct Facts {
    event: TicketEvent,
}

fn happenings(entries: Vec<Entry>, people: &[Person]) -> Vec<Happening> {
    let name_of = |actor: &str| {
        let id: PersonId = actor.strip_prefix("person:")?.parse().ok()?;
        people
            .iter()
            .find(|person| person.id == id)
            .map(|person| person.name.clone())
    };
    entries
        .into_iter()
        .filter_map(|entry| {
            let facts: Facts = serde_json::from_str(&entry.facts).ok()?;
            Some(Happening {
                at: entry.at,
                person: name_of(&entry.actor),
                by_customer: entry.actor.starts_with("customer:") || entry.actor == "mail",
                event: facts.event,
            })
        })
        .collect()
}

fn own(
    tx: &mut Tx<'_>,
    drafts: Vec<Draft>,
    me: Option<PersonId>,
) -> Result<Vec<(Draft, Vec<Attachment>)>, DeskError> {
    let mine = drafts.into_iter().filter(|draft| Some(draft.person) == me);
    mine.map(|draft| {
        let files = tx.attachments_of_draft(draft.id)?;
        Ok((draft, files))
    })
    .collect()
}

fn sending(drafts: &[Draft], me: Option<PersonId>, people: &[Person]) -> Vec<(String, Draft)> {
    drafts
        .iter()
        .filter(|draft| {
            Some(draft.person) != me && draft.kind == MessageKind::Reply && draft.send_at.is_some()
        })
        .filter_map(|draft| {
            let person = people.iter().find(|person| person.id == draft.person)?;
            Some((person.name.clone(), draft.clone()))
        })
        .collect()
}

fn present(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: TicketId,
    me: Option<PersonId>,
) -> Result<Vec<HerePresent>, DeskError> {
    let all = tx.present_at(ticket, cx.now())?;
    Ok(all
        .into_iter()
        .filter(|here| Some(here.person) != me)
        .collect())
}

fn others(tx: &mut Tx<'_>, cx: &Cx, ticket: &Ticket) -> Result<Vec<EarlierTicket>, DeskError> {
    let mut found = tx.tickets_of_customer(ticket.customer, ticket.id, OTHERS)?;
    let visibility = cx.visibility();
    if !visibility.all && !found.is_empty() {
        let ids: Vec<TicketId> = found.iter().map(|other| other.id).collect();
        let seen = tx.seen_among(&visibility, &ids)?;
        found.retain(|other| seen.contains(&other.id));
    }
    Ok(found)
}
