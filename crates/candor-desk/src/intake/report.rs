//! What mail servers report about mails of ours.
//!
//! Owns: which of our messages a report is about, what is kept of it, and when an address counts as
//! dead. Must not know: how a report is read, how a page shows it.
//!
//! A report is believed only about a mail of ours that it names by an id that we signed or drew,
//! and only about addresses that the mail went to. What cannot be tied becomes a ticket like any
//! other mail, so that a person sees it.

use super::understand::Understand;
use crate::cx::Cx;
use crate::error::DeskError;
use crate::journal::record;
use crate::outbox::returned_mail;
use crate::outbox::suppress::{DeadAddress, suppress};
use candor_domain::address::EmailAddress;
use candor_domain::message::Message;
use candor_mail::{
    Action, Candidate, Cause, Complaint, DeliveryReport, MailKind, MessageId, RecipientStatus,
    ReplyKey, SentRef, open_message_id, thread_candidates,
};
use candor_store::Tx;
use candor_store::delivery::Delivery;
use candor_store::intake::IncomingState;
use candor_store::outbox::OutboxMail;
use serde_json::json;

/// The action of a [`Delivery`] that is a complaint.
const COMPLAINED: &str = "complained";

/// One of our mails, and who it went to.
struct OurMail {
    message: Message,
    recipients: Vec<String>,
}

