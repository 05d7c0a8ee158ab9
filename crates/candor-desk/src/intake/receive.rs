//! Accepting a raw mail.
//!
//! Owns: durability before the answer, and one row for a mail that comes twice. Must not know:
//! what the mail says; only its Message-ID is looked at, by plain search.

use super::INTAKE_JOB;
use super::place::mailbox_named;
use crate::cx::{Cx, Desk, Verb};
use crate::error::DeskError;
use crate::send_account::ROUND_TRIP_HEADER;
use candor_domain::actor::Actor;
use candor_domain::id::IncomingId;
use candor_mail::{MessageId, dedupe_digest};
use candor_store::intake::{Incoming, IncomingState, NewIncoming};
use candor_store::job::NewJob;
use candor_store::{BlobRef, Tx};
use jiff::Timestamp;
use std::net::IpAddr;

/// Keeps the address of a raw mail's bytes apart from those of files with equal bytes.
const RAW_SCOPE: &str = "incoming";

/// The way of a mail that was fetched from an inbox elsewhere.
pub const FETCHED: &str = "imap";

/// The way of a mail that the team sent elsewhere, fetched from the folder of sent mail.
pub const SENT: &str = "imap-sent";

/// The outside of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The way it took: `smtp`, `pipe`, `import`, [`FETCHED`] or [`SENT`].
    pub via: String,
    /// The sender on the envelope; empty for bounces and where there is no envelope.
    pub mail_from: String,
    /// The recipients on the envelope; none where there is no envelope. Of a fetched mail, the
    /// mailbox that it was fetched for.
    pub recipients: Vec<String>,
}

/// The computer that handed a mail over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handover {
    /// Its address; `None` where no computer did.
    pub peer: Option<IpAddr>,
    /// What it called itself.
    pub hello: String,
}

/// The promise that a mail is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// Its row.
    pub incoming: IncomingId,
    /// False when the same mail had been stored before.
    pub is_new: bool,
}

/// Stores a raw mail. When this returns, the mail survives anything that the disk survives.
///
/// # Errors
/// `Unavailable` when it cannot be stored at the moment; the sender has to come again.
pub async fn receive(desk: &Desk, envelope: &Envelope, raw: Vec<u8>) -> Result<Receipt, DeskError> {
    receive_from(desk, envelope, &Handover::default(), raw).await
}

/// As [`receive`], from a computer that is known.
///
/// # Errors
/// `Unavailable` when it cannot be stored at the moment; the sender has to come again.
pub async fn receive_from(
    desk: &Desk,
    envelope: &Envelope,
    from: &Handover,
    raw: Vec<u8>,
) -> Result<Receipt, DeskError> {
    let verb = stage_incoming(desk, envelope, from, raw).await?;
    desk.run(&Actor::Mail, verb).await
}

/// Makes the bytes of a raw mail durable, before its row.
pub(super) async fn stage_incoming(
    desk: &Desk,
    envelope: &Envelope,
    from: &Handover,
    raw: Vec<u8>,
) -> Result<StoreIncoming, DeskError> {
    let (mail_id, mut digest) = (message_id_of(&raw), dedupe_digest(&raw));
    if envelope.via == SENT && first_field(&raw, ROUND_TRIP_HEADER).is_some() {
        // Its twin in the inbox is the one that came back, and must not pass for a copy of this.
        digest[0] ^= 1;
    }
    let fetched = envelope.via == FETCHED;
    let arrived_at = fetched.then(|| arrival_of(&raw)).flatten();
    let size = raw.len() as i64;
    let blob = desk.store().blobs().stage(RAW_SCOPE, raw).await?;
    Ok(StoreIncoming {
        envelope: envelope.clone(),
        from: from.clone(),
        blob,
        size,
        mail_id,
        digest,
        arrived_at,
    })
}

/// Stores the row of a raw mail and its intake job together. It is no change that people see yet,
/// so the journal hears of the mail when it is understood.
#[derive(Clone)]
pub(super) struct StoreIncoming {
    envelope: Envelope,
    from: Handover,
    blob: BlobRef,
    size: i64,
    mail_id: String,
    digest: [u8; 32],
    arrived_at: Option<Timestamp>,
}

impl Verb for StoreIncoming {
    type Output = Receipt;

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Receipt, DeskError> {
        let (incoming, is_new) = self.store(tx, cx)?;
        if is_new {
            tx.enqueue(intake_job(cx, incoming))?;
        }
        Ok(Receipt { incoming, is_new })
    }
}

