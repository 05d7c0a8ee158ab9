//! Login sessions, one-time secrets and failed tries.
//!
//! Owns: the tables `session`, `passkey` and `login_failure`, all of them working state that the
//! journal does not keep. Must not know: the secrets themselves; it sees their hashes only.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{PersonId, SessionId};
use jiff::Timestamp;

const INSERT_SESSION: Sql = Sql::Same(
    "insert into session (token_hash, person_id, created_at, seen_at, proved_at, expires_at,
            user_agent, address)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     returning id",
);
const SESSION_BY_HASH: Sql = Sql::Same(
    "select id, person_id, created_at, seen_at, proved_at, expires_at, user_agent, address
       from session
      where token_hash = $1",
);
const SESSION: Sql = Sql::Same(
    "select id, person_id, created_at, seen_at, proved_at, expires_at, user_agent, address
       from session
      where id = $1",
);
const SESSIONS_OF: Sql = Sql::Same(
    "select id, person_id, created_at, seen_at, proved_at, expires_at, user_agent, address
       from session
      where person_id = $1
      order by seen_at desc, id desc",
);
const TOUCH_SESSION: Sql = Sql::Same("update session set seen_at = $2 where id = $1");
const PROVE_SESSION: Sql = Sql::Same("update session set proved_at = $2 where id = $1");
const END_SESSION: Sql = Sql::Same("delete from session where id = $1");
const END_SESSIONS_OF: Sql = Sql::Same("delete from session where person_id = $1 and id <> $2");
const DROP_OLD_SESSIONS: Sql =
    Sql::Same("delete from session where expires_at <= $1 or seen_at <= $2");
const LAST_SEEN: Sql = Sql::Same("select person_id, max(seen_at) from session group by person_id");
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
const DROP_OLD_PASSKEYS: Sql = Sql::Same("delete from passkey where expires_at <= $1");
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
const DROP_OLD_FAILURES: Sql = Sql::Same("delete from login_failure where last_at <= $1");

/// A login of one person in one browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The row.
    pub id: SessionId,
    /// Who.
    pub person: PersonId,
    /// Logged in.
    pub created_at: Timestamp,
    /// Last used by the person, to within five minutes.
    pub seen_at: Timestamp,
    /// When they last gave their password.
    pub proved_at: Timestamp,
    /// Ends then, used or not.
    pub expires_at: Timestamp,
    /// What the browser called itself.
    pub user_agent: String,
    /// Where it came from.
    pub address: String,
}

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
    /// Stores a new session by the hash of its secret and sets `session.id`.
    pub fn insert_session(
        &mut self,
        session: &mut Session,
        hash: &[u8; 32],
    ) -> Result<(), StoreError> {
        let values = params![
            hash.as_slice(),
            session.person,
            session.created_at,
            session.seen_at,
            session.proved_at,
            session.expires_at,
            session.user_agent.as_str(),
            session.address.as_str()
        ];
        session.id = self.query_one(INSERT_SESSION, &values, |row| row.get(0))?;
        Ok(())
    }

    /// The session with this hash, over or not.
    pub fn session_by_hash(&mut self, hash: &[u8; 32]) -> Result<Option<Session>, StoreError> {
        self.query_opt(SESSION_BY_HASH, &params![hash.as_slice()], read_session)
    }

    /// A session.
    pub fn session(&mut self, id: SessionId) -> Result<Option<Session>, StoreError> {
        self.query_opt(SESSION, &params![id], read_session)
    }

    /// The sessions of a person, the last used first.
    pub fn sessions_of(&mut self, person: PersonId) -> Result<Vec<Session>, StoreError> {
        self.query(SESSIONS_OF, &params![person], read_session)
    }

    /// Notes that a session was used.
    pub fn touch_session(&mut self, id: SessionId, at: Timestamp) -> Result<(), StoreError> {
        self.execute(TOUCH_SESSION, &params![id, at]).map(|_| ())
    }

    /// Notes that the password was given again.
    pub fn prove_session(&mut self, id: SessionId, at: Timestamp) -> Result<(), StoreError> {
        self.execute(PROVE_SESSION, &params![id, at]).map(|_| ())
    }

    /// Ends a session.
    pub fn end_session(&mut self, id: SessionId) -> Result<(), StoreError> {
        self.execute(END_SESSION, &params![id]).map(|_| ())
    }

    /// Ends the sessions of a person, all but `keep`; says how many.
    pub fn end_sessions_of(
        &mut self,
        person: PersonId,
        keep: Option<SessionId>,
    ) -> Result<u64, StoreError> {
        self.execute(END_SESSIONS_OF, &params![person, keep.map_or(0, |id| id.0)])
    }

    /// Forgets sessions that ended, secrets that expired and failures that are long ago.
    pub fn drop_old_logins(
        &mut self,
        now: Timestamp,
        idle_since: Timestamp,
        failed_before: Timestamp,
    ) -> Result<(), StoreError> {
        self.execute(DROP_OLD_SESSIONS, &params![now, idle_since])?;
        self.execute(DROP_OLD_PASSKEYS, &params![now])?;
        self.execute(DROP_OLD_FAILURES, &params![failed_before])
            .map(|_| ())
    }

    /// When each person was last here, as far as their sessions tell.
    pub fn people_last_seen(&mut self) -> Result<Vec<(PersonId, Timestamp)>, StoreError> {
        self.query(LAST_SEEN, &[], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Stores a one-time secret by its hash.
    pub fn insert_passkey(
        &mut self,
        hash: &[u8; 32],
        person: Option<PersonId>,
        purpose: &str,
        (created_at, expires_at): (Timestamp, Timestamp),
    ) -> Result<(), StoreError> {
        let values = params![hash.as_slice(), person, purpose, created_at, expires_at];
        self.execute(INSERT_PASSKEY, &values).map(|_| ())
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
        self.execute(DROP_PASSKEYS_OF, &params![person]).map(|_| ())
    }

    /// Makes every one-time secret with this purpose worthless.
    pub fn drop_passkeys_for(&mut self, purpose: &str) -> Result<(), StoreError> {
        self.execute(DROP_PASSKEYS_FOR, &params![purpose])
            .map(|_| ())
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
        self.execute(KEEP_FAILURES, &values).map(|_| ())
    }

    /// Forgets the failed tries of a subject.
    pub fn forget_login_failures(&mut self, subject: &str) -> Result<(), StoreError> {
        self.execute(FORGET_FAILURES, &params![subject]).map(|_| ())
    }
}

fn read_session(row: &Row<'_>) -> Result<Session, StoreError> {
    Ok(Session {
        id: row.get(0)?,
        person: row.get(1)?,
        created_at: row.get(2)?,
        seen_at: row.get(3)?,
        proved_at: row.get(4)?,
        expires_at: row.get(5)?,
        user_agent: row.get(6)?,
        address: row.get(7)?,
    })
}
