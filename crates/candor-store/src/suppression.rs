//! Addresses that do not work.
//!
//! Owns: the table `suppression`. Must not know: when an address counts as dead.

use crate::{Row, Sql, StoreError, Stretch, Tx, params};
use candor_domain::id::{MessageId, SuppressionId};
use candor_domain::suppression::Suppression;

const KEEP: Sql = Sql::Same(
    "insert into suppression (address, cause, status, diagnostic, message_id, at, released_at, salt)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (address) do update set
       cause = excluded.cause, status = excluded.status, diagnostic = excluded.diagnostic,
       message_id = excluded.message_id, at = excluded.at, released_at = excluded.released_at,
       salt = excluded.salt
     returning id",
);
const ONE: Sql = Sql::Same(
    "select id, address, cause, status, diagnostic, message_id, at, released_at, salt
       from suppression
      where id = $1",
);
const BY_ADDRESS: Sql = Sql::Same(
    "select id, address, cause, status, diagnostic, message_id, at, released_at, salt
       from suppression
      where address = $1",
);
const ACTIVE: Sql = Sql::Same(
    "select id, address, cause, status, diagnostic, message_id, at, released_at, salt
       from suppression
      where released_at is null and id < $1
      order by id desc
      limit $2",
);
const ACTIVE_BEFORE: Sql = Sql::Same(
    "select id, address, cause, status, diagnostic, message_id, at, released_at, salt
       from suppression
      where released_at is null and id > $1
      order by id
      limit $2",
);
const AFTER: Sql = Sql::Same(
    "select id, address, cause, status, diagnostic, message_id, at, released_at, salt
       from suppression
      where id > $1
      order by id
      limit $2",
);

impl Tx<'_> {
    /// Stores an address by what it is; sets the id.
    pub fn keep_suppression(&mut self, kept: &mut Suppression) -> Result<(), StoreError> {
        let values = params![
            kept.address.as_str(),
            kept.cause.as_str(),
            kept.status.as_str(),
            kept.diagnostic.as_str(),
            kept.message,
            kept.at,
            kept.released_at,
            kept.salt.as_slice(),
        ];
        kept.id = self.query_one(KEEP, &values, |row| row.get(0))?;
        Ok(())
    }

    /// One of them, released or not.
    pub fn suppression(&mut self, id: SuppressionId) -> Result<Option<Suppression>, StoreError> {
        self.query_opt(ONE, &params![id], read_suppression)
    }

    /// What is known of an address, released or not.
    pub fn suppression_of(&mut self, address: &str) -> Result<Option<Suppression>, StoreError> {
        self.query_opt(BY_ADDRESS, &params![address], read_suppression)
    }

    /// Those that mail is held for, newest first.
    pub fn active_suppressions(
        &mut self,
        stretch: Stretch<SuppressionId>,
        limit: i64,
    ) -> Result<Vec<Suppression>, StoreError> {
        let newest = SuppressionId(i64::MAX);
        let values = params![stretch.cursor().unwrap_or(newest), limit];
        if !stretch.goes_back() {
            return self.query(ACTIVE, &values, read_suppression);
        }
        let mut rows = self.query(ACTIVE_BEFORE, &values, read_suppression)?;
        rows.reverse();
        Ok(rows)
    }

    /// By number after one; for walks over all of them.
    pub fn suppressions_after(
        &mut self,
        after: SuppressionId,
        limit: i64,
    ) -> Result<Vec<Suppression>, StoreError> {
        self.query(AFTER, &params![after, limit], read_suppression)
    }
}

fn read_suppression(row: &Row<'_>) -> Result<Suppression, StoreError> {
    Ok(Suppression {
        id: row.get(0)?,
        address: row.get(1)?,
        cause: row.get(2)?,
        status: row.get(3)?,
        diagnostic: row.get(4)?,
        message: row.get::<Option<MessageId>>(5)?,
        at: row.get(6)?,
        released_at: row.get(7)?,
        salt: row.get(8)?,
    })
}
