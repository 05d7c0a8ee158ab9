//! Blobs as rows: the small ones everywhere, and all where nodes share no folder.
//!
//! Owns: the tables `blob_bytes` and `blob_unnamed`. Must not know: which blobs go there.
//!
//! A small mail as a row shares its sync with other mails; as a file it would need two of its own.

use std::sync::Arc;

use jiff::Timestamp;

use crate::error::StoreError;
use crate::params;
use crate::postgres::Postgres;
use crate::sql::Sql;
use crate::sqlite::Sqlite;
use crate::tx::Tx;

/// One row's share of a large blob.
const CHUNK: usize = 1024 * 1024;

const STAGE: Sql = Sql::Same(
    "insert into blob_unnamed (hash, staged_at) values ($1, $2)
    on conflict (hash) do update set staged_at = excluded.staged_at",
);
const WRITE: Sql = Sql::Same(
    "insert into blob_bytes (hash, chunk, bytes) values ($1, $2, $3)
    on conflict (hash, chunk) do nothing",
);
const READ: Sql = Sql::Same("select bytes from blob_bytes where hash = $1 order by chunk");
const FORGET_OLD: Sql = Sql::Same("delete from blob_unnamed where staged_at < $1 returning hash");
const ERASE: Sql = Sql::Same(
    "delete from blob_bytes
    where hash = $1 and not exists (select 1 from blob where blob.hash = $1)",
);

/// The tables of blobs.
pub(super) enum Table {
    /// In the one file.
    Sqlite(Arc<Sqlite>),
    /// Where all nodes see them.
    Postgres(Arc<Postgres>),
}

impl Table {
    pub(super) async fn stage(&self, hash: [u8; 32], bytes: Vec<u8>) -> Result<(), StoreError> {
        let at = Timestamp::now();
        self.write(move |tx| {
            // First the row that a sweep takes first: so one of the two waits for the other, and a
            // blob that is staged while it is swept has its bytes written anew.
            tx.put(STAGE, &params![hash, at])?;
            // An empty blob has one empty chunk, so that it is there.
            let chunks = bytes
                .chunks(CHUNK)
                .chain(bytes.is_empty().then_some(&[][..]));
            for (number, chunk) in chunks.enumerate() {
                tx.put(WRITE, &params![hash, number, chunk])?;
            }
            Ok(())
        })
        .await
    }

    pub(super) async fn read(&self, hash: [u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
        let read =
            move |tx: &mut Tx<'_>| tx.query(READ, &params![hash], |row| row.get::<Vec<u8>>(0));
        let chunks = match self {
            Self::Sqlite(sqlite) => sqlite.readers.read(read).await?,
            Self::Postgres(postgres) => postgres.read(read).await?,
        };
        Ok((!chunks.is_empty()).then(|| chunks.concat()))
    }

    pub(super) async fn sweep(&self, before: Timestamp) -> Result<usize, StoreError> {
        self.write(move |tx| {
            let old = tx.query(FORGET_OLD, &params![before], |row| row.get::<[u8; 32]>(0))?;
            let mut swept = 0;
            for hash in old {
                swept += usize::from(tx.execute(ERASE, &params![hash])? > 0);
            }
            Ok(swept)
        })
        .await
    }

    async fn write<T, F>(&self, closure: F) -> Result<T, StoreError>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
        T: Send + 'static,
    {
        match self {
            Self::Sqlite(sqlite) => sqlite.writer.write(closure).await,
            Self::Postgres(postgres) => postgres.write_plain(closure).await,
        }
    }
}
