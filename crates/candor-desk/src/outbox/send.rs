//! The job that carries a mail out.
//!
//! Owns: composing once, keeping the bytes, handing them over, and what is noted afterwards.
//! Must not know: how the courier does it.

use super::MailRecord;
use super::compose::{DeskMail, Queued, compose_plain};
use super::courier::{Courier, MailEnvelope, Relay, SendFailure};
use super::hold::{DeadOf, Hold, dead_address, suppress_refused, without};
use super::pace::TakePlace;
use super::retry::pause_after;
use super::staff_letter::Withhold;
use super::way::WayOf;
use crate::blob;
use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::DeskError;
use crate::journal;
use crate::postmaster::{Postmaster, SigningKey};
use crate::sending_domain::signing_key;
use crate::worker::{JobHandler, JobOutcome, JobRun, Running};
use candor_domain::actor::Actor;
use candor_domain::id::OutboxId;
use candor_store::outbox::{OutboxMail, OutboxState};
use candor_store::{BlobRef, Tx};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// The kind of the job that carries a mail out.
pub const SEND_JOB: &str = "send";

/// Keeps the bytes of our mails apart from those of others.
const SENT_SCOPE: &str = "outbox";

/// Carries queued mails out.
#[derive(Clone)]
pub struct PostOffice {
    /// Who carries.
    pub courier: Arc<dyn Courier>,
    /// Who signs, and who knows the DNS.
    pub postmaster: Arc<dyn Postmaster>,
    /// The server where the settings name none.
    pub relay: Option<Relay>,
}

impl JobHandler for PostOffice {
    fn run(&self, desk: Desk, job: JobRun) -> Running<JobOutcome> {
        let office = self.clone();
        Box::pin(async move {
            let Ok(id) = job.payload.parse::<OutboxId>() else {
                return JobOutcome::GiveUp("the job names no mail".to_owned());
            };
            match office.carry(&desk, id).await {
                Ok(outcome) => outcome,
                Err(error) => job.after_error(&error),
            }
        })
    }
}

impl PostOffice {
    async fn carry(&self, desk: &Desk, id: OutboxId) -> Result<JobOutcome, DeskError> {
        let Some(mail) = desk.ask(&Actor::System, Queued(id)).await? else {
            return Ok(JobOutcome::Done); // an earlier run carried it
        };
        if let DeskMail::Staff(_, None) = mail {
            desk.run(&Actor::System, Withhold(id)).await?;
            return Ok(JobOutcome::Done);
        }
        let row = mail.row();
        let dead = desk.ask(&Actor::System, DeadOf::of(row)).await?;
        if !dead.is_empty() && dead.len() == row.mail.recipients.len() {
            desk.run(&Actor::System, Hold::of(id, dead)).await?;
            return Ok(JobOutcome::Done);
        }
        let way = desk
            .ask(&Actor::System, WayOf::of(row, self.relay.clone()))
            .await?;
        if let Some(way) = &way
            && let Some(place) = TakePlace::on(way)
            && let Some(after) = desk.run(&Actor::System, place).await?
        {
            let reason = "the limit of the mail provider is reached".to_owned();
            return Ok(JobOutcome::Retry { after, reason });
        }
        let raw = self.bytes_of(desk, &mail).await?;
        let carried = match &way {
            Some(way) => {
                let envelope = MailEnvelope {
                    mail_from: way.envelope_sender(desk.config().keys.links, row),
                    recipients: without(&row.mail.recipients, &dead),
                };
                self.courier.send(&way.relay, &envelope, &raw).await
            }
            None => self.courier.keep(&raw, row.mail.secret).await,
        };
        let verb = Settle {
            mail: id,
            is_sent: way.is_some(),
            left_out: dead,
            carried,
        };
        Ok(match desk.run(&Actor::System, verb).await? {
            None => JobOutcome::Done,
            Some((after, reason)) => JobOutcome::Retry { after, reason },
        })
    }

    /// The bytes, made at the first try and kept for the next. Those of secret mails are made anew
    /// each time and kept nowhere.
    async fn bytes_of(&self, desk: &Desk, mail: &DeskMail) -> Result<Vec<u8>, DeskError> {
        match mail {
            DeskMail::Written(row) => blob::read(desk, &row.blob).await,
            DeskMail::Plain(row, brand) => {
                let raw = compose_plain(row, brand, &desk.config().keys)?;
                self.signed(desk, &row.mail.mail_from, raw).await
            }
            DeskMail::Automatic(row, reply) => {
                // The envelope names nobody; the sender whom people see is the mailbox.
                let raw = reply.compose(row, &desk.config().keys);
                let raw = self.signed(desk, reply.sender(), raw).await?;
                Self::kept(desk, row, raw).await
            }
            // What it tells is read anew at each try, and kept nowhere.
            DeskMail::Staff(row, letter) => {
                let letter = letter.as_ref().ok_or(DeskError::NotFound("notice"))?;
                let raw = letter.compose(row, desk.config());
                self.signed(desk, &row.mail.mail_from, raw).await
            }
            DeskMail::Reply(row, reply) => {
                let mut contents = Vec::with_capacity(reply.files.len());
                for file in &reply.files {
                    contents.push(blob::read(desk, &file.blob).await?);
                }
                let raw = reply.compose(row, desk.config(), contents);
                let raw = self.signed(desk, &row.mail.mail_from, raw).await?;
                Self::kept(desk, row, raw).await
            }
        }
    }

