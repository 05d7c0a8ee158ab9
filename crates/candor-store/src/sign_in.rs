//! How mailboxes are signed in at their providers: rows.
//!
//! Owns: the table `sign_in`. Must not know: tokens; what it keeps of them is encrypted.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::MailboxId;
use jiff::Timestamp;

const SIGN_IN: Sql = Sql::Same(
    "select refresh, signed_in_at, ends_at, failure, failure_detail, pending, pending_until
       from sign_in
      where mailbox_id = $1",
);
const KEEP_SIGN_IN: Sql = Sql::Same(
    "insert into sign_in (mailbox_id, refresh, signed_in_at, ends_at, failure, failure_detail,
                          pending, pending_until)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (mailbox_id) do update set
       refresh = excluded.refresh, signed_in_at = excluded.signed_in_at,
       ends_at = excluded.ends_at, failure = excluded.failure,
       failure_detail = excluded.failure_detail, pending = excluded.pending,
       pending_until = excluded.pending_until",
);
const FORGET_SIGN_IN: Sql = Sql::Same("delete from sign_in where mailbox_id = $1");

/// How a mailbox is signed in, and what somebody began.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignInRow {
    /// The encrypted refresh token; empty while nobody signed in.
    pub refresh: String,
    /// When somebody signed in.
    pub signed_in_at: Option<Timestamp>,
    /// When access ends by itself, where the provider says so.
    pub ends_at: Option<Timestamp>,
    /// The id of what went wrong last; empty while all is well.
    pub failure: String,
    /// What the provider said about it, word for word.
    pub failure_detail: String,
    /// What somebody began and did not finish, encrypted; empty where nothing was begun.
    pub pending: String,
    /// For how long that can be finished.
    pub pending_until: Option<Timestamp>,
}

impl Tx<'_> {
    /// How a mailbox is signed in; the default before anybody began.
    pub fn sign_in(&mut self, mailbox: MailboxId) -> Result<SignInRow, StoreError> {
        let found = self.query_opt(SIGN_IN, &params![mailbox], read_sign_in)?;
        Ok(found.unwrap_or_default())
    }

    /// Remembers it.
    pub fn keep_sign_in(&mut self, mailbox: MailboxId, row: &SignInRow) -> Result<(), StoreError> {
        let values = params![
            mailbox,
            row.refresh.as_str(),
            row.signed_in_at,
            row.ends_at,
            row.failure.as_str(),
            row.failure_detail.as_str(),
            row.pending.as_str(),
            row.pending_until
        ];
        self.put(KEEP_SIGN_IN, &values)
    }

    /// Forgets it.
    pub fn forget_sign_in(&mut self, mailbox: MailboxId) -> Result<(), StoreError> {
        self.put(FORGET_SIGN_IN, &params![mailbox])
    }
}

fn read_sign_in(row: &Row<'_>) -> Result<SignInRow, StoreError> {
    Ok(SignInRow {
        refresh: row.get(0)?,
        signed_in_at: row.get(1)?,
        ends_at: row.get(2)?,
        failure: row.get(3)?,
        failure_detail: row.get(4)?,
        pending: row.get(5)?,
        pending_until: row.get(6)?,
    })
}
