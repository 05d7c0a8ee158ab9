//! Quarantined mails on their page.
//!
//! Owns: what staff with the right to it see of them. Must not know: HTML.

use crate::blob;
use crate::cx::{Cx, Desk, Query};
use crate::error::DeskError;
use candor_domain::actor::Actor;
use candor_domain::id::IncomingId;
use candor_domain::permission::Permission;
use candor_store::intake::{Incoming, IncomingState};
use candor_store::{Paged, Stretch, Tx};
use jiff::Timestamp;

/// Mails on one page of the list.
const PAGE: usize = 50;

/// Quarantined mails, the newest first.
#[derive(Debug, Clone, Copy, Default)]
pub struct QuarantinedMails {
    /// Which stretch of the list.
    pub stretch: Stretch<IncomingId>,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantinedMail {
    /// Which.
    pub id: IncomingId,
    /// When it was accepted.
    pub received_at: Timestamp,
    /// The way it took.
    pub via: String,
    /// The sender on its envelope; empty where none.
    pub mail_from: String,
    /// The recipients on its envelope.
    pub recipients: Vec<String>,
    /// Size in bytes.
    pub size: i64,
    /// One of [`super::reason`].
    pub reason: String,
    /// What the program said, where it said something.
    pub detail: String,
}

impl Query for QuarantinedMails {
    type Output = Paged<QuarantinedMail, IncomingId>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageJobs)?;
        let state = IncomingState::Quarantined;
        let read = |stretch, most| -> Result<Vec<QuarantinedMail>, DeskError> {
            let mails = tx.incoming_in_state(state, stretch, most)?;
            Ok(mails.into_iter().map(line_of).collect())
        };
        self.stretch.page(PAGE, |mail| mail.id, read)
    }
}

fn line_of(mail: Incoming) -> QuarantinedMail {
    let (reason, detail) = mail.error.split_once(": ").unwrap_or((&mail.error, ""));
    QuarantinedMail {
        id: mail.id,
        received_at: mail.received_at,
        via: mail.via,
        mail_from: mail.mail_from,
        recipients: mail.recipients,
        size: mail.size,
        reason: reason.to_owned(),
        detail: detail.to_owned(),
    }
}

/// The bytes of a quarantined mail, for download.
pub struct RawMail {
    /// Which.
    pub incoming: IncomingId,
}

impl RawMail {
    /// Reads them.
    ///
    /// # Errors
    /// `NotFound` unless the mail is quarantined: a mail that became a message is read there.
    pub async fn bytes(self, desk: &Desk, actor: &Actor) -> Result<Vec<u8>, DeskError> {
        let address = desk.ask(actor, self).await?;
        blob::read(desk, &address).await
    }
}

impl Query for RawMail {
    type Output = String;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<String, DeskError> {
        cx.may_at_all(Permission::ManageJobs)?;
        let incoming = tx.incoming(self.incoming)?;
        incoming
            .filter(|mail| mail.state == IncomingState::Quarantined)
            .map(|mail| mail.blob)
            .ok_or(DeskError::NotFound("mail"))
    }
}
