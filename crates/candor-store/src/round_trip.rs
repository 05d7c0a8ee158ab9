//! The last test of each mailbox: mails that it sent to itself.
//!
//! Owns: the table `round_trip`. Must not know: what is tested.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::MailboxId;
use jiff::Timestamp;

const KEEP: Sql = Sql::Same(
    "insert into round_trip (mailbox_id, token, started_at, facts) values ($1, $2, $3, $4)
     on conflict (mailbox_id) do update set
       token = excluded.token, started_at = excluded.started_at, facts = excluded.facts",
);
const OF_MAILBOX: Sql =
    Sql::Same("select mailbox_id, token, started_at, facts from round_trip where mailbox_id = $1");
const BY_TOKEN: Sql =
    Sql::Same("select mailbox_id, token, started_at, facts from round_trip where token = $1");

/// A test as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundTripRow {
    /// Whose it is.
    pub mailbox: MailboxId,
    /// What its mails carry.
    pub token: String,
    /// When it was last begun.
    pub started_at: Timestamp,
    /// What was found so far, JSON.
    pub facts: String,
}

impl Tx<'_> {
    /// Keeps the test of a mailbox in place of the one before.
    pub fn keep_round_trip(&mut self, row: &RoundTripRow) -> Result<(), StoreError> {
        let values = params![
            row.mailbox,
            row.token.as_str(),
            row.started_at,
            row.facts.as_str()
        ];
        self.put(KEEP, &values)
    }

    /// The last test of a mailbox.
    pub fn round_trip(&mut self, mailbox: MailboxId) -> Result<Option<RoundTripRow>, StoreError> {
        self.query_opt(OF_MAILBOX, &params![mailbox], read_row)
    }

    /// The test whose mails carry this.
    pub fn round_trip_by_token(&mut self, token: &str) -> Result<Option<RoundTripRow>, StoreError> {
        self.query_opt(BY_TOKEN, &params![token], read_row)
    }
}

fn read_row(row: &Row<'_>) -> Result<RoundTripRow, StoreError> {
    Ok(RoundTripRow {
        mailbox: row.get(0)?,
        token: row.get(1)?,
        started_at: row.get(2)?,
        facts: row.get(3)?,
    })
}
