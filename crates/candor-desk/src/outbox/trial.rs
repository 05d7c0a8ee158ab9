//! A mail to oneself that shows whether mail leaves.
//!
//! Owns: writing it, carrying it at once and saying how it ended. It is no mail of a ticket: no row
//! is kept. Must not know: SMTP.

use super::courier::{MailEnvelope, SendFailure};
use super::send::PostOffice;
use crate::cx::{Cx, Desk, Query};
use crate::error::DeskError;
use crate::setting::OutgoingSettings;
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
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

/// Sends a trial through the server that replies would go through now.
///
/// # Errors
/// `NotAllowed` for whoever may not set up outgoing mail; `NotFound` without an active mailbox to
/// send from.
pub async fn send_trial(
    desk: &Desk,
    actor: &Actor,
    office: &PostOffice,
    trial: Trial,
) -> Result<TrialEnd, DeskError> {
    let (settings, mailbox, brand) = desk.ask(actor, Sender).await?;
    let Some(relay) = settings.relay().or_else(|| office.relay.clone()) else {
        return Ok(TrialEnd::NoServer);
    };
    let envelope = MailEnvelope {
        mail_from: mailbox.address.to_string(),
        recipients: vec![trial.to.to_string()],
    };
    let raw = written(desk, trial, &mailbox, &brand).compose();
    let raw = office.signed(desk, &envelope.mail_from, raw).await?;
    Ok(match office.courier.send(&relay, &envelope, &raw).await {
        Ok(()) => TrialEnd::Taken,
        Err(failure) => TrialEnd::Failed(failure),
    })
}

struct Sender;

impl Query for Sender {
    type Output = (OutgoingSettings, Mailbox, Brand);

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        let mailbox = tx.mailboxes()?.into_iter().find(|mailbox| mailbox.active);
        let mailbox = mailbox.ok_or(DeskError::NotFound("mailbox"))?;
        let brand = tx
            .brand(mailbox.brand)?
            .ok_or(DeskError::NotFound("brand"))?;
        Ok((OutgoingSettings::read(tx, cx)?, mailbox, brand))
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
