//! What a customer does on the page behind their link.
//!
//! Owns: answering there. Settling is [`super::ChangeTicket`] with the customer as the actor.
//! Must not know: how the link was made.

use super::message::{NewFile, NewMessage};
use super::note::checked_text;
use super::open::add_customer_message;
use super::release::customer_address;
use super::visible_ticket;
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use crate::link::customer_link;
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::message::{Author, Channel, MessageKind};
use candor_store::Tx;

/// A customer writes on the request page.
#[derive(Debug, Clone)]
pub struct AnswerOnPage {
    /// The ticket that the link opens.
    pub ticket: TicketId,
    /// What they wrote.
    pub body: String,
    /// Files, staged already.
    pub files: Vec<NewFile>,
}

/// Where an answer went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The ticket: a new one when the old one was closed.
    pub ticket: TicketId,
    /// The token of the link that opens it.
    pub link: String,
}

impl Verb for AnswerOnPage {
    type Output = Answered;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Answered, DeskError> {
        let Actor::Customer { customer, .. } = cx.actor else {
            return Err(DeskError::NotAllowed("only the customer answers here"));
        };
        let ticket = visible_ticket(tx, cx, self.ticket)?;
        if ticket.spam {
            return Err(DeskError::NotFound("ticket"));
        }
        let body = checked_text(&self.body)?;
        let author = Author::Customer(customer);
        let mut new = NewMessage::of_staff(MessageKind::Incoming, author, Channel::Page, body);
        new.sender_name = tx
            .customer(customer)?
            .map(|customer| customer.name)
            .unwrap_or_default();
        new.sender_address = customer_address(tx, &ticket)?
            .map(|address| address.to_string())
            .unwrap_or_default();
        new.sender_is_customer = true;
        new.files.clone_from(&self.files);
        let (ticket, _) = add_customer_message(tx, cx, ticket, new)?;
        Ok(Answered {
            link: customer_link(cx.keys(), &ticket),
            ticket: ticket.id,
        })
    }
}
