//! Storing a message with its files and making it findable.
//!
//! Owns: what every new message needs, whoever wrote it. Must not know: what it does to the ticket.

use crate::blob::hash_of;
use crate::cx::Cx;
use crate::error::DeskError;
use crate::tone::{self, Reading};
use candor_domain::id::MessageId;
use candor_domain::message::{Author, Channel, Message, MessageKind};
use candor_domain::record::MessageWithFiles;
use candor_domain::ticket::Ticket;
use candor_store::search::Terms;
use candor_store::{BlobRef, Tx};

pub use candor_store::message::NewAttachment as NewFile;

/// A message before it has a row. Everything slow (parsing, stemming, staging of files) is done.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// What it is.
    pub kind: MessageKind,
    /// Who wrote it.
    pub author: Author,
    /// The way it took.
    pub channel: Channel,
    /// Name as the sender wrote it; empty for staff.
    pub sender_name: String,
    /// Address of the sender; empty for staff.
    pub sender_address: String,
    /// Whether the sender is known to be the ticket's customer.
    pub sender_is_customer: bool,
    /// Addresses it went to.
    pub to: Vec<String>,
    /// Addresses that got a copy.
    pub cc: Vec<String>,
    /// Markdown for staff texts, plain text for customers' texts.
    pub body: String,
    /// Blob of the HTML part, 64 hex digits.
    pub html_blob: Option<String>,
    /// Blob of the whole mail, 64 hex digits.
    pub raw_blob: Option<String>,
    /// Message-ID with angle brackets; empty where none.
    pub mail_id: String,
    /// Files, staged already.
    pub files: Vec<NewFile>,
    /// What the search finds it by.
    pub terms: Terms,
    /// How it reads, for a customer's message that was read already; otherwise a job reads it.
    pub reading: Option<Reading>,
}

impl NewMessage {
    /// A text of staff.
    pub fn of_staff(kind: MessageKind, author: Author, channel: Channel, body: String) -> Self {
        let terms = candor_store::search::analyse(&body);
        Self {
            kind,
            author,
            channel,
            sender_name: String::new(),
            sender_address: String::new(),
            sender_is_customer: false,
            to: Vec::new(),
            cc: Vec::new(),
            body,
            html_blob: None,
            raw_blob: None,
            mail_id: String::new(),
            files: Vec::new(),
            terms,
            reading: None,
        }
    }
}

/// Stores the message, its files and its search terms.
pub(crate) fn store_message(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: &Ticket,
    new: &NewMessage,
) -> Result<MessageWithFiles, DeskError> {
    let said = store_past_message(tx, cx, ticket, new)?;
    tone::keep_new(tx, cx, &said.message, new.reading.as_ref())?;
    Ok(said)
}

/// The same without a word about its mood: what is over troubles nobody.
pub(crate) fn store_past_message(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: &Ticket,
    new: &NewMessage,
) -> Result<MessageWithFiles, DeskError> {
    let mut message = Message {
        id: MessageId(0),
        ticket: ticket.id,
        conversation: ticket.conversation,
        kind: new.kind,
        author: new.author,
        channel: new.channel,
        at: cx.now(),
        sender_name: new.sender_name.clone(),
        sender_address: new.sender_address.clone(),
        sender_is_customer: new.sender_is_customer,
        to: new.to.clone(),
        cc: new.cc.clone(),
        body: new.body.clone(),
        html_blob: new.html_blob.clone(),
        raw_blob: new.raw_blob.clone(),
        mail_id: new.mail_id.clone(),
        salt: cx.salt(&format!("message of {}", ticket.id)),
    };
    tx.insert_message(&mut message)?;
    let mut files = Vec::with_capacity(new.files.len());
    for file in &new.files {
        files.push(tx.insert_attachment(Some(message.id), None, file)?);
    }
    let blobs = files.iter().map(|file| file.blob.as_str());
    for blob in blobs
        .chain(new.html_blob.as_deref())
        .chain(new.raw_blob.as_deref())
    {
        name_blob(tx, cx, blob)?;
    }
    tx.index_message(message.id, ticket.id, &new.terms)?;
    Ok(MessageWithFiles { message, files })
}

/// Says that a staged blob is in use, so that the sweep leaves it.
pub(crate) fn name_blob(tx: &mut Tx<'_>, cx: &Cx, blob: &str) -> Result<(), DeskError> {
    let Some(hash) = hash_of(blob) else {
        return Err(DeskError::Internal(format!("{blob} is no blob address")));
    };
    tx.name_blob(&BlobRef { hash, size: 0 }, cx.now())?;
    Ok(())
}
