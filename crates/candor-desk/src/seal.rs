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
use std::time::Duration;

/// Entries that are read in one snapshot.
const STRETCH: i64 = 500;
/// Entries after which a checkpoint is signed at the latest.
const LONGEST: u64 = 1_000;
/// Pause between two stretches: a history that was loaded at once is sealed beside people who work.
const BREATH: Duration = Duration::from_millis(20);

/// What is sealed so far, in memory: the log with the stretches read since its last checkpoint.
struct Sealer {
    /// Entries that the last checkpoint covers.
    sealed: i64,
    frontier: Frontier,
}

/// Reads the next stretch of entries and appends it.
struct Read {
    frontier: Frontier,
}

/// The log with a stretch more, and whether that was a full one.
struct Grown {
    frontier: Frontier,
    more: bool,
}

impl Query for Read {
    type Output = Grown;

    fn read(&self, tx: &mut Tx<'_>, _cx: &Cx) -> Result<Grown, DeskError> {
        let mut frontier = self.frontier.clone();
        let entries = tx.entries_after(frontier.size() as i64, STRETCH)?;
        for entry in &entries {
            let next = frontier.size() as i64 + 1;
            if entry.position != Some(next) {
                return Err(broken(&format!(
                    "entry {next} is missing; nothing more is sealed"
                )));
            }
            frontier.append(entry.leaf().hash());
        }
        Ok(Grown {
            frontier,
            more: entries.len() as i64 == STRETCH,
        })
    }
}

/// Keeps the signed checkpoint of a log that was read before. Reading and hashing were done aside,
/// so that no change of the desk waits for them; entries that have a position never change.
struct KeepCheckpoint {
    /// Entries that the checkpoint before covers.
    after: i64,
    frontier: Frontier,
}

impl Verb for KeepCheckpoint {
    /// The signed note (C2SP tlog-checkpoint).
    type Output = String;

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<String, DeskError> {
        let last = tx.last_checkpoint()?.map_or(0, |last| last.size);
        if last != self.after {
            return Err(broken("another process seals the history"));
        }
        let checkpoint = Checkpoint {
            origin: origin_of(cx.public_url()).to_owned(),
            size: self.frontier.size(),
            root: self.frontier.root(),
        };
        let key = SigningKey::from_bytes(&checkpoint.origin, &cx.keys().seal);
        let key = key.map_err(|error| broken(&error.to_string()))?;
        let note = checkpoint
            .sign(&key)
            .map_err(|error| broken(&error.to_string()))?;
        tx.save_checkpoint(&StoredCheckpoint {
            size: self.frontier.size() as i64,
            root: checkpoint.root,
            frontier: self.frontier.to_bytes(),
            note: note.clone(),
            at: cx.now(),
        })?;
        Ok(note)
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

/// Seals everything that is new and copies each checkpoint to the file beside the database. Says
/// how many checkpoints that made: one, but for a history that was loaded at once.
///
/// # Errors
/// `Internal` when the file knows a longer history than the database.
pub async fn seal_new(desk: &Desk) -> Result<usize, DeskError> {
    let mut sealer = Sealer::begin(desk).await?;
    let mut checkpoints = 0;
    loop {
        let more = sealer.read(desk).await?;
        let new = sealer.frontier.size() - sealer.sealed as u64;
        if new >= LONGEST || (!more && new > 0) {
            sealer.keep(desk).await?;
            checkpoints += 1;
        }
        if !more {
            return Ok(checkpoints);
        }
        tokio::time::sleep(BREATH).await;
    }
}

impl Sealer {
    /// Takes up the log where its last checkpoint left it.
    async fn begin(desk: &Desk) -> Result<Self, DeskError> {
        let last: Result<_, DeskError> = desk
            .store()
            .read(|tx: &mut Tx<'_>| Ok(tx.last_checkpoint()?))
            .await;
        let last = last?;
        let sealed = last.as_ref().map_or(0, |last| last.size);
        refuse_after_rollback(desk, sealed).await?;
        let frontier = last.map_or_else(|| Ok(Frontier::new()), |last| frontier_of(&last))?;
        Ok(Self { sealed, frontier })
    }

    /// Reads a stretch; says whether there may be another.
    async fn read(&mut self, desk: &Desk) -> Result<bool, DeskError> {
        let frontier = self.frontier.clone();
        let grown = desk.ask(&Actor::System, Read { frontier }).await?;
        self.frontier = grown.frontier;
        Ok(grown.more)
    }

    /// Signs what was read.
    async fn keep(&mut self, desk: &Desk) -> Result<(), DeskError> {
        let keep = KeepCheckpoint {
            after: self.sealed,
            frontier: self.frontier.clone(),
        };
        let note = desk.run(&Actor::System, keep).await?;
        self.sealed = self.frontier.size() as i64;
        file::append(desk, note).await
    }
}

async fn refuse_after_rollback(desk: &Desk, size: i64) -> Result<(), DeskError> {
    let Some(known) = file::newest(desk).await? else {
        return Ok(());
    };
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
