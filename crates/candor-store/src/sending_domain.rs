//! What the DNS said about our domains, and how much was sent: rows.
//!
//! Owns: the tables `domain_look` and `send_mark`. Must not know: what a record should say, what the
//! limits are.

use crate::{Row, Sql, StoreError, Tx, params};
use jiff::Timestamp;

const DOMAIN_LOOK: Sql = Sql::Same("select looked_at, found from domain_look where domain = $1");
const KEEP_DOMAIN_LOOK: Sql = Sql::Same(
    "insert into domain_look (domain, looked_at, found)
     values ($1, $2, $3)
     on conflict (domain) do update set looked_at = excluded.looked_at, found = excluded.found",
);
const MARK_SENT: Sql = Sql::Same("insert into send_mark (way, at) values ($1, $2)");
const SENT_SINCE: Sql =
    Sql::Same("select count(*), coalesce(min(at), 0) from send_mark where way = $1 and at > $2");
const FORGET_SENT: Sql = Sql::Same("delete from send_mark where at <= $1");

/// What the last look at a domain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainLook {
    /// When.
    pub looked_at: Timestamp,
    /// What, in the words of whoever looked.
    pub found: String,
}

impl Tx<'_> {
    /// What the last look at a domain found; `None` before the first.
    pub fn domain_look(&mut self, domain: &str) -> Result<Option<DomainLook>, StoreError> {
        let read = |row: &Row<'_>| {
            Ok(DomainLook {
                looked_at: row.get(0)?,
                found: row.get(1)?,
            })
        };
        self.query_opt(DOMAIN_LOOK, &params![domain], read)
    }

    /// Remembers it.
    pub fn keep_domain_look(&mut self, domain: &str, look: &DomainLook) -> Result<(), StoreError> {
        let values = params![domain, look.looked_at, look.found.as_str()];
        self.put(KEEP_DOMAIN_LOOK, &values)
    }

    /// Notes that a mail is handed over now on this way: the desk's, which has no name, or that of
    /// an account.
    pub fn mark_sent(&mut self, way: &str, at: Timestamp) -> Result<(), StoreError> {
        self.put(MARK_SENT, &params![way, at])
    }

    /// How many mails were handed over on a way after a moment, and when the first of them was.
    pub fn sent_since(
        &mut self,
        way: &str,
        after: Timestamp,
    ) -> Result<(i64, Timestamp), StoreError> {
        self.query_one(SENT_SINCE, &params![way, after], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Forgets what lies longer back than any limit counts.
    pub fn forget_sent(&mut self, until: Timestamp) -> Result<(), StoreError> {
        self.put(FORGET_SENT, &params![until])
    }
}
