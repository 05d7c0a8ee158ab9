//! Which ticket a mail belongs to, and whether its sender may write there.
//!
//! Owns: the order of trust: a signed reply address, a signed Message-ID of ours, a foreign
//! Message-ID that we know. Must not know: how a message is stored.
//!
//! A number in a subject is never read, and a copied address never becomes a participant: only
//! staff add people to a conversation.

use crate::error::DeskError;
use crate::sender_check::{Checked, may_speak};
use candor_domain::address::EmailAddress;
use candor_domain::customer::IdentityKind;
use candor_domain::id::{MailboxId, TicketId};
use candor_domain::mailbox::Mailbox;
use candor_domain::ticket::Ticket;
use candor_mail::{Candidate, IncomingMessage, ReplyKey, thread_candidates};
use candor_store::Tx;

/// Where a mail goes.
pub(super) enum Place {
    /// Into this ticket. The flag says whether the sender is its customer, the word what led here.
    Joins(Box<Ticket>, bool, &'static str),
    /// Into a ticket of its own.
    Opens,
}

/// How a sender stands to a ticket.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Customer,
    /// Staff wrote to this address in the ticket.
    Participant,
    Stranger,
}

/// A mail, as far as it decides where it goes.
pub(super) struct Arrived<'a> {
    pub(super) message: &'a IncomingMessage,
    pub(super) sender: &'a EmailAddress,
    pub(super) recipients: &'a [EmailAddress],
    /// What is known about the sender.
    pub(super) checked: Option<&'a Checked>,
}

/// Decides where a mail goes.
pub(super) fn place_of(
    tx: &mut Tx<'_>,
    key: &ReplyKey,
    mail: &Arrived<'_>,
) -> Result<Place, DeskError> {
    for candidate in thread_candidates(mail.message, mail.recipients, key) {
        let (tickets, signed) = tickets_of(tx, &candidate)?;
        for id in tickets {
            let Some(ticket) = tx.ticket(id)? else {
                continue;
            };
            // An address alone is nobody: who may not speak under it is a stranger.
            let standing = if may_speak(mail.checked, signed) {
                standing_of(tx, &ticket, mail.sender)?
            } else {
                Standing::Stranger
            };
            // A stranger joins only with a signature, which proves that a mail of ours reached
            // them; they are shown as a new sender.
            if signed || standing != Standing::Stranger {
                return Ok(Place::Joins(
                    Box::new(ticket),
                    standing == Standing::Customer,
                    led_by(&candidate),
                ));
            }
        }
    }
    Ok(Place::Opens)
}

/// The word for what led to a ticket.
const fn led_by(candidate: &Candidate) -> &'static str {
    match candidate {
        Candidate::ReplyAddress(_) => "reply_address",
        Candidate::OurMessage(_) => "our_message",
        Candidate::Foreign(_) => "known_message",
    }
}

pub(super) fn tickets_of(
    tx: &mut Tx<'_>,
    candidate: &Candidate,
) -> Result<(Vec<TicketId>, bool), DeskError> {
    Ok(match candidate {
        Candidate::ReplyAddress(reference) => (vec![reference.ticket], true),
        Candidate::OurMessage(sent) => (vec![sent.reference.ticket], true),
        Candidate::Foreign(id) => {
            let found = tx.tickets_by_mail_id(&format!("<{id}>"))?;
            (found.into_iter().map(|(ticket, _)| ticket).collect(), false)
        }
    })
}

pub(super) fn standing_of(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    sender: &EmailAddress,
) -> Result<Standing, DeskError> {
    let identities = tx.identities_of(ticket.customer)?;
    let is_customer = identities
        .iter()
        .any(|identity| identity.kind == IdentityKind::Email && identity.value == sender.as_str());
    if is_customer {
        return Ok(Standing::Customer);
    }
    Ok(if tx.was_written_to(ticket.id, sender.as_str())? {
        Standing::Participant
    } else {
        Standing::Stranger
    })
}

/// The mailbox that one of these addresses names, even if it rests: in its log a mail stands that no
/// message was made of.
pub(super) fn mailbox_named(
    tx: &mut Tx<'_>,
    recipients: &[String],
) -> Result<Option<MailboxId>, DeskError> {
    let addresses = recipients.iter();
    for address in addresses.filter_map(|text| EmailAddress::parse(text).ok()) {
        for form in [address.clone(), address.without_detail()] {
            if let Some(mailbox) = tx.mailbox_by_address(&form)? {
                return Ok(Some(mailbox.id));
            }
        }
    }
    Ok(None)
}

/// The first of our mailboxes among these addresses.
pub(super) fn our_mailbox(
    tx: &mut Tx<'_>,
    addresses: &[EmailAddress],
) -> Result<Option<Mailbox>, DeskError> {
    for address in addresses {
        for form in [address.clone(), address.without_detail()] {
            if let Some(mailbox) = tx.mailbox_by_address(&form)?.filter(|found| found.active) {
                return Ok(Some(mailbox));
            }
        }
    }
    Ok(None)
}