impl Understand {
    /// Takes a report that is about a mail of ours. False leaves the mail to be a message.
    pub(super) fn take_report(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DeskError> {
        let (original, told): (_, Vec<Told>) = match &self.mail.verdict.kind {
            MailKind::DeliveryReport(report) => (&report.original, told_by(report)),
            MailKind::Complaint(complaint) => (&complaint.original, vec![complained(complaint)]),
            _ => return Ok(false),
        };
        let Some(ours) = self.our_mail(tx, cx, original.as_ref())? else {
            return Ok(false);
        };
        let ticket = tx
            .ticket(ours.message.ticket)?
            .ok_or(DeskError::NotFound("ticket"))?;
        for one in &told {
            tx.add_delivery(&Delivery {
                message: ours.message.id,
                incoming: self.incoming.id,
                at: cx.now(),
                recipient: one.recipient.clone(),
                action: one.action.to_owned(),
                status: one.status.clone(),
                cause: one.cause.clone(),
                diagnostic: one.diagnostic.clone(),
            })?;
        }
        let actions: Vec<_> = told
            .iter()
            .map(|one| json!({ "action": one.action, "status": one.status }))
            .collect();
        let event = json!({ "ticket": ticket.id, "message": ours.message.id, "told": actions });
        record(tx, cx, kind_of(&told), event, &[&ticket])?;
        if let MailKind::DeliveryReport(report) = &self.mail.verdict.kind {
            suppress_dead(tx, cx, &ours, report)?;
        }
        let state = IncomingState::Understood;
        tx.set_incoming(self.incoming.id, state, "", Some(ours.message.id))?;
        if !told.is_empty() {
            // The log has what it told, and needs no second line for the mail that told it.
            tx.log_incoming_under(self.incoming.id, None)?;
        }
        Ok(true)
    }

    /// The mail that the report is about: by the address it was sent to, which is that mail's own,
    /// else by the id that it returns, else by what it answers.
    fn our_mail(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        original: Option<&MessageId>,
    ) -> Result<Option<OurMail>, DeskError> {
        if let Some(mail) = returned_mail(tx, cx, &self.recipients())? {
            return about(tx, mail);
        }
        let key = ReplyKey::new(cx.keys().links);
        if let Some(id) = original
            && let Some(found) = by_id(tx, &key, id)?
        {
            return Ok(Some(found));
        }
        for candidate in thread_candidates(&self.mail.message, &[], &key) {
            if let Candidate::OurMessage(sent) = candidate
                && let Some(found) = sent_mail(tx, &sent)?
            {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}

impl OurMail {
    /// The address that a report means: one that the mail went to. A report that names nobody
    /// means the only one.
    fn address_of(&self, named: &str) -> Option<String> {
        if named.is_empty() {
            return match self.recipients.as_slice() {
                [only] => Some(only.clone()),
                _ => None,
            };
        }
        let named = EmailAddress::parse(named).ok()?;
        let known = self.recipients.iter().find(|one| *one == named.as_str());
        known.cloned()
    }
}

/// The message that a mail of ours carried or answered.
fn about(tx: &mut Tx<'_>, mail: OutboxMail) -> Result<Option<OurMail>, DeskError> {
    let about = match mail.mail.message {
        Some(message) => Some(message),
        None => tx
            .automatic_mail(mail.id)?
            .map(|automatic| automatic.message),
    };
    let message = about.map(|id| tx.message(id)).transpose()?.flatten();
    Ok(message.map(|message| OurMail {
        message,
        recipients: mail.mail.recipients,
    }))
}

fn by_id(tx: &mut Tx<'_>, key: &ReplyKey, id: &MessageId) -> Result<Option<OurMail>, DeskError> {
    if let Some(mail) = tx.outbox_by_mail_id(id.as_str())? {
        return about(tx, mail);
    }
    match open_message_id(id, key) {
        Some(sent) => sent_mail(tx, &sent),
        None => Ok(None),
    }
}

/// The message that an id which we signed names, if it is where the id says.
fn sent_mail(tx: &mut Tx<'_>, sent: &SentRef) -> Result<Option<OurMail>, DeskError> {
    let id = candor_domain::id::MessageId(i64::try_from(sent.sequence).unwrap_or_default());
    let message = tx.message(id)?;
    let message = message.filter(|message| message.ticket == sent.reference.ticket);
    Ok(message.map(|message| OurMail {
        recipients: message.to.iter().chain(&message.cc).cloned().collect(),
        message,
    }))
}

/// Puts addresses on the list of those that do not work.
fn suppress_dead(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ours: &OurMail,
    report: &DeliveryReport,
) -> Result<(), DeskError> {
    for one in report.recipients.iter().filter(|one| is_dead(one)) {
        let Some(address) = ours.address_of(&one.recipient) else {
            continue;
        };
        let dead = DeadAddress {
            address,
            cause: one.cause.as_str().to_owned(),
            status: one.status.to_string(),
            diagnostic: one.diagnostic.clone(),
            message: Some(ours.message.id),
        };
        suppress(tx, cx, &dead)?;
    }
    Ok(())
}

/// Nobody will ever get mail there. A full mailbox and a refused text are something else.
fn is_dead(one: &RecipientStatus) -> bool {
    one.action == Action::Failed && one.status.class == 5 && is_dead_cause(one.cause)
}

/// Causes that are the address's own.
pub(crate) fn is_dead_cause(cause: Cause) -> bool {
    matches!(
        cause,
        Cause::NoSuchMailbox | Cause::NoSuchDomain | Cause::MailboxDisabled
    )
}

/// What is kept of a report, for one recipient.
struct Told {
    recipient: String,
    action: &'static str,
    status: String,
    cause: String,
    diagnostic: String,
}

fn told_by(report: &DeliveryReport) -> Vec<Told> {
    let told = |one: &RecipientStatus| Told {
        recipient: one.recipient.clone(),
        action: one.action.as_str(),
        status: one.status.to_string(),
        cause: one.cause.as_str().to_owned(),
        diagnostic: one.diagnostic.clone(),
    };
    report.recipients.iter().map(told).collect()
}

fn complained(complaint: &Complaint) -> Told {
    Told {
        recipient: complaint.recipient.clone().unwrap_or_default(),
        action: COMPLAINED,
        status: String::new(),
        cause: complaint.feedback_type.clone(),
        diagnostic: String::new(),
    }
}

fn kind_of(told: &[Told]) -> &'static str {
    let has = |action: &str| told.iter().any(|one| one.action == action);
    if has(Action::Failed.as_str()) {
        "mail.bounced"
    } else if has(COMPLAINED) {
        "mail.complained"
    } else {
        "mail.reported"
    }
}
