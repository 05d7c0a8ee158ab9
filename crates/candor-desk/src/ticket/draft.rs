//! Drafts: kept while typing, sent with a moment to think again.
//!
//! Owns: saving, sending with undo, taking back, files on a draft. Drafts are working state: none
//! of this is in the history until a reply is released. Must not know: mail.

use super::note::{MAX_TEXT, checked_text};
use super::upload::{MAX_FILES, too_many_files};
use super::{NewFile, allowed_ticket, visible_ticket};
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use candor_domain::address::EmailAddress;
use candor_domain::id::{AttachmentId, DraftId, MessageId, TicketId};
use candor_domain::message::MessageKind;
use candor_domain::permission::Permission;
use candor_domain::ticket::AfterSend;
use candor_store::Tx;
use candor_store::draft::Draft;
use candor_store::job::NewJob;
use jiff::{Timestamp, ToSpan};

/// The job that releases a reply whose time to think again is over.
pub const RELEASE_JOB: &str = "release";
/// Most addresses that get a copy of one reply.
const MAX_COPIES: usize = 20;

/// Keeps what somebody has typed so far. One reply and one note for each person and ticket.
#[derive(Debug, Clone)]
pub struct SaveDraft {
    /// Where.
    pub ticket: TicketId,
    /// Reply or note.
    pub kind: MessageKind,
    /// Markdown, as typed.
    pub body: String,
    /// Addresses that get a copy, as typed.
    pub cc: Vec<String>,
    /// What happens to the ticket once it is out.
    pub then: AfterSend,
    /// The newest public message that the page showed when writing began.
    pub seen: MessageId,
}

impl Verb for SaveDraft {
    type Output = DraftId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<DraftId, DeskError> {
        let permission = if self.kind == MessageKind::Note {
            Permission::Note
        } else {
            Permission::Reply
        };
        allowed_ticket(tx, cx, self.ticket, permission)?;
        if self.body.len() > MAX_TEXT {
            return Err(DeskError::TooLarge {
                limit_bytes: MAX_TEXT as u64,
            });
        }
        let person = cx.access()?.person;
        let mut draft = own_draft(tx, cx, self.ticket, self.kind)?.unwrap_or(Draft {
            id: DraftId(0),
            ticket: self.ticket,
            person,
            kind: self.kind,
            body: String::new(),
            cc: Vec::new(),
            then: self.then,
            seen: self.seen,
            begun_at: cx.now(),
            updated_at: cx.now(),
            send_at: None,
            held_by: None,
        });
        if draft.send_at.is_some() {
            // What is on its way is taken back first; a forgotten tab does not change it.
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        draft.body.clone_from(&self.body);
        draft.cc.clone_from(&self.cc);
        draft.then = self.then;
        draft.seen = draft.seen.max(self.seen);
        draft.updated_at = cx.now();
        if draft.id == DraftId(0) {
            tx.insert_draft(&mut draft)?;
        } else {
            tx.save_draft(&draft)?;
        }
        Ok(draft.id)
    }
}

/// Sends a draft: it goes out once the time to take it back is over.
#[derive(Debug, Clone)]
pub struct SendDraft {
    /// Which.
    pub draft: DraftId,
    /// The newest public message that the sender has seen.
    pub seen: MessageId,
}

/// What sending did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// It goes out at that moment.
    GoesOutAt(Timestamp),
    /// It is out: this person needs no time to think again.
    Out(MessageId),
}

impl Verb for SendDraft {
    type Output = Sent;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Sent, DeskError> {
        let mut draft = mine(tx, cx, self.draft)?;
        let ticket = allowed_ticket(tx, cx, draft.ticket, Permission::Reply)?;
        ticket.check_reply()?;
        checked_text(&draft.body)?;
        draft.cc = checked_copies(&draft.cc)?;
        refuse_if_moved(ticket.last_public_message, self.seen)?;
        let seconds = tx
            .person(draft.person)?
            .map_or(0, |person| person.undo_seconds);
        let send_at = cx.now() + seconds.seconds();
        draft.seen = self.seen;
        draft.send_at = Some(send_at);
        draft.held_by = None;
        tx.save_draft(&draft)?;
        if seconds == 0 {
            return super::release::release(tx, cx, draft.id)
                .and_then(|out| out.ok_or(DeskError::NotFound("draft")))
                .map(Sent::Out);
        }
        tx.enqueue(NewJob {
            kind: RELEASE_JOB,
            payload: draft.id.to_string(),
            run_at: send_at,
            dedupe: None,
        })?;
        Ok(Sent::GoesOutAt(send_at))
    }
}

/// Refuses to send what was written before the newest message.
pub(crate) fn refuse_if_moved(newest: Option<MessageId>, seen: MessageId) -> Result<(), DeskError> {
    match newest {
        Some(newest) if newest > seen => Err(DeskError::Conflict(Conflict::NewerMessage(newest))),
        _ => Ok(()),
    }
}

/// Takes a reply back that is on its way; it is a draft again.
#[derive(Debug, Clone, Copy)]
pub struct TakeBack {
    /// Which.
    pub draft: DraftId,
}

