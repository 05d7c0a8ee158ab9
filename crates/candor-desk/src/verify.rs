//! Checking the history, and what people see against it.
//!
//! Owns: the walk over all entries, checkpoints, rows and files, and naming what is wrong in plain
//! words.
//! Must not know: how to mend it.
//!
//! Every row that people see is named, with its state, by the entry of each change. So the last
//! entry that names a row says what must stand there now; a row that says something else was
//! changed behind the desk's back. The entries themselves are held together by a code under a key
//! outside the database, by gap-free positions, and by signed checkpoints, of which a copy lies
//! outside the database too.
//!
//! The limit: whoever holds the keys and the data folder can write another history. Only a
//! checkpoint that was kept elsewhere notices that.

mod chain;
mod file;
mod finding;
mod rows;
mod state;
mod words;

pub use finding::{Finding, Report};

use crate::cx::Desk;
use crate::error::DeskError;
use crate::seal::{self, FileNotes};
use candor_domain::actor::Actor;
use candor_domain::permission::Permission;
use candor_store::Tx;
use file::NamedFiles;
use finding::Findings;
use state::Known;
use std::sync::Arc;

/// How far a check came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Entries checked so far.
    Entries(i64),
    /// Rows checked so far.
    Rows(i64),
    /// Files and mails checked so far.
    Files(i64),
}

/// What the parts of a check share.
struct Inspection<'a> {
    keys: VerifyKeys,
    known: Known,
    files: NamedFiles,
    findings: Findings,
    progress: &'a (dyn Fn(Progress) + Send + Sync),
}

#[derive(Clone, Copy)]
struct VerifyKeys {
    journal: [u8; 32],
    seal: [u8; 32],
}

/// Checks everything on one snapshot, then the bytes of files and mails that its messages name.
/// Memory grows by about 60 bytes a row, whatever its size, and by about 100 for each file.
///
/// # Errors
/// `NotAllowed` without the right to the history; `Unavailable` when the database goes away.
pub async fn verify(
    desk: &Desk,
    actor: &Actor,
    progress: impl Fn(Progress) + Send + Sync + 'static,
) -> Result<Report, DeskError> {
    desk.cx(actor).may_at_all(Permission::ReadHistory)?;
    let keys = VerifyKeys {
        journal: desk.store().config().keys.journal,
        seal: desk.config().keys.seal,
    };
    // Opened before the snapshot: what is sealed meanwhile is in the snapshot or in neither.
    let path = seal::file_path(desk);
    let notes = FileNotes::open(&path)
        .map_err(|error| DeskError::Internal(format!("{}: {error}", path.display())))?;
    let notes: Vec<String> = notes.into_iter().flatten().collect();
    let progress = Arc::new(progress);
    let cx = desk.cx(actor);
    let told = Arc::clone(&progress);
    let (chain, rows, files, mut findings) = desk
        .store()
        .read(move |tx: &mut Tx<'_>| {
            let mut inspection = Inspection {
                keys,
                known: Known::default(),
                files: NamedFiles::default(),
                findings: Findings::default(),
                progress: &*told,
            };
            let chain = chain::walk(tx, &mut inspection, &notes)?;
            let rows = rows::walk(tx, &cx, &mut inspection)?;
            rows::name_the_missing(tx, &mut inspection)?;
            Ok::<_, DeskError>((chain, rows, inspection.files, inspection.findings))
        })
        .await?;
    let files = file::walk(desk, files, &mut findings, &*progress).await?;
    Ok(findings.into_report(chain, rows, files))
}
