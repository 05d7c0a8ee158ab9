//! Files of messages and drafts, and the parts of a mail that are kept as they came.
//!
//! Owns: who may open which file. Must not know: where the bytes lie.

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::ticket::visible_ticket;
use candor_domain::actor::Actor;
use candor_domain::id::{AttachmentId, MessageId};
use candor_domain::message::{Attachment, Message};
use candor_store::Tx;

/// Asks for a file that the actor may open.
#[derive(Debug, Clone, Copy)]
pub struct FileOf {
    /// Which.
    pub file: AttachmentId,
}

/// A file that may be opened: read its bytes by its blob address.
#[derive(Debug, Clone)]
pub struct TicketFile(pub Attachment);

impl Query for FileOf {
    type Output = TicketFile;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<TicketFile, DeskError> {
        let gone = || DeskError::NotFound("file");
        let (file, draft) = tx.attachment(self.file)?.ok_or_else(gone)?;
        if let Some(message) = file.message {
            let message = tx.message(message)?.ok_or_else(gone)?;
            readable(tx, cx, &message).map_err(|_| gone())?;
            return Ok(TicketFile(file));
        }
        let draft = tx.draft(draft.ok_or_else(gone)?)?.ok_or_else(gone)?;
        if cx.actor.person() != Some(draft.person) {
            return Err(gone());
        }
        visible_ticket(tx, cx, draft.ticket).map_err(|_| gone())?;
        Ok(TicketFile(file))
    }
}

/// Asks for a message whose raw mail or HTML part staff want to see, with its files.
#[derive(Debug, Clone, Copy)]
pub struct RawMailOf {
    /// Which.
    pub message: MessageId,
}

impl Query for RawMailOf {
    type Output = (Message, Vec<Attachment>);
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(Message, Vec<Attachment>), DeskError> {
        cx.access()?;
        let message = tx
            .message(self.message)?
            .ok_or(DeskError::NotFound("message"))?;
        readable(tx, cx, &message)?;
        let files = tx.attachments_of(&[message.id])?;
        Ok((message, files))
    }
}

/// Whether the actor may read the message: its ticket is seen, and customers read no notes.
fn readable(tx: &mut Tx<'_>, cx: &Cx, message: &Message) -> Result<(), DeskError> {
    let ticket = visible_ticket(tx, cx, message.ticket)?;
    let for_customers = message.is_for_customers() && !ticket.spam;
    if matches!(cx.actor, Actor::Customer { .. }) && !for_customers {
        return Err(DeskError::NotFound("message"));
    }
    Ok(())
}
