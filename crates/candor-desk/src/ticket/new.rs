//! Opening a ticket by hand: the ask form, a call that was written down, the API.
//!
//! Owns: what such a ticket needs. Must not know: mail.

use super::message::{NewFile, NewMessage};
use super::note::checked_text;
use super::open::{NewTicket, open_ticket};
use crate::customer::find_or_make_customer;
use crate::cx::{Cx, Verb};
use crate::error::{DeskError, FieldError};
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::mailbox::Mailbox;
use candor_domain::message::{Author, Channel, MessageKind};
use candor_domain::permission::{Permission, Whereabouts};
use candor_domain::text::one_line;
use candor_domain::ticket::{Kind, Ticket, Urgency};
use candor_store::Tx;

/// Opens a ticket for a customer, with what they said.
#[derive(Debug, Clone)]
pub struct OpenTicket {
    /// The subject line, as typed.
    pub subject: String,
    /// What the customer said, as typed.
    pub body: String,
    /// The customer's address, as typed.
    pub email: String,
    /// The customer's name, as typed; may be empty.
    pub name: String,
    /// The address of the mailbox; `None` takes the first.
    pub mailbox: Option<String>,
    /// How it came.
    pub channel: Channel,
    /// What the customer wants, where known.
    pub kind: Option<Kind>,
    /// How much time there is.
    pub urgency: Urgency,
    /// Tags.
    pub tags: Vec<String>,
    /// Files, staged already.
    pub files: Vec<NewFile>,
}

impl Verb for OpenTicket {
    type Output = Ticket;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Ticket, DeskError> {
        let mailbox = self.find_mailbox(tx)?;
        let at = Whereabouts {
            mailbox: mailbox.id,
            team: mailbox.team,
            assignee: None,
        };
        match &cx.actor {
            Actor::Visitor if self.channel == Channel::Form => {}
            Actor::Person(_) => {
                cx.may_at_all(Permission::Reply)?;
                cx.may(Permission::Reply, &at).or_else(|refused| {
                    let own_only = cx.access()?.has(Permission::Reply);
                    if own_only { Ok(()) } else { Err(refused) }
                })?;
            }
            Actor::System => {}
            _ => return Err(DeskError::NotAllowed("tickets.reply")),
        }
        let (address, subject, body) = self.checked()?;
        let customer = find_or_make_customer(tx, cx, &address, &one_line(&self.name, 120))?;
        let mut message = NewMessage::of_staff(
            MessageKind::Incoming,
            Author::Customer(customer.id),
            self.channel,
            body,
        );
        message.terms = candor_store::search::analyse(&format!("{subject} {}", message.body));
        message.sender_name = one_line(&self.name, 120);
        message.sender_address = address.to_string();
        message.sender_is_customer = true;
        message.files.clone_from(&self.files);
        let new = NewTicket {
            subject,
            customer: customer.id,
            mailbox: &mailbox,
            channel: self.channel,
            follows: None,
            kind: self.kind,
            urgency: self.urgency,
            tags: self.tags.clone(),
            message,
        };
        open_ticket(tx, cx, &new).map(|(ticket, _)| ticket)
    }
}

impl OpenTicket {
    fn checked(&self) -> Result<(EmailAddress, String, String), DeskError> {
        let mut wrong = Vec::new();
        let mut refuse = |field, id, message: String| wrong.push(FieldError { field, id, message });
        let address = EmailAddress::parse(&self.email)
            .map_err(|error| refuse("email", "error-address", error.to_string()))
            .ok();
        let subject = one_line(&self.subject, Ticket::MAX_SUBJECT);
        if subject.is_empty() {
            refuse(
                "subject",
                "error-subject-empty",
                "say in one line what it is about".to_owned(),
            );
        }
        let body = match checked_text(&self.body) {
            Ok(body) => Some(body),
            Err(DeskError::Invalid(fields)) => {
                wrong.extend(fields);
                None
            }
            Err(other) => return Err(other),
        };
        match (address, body) {
            (Some(address), Some(body)) if wrong.is_empty() => Ok((address, subject, body)),
            _ => Err(DeskError::Invalid(wrong)),
        }
    }

    fn find_mailbox(&self, tx: &mut Tx<'_>) -> Result<Mailbox, DeskError> {
        let unknown = || {
            DeskError::invalid(
                "mailbox",
                "error-mailbox-unknown",
                "this is no mailbox of ours",
            )
        };
        let mailboxes = tx.mailboxes()?.into_iter().filter(|mailbox| mailbox.active);
        match &self.mailbox {
            None => mailboxes.into_iter().next().ok_or_else(unknown),
            Some(text) => {
                let address = EmailAddress::parse(text).map_err(|_| unknown())?;
                mailboxes
                    .into_iter()
                    .find(|mailbox| mailbox.address == address)
                    .ok_or_else(unknown)
            }
        }
    }
}
