//! Blobs as rows, where several nodes must see them.
//!
//! Owns: the `blob_bytes` table of PostgreSQL. Must not know: which blobs go there.

use std::sync::Arc;

use jiff::Timestamp;

use crate::error::StoreError;
use crate::params;
use crate::postgres::Postgres;
use crate::sql::Sql;

/// One row's share of a large blob.
const CHUNK: usize = 1024 * 1024;

// SQLite has no such table: its blobs lie in the folder. The texts there ask the same of nothing.
const STAGE: Sql = Sql::PerEngine {
    sqlite: "select $1, $2, $3, $4",
    postgres: "insert into blob_bytes (hash, chunk, bytes, staged_at) values ($1, $2, $3, $4)
        on conflict (hash, chunk) do update set staged_at = excluded.staged_at",
};
const READ: Sql = Sql::PerEngine {
    sqlite: "select $1",
    postgres: "select bytes from blob_bytes where hash = $1 order by chunk",
};
// The row locks of staging and sweeping meet: a blob that is staged anew meanwhile has a later
// time when the sweep looks at it again, and stays.
const SWEEP: Sql = Sql::PerEngine {
    sqlite: "select $1",
    postgres: "delete from blob_bytes b
        where b.staged_at < $1 and not exists (select 1 from blob n where n.hash = b.hash)
        returning chunk",
};

/// The table of blobs.
pub(super) struct Table {
    postgres: Arc<Postgres>,
}

impl Table {
    pub(super) fn new(postgres: Arc<Postgres>) -> Self {
        Self { postgres }
    }

    pub(super) async fn stage(&self, hash: [u8; 32], bytes: Vec<u8>) -> Result<(), StoreError> {
        let at = Timestamp::now();
        self.postgres
            .write_plain(move |tx| {
                // An empty blob has one empty chunk, so that it is there.
                let chunks = bytes
                    .chunks(CHUNK)
                    .chain(bytes.is_empty().then_some(&[][..]));
                for (number, chunk) in chunks.enumerate() {
                    tx.execute(STAGE, &params![hash, number, chunk, at])?;
                }
                Ok(())
            })
            .await
    }

    pub(super) async fn read(&self, hash: [u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
        let chunks: Vec<Vec<u8>> = self
            .postgres
            .read(move |tx| tx.query(READ, &params![hash], |row| row.get::<Vec<u8>>(0)))
            .await?;
        Ok((!chunks.is_empty()).then(|| chunks.concat()))
    }

    pub(super) async fn sweep(&self, before: Timestamp) -> Result<usize, StoreError> {
        let chunks: Vec<i64> = self
            .postgres
            .write_plain(move |tx| tx.query(SWEEP, &params![before], |row| row.get(0)))
            .await?;
        Ok(chunks.into_iter().filter(|chunk| *chunk == 0).count())
    }
}
