//! Mails that nobody could make a message of.
//!
//! Owns: putting a mail aside, and trying it again because a person says so. Must not know: why.

use super::reason;
use super::receive::intake_job;
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal;
use candor_domain::id::IncomingId;
use candor_domain::permission::Permission;
use candor_domain::record::Recorded;
use candor_store::Tx;
use candor_store::intake::IncomingState;
use serde_json::json;

/// Marks a pending mail that a person let in.
pub(super) const RELEASED: &str = "released";

/// Puts a mail aside where people see it.
pub(super) struct Quarantine {
    pub(super) incoming: IncomingId,
    pub(super) reason: String,
}

impl Verb for Quarantine {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let state = tx.incoming(self.incoming)?.map(|row| row.state);
        if state != Some(IncomingState::Pending) {
            return Ok(());
        }
        let reason: String = self.reason.chars().take(500).collect();
        tx.set_incoming(self.incoming, IncomingState::Quarantined, &reason, None)?;
        // The word alone: what the program said may quote the mail.
        let word = reason.split(':').next().unwrap_or_default();
        let event = json!({ "reason": word });
        journal::record(
            tx,
            cx,
            "mail.quarantined",
            event,
            &[&RawMailRecord(self.incoming)],
        )
    }
}

/// Tries to understand a quarantined mail again, after a mailbox was added or a fault was mended.
pub struct RetryIncoming {
    /// Which.
    pub incoming: IncomingId,
}

impl Verb for RetryIncoming {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        take_up_again(tx, cx, self.incoming, "", "mail.tried_again")
    }
}

/// Lets a quarantined mail in although something speaks against it, for a person who looked at it.
pub struct ReleaseIncoming {
    /// Which.
    pub incoming: IncomingId,
}

impl Verb for ReleaseIncoming {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        take_up_again(tx, cx, self.incoming, RELEASED, "mail.let_in")
    }
}

/// Sends a quarantined mail through the intake once more, with a word for it on the way.
fn take_up_again(
    tx: &mut Tx<'_>,
    cx: &Cx,
    id: IncomingId,
    word: &str,
    event: &'static str,
) -> Result<(), DeskError> {
    cx.may_at_all(Permission::ManageJobs)?;
    let incoming = tx.incoming(id)?.ok_or(DeskError::NotFound("mail"))?;
    let lets_in = word == RELEASED;
    if incoming.state != IncomingState::Quarantined
        || (lets_in && reason::is_of_staff(&incoming.error))
    {
        return Err(DeskError::Conflict(Conflict::TooLate));
    }
    tx.set_incoming(id, IncomingState::Pending, word, None)?;
    tx.enqueue(intake_job(cx, id))?;
    journal::record(tx, cx, event, json!({}), &[&RawMailRecord(id)])
}

/// A raw mail as the history names it; its row itself is working state.
pub(super) struct RawMailRecord(pub(super) IncomingId);

impl Recorded for RawMailRecord {
    fn subject(&self) -> String {
        self.0.subject()
    }
    fn facts(&self) -> serde_json::Value {
        json!({})
    }
}
