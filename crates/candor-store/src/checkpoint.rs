//! What the sealer keeps: signed sizes of the Merkle log and its right edge.
//!
//! Owns: the `checkpoint` table. Must not know: hashing, signing.

use jiff::Timestamp;

use crate::error::StoreError;
use crate::params;
use crate::row::Row;
use crate::sql::Sql;
use crate::tx::Tx;

/// The log as it was sealed at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCheckpoint {
    /// Entries that the log covered.
    pub size: i64,
    /// The root of its tree.
    pub root: [u8; 32],
    /// The compact range from which it grows on.
    pub frontier: Vec<u8>,
    /// The signed note, as published.
    pub note: String,
    /// When it was sealed.
    pub at: Timestamp,
}

const LAST_CHECKPOINT: Sql =
    Sql::Same("select size, root, frontier, note, at from checkpoint order by size desc limit 1");

const CHECKPOINTS: Sql = Sql::Same(
    "select size, root, frontier, note, at
    from checkpoint
    where size > $1
    order by size
    limit $2",
);

const SAVE_CHECKPOINT: Sql = Sql::Same(
    "insert into checkpoint (size, root, frontier, note, at) values ($1, $2, $3, $4, $5)",
);

impl Tx<'_> {
    /// The newest checkpoint.
    pub fn last_checkpoint(&mut self) -> Result<Option<StoredCheckpoint>, StoreError> {
        self.query_opt(LAST_CHECKPOINT, &[], checkpoint)
    }

    /// Checkpoints of logs larger than `size`, smallest first.
    pub fn checkpoints_after(
        &mut self,
        size: i64,
        limit: i64,
    ) -> Result<Vec<StoredCheckpoint>, StoreError> {
        self.query(CHECKPOINTS, &params![size, limit], checkpoint)
    }

    /// Keeps a checkpoint. A size can be sealed once only: two sealers at work end in a conflict
    /// for the later one.
    pub fn save_checkpoint(&mut self, new: &StoredCheckpoint) -> Result<(), StoreError> {
        let params = params![new.size, new.root, new.frontier, new.note, new.at];
        self.put(SAVE_CHECKPOINT, &params)?;
        Ok(())
    }
}

fn checkpoint(row: &Row<'_>) -> Result<StoredCheckpoint, StoreError> {
    Ok(StoredCheckpoint {
        size: row.get(0)?,
        root: row.get(1)?,
        frontier: row.get(2)?,
        note: row.get(3)?,
        at: row.get(4)?,
    })
}
