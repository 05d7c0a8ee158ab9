//! Opening a ticket by hand: the ask form, a call that was written down, the API.
//!
//! Owns: what such a ticket needs. Must not know: mail.

use super::message::{NewFile, NewMessage};
use super::note::checked_text;
use super::open::{NewTicket, open_ticket};
use crate::customer::{find_or_make_caller, find_or_make_customer, learn_phone, phone};
use crate::cx::{Cx, Verb};
use crate::error::{DeskError, FieldError};
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::customer::Customer;
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
    /// The customer's address, as typed. Staff may leave it empty where a telephone number or a
    /// name is known.
    pub email: String,
    /// The customer's telephone number, as typed; may be empty.
    pub phone: String,
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
        let (contact, subject, body) = self.checked(cx)?;
        let customer = contact.customer(tx, cx, &one_line(&self.name, 120))?;
        let mut message = NewMessage::of_staff(
            MessageKind::Incoming,
            Author::Customer(customer.id),
            self.channel,
            body,
        );
        message.terms = candor_store::search::analyse(&format!("{subject} {}", message.body));
        message.sender_name = one_line(&self.name, 120);
        message.sender_address = contact
            .email
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
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
    fn checked(&self, cx: &Cx) -> Result<(Contact, String, String), DeskError> {
        let mut wrong = Vec::new();
        let contact = self.contact(cx, &mut wrong);
        let subject = one_line(&self.subject, Ticket::MAX_SUBJECT);
        if subject.is_empty() {
            wrong.push(FieldError {
                field: "subject",
                id: "error-subject-empty",
                message: "say in one line what it is about".to_owned(),
            });
        }
        let body = match checked_text(&self.body) {
            Ok(body) => Some(body),
            Err(DeskError::Invalid(fields)) => {
                wrong.extend(fields);
                None
            }
            Err(other) => return Err(other),
        };
        match body {
            Some(body) if wrong.is_empty() => Ok((contact, subject, body)),
            _ => Err(DeskError::Invalid(wrong)),
        }
    }

    /// How the customer is reached. Whoever asks in a form must say where the answer goes; staff
    /// may write down a call of somebody whose number or name is all they know.
    fn contact(&self, cx: &Cx, wrong: &mut Vec<FieldError>) -> Contact {
        let mut refuse = |field, id, message: String| wrong.push(FieldError { field, id, message });
        let mut contact = Contact::default();
        if !self.phone.trim().is_empty() {
            contact.phone = phone(&self.phone);
            if contact.phone.is_none() {
                let why = "this is no telephone number, such as +49 30 123456";
                refuse("phone", "error-phone", why.to_owned());
            }
        }
        let may_lack = matches!(cx.actor, Actor::Person(_) | Actor::System);
        if may_lack && self.email.trim().is_empty() {
            if self.phone.trim().is_empty() && one_line(&self.name, 120).is_empty() {
                let why = "give an address, a telephone number or at least a name";
                refuse("email", "error-contact-missing", why.to_owned());
            }
        } else {
            match EmailAddress::parse(&self.email) {
                Ok(address) => contact.email = Some(address),
                Err(error) => refuse("email", "error-address", error.to_string()),
            }
        }
        contact
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

/// How a customer is reached; neither for somebody who only left a name.
#[derive(Default)]
struct Contact {
    email: Option<EmailAddress>,
    phone: Option<String>,
}

impl Contact {
    /// The customer, found by the address, else by the number, else made.
    fn customer(&self, tx: &mut Tx<'_>, cx: &Cx, name: &str) -> Result<Customer, DeskError> {
        let Some(email) = &self.email else {
            return find_or_make_caller(tx, cx, self.phone.as_deref(), name);
        };
        let customer = find_or_make_customer(tx, cx, email, name)?;
        if let Some(phone) = &self.phone {
            learn_phone(tx, cx, customer.id, phone)?;
        }
        Ok(customer)
    }
}
