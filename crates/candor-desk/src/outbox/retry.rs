//! When a mail that did not leave is tried again.
//!
//! Owns: the pauses, the end after five days, and trying once more because a person says so.
//! Must not know: why it did not leave.

use super::{MailRecord, send_job};
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal;
use candor_domain::id::OutboxId;
use candor_domain::permission::Permission;
use candor_store::Tx;
use candor_store::outbox::{OutboxMail, OutboxState};
use jiff::Timestamp;
use serde_json::json;
use std::time::Duration;

/// Pauses of Postfix: at least 300 s, at most 4,000 s between two tries.
const FIRST_PAUSE: Duration = Duration::from_mins(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(4_000);
/// Nobody waits longer for an answer that cannot be delivered (RFC 5321, 4.5.4.1: 4 to 5 days).
const LAST_TRY_AFTER: Duration = Duration::from_hours(5 * 24);

/// The pause before the next try, or `None` when the mail has waited long enough.
pub(super) fn pause_after(attempt: i64, queued_at: Timestamp, now: Timestamp) -> Option<Duration> {
    let doublings = u32::try_from(attempt.clamp(1, 10) - 1).unwrap_or_default();
    let pause = (FIRST_PAUSE * (1 << doublings)).min(LONGEST_PAUSE);
    (now + pause <= queued_at + LAST_TRY_AFTER).then_some(pause)
}

/// When people want to know that a mail is still not out (RFC 5321 leaves it to the sender).
const LATE_AFTER: Duration = Duration::from_hours(4);

/// Whether a mail has waited so long that whoever wrote it should know.
pub fn is_late(mail: &OutboxMail, now: Timestamp) -> bool {
    mail.state == OutboxState::Queued && now >= mail.mail.created_at + LATE_AFTER
}

/// Until when a mail is tried that was queued at a moment.
pub fn tried_until(queued_at: Timestamp) -> Timestamp {
    queued_at + LAST_TRY_AFTER
}

/// Tries a mail again that failed, or that lies in the folder because no server was set up.
pub struct RetryOutgoing {
    /// Which.
    pub mail: OutboxId,
}

impl Verb for RetryOutgoing {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        let mut mail = tx
            .outbox_mail(self.mail)?
            .ok_or(DeskError::NotFound("mail"))?;
        if mail.mail.secret {
            // Its text is blanked, and staff know nothing of it.
            return Err(DeskError::NotFound("mail"));
        }
        if !matches!(
            mail.state,
            OutboxState::Failed | OutboxState::Kept | OutboxState::Held
        ) {
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        mail.state = OutboxState::Queued;
        mail.attempts = 0;
        mail.sent_at = None;
        tx.save_outbox(&mail)?;
        tx.enqueue(send_job(cx, self.mail))?;
        let row = MailRecord(self.mail);
        journal::record(
            tx,
            cx,
            "mail.retried",
            json!({ "mail": self.mail }),
            &[&row],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_tried_for_five_days_and_then_no_more() {
        let queued_at = Timestamp::from_second(1_800_000_000).unwrap();
        let mut now = queued_at;
        let mut pauses = Vec::new();
        for attempt in 1.. {
            let Some(pause) = pause_after(attempt, queued_at, now) else {
                break;
            };
            pauses.push(pause.as_secs());
            now += pause;
        }
        assert_eq!(pauses[..6], [300, 600, 1_200, 2_400, 4_000, 4_000]);
        let waited: u64 = pauses.iter().sum();
        assert!(waited <= 432_000 && waited > 432_000 - 4_000, "{waited}");
    }
}
