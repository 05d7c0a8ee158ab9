//! Login sessions.
//!
//! Owns: the table `session`; one-time secrets and failed tries in the file below. All of it is
//! working state that the journal does not keep. Must not know: the secrets, only their hashes.

mod door;

pub use door::{LoginFailures, Passkey};

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
const DROP_OLD_PASSKEYS: Sql = Sql::Same("delete from passkey where expires_at <= $1");
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
        self.put(TOUCH_SESSION, &params![id, at])
    }

    /// Notes that the password was given again.
    pub fn prove_session(&mut self, id: SessionId, at: Timestamp) -> Result<(), StoreError> {
        self.put(PROVE_SESSION, &params![id, at])
    }

    /// Ends a session.
    pub fn end_session(&mut self, id: SessionId) -> Result<(), StoreError> {
        self.put(END_SESSION, &params![id])
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
        self.put(DROP_OLD_SESSIONS, &params![now, idle_since])?;
        self.put(DROP_OLD_PASSKEYS, &params![now])?;
        self.put(DROP_OLD_FAILURES, &params![failed_before])
    }

    /// When each person was last here, as far as their sessions tell.
    pub fn people_last_seen(&mut self) -> Result<Vec<(PersonId, Timestamp)>, StoreError> {
        self.query(LAST_SEEN, &[], |row| Ok((row.get(0)?, row.get(1)?)))
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
