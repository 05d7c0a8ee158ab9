//! Answers that the desk gives by itself.
//!
//! Owns: queueing one and the headers by which other machines leave it unanswered (RFC 3834).
//! Must not know: when one may go out.

use super::compose::{message_id_of, named};
use super::instance::instance_header;
use super::way::way_back;
use super::{queue, reply_mail_id};
use crate::cx::{Cx, Keys};
use crate::error::DeskError;
use candor_domain::address::EmailAddress;
use candor_domain::id::{MessageId, OutboxId};
use candor_domain::mailbox::{Brand, Mailbox};
use candor_domain::text::one_line;
use candor_domain::ticket::Ticket;
use candor_mail::{ExtraHeader, NamedAddress, Outgoing, TicketRef};
use candor_store::Tx;
use candor_store::outbox::{NewOutbox, OutboxMail};

/// The purpose of a mail that says that something arrived.
pub(crate) const ACKNOWLEDGEMENT: &str = "acknowledgement";

/// An acknowledgement before it is queued.
pub(crate) struct AcknowledgementMail<'a> {
    pub(crate) ticket: &'a Ticket,
    /// The customer's message.
    pub(crate) message: MessageId,
    pub(crate) mailbox: &'a Mailbox,
    pub(crate) to: &'a EmailAddress,
    pub(crate) subject: String,
    pub(crate) body: String,
}

/// Queues an acknowledgement. Its envelope names no sender, so that nothing comes back; an answer
/// to it leads to the ticket.
pub(crate) fn queue_acknowledgement(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mail: &AcknowledgementMail<'_>,
) -> Result<OutboxId, DeskError> {
    let mail_id = reply_mail_id(cx, mail.ticket, mail.message, mail.mailbox);
    queue(
        tx,
        cx,
        &NewOutbox {
            message: None,
            purpose: ACKNOWLEDGEMENT.to_owned(),
            mail_from: String::new(),
            recipients: vec![mail.to.to_string()],
            subject: one_line(&mail.subject, Ticket::MAX_SUBJECT),
            body: mail.body.clone(),
            mail_id: mail_id.trim_matches(['<', '>']).to_owned(),
            created_at: cx.now(),
            secret: false,
        },
        Some(mail.ticket.mailbox),
    )
}

/// Everything around an automatic answer.
pub(super) struct AutomaticReply {
    brand: Brand,
    mailbox: Mailbox,
    reply_to: EmailAddress,
    /// The Message-ID of what it answers.
    answered: Option<candor_mail::MessageId>,
}

impl AutomaticReply {
    /// The address that people see as its sender.
    pub(super) fn sender(&self) -> &str {
        self.mailbox.address.as_str()
    }

    pub(super) fn load(tx: &mut Tx<'_>, cx: &Cx, mail: OutboxId) -> Result<Self, DeskError> {
        let gone = || DeskError::NotFound("ticket");
        let about = tx.automatic_mail(mail)?.ok_or_else(gone)?;
        let ticket = tx.ticket(about.ticket)?.ok_or_else(gone)?;
        let mailbox = tx
            .mailbox(ticket.mailbox)?
            .ok_or(DeskError::NotFound("mailbox"))?;
        let message = tx.message(about.message)?.ok_or_else(gone)?;
        let place = TicketRef {
            ticket: ticket.id,
            conversation: message.conversation,
        };
        Ok(Self {
            brand: tx
                .brand(mailbox.brand)?
                .ok_or(DeskError::NotFound("brand"))?,
            reply_to: way_back(tx, cx, &mailbox, place)?,
            answered: candor_mail::MessageId::parse(&message.mail_id),
            mailbox,
        })
    }

    pub(super) fn compose(&self, row: &OutboxMail, keys: &Keys) -> Vec<u8> {
        Outgoing {
            from: NamedAddress::named(&self.brand.name, self.mailbox.address.clone()),
            to: named(&row.mail.recipients),
            cc: Vec::new(),
            reply_to: Some(NamedAddress::named(&self.brand.name, self.reply_to.clone())),
            subject: row.mail.subject.clone(),
            message_id: message_id_of(row),
            in_reply_to: self.answered.clone(),
            references: self.answered.iter().cloned().collect(),
            date: row.mail.created_at,
            markdown: row.mail.body.clone(),
            delimiter: None,
            quoted: None,
            attachments: Vec::new(),
            extra_headers: vec![
                ExtraHeader::new("Auto-Submitted", "auto-replied"),
                ExtraHeader::new("X-Auto-Response-Suppress", "All"),
                ExtraHeader::new("X-Loop", self.mailbox.address.as_str()),
                instance_header(keys),
            ],
        }
        .compose()
    }
}
