//! Addresses at which people's calendars read their shifts.
//!
//! Owns: the table `shift_feed`. Must not know: the addresses; it sees their hashes only.

use crate::{Sql, StoreError, Tx, params};
use candor_domain::id::PersonId;
use jiff::Timestamp;

const KEEP: Sql = Sql::Same(
    "insert into shift_feed (person_id, secret_hash, made_at)
     values ($1, $2, $3)
     on conflict (person_id) do update
        set secret_hash = excluded.secret_hash, made_at = excluded.made_at",
);
const BY_HASH: Sql = Sql::Same("select person_id from shift_feed where secret_hash = $1");
const MADE_AT: Sql = Sql::Same("select made_at from shift_feed where person_id = $1");
const DROP: Sql = Sql::Same("delete from shift_feed where person_id = $1");

impl Tx<'_> {
    /// Stores the address of a person; the one before leads nowhere then.
    pub fn keep_shift_feed(
        &mut self,
        person: PersonId,
        hash: &[u8],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.put(KEEP, &params![person, hash, at])
    }

    /// Whose shifts an address shows.
    pub fn shift_feed_of(&mut self, hash: &[u8]) -> Result<Option<PersonId>, StoreError> {
        self.query_opt(BY_HASH, &params![hash], |row| row.get(0))
    }

    /// Since when a person has an address.
    pub fn shift_feed_since(&mut self, person: PersonId) -> Result<Option<Timestamp>, StoreError> {
        self.query_opt(MADE_AT, &params![person], |row| row.get(0))
    }

    /// Forgets the address of a person.
    pub fn drop_shift_feed(&mut self, person: PersonId) -> Result<(), StoreError> {
        self.put(DROP, &params![person])
    }
}
