//! What people see of the watch, and what they may put away.
//!
//! Owns: the alarms that stand, what is usual in numbers, accepting silence. Must not know: when an
//! alarm begins.

use super::look::{FETCH, SILENCE, usual_of};
use crate::cx::{Cx, Query, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use candor_domain::id::MailboxId;
use candor_domain::permission::Permission;
use candor_store::Tx;
use candor_store::mail_watch::MailWatch;
use jiff::Timestamp;
use serde_json::json;

/// A mailbox to which no mail comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAlarm {
    /// Which.
    pub mailbox: MailboxId,
    /// Its address.
    pub address: String,
    /// Whether its inbox cannot be read; otherwise it is too quiet.
    pub fetch_fails: bool,
    /// Since when.
    pub since: Timestamp,
    /// Mails that usually come in that time.
    pub usual: i64,
}

/// The alarms that stand. Nobody but those who look after mailboxes hears of them.
#[derive(Debug, Clone, Copy)]
pub struct MailAlarms;

impl Query for MailAlarms {
    type Output = Vec<MailAlarm>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        if cx.may_at_all(Permission::ManageMailboxes).is_err() {
            return Ok(Vec::new());
        }
        let mut alarms = Vec::new();
        for watch in tx.mail_watches()? {
            let mailbox = tx.mailbox(watch.mailbox)?;
            let stands = !watch.alarm.is_empty() && !is_accepted(&watch);
            if let Some(mailbox) = mailbox.filter(|own| own.active && stands) {
                alarms.push(MailAlarm {
                    mailbox: mailbox.id,
                    address: mailbox.address.to_string(),
                    fetch_fails: watch.alarm == FETCH,
                    since: watch.since,
                    usual: (watch.usual + 500) / 1000,
                });
            }
        }
        Ok(alarms)
    }
}

/// Whether somebody put its silence away. An inbox that cannot be read is to be mended, not accepted.
fn is_accepted(watch: &MailWatch) -> bool {
    watch.alarm == SILENCE && watch.accepted_at.is_some()
}

/// Puts the silence of a mailbox away: it gets no mail any more, and that is so. It holds until mail
/// flows again; then the mailbox is watched as before.
#[derive(Debug, Clone, Copy)]
pub struct AcceptSilence {
    /// Of which mailbox.
    pub mailbox: MailboxId,
    /// Whether it is accepted; otherwise the alarm is taken out again.
    pub accepted: bool,
}

impl Verb for AcceptSilence {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let mailbox = tx.mailbox(self.mailbox)?;
        let mailbox = mailbox.ok_or(DeskError::NotFound("mailbox"))?;
        let watch = tx.mail_watch(self.mailbox)?;
        let mut watch = watch
            .filter(|watch| watch.alarm == SILENCE)
            .ok_or(DeskError::Conflict(Conflict::TooLate))?;
        if self.accepted == watch.accepted_at.is_some() {
            return Ok(());
        }
        watch.accepted_at = self.accepted.then(|| cx.now());
        tx.keep_mail_watch(&watch)?;
        let kind = if self.accepted {
            "mail.silence_accepted"
        } else {
            "mail.silence_watched"
        };
        record(tx, cx, kind, json!({ "mailbox": mailbox.id }), &[&mailbox])
    }
}

/// How the alarm about silence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// There is none.
    None,
    /// It is told.
    Told,
    /// Somebody put it away at that time.
    Accepted(Timestamp),
}

impl Silence {
    fn of(watch: &MailWatch) -> Self {
        match (watch.alarm == SILENCE, watch.accepted_at) {
            (false, _) => Self::None,
            (true, None) => Self::Told,
            (true, Some(at)) => Self::Accepted(at),
        }
    }
}

/// What is usual for a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlowUsual {
    /// It is watched for less than three weeks.
    NotYet,
    /// So few mails a week that silence says nothing.
    TooLittle(i64),
    /// So many mails a week.
    Known(i64),
}

/// How mail flows to a mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FlowView {
    /// When its newest mail came; `None` before the first.
    pub last_at: Option<Timestamp>,
    /// What is usual.
    pub usual: FlowUsual,
    /// Whether it is silent.
    pub silence: Silence,
}

/// Asks how mail flows to a mailbox.
#[derive(Debug, Clone, Copy)]
pub struct MailFlow {
    /// Which.
    pub mailbox: MailboxId,
}

impl Query for MailFlow {
    type Output = FlowView;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<FlowView, DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let Some(watch) = tx.mail_watch(self.mailbox)? else {
            return Ok(FlowView {
                last_at: None,
                usual: FlowUsual::NotYet,
                silence: Silence::None,
            });
        };
        let usual = match usual_of(tx, &watch, cx.now())? {
            None => FlowUsual::NotYet,
            Some(usual) if !usual.can_tell() => {
                FlowUsual::TooLittle(usual.of_a_week().round() as i64)
            }
            Some(usual) => FlowUsual::Known(usual.of_a_week().round() as i64),
        };
        Ok(FlowView {
            last_at: Some(watch.last_at).filter(|at| *at > Timestamp::UNIX_EPOCH),
            usual,
            silence: Silence::of(&watch),
        })
    }
}
