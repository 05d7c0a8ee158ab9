//! The way out of a mail.
//!
//! Owns: which server takes it (the desk's, or the account of its mailbox), and the sender on its
//! envelope there. Must not know: SMTP, how settings are stored.

use super::ALARM_MAIL;
use super::courier::Relay;
use super::pace::SendLimits;
use super::return_path::envelope_sender;
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::send_account::send_account;
use crate::setting::OutgoingSettings;
use candor_domain::address::EmailAddress;
use candor_domain::id::{MailboxId, OutboxId};
use candor_domain::mailbox::Mailbox;
use candor_mail::{ReplyKey, TicketRef, reply_address};
use candor_store::Tx;
use candor_store::outbox::OutboxMail;

/// Where a mail is handed over.
#[derive(Clone)]
pub(super) struct Way {
    pub(super) relay: Relay,
    /// The mailbox whose own account it is, with its address; `None` for the desk's server.
    own: Option<(MailboxId, String)>,
    /// The account's own limits, or those of the desk's server.
    pub(super) limits: SendLimits,
}

impl Way {
    /// The name under which its mails are counted.
    pub(super) fn name(&self) -> String {
        let own = self.own.as_ref();
        own.map_or_else(String::new, |(mailbox, _)| format!("mailbox.{mailbox}"))
    }

    /// The sender on the envelope. An account sends under its own address alone: providers refuse
    /// an empty one, and one that is made for a single mail.
    pub(super) fn envelope_sender(&self, key: [u8; 32], mail: &OutboxMail) -> String {
        match &self.own {
            Some((_, address)) => address.clone(),
            None => envelope_sender(&ReplyKey::new(key), mail, &self.relay),
        }
    }

    /// The way of whatever a mailbox sends: its own account, else the server that the settings name,
    /// else the one that the desk was started with; `None` where there is none of them.
    pub(super) fn of_mailbox(
        tx: &mut Tx<'_>,
        cx: &Cx,
        mailbox: Option<&Mailbox>,
        otherwise: Option<&Relay>,
    ) -> Result<Option<Self>, DeskError> {
        if let Some(mailbox) = mailbox
            && let Some(account) = send_account(tx, cx, mailbox.id)?
        {
            return Ok(Some(Self {
                relay: account.relay(mailbox.id),
                own: Some((mailbox.id, mailbox.address.to_string())),
                limits: account.limits,
            }));
        }
        let set = OutgoingSettings::read(tx, cx)?.relay();
        let Some(relay) = set.or_else(|| otherwise.cloned()) else {
            return Ok(None);
        };
        Ok(Some(Self {
            relay,
            own: None,
            limits: SendLimits::read(tx, cx)?,
        }))
    }
}

/// The address to which answers come back: one of the conversation's own, unless the mailbox's
/// provider knows no such addresses.
pub(super) fn way_back(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: &Mailbox,
    place: TicketRef,
) -> Result<EmailAddress, DeskError> {
    let account = send_account(tx, cx, mailbox.id)?;
    if account.is_some_and(|account| !account.plus) {
        return Ok(mailbox.address.clone());
    }
    let key = ReplyKey::new(cx.keys().links);
    Ok(reply_address(&mailbox.address, place, &key))
}

/// The way of a queued mail.
pub(super) struct WayOf {
    mail: OutboxId,
    mail_from: String,
    /// An alarm about a mailbox never leaves by the account that may be what is broken, as long as
    /// the desk has a server.
    is_alarm: bool,
    otherwise: Option<Relay>,
}

impl WayOf {
    /// With the server that the desk was started with.
    pub(super) fn of(row: &OutboxMail, otherwise: Option<Relay>) -> Self {
        Self {
            mail: row.id,
            mail_from: row.mail.mail_from.clone(),
            is_alarm: row.mail.purpose == ALARM_MAIL,
            otherwise,
        }
    }

    /// The mailbox that a mail is from. An automatic answer names nobody on its envelope.
    fn mailbox(&self, tx: &mut Tx<'_>) -> Result<Option<Mailbox>, DeskError> {
        if let Ok(address) = EmailAddress::parse(&self.mail_from) {
            return Ok(tx.mailbox_by_address(&address)?);
        }
        let Some(about) = tx.automatic_mail(self.mail)? else {
            return Ok(None);
        };
        let Some(ticket) = tx.ticket(about.ticket)? else {
            return Ok(None);
        };
        Ok(tx.mailbox(ticket.mailbox)?)
    }
}

impl Query for WayOf {
    type Output = Option<Way>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        let mailbox = self.mailbox(tx)?;
        if self.is_alarm
            && let Some(way) = Way::of_mailbox(tx, cx, None, self.otherwise.as_ref())?
        {
            return Ok(Some(way));
        }
        Way::of_mailbox(tx, cx, mailbox.as_ref(), self.otherwise.as_ref())
    }
}
