//! Mail to addresses that do not work.
//!
//! Owns: holding it, saying who was left out, and learning from a refusal that an address is dead.
//! Must not know: reports that come by mail.

use super::courier::SendFailure;
use super::send::record;
use super::suppress::{DeadAddress, dead_among, suppress};
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::intake::is_dead_cause;
use candor_domain::id::OutboxId;
use candor_domain::text::one_line;
use candor_store::Tx;
use candor_store::outbox::{MailFault, OutboxMail, OutboxState};

/// The id of the sentence about an address that does not work.
pub const DEAD_ADDRESS: &str = "send-failure-dead-address";

/// Characters that are kept of what the other side said.
const MOST_SAID: usize = 500;

/// Those recipients of a mail that do not work.
pub(super) struct DeadOf(Vec<String>);

impl DeadOf {
    /// A mail with a link for one person is never held: they asked for it a moment ago, and no page
    /// would show that it is held.
    pub(super) fn of(row: &OutboxMail) -> Self {
        Self(if row.mail.secret {
            Vec::new()
        } else {
            row.mail.recipients.clone()
        })
    }
}

impl Query for DeadOf {
    type Output = Vec<String>;

    fn read(&self, tx: &mut Tx<'_>, _: &Cx) -> Result<Vec<String>, DeskError> {
        dead_among(tx, &self.0)
    }
}

pub(super) fn without(recipients: &[String], dead: &[String]) -> Vec<String> {
    let works = |one: &&String| !dead.contains(one);
    recipients.iter().filter(works).cloned().collect()
}

/// The fault that names addresses which do not work.
pub(super) fn dead_address(addresses: &[String]) -> MailFault {
    MailFault {
        id: DEAD_ADDRESS.to_owned(),
        detail: one_line(&addresses.join(", "), MOST_SAID),
    }
}

/// Holds a mail of which no address works, until a person releases one and tries again.
pub(super) struct Hold {
    mail: OutboxId,
    dead: Vec<String>,
}

impl Hold {
    pub(super) fn of(mail: OutboxId, dead: Vec<String>) -> Self {
        Self { mail, dead }
    }
}

impl Verb for Hold {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let mut mail = tx
            .outbox_mail(self.mail)?
            .ok_or(DeskError::NotFound("mail"))?;
        if mail.state != OutboxState::Queued {
            return Ok(());
        }
        mail.state = OutboxState::Held;
        mail.fault = Some(dead_address(&self.dead));
        tx.save_outbox(&mail)?;
        record(tx, cx, &mail)
    }
}

/// A mail server that refuses the only recipient for good, because there is no such address, says
/// what a report would say later.
pub(super) fn suppress_refused(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mail: &OutboxMail,
    failure: &SendFailure,
) -> Result<(), DeskError> {
    let [address] = mail.mail.recipients.as_slice() else {
        return Ok(());
    };
    let (status, cause) = candor_mail::refusal(&failure.detail);
    let is_dead = status.class == 5 && is_dead_cause(cause);
    if !failure.permanent || failure.id != REFUSED || mail.mail.secret || !is_dead {
        return Ok(());
    }
    let dead = DeadAddress {
        address: address.clone(),
        cause: cause.as_str().to_owned(),
        status: status.to_string(),
        diagnostic: one_line(&failure.detail, MOST_SAID),
        message: mail.mail.message,
    };
    suppress(tx, cx, &dead)
}

/// The id of a failure by which the server itself refused the mail for good.
const REFUSED: &str = "send-failure-permanent";