    /// Keeps the bytes of a mail for later tries and gives them back.
    async fn kept(desk: &Desk, row: &OutboxMail, raw: Vec<u8>) -> Result<Vec<u8>, DeskError> {
        let blob = desk.store().blobs().stage(SENT_SCOPE, raw.clone()).await?;
        let verb = KeepBytes { mail: row.id, blob };
        desk.run(&Actor::System, verb).await?;
        Ok(raw)
    }

    /// The mail with the signature of its sender's domain, where that domain signs. A mail that
    /// cannot be signed leaves unsigned: that it arrives matters more.
    pub(super) async fn signed(
        &self,
        desk: &Desk,
        sender: &str,
        raw: Vec<u8>,
    ) -> Result<Vec<u8>, DeskError> {
        let domain = sender.rsplit_once('@').map_or("", |(_, domain)| domain);
        let key = desk.ask(&Actor::System, KeyOf(domain.to_owned())).await;
        let signed = match key {
            Ok(None) => return Ok(raw),
            Ok(Some(key)) => self.postmaster.sign(&key, &raw),
            Err(DeskError::Internal(why)) => Err(why),
            Err(error) => return Err(error),
        };
        Ok(signed.unwrap_or_else(|why| {
            tracing::error!(domain, why, "a mail leaves unsigned");
            raw
        }))
    }
}

/// The key that signs a domain's mail.
struct KeyOf(String);

impl Query for KeyOf {
    type Output = Option<SigningKey>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        signing_key(tx, cx, &self.0)
    }
}

/// Says where a mail's bytes are.
struct KeepBytes {
    mail: OutboxId,
    blob: BlobRef,
}

impl Verb for KeepBytes {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        tx.name_blob(&self.blob, cx.now())?;
        Ok(tx.set_outbox_blob(self.mail, &hex::encode(self.blob.hash))?)
    }
}

/// Notes how a try ended. Answers with pause and reason when there will be another.
struct Settle {
    mail: OutboxId,
    /// Carried to a server rather than kept in the folder.
    is_sent: bool,
    /// Addresses that do not work and did not get it.
    left_out: Vec<String>,
    carried: Result<(), SendFailure>,
}

impl Verb for Settle {
    type Output = Option<(Duration, String)>;

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        let mut mail = tx
            .outbox_mail(self.mail)?
            .ok_or(DeskError::NotFound("mail"))?;
        if mail.state != OutboxState::Queued {
            return Ok(None);
        }
        mail.attempts += 1;
        let mut again = None;
        match &self.carried {
            Ok(()) => {
                mail.state = if self.is_sent {
                    OutboxState::Sent
                } else {
                    OutboxState::Kept
                };
                mail.sent_at = Some(cx.now());
                mail.fault = (!self.left_out.is_empty()).then(|| dead_address(&self.left_out));
            }
            Err(failure) => {
                mail.fault = Some(failure.fault());
                suppress_refused(tx, cx, &mail, failure)?;
                let pause = pause_after(mail.attempts, mail.mail.created_at, cx.now());
                match pause.filter(|_| !failure.permanent) {
                    Some(pause) => again = Some((pause, failure.explanation.clone())),
                    None => mail.state = OutboxState::Failed,
                }
            }
        }
        tx.save_outbox(&mail)?;
        record(tx, cx, &mail)?;
        Ok(again)
    }
}

/// Says in the history what became of a reply's mail, so that open pages show it. The entry is the
/// mail's own, not the ticket's: the ticket did not change. Mails of the desk itself are not told.
pub(super) fn record(tx: &mut Tx<'_>, cx: &Cx, mail: &OutboxMail) -> Result<(), DeskError> {
    let kind = match mail.state {
        OutboxState::Sent => "mail.sent",
        OutboxState::Kept => "mail.kept",
        OutboxState::Failed => "mail.failed",
        OutboxState::Queued => "mail.delayed",
        OutboxState::Held => "mail.held",
    };
    let Some(message) = mail.mail.message else {
        return Ok(());
    };
    let ticket = tx
        .message(message)?
        .ok_or(DeskError::NotFound("message"))?
        .ticket;
    let event = json!({ "ticket": ticket, "message": message, "attempts": mail.attempts });
    journal::record(tx, cx, kind, event, &[&MailRecord(mail.id)])
}
