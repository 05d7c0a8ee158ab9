//! The bytes of files and mails against their addresses.
//!
//! Owns: which addresses messages name, and whether the bytes behind each are there and hash to it.
//! Must not know: where bytes lie. That the address is the right one is a matter of the rows.

use super::Progress;
use super::finding::Findings;
use crate::blob::hash_of;
use crate::cx::Desk;
use crate::error::DeskError;
use candor_domain::id::TicketId;
use candor_domain::message::{Attachment, Message};
use candor_store::BlobCheck;
use std::collections::BTreeMap;

/// Addresses with the first place that names each.
#[derive(Default)]
pub(super) struct NamedFiles(BTreeMap<[u8; 32], Place>);

/// What names an address.
struct Place {
    ticket: TicketId,
    of: Of,
}

enum Of {
    File(i64),
    Mail(i64),
    Formatted(i64),
}

impl NamedFiles {
    /// Takes up what a message names.
    pub(super) fn note(&mut self, message: &Message, files: &[Attachment]) {
        let ticket = message.ticket;
        let mut note = |address: &str, of| {
            // What is no address was named by the walk over the rows, as it differs from the history.
            if let Some(hash) = hash_of(address) {
                self.0.entry(hash).or_insert(Place { ticket, of });
            }
        };
        for file in files {
            note(&file.blob, Of::File(file.id.0));
        }
        if let Some(raw) = &message.raw_blob {
            note(raw, Of::Mail(message.id.0));
        }
        if let Some(html) = &message.html_blob {
            note(html, Of::Formatted(message.id.0));
        }
    }
}

/// Reads every file once. Returns how many there were.
pub(super) async fn walk(
    desk: &Desk,
    files: NamedFiles,
    findings: &mut Findings,
    progress: &(dyn Fn(Progress) + Send + Sync),
) -> Result<i64, DeskError> {
    let mut checked = 0;
    for (hash, place) in files.0 {
        match desk.store().blobs().check(hash).await? {
            BlobCheck::Whole => {}
            BlobCheck::Gone => findings.add(place.place(), place.said("is gone"), None),
            BlobCheck::Changed => {
                let what = place.said("is not what was stored");
                findings.add(place.place(), what, None);
            }
        }
        checked += 1;
        if checked % 1_000 == 0 {
            progress(Progress::Files(checked));
        }
    }
    Ok(checked)
}

impl Place {
    fn place(&self) -> String {
        match self.of {
            Of::File(id) => format!("file {id} of ticket {}", self.ticket),
            Of::Mail(id) | Of::Formatted(id) => format!("message {id} of ticket {}", self.ticket),
        }
    }

    fn said(&self, what: &str) -> String {
        match self.of {
            Of::File(_) => format!("its content {what}"),
            Of::Mail(_) => format!("the mail as it came {what}"),
            Of::Formatted(_) => format!("its formatted text {what}"),
        }
    }
}
