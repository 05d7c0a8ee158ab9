//! One-time secrets and failed tries.
//!
//! Owns: the tables `passkey` and `login_failure`. Must not know: the secrets themselves.

use crate::{Sql, StoreError, Tx, params};
use candor_domain::id::PersonId;
use jiff::Timestamp;

const INSERT_PASSKEY: Sql = Sql::Same(
    "insert into passkey (token_hash, person_id, purpose, created_at, expires_at)
     values ($1, $2, $3, $4, $5)",
);
const PASSKEY: Sql = Sql::Same(
    "select person_id, expires_at, used_at
       from passkey
      where token_hash = $1 and purpose = $2",
);
const USE_PASSKEY: Sql =
    Sql::Same("update passkey set used_at = $2 where token_hash = $1 and used_at is null");
const DROP_PASSKEYS_OF: Sql = Sql::Same("delete from passkey where person_id = $1");
const DROP_PASSKEYS_FOR: Sql = Sql::Same("delete from passkey where purpose = $1");
const FAILURES: Sql =
    Sql::Same("select failures, last_at, blocked_until from login_failure where subject = $1");
const KEEP_FAILURES: Sql = Sql::Same(
    "insert into login_failure (subject, failures, last_at, blocked_until)
     values ($1, $2, $3, $4)
     on conflict (subject) do update
        set failures = excluded.failures, last_at = excluded.last_at,
            blocked_until = excluded.blocked_until",
);
const FORGET_FAILURES: Sql = Sql::Same("delete from login_failure where subject = $1");

/// A one-time secret as it is stored: everything but the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Whom it lets in; `None` for the code of the first run.
    pub person: Option<PersonId>,
    /// Worth nothing from then on.
    pub expires_at: Timestamp,
    /// When it was used up.
    pub used_at: Option<Timestamp>,
}

/// Failed tries of one account or from one address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoginFailures {
    /// How many in a row.
    pub failures: i64,
    /// The last one.
    pub last_at: Timestamp,
    /// No try before then.
    pub blocked_until: Timestamp,
}

impl Tx<'_> {
    /// Stores a one-time secret by its hash.
    pub fn insert_passkey(
        &mut self,
        hash: &[u8; 32],
        person: Option<PersonId>,
        purpose: &str,
        (created_at, expires_at): (Timestamp, Timestamp),
    ) -> Result<(), StoreError> {
        let values = params![hash.as_slice(), person, purpose, created_at, expires_at];
        self.put(INSERT_PASSKEY, &values)
    }

    /// The one-time secret with this hash for this purpose, used up or not.
    pub fn passkey(
        &mut self,
        hash: &[u8; 32],
        purpose: &str,
    ) -> Result<Option<Passkey>, StoreError> {
        self.query_opt(PASSKEY, &params![hash.as_slice(), purpose], |row| {
            Ok(Passkey {
                person: row.get(0)?,
                expires_at: row.get(1)?,
                used_at: row.get(2)?,
            })
        })
    }

    /// Uses a one-time secret up; says whether it was still unused.
    pub fn use_passkey(&mut self, hash: &[u8; 32], at: Timestamp) -> Result<bool, StoreError> {
        Ok(self.execute(USE_PASSKEY, &params![hash.as_slice(), at])? == 1)
    }

    /// Makes every one-time secret of a person worthless.
    pub fn drop_passkeys_of(&mut self, person: PersonId) -> Result<(), StoreError> {
        self.put(DROP_PASSKEYS_OF, &params![person])
    }

    /// Makes every one-time secret with this purpose worthless.
    pub fn drop_passkeys_for(&mut self, purpose: &str) -> Result<(), StoreError> {
        self.put(DROP_PASSKEYS_FOR, &params![purpose])
    }

    /// The failed tries of a subject.
    pub fn login_failures(&mut self, subject: &str) -> Result<Option<LoginFailures>, StoreError> {
        self.query_opt(FAILURES, &params![subject], |row| {
            Ok(LoginFailures {
                failures: row.get(0)?,
                last_at: row.get(1)?,
                blocked_until: row.get(2)?,
            })
        })
    }

    /// Stores the failed tries of a subject.
    pub fn keep_login_failures(
        &mut self,
        subject: &str,
        kept: &LoginFailures,
    ) -> Result<(), StoreError> {
        let values = params![subject, kept.failures, kept.last_at, kept.blocked_until];
        self.put(KEEP_FAILURES, &values)
    }

    /// Forgets the failed tries of a subject.
    pub fn forget_login_failures(&mut self, subject: &str) -> Result<(), StoreError> {
        self.put(FORGET_FAILURES, &params![subject])
    }
}
