//! Sealing the history: a signed statement of how long it is and what it holds.
//!
//! Owns: growing the Merkle log by the entries that have a position, signing its size and root,
//! and the copy of each checkpoint outside the database. Must not know: what entries mean.
//!
//! The file beside the database is what notices a database that was put back to an earlier state:
//! while the file knows a longer history than the database, nothing is sealed, because a second
//! history of the same length would be signed.

mod file;

pub use file::CHECKPOINT_FILE;
pub(crate) use file::{FileNotes, body_of, path as file_path};

use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::DeskError;
use candor_domain::actor::Actor;
use candor_domain::permission::Permission;
use candor_ledger::{Checkpoint, Frontier, SigningKey};
use candor_store::Tx;
use candor_store::checkpoint::StoredCheckpoint;
use jiff::Timestamp;

/// Entries that one transaction seals.
const CHUNK: i64 = 500;

/// Seals what has a position and is not sealed yet, at most 500 entries. Answers with the signed
/// note, or `None` when there is nothing new.
pub struct Seal;

/// A signed checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Entries that it covers.
    pub size: i64,
    /// The signed note (C2SP tlog-checkpoint).
    pub note: String,
}

impl Verb for Seal {
    type Output = Option<Sealed>;

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        if cx.actor != Actor::System {
            return Err(DeskError::NotAllowed(
                "only the desk itself seals the history",
            ));
        }
        let last = tx.last_checkpoint()?;
        let mut frontier = last
            .as_ref()
            .map_or_else(|| Ok(Frontier::new()), frontier_of)?;
        let entries = tx.entries_after(frontier.size() as i64, CHUNK)?;
        if entries.is_empty() {
            return Ok(None);
        }
        for entry in &entries {
            let next = frontier.size() as i64 + 1;
            if entry.position != Some(next) {
                return Err(broken(&format!(
                    "entry {next} is missing; nothing more is sealed"
                )));
            }
            frontier.append(entry.leaf().hash());
        }
        let checkpoint = Checkpoint {
            origin: origin_of(cx.public_url()).to_owned(),
            size: frontier.size(),
            root: frontier.root(),
        };
        let key = SigningKey::from_bytes(&checkpoint.origin, &cx.keys().seal);
        let key = key.map_err(|error| broken(&error.to_string()))?;
        let note = checkpoint
            .sign(&key)
            .map_err(|error| broken(&error.to_string()))?;
        let size = frontier.size() as i64;
        tx.save_checkpoint(&StoredCheckpoint {
            size,
            root: checkpoint.root,
            frontier: frontier.to_bytes(),
            note: note.clone(),
            at: cx.now(),
        })?;
        Ok(Some(Sealed { size, note }))
    }
}

/// How long the history is, and how far it is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryStand {
    /// Entries that have a position.
    pub entries: i64,
    /// Entries that the last checkpoint covers, and when it was signed.
    pub sealed: Option<(i64, Timestamp)>,
    /// The signed note of the last checkpoint; empty while there is none.
    pub note: String,
}

/// Asks for the stand of the history.
pub struct HistoryStands;

impl Query for HistoryStands {
    type Output = HistoryStand;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<HistoryStand, DeskError> {
        cx.may_at_all(Permission::ReadHistory)?;
        let last = tx.last_checkpoint()?;
        Ok(HistoryStand {
            entries: tx.last_position()?,
            sealed: last.as_ref().map(|last| (last.size, last.at)),
            note: last.map(|last| last.note).unwrap_or_default(),
        })
    }
}

/// Seals everything that is new and copies each checkpoint to the file beside the database.
///
/// # Errors
/// `Internal` when the file knows a longer history than the database.
pub async fn seal_new(desk: &Desk) -> Result<usize, DeskError> {
    refuse_after_rollback(desk).await?;
    let mut sealed = 0;
    while let Some(checkpoint) = desk.run(&Actor::System, Seal).await? {
        file::append(desk, checkpoint.note).await?;
        sealed += 1;
    }
    Ok(sealed)
}

async fn refuse_after_rollback(desk: &Desk) -> Result<(), DeskError> {
    let Some(known) = file::newest(desk).await? else {
        return Ok(());
    };
    let last: Result<_, DeskError> = desk
        .store()
        .read(|tx: &mut Tx<'_>| Ok(tx.last_checkpoint()?))
        .await;
    let size = last?.map_or(0, |checkpoint| checkpoint.size);
    if known.size <= size as u64 {
        return Ok(());
    }
    Err(broken(&format!(
        "the database was put back: it is sealed up to entry {size}, and {CHECKPOINT_FILE} knows \
         entry {}; nothing is sealed until that file is moved away",
        known.size
    )))
}

fn frontier_of(last: &StoredCheckpoint) -> Result<Frontier, DeskError> {
    let frontier =
        Frontier::from_bytes(&last.frontier).map_err(|error| broken(&error.to_string()))?;
    if frontier.size() != last.size as u64 || frontier.root() != last.root {
        return Err(broken(
            "the stored edge of the history does not fit its checkpoint",
        ));
    }
    Ok(frontier)
}

fn broken(why: &str) -> DeskError {
    DeskError::Internal(why.to_owned())
}

/// The log's name: the host of the public address, with its port where it names one.
fn origin_of(public_url: &str) -> &str {
    let rest = public_url
        .split_once("://")
        .map_or(public_url, |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or(rest);
    if host.is_empty() { "candor" } else { host }
}
