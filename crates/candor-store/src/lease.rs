//! Leases: one holder at a time, until it stops renewing.
//!
//! Owns: the `lease` table. Must not know: what is done under a lease.

use jiff::Timestamp;

use crate::error::StoreError;
use crate::params;
use crate::sql::Sql;
use crate::tx::Tx;

const TAKE_LEASE: Sql = Sql::Same(
    "insert into lease (name, holder, until) values ($1, $2, $3)
    on conflict (name) do update set holder = excluded.holder, until = excluded.until
    where lease.holder = excluded.holder or lease.until <= $4
    returning 1",
);

impl Tx<'_> {
    /// Takes or renews a lease; false while somebody else holds it.
    ///
    /// What is written in the same transaction is safe from a former holder whose lease ran out:
    /// both touch the lease's row.
    pub fn take_lease(
        &mut self,
        name: &str,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<bool, StoreError> {
        let params = params![name, holder, until, now];
        let taken = self.query_opt(TAKE_LEASE, &params, |row| row.get::<i64>(0))?;
        Ok(taken.is_some())
    }
}
