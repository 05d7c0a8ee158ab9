//! Bytes that are too large or too dull for a row: raw mails and attachments.
//!
//! Owns: staging them durably before the verb that names them, reading them, checking them, sweeping
//! what was never named. Must not know: whose they are; a scope keeps equal bytes of two customers
//! apart.
//!
//! What is stored is what the address is the SHA-256 of: the scope, a zero byte, the bytes. So
//! anybody can check a file with `sha256sum`, and nothing else has to be kept for it.
//!
//! The folder is our own code and not `object_store`: its local backend renames a file into place
//! without a sync of the file or of the folder, and a mail that was answered with 250 must survive
//! a power cut. What both places have in common is small enough to state here.

mod folder;
mod table;

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use crate::error::{ErrorKind, StoreError};
use crate::params;
use crate::postgres::Postgres;
use crate::sql::Sql;
use crate::sqlite::Sqlite;
use crate::tx::Tx;

use folder::Folder;
use table::Table;

/// Larger blobs of a SQLite desk are files: a copy of the database stays handy.
const LARGEST_IN_SQLITE: usize = 64 * 1024;
/// Larger blobs of a PostgreSQL desk are files where all nodes see the same folder.
const LARGEST_IN_POSTGRES: usize = 256 * 1024;
/// A verb that names a blob follows its staging within moments; a day is far beyond that.
const UNNAMED_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// The address and the size of a blob.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct BlobRef {
    /// SHA-256 of the scope, a zero byte and the bytes. The same bytes of two scopes have two
    /// addresses, so that nobody learns from a shared one that somebody else sent the same file.
    pub hash: [u8; 32],
    /// The number of bytes.
    pub size: i64,
}

impl fmt::Debug for BlobRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobRef({}, {})", hex::encode(self.hash), self.size)
    }
}

/// What a check of a blob found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlobCheck {
    /// The bytes are those that were stored.
    Whole,
    /// There are no bytes.
    Gone,
    /// There are other bytes.
    Changed,
}

/// Where blobs are kept.
pub struct Blobs {
    folder: Arc<Folder>,
    table: Table,
    largest_in_table: usize,
}

impl Blobs {
    pub(crate) fn with_sqlite(data_dir: &Path, sqlite: Arc<Sqlite>) -> Result<Self, StoreError> {
        Self::new(data_dir, Table::Sqlite(sqlite), LARGEST_IN_SQLITE)
    }

    pub(crate) fn with_postgres(
        data_dir: &Path,
        postgres: Arc<Postgres>,
        shared_folder: bool,
    ) -> Result<Self, StoreError> {
        let largest = if shared_folder {
            LARGEST_IN_POSTGRES
        } else {
            usize::MAX
        };
        Self::new(data_dir, Table::Postgres(postgres), largest)
    }

    fn new(data_dir: &Path, table: Table, largest_in_table: usize) -> Result<Self, StoreError> {
        Ok(Self {
            folder: Arc::new(Folder::open(&data_dir.join("blobs"))?),
            table,
            largest_in_table,
        })
    }

    /// Makes bytes durable. They stay for a day; [`Tx::name_blob`] keeps them longer. Staging the
    /// same again gives the same address and another day.
    pub async fn stage(&self, scope: &str, bytes: Vec<u8>) -> Result<BlobRef, StoreError> {
        let size = bytes.len();
        let stored = [scope.as_bytes(), &[0], &bytes].concat();
        let blob = BlobRef {
            hash: Sha256::digest(&stored).into(),
            size: size as i64,
        };
        if size <= self.largest_in_table {
            self.table.stage(blob.hash, stored).await?;
        } else {
            let stage = move |folder: &Folder| folder.stage(&blob.hash, &stored);
            in_background(&self.folder, stage).await?;
        }
        Ok(blob)
    }

    /// Reads bytes; none when they are not there.
    pub async fn read(&self, hash: [u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
        let stored = self.stored(hash).await?;
        Ok(stored.map(|mut stored| {
            let scope = stored.iter().position(|byte| *byte == 0);
            stored.drain(..scope.map_or(0, |end| end + 1));
            stored
        }))
    }

    /// Whether the bytes behind an address are there and are those that were stored.
    pub async fn check(&self, hash: [u8; 32]) -> Result<BlobCheck, StoreError> {
        Ok(match self.stored(hash).await? {
            None => BlobCheck::Gone,
            Some(stored) if <[u8; 32]>::from(Sha256::digest(&stored)) == hash => BlobCheck::Whole,
            Some(_) => BlobCheck::Changed,
        })
    }

    async fn stored(&self, hash: [u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
        if let Some(stored) = self.table.read(hash).await? {
            return Ok(Some(stored));
        }
        in_background(&self.folder, move |folder| folder.read(&hash)).await
    }

    /// Removes what was staged more than a day before `now` and never named. Says how many.
    pub async fn sweep(&self, store: &crate::Store, now: Timestamp) -> Result<usize, StoreError> {
        let before = now
            .checked_sub(UNNAMED_LIFE)
            .map_err(|error| StoreError::with("sweep blobs", ErrorKind::Broken, error))?;
        let mut swept = self.table.sweep(before).await?;
        let old = in_background(&self.folder, move |folder| folder.older_than(before)).await?;
        for hashes in old.chunks(64) {
            let hashes = hashes.to_vec();
            let unnamed = store.read(move |tx| unnamed(tx, &hashes)).await?;
            let remove = move |folder: &Folder| folder.remove(&unnamed, before);
            swept += in_background(&self.folder, remove).await?;
        }
        Ok(swept)
    }
}

async fn in_background<T: Send + 'static>(
    folder: &Arc<Folder>,
    work: impl FnOnce(&Folder) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    let folder = Arc::clone(folder);
    tokio::task::spawn_blocking(move || work(&folder))
        .await
        .unwrap_or_else(|error| Err(StoreError::with("use a blob", ErrorKind::Broken, error)))
}

const NAME: Sql = Sql::Same(
    "insert into blob (hash, size, named_at) values ($1, $2, $3)
    on conflict (hash) do nothing",
);
const IS_NAMED: Sql = Sql::Same("delete from blob_unnamed where hash = $1");
const NAMED: Sql = Sql::Same("select 1 from blob where hash = $1");
const UNNAME: Sql = Sql::Same(
    "insert into blob_unnamed (hash, staged_at) values ($1, $2) on conflict (hash) do nothing",
);
const FORGET: Sql = Sql::Same("delete from blob where hash = $1");

impl Tx<'_> {
    /// Keeps a staged blob for good, in the transaction of the row that refers to it.
    pub fn name_blob(&mut self, blob: &BlobRef, at: Timestamp) -> Result<(), StoreError> {
        self.put(NAME, &params![blob.hash, blob.size, at])?;
        self.put(IS_NAMED, &params![blob.hash])
    }

    /// Lets a blob go: its bytes are removed by the first sweep that finds them older than a day
    /// at `at`.
    pub fn forget_blob(&mut self, hash: [u8; 32], at: Timestamp) -> Result<(), StoreError> {
        self.put(FORGET, &params![hash])?;
        self.put(UNNAME, &params![hash, at])
    }
}

fn unnamed(tx: &mut Tx<'_>, hashes: &[[u8; 32]]) -> Result<Vec<[u8; 32]>, StoreError> {
    let mut unnamed = Vec::new();
    for hash in hashes {
        let named = tx.query_opt(NAMED, &params![hash], |row| row.get::<i64>(0))?;
        if named.is_none() {
            unnamed.push(*hash);
        }
    }
    Ok(unnamed)
}