impl StoreIncoming {
    /// Stores the row alone. The flag is false when the same mail is stored already.
    pub(super) fn store(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(IncomingId, bool), DeskError> {
        let mailbox = mailbox_named(tx, &self.envelope.recipients)?;
        let (incoming, is_new) = tx.add_incoming(&NewIncoming {
            received_at: cx.now(),
            via: self.envelope.via.clone(),
            mail_from: self.envelope.mail_from.clone(),
            recipients: self.envelope.recipients.clone(),
            blob: hex::encode(self.blob.hash),
            size: self.size,
            mail_id: self.mail_id.clone(),
            digest: self.digest,
            peer: self
                .from
                .peer
                .map(|peer| peer.to_string())
                .unwrap_or_default(),
            hello: self.from.hello.clone(),
            // A server whose clock is ahead took nothing in tomorrow.
            arrived_at: self.arrived_at.map(|at| at.min(cx.now())),
            mailbox,
        })?;
        if is_new {
            tx.name_blob(&self.blob, cx.now())?;
        }
        Ok((incoming, is_new))
    }

    /// The same mail where it is stored already.
    pub(super) fn earlier(&self, tx: &mut Tx<'_>) -> Result<Option<Incoming>, DeskError> {
        Ok(tx.same_incoming(self.digest, &self.mail_id)?)
    }

    /// The mail as its row will say, for whoever reads it before.
    pub(super) fn before_it_is_stored(&self, received_at: Timestamp) -> Incoming {
        Incoming {
            id: IncomingId(0),
            received_at,
            via: self.envelope.via.clone(),
            mail_from: self.envelope.mail_from.clone(),
            recipients: self.envelope.recipients.clone(),
            blob: hex::encode(self.blob.hash),
            size: self.size,
            mail_id: self.mail_id.clone(),
            state: IncomingState::Pending,
            error: String::new(),
            message: None,
            peer: String::new(),
            hello: String::new(),
        }
    }
}

pub(super) fn intake_job(cx: &Cx, incoming: IncomingId) -> NewJob<'static> {
    NewJob {
        kind: INTAKE_JOB,
        payload: incoming.to_string(),
        run_at: cx.now(),
        dedupe: None,
    }
}

/// The Message-ID without brackets; empty where the header is missing or no id. A plain search, so
/// that no mail can do harm before it is stored.
fn message_id_of(raw: &[u8]) -> String {
    first_field(raw, "message-id")
        .and_then(|text| MessageId::parse(text.trim()))
        .map(|id| id.as_str().to_owned())
        .unwrap_or_default()
}

/// When the last server took it in, by the trace that it put on top: a backlog that is fetched at
/// once came hour by hour.
fn arrival_of(raw: &[u8]) -> Option<Timestamp> {
    let trace = first_field(raw, "received")?;
    let (_, date) = trace.rsplit_once(';')?;
    // A comment names the zone once more.
    let date = date.split_once('(').map_or(date, |(date, _)| date);
    let date = jiff::fmt::rfc2822::parse(date.trim()).ok()?;
    Some(date.timestamp())
}

/// The first header field of that name, unfolded.
fn first_field(raw: &[u8], name: &str) -> Option<String> {
    let mut value: Option<String> = None;
    for line in raw.split(|&byte| byte == b'\n').take(2_000) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        let text = String::from_utf8_lossy(&line[..line.len().min(1_000)]).into_owned();
        match &mut value {
            Some(known) if text.starts_with([' ', '\t']) => {
                // An id has no spaces; a trace needs them.
                if !known.is_empty() {
                    known.push(' ');
                }
                known.push_str(text.trim());
            }
            Some(_) => break,
            None => value = field_of(&text, name),
        }
    }
    value
}

fn field_of(line: &str, name: &str) -> Option<String> {
    let (own, value) = line.split_once(':')?;
    own.trim()
        .eq_ignore_ascii_case(name)
        .then(|| value.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_id_is_found_folded_or_not_and_only_in_the_header() {
        for (raw, id) in [
            ("Message-ID: <a@b>\r\n\r\n", "a@b"),
            ("From: x@y\nMESSAGE-id:\n <a@b>\nTo: z\n\nhi", "a@b"),
            ("From: x@y\n\nMessage-ID: <a@b>\n", ""),
            ("Message-ID: not an id\n\n", ""),
            ("", ""),
        ] {
            assert_eq!(message_id_of(raw.as_bytes()), id, "{raw:?}");
        }
    }
    #[test]
    fn a_fetched_mail_came_when_its_last_server_took_it_in() {
        let raw = "Received: from a.example by mx.example with ESMTP;\r\n\
                   \tSat, 21 Nov 2026 23:10:00 +0100 (CET)\r\n\
                   Received: by a.example; Fri, 20 Nov 2026 10:00:00 +0000\r\n\r\n";
        let at = arrival_of(raw.as_bytes()).map(|at| at.to_string());
        assert_eq!(at.as_deref(), Some("2026-11-21T22:10:00Z"));
        assert_eq!(arrival_of(b"Received: by mx; yesterday\r\n\r\n"), None);
        assert_eq!(arrival_of(b"Subject: hi\r\n\r\n"), None);
    }
}
