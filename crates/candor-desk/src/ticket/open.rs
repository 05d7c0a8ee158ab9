//! Opening a ticket, and what a customer's further message does to it.
//!
//! Owns: the first message and every later one of the customer. Must not know: how it was decided
//! that the message belongs there.

use super::message::{NewMessage, store_message};
use crate::cx::Cx;
use crate::error::DeskError;
use crate::journal::record_ticket;
use candor_domain::event::TicketEvent;
use candor_domain::id::{ConversationId, CustomerId, TicketId};
use candor_domain::mailbox::Mailbox;
use candor_domain::message::{Channel, Message, MessageKind};
use candor_domain::text::one_line;
use candor_domain::ticket::{Kind, Status, Ticket, Urgency, clean_tag};
use candor_store::Tx;

/// A ticket before it has a row.
pub struct NewTicket<'a> {
    /// The subject line; made one line here.
    pub subject: String,
    /// Who asks.
    pub customer: CustomerId,
    /// Where.
    pub mailbox: &'a Mailbox,
    /// How.
    pub channel: Channel,
    /// The closed ticket it goes on from.
    pub follows: Option<TicketId>,
    /// What the customer wants, where known.
    pub kind: Option<Kind>,
    /// How much time there is.
    pub urgency: Urgency,
    /// Tags.
    pub tags: Vec<String>,
    /// The first message.
    pub message: NewMessage,
}

/// Opens a ticket with its first message.
pub fn open_ticket(
    tx: &mut Tx<'_>,
    cx: &Cx,
    new: &NewTicket<'_>,
) -> Result<(Ticket, Message), DeskError> {
    let now = cx.now();
    let mut tags: Vec<String> = new.tags.iter().filter_map(|tag| clean_tag(tag)).collect();
    tags.sort();
    tags.dedup();
    let mut ticket = Ticket {
        id: TicketId(0),
        subject: one_line(&new.subject, Ticket::MAX_SUBJECT),
        customer: new.customer,
        conversation: ConversationId(0),
        mailbox: new.mailbox.id,
        channel: new.channel,
        status: Status::New,
        kind: new.kind,
        urgency: new.urgency,
        team: new.mailbox.team,
        assignee: None,
        tags,
        spam: false,
        follows: new.follows,
        created_at: now,
        updated_at: now,
        waiting_since: Some(now),
        solved_at: None,
        last_public_message: None,
        link_epoch: 0,
        version: 1,
        salt: cx.salt("ticket"),
    };
    tx.insert_ticket(&mut ticket)?;
    let said = store_message(tx, cx, &ticket, &new.message)?;
    let before = ticket.clone();
    ticket.last_public_message = Some(said.message.id);
    tx.save_ticket(&before, &ticket)?;
    let event = TicketEvent::Opened {
        ticket: ticket.id,
        customer: ticket.customer,
        mailbox: ticket.mailbox,
        channel: ticket.channel,
        message: said.message.id,
        follows: ticket.follows,
    };
    record_ticket(tx, cx, &event, &[&said, &ticket])?;
    Ok((ticket, said.message))
}

/// Adds a message of the customer. An answer to a closed ticket opens a new one that is linked to
/// it. Replies of ours that can still be taken back are held back and show the new message first.
pub fn add_customer_message(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: Ticket,
    new: NewMessage,
) -> Result<(Ticket, Message), DeskError> {
    debug_assert_eq!(new.kind, MessageKind::Incoming);
    if ticket.status == Status::Closed {
        return open_follower(tx, cx, &ticket, new);
    }
    let said = store_message(tx, cx, &ticket, &new)?;
    let before = ticket.clone();
    let mut ticket = ticket;
    let event = ticket.customer_wrote(said.message.id, cx.now())?;
    tx.hold_back_replies(ticket.id, said.message.id)?;
    tx.save_ticket(&before, &ticket)?;
    record_ticket(tx, cx, &event, &[&said, &ticket])?;
    Ok((ticket, said.message))
}

/// Adds a message that a machine wrote in the customer's place: an absence, a receipt. The ticket
/// stays as it is, whatever its status, and replies on their way are not held back.
pub fn add_machine_message(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: Ticket,
    new: &NewMessage,
) -> Result<(Ticket, Message), DeskError> {
    let said = store_message(tx, cx, &ticket, new)?;
    let before = ticket.clone();
    let mut ticket = ticket;
    let event = ticket.machine_wrote(said.message.id, cx.now());
    tx.save_ticket(&before, &ticket)?;
    record_ticket(tx, cx, &event, &[&said, &ticket])?;
    Ok((ticket, said.message))
}

fn open_follower(
    tx: &mut Tx<'_>,
    cx: &Cx,
    closed: &Ticket,
    message: NewMessage,
) -> Result<(Ticket, Message), DeskError> {
    let mailbox = tx
        .mailbox(closed.mailbox)?
        .ok_or(DeskError::NotFound("mailbox"))?;
    let channel = message.channel;
    open_ticket(
        tx,
        cx,
        &NewTicket {
            subject: closed.subject.clone(),
            customer: closed.customer,
            mailbox: &mailbox,
            channel,
            follows: Some(closed.id),
            kind: closed.kind,
            urgency: closed.urgency,
            tags: closed.tags.clone(),
            message,
        },
    )
}
