//! Answers kept so that a repeated call has its effect once.
//!
//! Owns: the `idempotency` table. Must not know: requests, HTTP.

use jiff::Timestamp;

use crate::error::StoreError;
use crate::params;
use crate::sql::Sql;
use crate::tx::Tx;

/// The answer to a call that carried a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// SHA-256 of the request: the same key with another request is refused.
    pub request_hash: [u8; 32],
    /// The HTTP status.
    pub status: u16,
    /// The body, byte for byte.
    pub body: String,
    /// When it was given.
    pub created_at: Timestamp,
}

const LOOKUP: Sql = Sql::Same(
    "select request_hash, status, body, created_at
    from idempotency
    where owner = $1 and key = $2",
);

const KEEP: Sql = Sql::Same(
    "insert into idempotency (owner, key, request_hash, status, body, created_at)
    values ($1, $2, $3, $4, $5, $6)",
);

const FORGET: Sql = Sql::Same("delete from idempotency where created_at < $1");

impl Tx<'_> {
    /// The answer given before, if any. `owner` is the person or token that called.
    pub fn idempotency_lookup(
        &mut self,
        owner: &str,
        key: &str,
    ) -> Result<Option<KeptAnswer>, StoreError> {
        self.query_opt(LOOKUP, &params![owner, key], |row| {
            Ok(KeptAnswer {
                request_hash: row.get(0)?,
                status: row.get(1)?,
                body: row.get(2)?,
                created_at: row.get(3)?,
            })
        })
    }

    /// Keeps the answer, in the transaction of the change itself. Of two calls at once the second
    /// ends in a conflict; it then finds the first one's answer.
    pub fn idempotency_keep(
        &mut self,
        owner: &str,
        key: &str,
        answer: &KeptAnswer,
    ) -> Result<(), StoreError> {
        let params = params![
            owner,
            key,
            answer.request_hash,
            answer.status,
            answer.body,
            answer.created_at,
        ];
        self.put(KEEP, &params)?;
        Ok(())
    }

    /// Forgets answers given before a moment.
    pub fn idempotency_forget(&mut self, before: Timestamp) -> Result<u64, StoreError> {
        self.execute(FORGET, &params![before])
    }
}
