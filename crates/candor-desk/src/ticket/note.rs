//! Notes among staff.
//!
//! Owns: writing one. Must not know: that customers exist.

use super::allowed_ticket;
use super::draft::{own_draft, take_files};
use super::message::{NewFile, NewMessage, store_message};
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use crate::journal::record_ticket;
use candor_domain::id::{MessageId, TicketId};
use candor_domain::message::{Author, Channel, MessageKind};
use candor_domain::permission::Permission;
use candor_domain::text::StaffText;
use candor_store::Tx;

/// Longest text of a reply or a note, in bytes.
pub(crate) const MAX_TEXT: usize = 200_000;

/// Writes a note that only staff see. One that was typed at the desk takes the files of the writer's
/// draft with it, and the draft is done.
#[derive(Debug, Clone)]
pub struct WriteNote {
    /// Where.
    pub ticket: TicketId,
    /// Markdown.
    pub body: StaffText,
    /// Files, staged already.
    pub files: Vec<NewFile>,
    /// Where it was typed.
    pub channel: Channel,
}

impl Verb for WriteNote {
    type Output = MessageId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<MessageId, DeskError> {
        let before = allowed_ticket(tx, cx, self.ticket, Permission::Note)?;
        let person = cx.access()?.person;
        let body = checked_text(self.body.for_staff())?;
        let mut new = NewMessage::of_staff(
            MessageKind::Note,
            Author::Person(person),
            self.channel,
            body,
        );
        new.files.clone_from(&self.files);
        // A program that notes in somebody's name does not touch what they are typing.
        let draft = match self.channel {
            Channel::Desk => own_draft(tx, cx, self.ticket, MessageKind::Note)?,
            _ => None,
        };
        if let Some(draft) = &draft {
            new.files.extend(take_files(tx, draft.id)?);
        }
        let said = store_message(tx, cx, &before, &new)?;
        if let Some(draft) = draft {
            tx.drop_draft(draft.id)?;
        }
        let mut ticket = before.clone();
        let event = ticket.noted(said.message.id, cx.now());
        tx.save_ticket(&before, &ticket)?;
        record_ticket(tx, cx, &event, &[&said, &ticket])?;
        Ok(said.message.id)
    }
}

/// A text that says something and fits.
pub(crate) fn checked_text(text: &str) -> Result<String, DeskError> {
    if text.trim().is_empty() {
        return Err(DeskError::invalid(
            "body",
            "error-body-empty",
            "write something first",
        ));
    }
    if text.len() > MAX_TEXT {
        return Err(DeskError::TooLarge {
            limit_bytes: MAX_TEXT as u64,
        });
    }
    Ok(text.replace("\r\n", "\n").trim_end().to_owned())
}
