//! A mail to oneself that shows whether mail leaves.
//!
//! Owns: writing it, carrying it at once and saying how it ended. It is no mail of a ticket: no row
//! is kept. Must not know: SMTP.

use super::courier::{MailEnvelope, Relay, SendFailure};
use super::send::PostOffice;
use super::way::Way;
use crate::cx::{Cx, Desk, Query};
use crate::error::DeskError;
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::MailboxId;
use candor_domain::mailbox::{Brand, Mailbox};
use candor_domain::permission::Permission;
use candor_mail::{ExtraHeader, MessageId, NamedAddress, Outgoing};
use candor_store::Tx;

/// What the trial says, in the language of whoever asked for it.
#[derive(Debug, Clone)]
pub struct Trial {
    /// Who gets it.
    pub to: EmailAddress,
    /// Its subject line.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// How a trial ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrialEnd {
    /// The mail server took it.
    Taken,
    /// No server is set up: mail is kept in the folder, and nothing was tried.
    NoServer,
    /// It did not leave.
    Failed(SendFailure),
}

/// Whose way out is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrialFrom {
    /// The desk's server, with the first mailbox in use as the sender.
    Desk,
    /// That of a mailbox, which may be its own account.
    Mailbox(MailboxId),
}

/// Sends a trial on the way that replies would take now.
///
/// # Errors
/// `NotAllowed` for whoever may not set that way up; `NotFound` without an active mailbox to send
/// from.
pub async fn send_trial(
    desk: &Desk,
    actor: &Actor,
    office: &PostOffice,
    from: TrialFrom,
    trial: Trial,
) -> Result<TrialEnd, DeskError> {
    send_marked(desk, actor, office, from, (trial, None)).await
}

/// What a trial carries so that it is known when it comes back.
pub(crate) struct Marks {
    pub(crate) message_id: MessageId,
    pub(crate) reply_to: EmailAddress,
    pub(crate) header: ExtraHeader,
}

/// As [`send_trial`], with marks or without.
pub(crate) async fn send_marked(
    desk: &Desk,
    actor: &Actor,
    office: &PostOffice,
    from: TrialFrom,
    (trial, marks): (Trial, Option<Marks>),
) -> Result<TrialEnd, DeskError> {
    let sender = Sender(from, office.relay.clone());
    let (way, mailbox, brand) = desk.ask(actor, sender).await?;
    let Some(way) = way else {
        return Ok(TrialEnd::NoServer);
    };
    let envelope = MailEnvelope {
        mail_from: mailbox.address.to_string(),
        recipients: vec![trial.to.to_string()],
    };
    let mut mail = written(desk, trial, &mailbox, &brand);
    if let Some(marks) = marks {
        mail.message_id = marks.message_id;
        mail.reply_to = Some(NamedAddress::bare(marks.reply_to));
        mail.extra_headers.push(marks.header);
    }
    let raw = mail.compose();
    let raw = office.signed(desk, &envelope.mail_from, raw).await?;
    Ok(
        match office.courier.send(&way.relay, &envelope, &raw).await {
            Ok(()) => TrialEnd::Taken,
            Err(failure) => TrialEnd::Failed(failure),
        },
    )
}

/// Whose sender is wanted, and the server that the desk was started with.
struct Sender(TrialFrom, Option<Relay>);

impl Query for Sender {
    type Output = (Option<Way>, Mailbox, Brand);

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        let (mailbox, of) = match self.0 {
            TrialFrom::Desk => {
                cx.may_at_all(Permission::ManageOutgoing)?;
                let active = tx.mailboxes()?.into_iter().find(|mailbox| mailbox.active);
                (active, None)
            }
            TrialFrom::Mailbox(id) => {
                cx.may_at_all(Permission::ManageMailboxes)?;
                let mailbox = tx.mailbox(id)?;
                (mailbox.clone(), mailbox)
            }
        };
        let mailbox = mailbox.ok_or(DeskError::NotFound("mailbox"))?;
        let brand = tx
            .brand(mailbox.brand)?
            .ok_or(DeskError::NotFound("brand"))?;
        let way = Way::of_mailbox(tx, cx, of.as_ref(), self.1.as_ref())?;
        Ok((way, mailbox, brand))
    }
}

fn written(desk: &Desk, trial: Trial, mailbox: &Mailbox, brand: &Brand) -> Outgoing {
    let random = desk.cx(&Actor::System).random("trial");
    let id = format!(
        "t.{}@{}",
        hex::encode(&random[..16]),
        mailbox.address.domain()
    );
    Outgoing {
        from: NamedAddress::named(&brand.name, mailbox.address.clone()),
        to: vec![NamedAddress::bare(trial.to)],
        cc: Vec::new(),
        reply_to: None,
        subject: trial.subject,
        message_id: MessageId::parse(&id).expect("hex and a domain make an id"),
        in_reply_to: None,
        references: Vec::new(),
        date: desk.now(),
        markdown: trial.text,
        delimiter: None,
        quoted: None,
        attachments: Vec::new(),
        extra_headers: vec![ExtraHeader::new("Auto-Submitted", "auto-generated")],
    }
}