impl Verb for TakeBack {
    type Output = TicketId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<TicketId, DeskError> {
        let mut draft = mine(tx, cx, self.draft).map_err(|error| match error {
            DeskError::NotFound(_) => DeskError::Conflict(Conflict::TooLate),
            other => other,
        })?;
        draft.send_at = None;
        draft.updated_at = cx.now();
        tx.save_draft(&draft)?;
        Ok(draft.ticket)
    }
}

/// Throws the actor's own draft in a ticket away, with its files. Where none is, nothing happens.
#[derive(Debug, Clone, Copy)]
pub struct ThrowAway {
    /// Where.
    pub ticket: TicketId,
    /// Reply or note.
    pub kind: MessageKind,
}

impl Verb for ThrowAway {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        visible_ticket(tx, cx, self.ticket)?;
        match own_draft(tx, cx, self.ticket, self.kind)? {
            // What is on its way is taken back first; a forgotten tab does not stop it.
            Some(draft) if draft.send_at.is_some() => Err(DeskError::Conflict(Conflict::TooLate)),
            Some(draft) => Ok(tx.drop_draft(draft.id)?),
            None => Ok(()),
        }
    }
}

/// Hangs a staged file on a draft.
#[derive(Debug, Clone)]
pub struct AttachFile {
    /// Which draft.
    pub draft: DraftId,
    /// The file.
    pub file: NewFile,
}

impl Verb for AttachFile {
    type Output = AttachmentId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<AttachmentId, DeskError> {
        let draft = mine(tx, cx, self.draft)?;
        if tx.attachments_of_draft(draft.id)?.len() >= MAX_FILES {
            return Err(too_many_files("file"));
        }
        super::message::name_blob(tx, cx, &self.file.blob)?;
        Ok(tx.insert_attachment(None, Some(draft.id), &self.file)?.id)
    }
}

/// Hangs staged files on a draft, as far as there is room.
pub(crate) fn attach_to_draft(
    tx: &mut Tx<'_>,
    cx: &Cx,
    draft: DraftId,
    files: &[NewFile],
) -> Result<(), DeskError> {
    let room = MAX_FILES.saturating_sub(tx.attachments_of_draft(draft)?.len());
    for file in files.iter().take(room) {
        super::message::name_blob(tx, cx, &file.blob)?;
        tx.insert_attachment(None, Some(draft), file)?;
    }
    Ok(())
}

/// Takes a file off a draft.
#[derive(Debug, Clone, Copy)]
pub struct DropFile {
    /// Which.
    pub file: AttachmentId,
}

impl Verb for DropFile {
    type Output = TicketId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<TicketId, DeskError> {
        let gone = || DeskError::NotFound("file");
        let (_, draft) = tx.attachment(self.file)?.ok_or_else(gone)?;
        let draft = mine(tx, cx, draft.ok_or_else(gone)?)?;
        tx.drop_draft_attachment(self.file)?;
        Ok(draft.ticket)
    }
}

/// Files of a draft as files of a new message.
pub(crate) fn take_files(tx: &mut Tx<'_>, draft: DraftId) -> Result<Vec<NewFile>, DeskError> {
    let files = tx.attachments_of_draft(draft)?;
    Ok(files
        .into_iter()
        .map(|file| NewFile {
            name: file.name,
            media_type: file.media_type,
            size: file.size,
            blob: file.blob,
            content_id: file.content_id,
            inline: file.inline,
        })
        .collect())
}

/// The actor's own draft in a ticket.
pub(crate) fn own_draft(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: TicketId,
    kind: MessageKind,
) -> Result<Option<Draft>, DeskError> {
    let person = cx.access()?.person;
    let drafts = tx.drafts_of(ticket)?;
    Ok(drafts
        .into_iter()
        .find(|draft| draft.person == person && draft.kind == kind))
}

/// Somebody else's draft is not there for the actor, nor is one in a ticket they may not see.
fn mine(tx: &mut Tx<'_>, cx: &Cx, id: DraftId) -> Result<Draft, DeskError> {
    let person = cx.access()?.person;
    let draft = tx
        .draft(id)?
        .filter(|draft| draft.person == person)
        .ok_or(DeskError::NotFound("draft"))?;
    visible_ticket(tx, cx, draft.ticket)?;
    Ok(draft)
}

pub(crate) fn checked_copies(typed: &[String]) -> Result<Vec<String>, DeskError> {
    let mut copies = Vec::new();
    for text in typed
        .iter()
        .flat_map(|line| line.split([',', ';']))
        .map(str::trim)
    {
        if text.is_empty() {
            continue;
        }
        let address = EmailAddress::parse(text)
            .map_err(|error| DeskError::invalid("cc", "error-address", error.to_string()))?;
        if !copies.contains(&address.to_string()) {
            copies.push(address.to_string());
        }
    }
    if copies.len() > MAX_COPIES {
        return Err(DeskError::invalid(
            "cc",
            "error-too-many-copies",
            "20 copies are the most",
        ));
    }
    Ok(copies)
}
