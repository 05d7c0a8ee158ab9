//! Reading a stored mail, before any verb.
//!
//! Owns: from raw bytes to what the verb needs: the message, staged files, words for the search.
//! Must not know: which ticket it belongs to.

use super::added::{Added, find_added};
use crate::cx::Desk;
use crate::error::DeskError;
use crate::ticket::NewFile;
use candor_domain::text::one_line;
use candor_domain::ticket::Ticket;
use candor_mail::{Attachment, Envelope, IncomingMessage, NamedAddress, Verdict};
use candor_store::intake::Incoming;
use candor_store::search;

/// A mail that was read, with everything staged that its message will name.
pub(super) struct ReadMail {
    pub(super) message: IncomingMessage,
    pub(super) from: Option<NamedAddress>,
    pub(super) subject: String,
    pub(super) html: Option<String>,
    pub(super) files: Vec<NewFile>,
    pub(super) terms: search::Terms,
    pub(super) verdict: Verdict,
    pub(super) added: Added,
}

/// How a mail could not be read.
pub(super) enum ReadError {
    /// The database or the disk does not answer at the moment.
    Later(DeskError),
    /// The parser broke; it would break again.
    Broken(String),
}

impl From<DeskError> for ReadError {
    fn from(error: DeskError) -> Self {
        Self::Later(error)
    }
}

/// Reads the bytes and stages the parts.
pub(super) async fn read_mail(
    desk: &Desk,
    incoming: &Incoming,
    raw: Vec<u8>,
) -> Result<ReadMail, ReadError> {
    let envelope_sender = incoming.known_sender().map(str::to_owned);
    let parsing = tokio::task::spawn_blocking(move || {
        let mut message = candor_mail::parse(&raw).message;
        let sender = envelope_sender.as_deref();
        let verdict = candor_mail::judge(&message, &Envelope { sender });
        let subject = subject_of(&message);
        let terms = search::analyse(&format!("{subject}\n{}", message.text));
        let files = std::mem::take(&mut message.attachments);
        (message, verdict, subject, terms, files)
    });
    let (message, verdict, subject, terms, attachments) = parsing
        .await
        .map_err(|error| ReadError::Broken(panic_in_words(error)))?;
    let (message, added) = find_added(desk, message).await?;
    let from = message.from.clone();
    // Blobs are never shared between customers, and the sender's address is known before the
    // customer is.
    let scope = match &from {
        Some(sender) => format!("sender:{}", sender.address),
        None => "sender:".to_owned(),
    };
    let html = match &message.html {
        Some(html) => Some(stage(desk, &scope, html.source().as_bytes().to_vec()).await?),
        None => None,
    };
    let mut files = Vec::with_capacity(attachments.len());
    for attachment in attachments {
        files.push(stage_file(desk, &scope, attachment).await?);
    }
    Ok(ReadMail {
        message,
        from,
        subject,
        html,
        files,
        terms,
        verdict,
        added,
    })
}

async fn stage_file(
    desk: &Desk,
    scope: &str,
    attachment: Attachment,
) -> Result<NewFile, ReadError> {
    let size = attachment.content.len() as i64;
    let blob = stage(desk, scope, attachment.content).await?;
    Ok(NewFile {
        name: one_line(&attachment.name, 200),
        media_type: attachment.media_type.as_str().to_owned(),
        size,
        blob,
        content_id: attachment.content_id.unwrap_or_default(),
        inline: attachment.inline && attachment.media_type.may_show_inline(),
    })
}

/// Stages bytes and returns their address.
async fn stage(desk: &Desk, scope: &str, bytes: Vec<u8>) -> Result<String, ReadError> {
    let staged = desk.store().blobs().stage(scope, bytes).await;
    Ok(hex::encode(staged.map_err(DeskError::from)?.hash))
}

/// The subject line, or the beginning of the text where there is none.
fn subject_of(message: &IncomingMessage) -> String {
    let subject = one_line(&message.subject, Ticket::MAX_SUBJECT);
    if !subject.is_empty() {
        return subject;
    }
    let first = message.text.lines().find(|line| !line.trim().is_empty());
    one_line(first.unwrap_or_default(), 80)
}

pub(super) fn panic_in_words(error: tokio::task::JoinError) -> String {
    if !error.is_panic() {
        return error.to_string();
    }
    let payload = error.into_panic();
    let text = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied());
    text.unwrap_or("the reader broke").to_owned()
}
