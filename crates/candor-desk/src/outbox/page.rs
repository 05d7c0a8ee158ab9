//! Mails on their way out, as staff see them.
//!
//! Owns: what became of a ticket's replies, and the lists of failed and of kept mails. Secret
//! mails stand in none of them. Must not know: HTML.

use crate::blob;
use crate::cx::{Cx, Desk, Query};
use crate::error::DeskError;
use crate::ticket::visible_ticket;
use candor_domain::actor::Actor;
use candor_domain::id::{MessageId, OutboxId, TicketId};
use candor_domain::permission::Permission;
use candor_store::delivery::Delivery;
use candor_store::outbox::{MailFault, OutboxMail, OutboxState};
use candor_store::{Paged, Stretch, Tx};
use jiff::Timestamp;

/// Mails on one page of a list.
const PAGE: usize = 50;

/// What became of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailState {
    /// Which mail.
    pub id: OutboxId,
    /// The reply that it carries.
    pub message: Option<MessageId>,
    /// How far it came.
    pub state: OutboxState,
    /// Who gets it.
    pub recipients: Vec<String>,
    /// How often it was tried.
    pub attempts: i64,
    /// Why the last try did not work.
    pub fault: Option<MailFault>,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// When the mail server took it, or when it was kept.
    pub sent_at: Option<Timestamp>,
}

/// What became of a ticket's replies, the oldest first.
pub struct MailsOfTicket {
    /// Which ticket.
    pub ticket: TicketId,
}

impl Query for MailsOfTicket {
    type Output = Vec<MailState>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.access()?;
        visible_ticket(tx, cx, self.ticket)?;
        Ok(tx
            .outbox_of_ticket(self.ticket)?
            .into_iter()
            .map(state_of)
            .collect())
    }
}

/// Mails that nobody took, the newest first.
#[derive(Debug, Clone, Copy, Default)]
pub struct FailedMails {
    /// Which stretch of the list.
    pub stretch: Stretch<OutboxId>,
}

impl Query for FailedMails {
    type Output = Paged<MailState, OutboxId>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        list(tx, cx, OutboxState::Failed, self.stretch)
    }
}

/// Mails that lie in the folder because no mail server is set up, the newest first.
#[derive(Debug, Clone, Copy, Default)]
pub struct KeptMails {
    /// Which stretch of the list.
    pub stretch: Stretch<OutboxId>,
}

impl Query for KeptMails {
    type Output = Paged<MailState, OutboxId>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        list(tx, cx, OutboxState::Kept, self.stretch)
    }
}

/// Mails that came back, on their page.
const LATEST_RETURNS: i64 = 50;

/// Mails that came back, the newest first, with the tickets they are about.
#[derive(Debug, Clone, Copy)]
pub struct ReturnedMails;

impl Query for ReturnedMails {
    type Output = Vec<(Delivery, TicketId)>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        let mut returned = Vec::new();
        for one in tx.newest_returns(LATEST_RETURNS)? {
            let message = tx.message(one.message)?;
            returned.extend(message.map(|message| (one, message.ticket)));
        }
        Ok(returned)
    }
}

fn list(
    tx: &mut Tx<'_>,
    cx: &Cx,
    state: OutboxState,
    stretch: Stretch<OutboxId>,
) -> Result<Paged<MailState, OutboxId>, DeskError> {
    cx.may_at_all(Permission::ManageOutgoing)?;
    let read = |stretch, most| -> Result<Vec<MailState>, DeskError> {
        let mails = tx.outbox_in_state(state, stretch, most)?;
        Ok(mails.into_iter().map(state_of).collect())
    };
    stretch.page(PAGE, |mail| mail.id, read)
}

fn state_of(mail: OutboxMail) -> MailState {
    MailState {
        id: mail.id,
        message: mail.mail.message,
        state: mail.state,
        recipients: mail.mail.recipients,
        attempts: mail.attempts,
        fault: mail.fault,
        queued_at: mail.mail.created_at,
        sent_at: mail.sent_at,
    }
}

/// The bytes of a mail that was written, for reading. Never those of a secret one.
pub struct MailBytes {
    /// Which.
    pub mail: OutboxId,
}

impl MailBytes {
    /// Reads them.
    ///
    /// # Errors
    /// `NotFound` for secret mails and for those that have no bytes yet.
    pub async fn bytes(self, desk: &Desk, actor: &Actor) -> Result<Vec<u8>, DeskError> {
        let address = desk.ask(actor, self).await?;
        blob::read(desk, &address).await
    }
}

impl Query for MailBytes {
    type Output = String;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<String, DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        let mail = tx.outbox_mail(self.mail)?;
        mail.filter(|mail| !mail.mail.secret && !mail.blob.is_empty())
            .map(|mail| mail.blob)
            .ok_or(DeskError::NotFound("mail"))
    }
}

/// A mail as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadableMail {
    /// Who it is from, as its header says.
    pub from: String,
    /// Who gets it.
    pub to: Vec<String>,
    /// Its subject line.
    pub subject: String,
    /// Its plain text.
    pub text: String,
    /// The names of its files.
    pub files: Vec<String>,
}

impl ReadableMail {
    /// Reads a mail that was written; see [`MailBytes`].
    ///
    /// # Errors
    /// `NotFound` for secret mails and for those that have no bytes yet.
    pub async fn of(desk: &Desk, actor: &Actor, mail: OutboxId) -> Result<Self, DeskError> {
        let raw = MailBytes { mail }.bytes(desk, actor).await?;
        let message = candor_mail::parse(&raw).message;
        let to = message.to.iter().chain(&message.cc);
        Ok(Self {
            from: message.from_as_written,
            to: to.map(|named| named.address.to_string()).collect(),
            subject: message.subject,
            text: message.text,
            files: message
                .attachments
                .into_iter()
                .map(|file| file.name)
                .collect(),
        })
    }
}
