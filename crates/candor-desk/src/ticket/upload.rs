//! Files that somebody hands over in a form.
//!
//! Owns: staging them, hanging them on an own draft.
//! Must not know: multipart forms.

use super::draft::{AttachFile, SaveDraft, own_draft};
use super::message::NewFile;
use crate::blob;
use crate::cx::{Cx, Desk, Verb};
use crate::error::DeskError;
use candor_domain::id::{AttachmentId, MessageId, TicketId};
use candor_domain::message::MessageKind;
use candor_domain::text::one_line;
use candor_domain::ticket::AfterSend;
use candor_mail::sniff;
use candor_store::Tx;

/// Most files on one message.
pub(super) const MAX_FILES: usize = 20;
/// Longest file name, in characters.
const LONGEST_NAME: usize = 150;

/// Stages a file durably. Its type is what its bytes say. A picture that is `shown` inside the text
/// gets a content id for it. `scope` says whose the file is, such as a ticket's subject.
///
/// # Errors
/// `Unavailable` when there is no room.
pub async fn stage_upload(
    desk: &Desk,
    scope: &str,
    (name, bytes): (&str, Vec<u8>),
    shown: bool,
) -> Result<NewFile, DeskError> {
    let kind = sniff(&bytes);
    let size = bytes.len() as i64;
    let blob = blob::stage(desk, scope, bytes).await?;
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let name = one_line(last, LONGEST_NAME);
    let shown = shown && kind.may_show_inline();
    Ok(NewFile {
        name: if name.is_empty() {
            "file".to_owned()
        } else {
            name
        },
        media_type: kind.as_str().to_owned(),
        size,
        content_id: if shown {
            format!("{}@candor", &blob[..24])
        } else {
            String::new()
        },
        inline: shown,
        blob,
    })
}

/// Stages the files of one message that staff or a program hands over at once. Without a ticket
/// they are nobody's yet.
///
/// # Errors
/// `Invalid` for too many; `Unavailable` when there is no room.
pub async fn stage_all(
    desk: &Desk,
    ticket: Option<TicketId>,
    files: Vec<(String, Vec<u8>)>,
) -> Result<Vec<NewFile>, DeskError> {
    if files.len() > MAX_FILES {
        return Err(too_many_files("files"));
    }
    let scope = match ticket {
        Some(ticket) => ticket.subject(),
        None => hex::encode(desk.config().entropy.seed()),
    };
    let mut staged = Vec::with_capacity(files.len());
    for (name, bytes) in files {
        staged.push(stage_upload(desk, &scope, (&name, bytes), false).await?);
    }
    Ok(staged)
}

/// The refusal of more files than a message carries.
pub(super) fn too_many_files(field: &'static str) -> DeskError {
    DeskError::invalid(
        field,
        "error-too-many-files",
        format!("{MAX_FILES} files are the most for one message"),
    )
}

/// Hangs a staged file on the actor's own draft, which is begun where there is none.
#[derive(Debug, Clone)]
pub struct AttachToDraft {
    /// Where.
    pub ticket: TicketId,
    /// Reply or note.
    pub kind: MessageKind,
    /// The newest public message that the page showed.
    pub seen: MessageId,
    /// The file.
    pub file: NewFile,
}

impl Verb for AttachToDraft {
    type Output = AttachmentId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<AttachmentId, DeskError> {
        let draft = match own_draft(tx, cx, self.ticket, self.kind)? {
            Some(draft) => draft.id,
            None => SaveDraft {
                ticket: self.ticket,
                kind: self.kind,
                body: String::new(),
                cc: Vec::new(),
                then: AfterSend::Wait,
                seen: self.seen,
            }
            .apply(tx, cx)?,
        };
        AttachFile {
            draft,
            file: self.file.clone(),
        }
        .apply(tx, cx)
    }
}
