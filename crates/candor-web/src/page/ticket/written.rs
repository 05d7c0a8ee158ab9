//! What the composer sends.
//!
//! Owns: reading its form. Must not know: what happens to it.

use super::draft::read_kind;
use crate::failure::Failure;
use axum::extract::Multipart;
use axum::extract::multipart::Field;
use candor_domain::id::{AttachmentId, MessageId};
use candor_domain::message::MessageKind;
use candor_domain::ticket::AfterSend;

/// What was said to the question before a reply goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Nothing: it was not asked, or not answered.
    None,
    /// It goes out as it is.
    KeepMine,
    /// The better words are put in place instead of sending it.
    UseBetter,
}

/// What was written, with what is to be done with it.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) kind: MessageKind,
    pub(crate) body: String,
    pub(crate) cc: String,
    pub(crate) then: AfterSend,
    pub(crate) seen: MessageId,
    /// Name and bytes.
    pub(crate) files: Vec<(String, Vec<u8>)>,
    /// A file to take off the draft instead of sending it.
    pub(crate) drop: Option<AttachmentId>,
    /// Keep the draft instead of sending it.
    pub(crate) keep: bool,
    /// Throw the draft away instead of sending it.
    pub(crate) discard: bool,
    /// What was said to the question before it goes out.
    pub(crate) answer: Answer,
    /// The promise that was ticked, by its moment in microseconds.
    pub(crate) promise: Option<i64>,
    /// Whether a promise was offered, ticked or not.
    pub(crate) offered: bool,
}

impl Written {
    /// Reads the form. Fields that it does not know are not looked at.
    pub(crate) async fn read(mut form: Multipart) -> Result<Self, Failure> {
        let mut written = Self {
            kind: MessageKind::Reply,
            body: String::new(),
            cc: String::new(),
            then: AfterSend::Wait,
            seen: MessageId(0),
            files: Vec::new(),
            drop: None,
            keep: false,
            discard: false,
            answer: Answer::None,
            promise: None,
            offered: false,
        };
        while let Some(field) = form.next_field().await.map_err(|_| Failure::Unreadable)? {
            written.take(field).await?;
        }
        Ok(written)
    }

    /// The same with another text; its files hang on the draft already.
    pub(crate) fn with_body(&self, body: String) -> Self {
        Self {
            body,
            cc: self.cc.clone(),
            files: Vec::new(),
            ..*self
        }
    }

    async fn take(&mut self, field: Field<'_>) -> Result<(), Failure> {
        match field.name().unwrap_or_default() {
            "kind" => self.kind = read_kind(&text(field).await?),
            "body" => self.body = text(field).await?,
            "cc" => self.cc = text(field).await?,
            "then" => {
                let word = text(field).await?;
                self.then = AfterSend::parse(&word).ok_or(Failure::Unreadable)?;
            }
            "seen" => self.seen = number(field).await.map(MessageId)?,
            "drop" => self.drop = Some(number(field).await.map(AttachmentId)?),
            "keep" => self.keep = true,
            "discard" => self.discard = true,
            "asked" => self.answer = Answer::KeepMine,
            "promise" => self.promise = Some(number(field).await?),
            "offered" => self.offered = true,
            "better" => self.answer = Answer::UseBetter,
            "file" => {
                let name = field.file_name().unwrap_or_default().to_owned();
                let bytes = field.bytes().await.map_err(|_| Failure::TooLarge)?;
                if !bytes.is_empty() {
                    self.files.push((name, bytes.to_vec()));
                }
            }
            _ => {}
        }
        Ok(())
    }
}

async fn text(field: Field<'_>) -> Result<String, Failure> {
    field.text().await.map_err(|_| Failure::TooLarge)
}

async fn number(field: Field<'_>) -> Result<i64, Failure> {
    text(field).await?.parse().map_err(|_| Failure::Unreadable)
}
