//! Mail out: queued in the transaction of the change it belongs to, written and carried by a job.
//!
//! Owns: what is queued, when it is tried again, when it has failed. Must not know: SMTP.
//!
//! A mail's Message-ID is fixed when it is queued, and its bytes are kept for later tries. SMTP
//! knows no "exactly once": when the desk dies between the server's 250 and its own commit, the
//! same bytes go out again under the same Message-ID, by which receivers drop the second one.

mod automatic;
mod compose;
mod courier;
mod hold;
mod instance;
mod pace;
mod page;
mod retry;
mod return_path;
mod send;
mod staff_letter;
pub(crate) mod suppress;
mod texts;
mod trial;
mod way;

pub(crate) use automatic::{ACKNOWLEDGEMENT, AcknowledgementMail, queue_acknowledgement};
pub use candor_store::outbox::MailFault;
pub(crate) use compose::date_in_words;
pub use courier::{Carrying, Courier, MailEnvelope, Relay, RelayLogin, RelayTls, SendFailure};
pub use hold::DEAD_ADDRESS;
pub(crate) use instance::{INSTANCE_HEADER, instance_id};
pub use pace::{ChangeSendLimits, SendLimits, SendLimitsSet};
pub use page::{
    FailedMails, KeptMails, MailBytes, MailState, MailsOfTicket, ReadableMail, ReturnedMails,
};
pub use retry::{RetryOutgoing, is_late, tried_until};
pub use return_path::returned_mail;
pub use send::{PostOffice, SEND_JOB};
pub(crate) use staff_letter::{StaffLetterMail, queue_staff_letter};
pub use suppress::{DeadAddresses, ReleaseAddress};
pub(crate) use texts::filled;
pub use texts::{
    LetterTexts, MailTextBook, MailTexts, PromiseLine, RosterTexts, StaffTexts, WarningTexts,
};
pub(crate) use trial::{Marks, send_marked};
pub use trial::{Trial, TrialEnd, TrialFrom, send_trial};

use crate::cx::Cx;
use crate::error::DeskError;
use candor_domain::address::EmailAddress;
use candor_domain::id::{MailboxId, MessageId, OutboxId};
use candor_domain::mailbox::Mailbox;
use candor_domain::message::Message;
use candor_domain::record::Recorded;
use candor_domain::text::one_line;
use candor_domain::ticket::Ticket;
use candor_mail::{ReplyKey, SentRef, TicketRef, outgoing_message_id};
use candor_store::Tx;
use candor_store::job::NewJob;
use candor_store::outbox::NewOutbox;

/// The purpose of a mail that tells of a mailbox to which no mail comes.
pub(crate) const ALARM_MAIL: &str = "mail_alarm";

/// The Message-ID of a reply, with angle brackets. It carries the signed number of its ticket, by
/// which an answer finds its way back.
pub fn reply_mail_id(cx: &Cx, ticket: &Ticket, message: MessageId, mailbox: &Mailbox) -> String {
    let sent = SentRef {
        reference: TicketRef {
            ticket: ticket.id,
            conversation: ticket.conversation,
        },
        sequence: message.0.unsigned_abs(),
    };
    let key = ReplyKey::new(cx.keys().links);
    format!(
        "<{}>",
        outgoing_message_id(sent, mailbox.address.domain(), &key)
    )
}

/// Queues a reply as a mail to the customer and to whoever gets a copy. The caller stored the
/// message with its files, and with the Message-ID of [`reply_mail_id`].
pub fn queue_reply(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: &Ticket,
    message: &Message,
    mailbox: &Mailbox,
    to: &EmailAddress,
) -> Result<OutboxId, DeskError> {
    let mail_id = reply_mail_id(cx, ticket, message.id, mailbox);
    let mut recipients = vec![to.as_str().to_owned()];
    for address in message.to.iter().chain(&message.cc) {
        if !recipients.contains(address) {
            recipients.push(address.clone());
        }
    }
    queue(
        tx,
        cx,
        &NewOutbox {
            message: Some(message.id),
            purpose: "reply".to_owned(),
            mail_from: mailbox.address.as_str().to_owned(),
            recipients,
            subject: String::new(),
            body: String::new(),
            mail_id: mail_id.trim_matches(['<', '>']).to_owned(),
            created_at: cx.now(),
            secret: false,
        },
        Some(mailbox.id),
    )
}

/// A mail of the desk itself that holds a link or a code: an invitation, a reset.
pub struct SecretMail<'a> {
    /// What it is for: `invitation`, `reset`.
    pub purpose: &'a str,
    /// The sender: a mailbox of ours.
    pub from: &'a EmailAddress,
    /// Who gets it.
    pub to: &'a EmailAddress,
    /// Its subject line.
    pub subject: &'a str,
    /// Its text in Markdown.
    pub body: &'a str,
}

/// Queues a mail that only its recipient may read. No page shows it, its bytes are never kept as a
/// blob, and its text is blanked as soon as it is out.
pub fn queue_secret_mail(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mail: &SecretMail<'_>,
) -> Result<OutboxId, DeskError> {
    let random = cx.random(&format!("mail:{}:{}", mail.purpose, mail.to));
    queue(
        tx,
        cx,
        &NewOutbox {
            message: None,
            purpose: mail.purpose.to_owned(),
            mail_from: mail.from.as_str().to_owned(),
            recipients: vec![mail.to.as_str().to_owned()],
            subject: one_line(mail.subject, Ticket::MAX_SUBJECT),
            body: mail.body.to_owned(),
            mail_id: format!("d.{}@{}", hex::encode(&random[..16]), mail.from.domain()),
            created_at: cx.now(),
            secret: true,
        },
        None,
    )
}

/// Queues a mail that stands in the log of a mailbox, or in none.
fn queue(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mail: &NewOutbox,
    mailbox: Option<MailboxId>,
) -> Result<OutboxId, DeskError> {
    let id = tx.add_outbox(mail, mailbox)?;
    tx.enqueue(send_job(cx, id))?;
    Ok(id)
}

/// It has no key of its own: the last job of a failed mail may still be about to end when a person
/// asks for another try. Running twice does no harm.
fn send_job(cx: &Cx, id: OutboxId) -> NewJob<'static> {
    NewJob {
        kind: SEND_JOB,
        payload: id.to_string(),
        run_at: cx.now(),
        dedupe: None,
    }
}

/// A mail on its way out as the history names it; its row itself is working state.
struct MailRecord(OutboxId);

impl Recorded for MailRecord {
    fn subject(&self) -> String {
        self.0.subject()
    }
    fn facts(&self) -> serde_json::Value {
        serde_json::json!({})
    }
}
