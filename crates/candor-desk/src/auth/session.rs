//! Sessions: who is behind a cookie.
//!
//! Owns: how long a session lasts, ending one's own and others'. Must not know: cookies.

use super::secret::{Purpose, Secret};
use super::throttle::FORGOTTEN_AFTER;
use crate::cx::{Cx, Desk, Note, Query, Verb};
use crate::error::DeskError;
use crate::people::access_of_person;
use candor_domain::actor::Actor;
use candor_domain::id::{PersonId, SessionId};
use candor_domain::people::Person;
use candor_domain::permission::{Access, Permission};
use candor_store::Tx;
use candor_store::session::Session;
use jiff::{SignedDuration, Timestamp};

/// A session ends when it was not used for so long.
const IDLE: SignedDuration = SignedDuration::from_hours(8);
/// A session ends so long after the login, used or not.
pub(super) const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A use is noted at most so often.
const NOTED_EVERY: SignedDuration = SignedDuration::from_mins(5);
/// A password counts as freshly given for so long.
const PROOF_LASTS: SignedDuration = SignedDuration::from_mins(5);

/// Somebody who is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Who.
    pub person: Person,
    /// What they may do.
    pub access: Access,
    /// Their login.
    pub session: Session,
}

impl Visit {
    /// As whom they act.
    pub fn actor(&self) -> Actor {
        Actor::Person(self.access.clone())
    }

    /// Whether [`TouchSession`] is due. Ask it only for what the person does: a page that polls or
    /// listens in the background is no use of the session.
    pub fn wants_touch(&self, now: Timestamp) -> bool {
        now.duration_since(self.session.seen_at) >= NOTED_EVERY
    }

    /// Whether the password was given so lately that it need not be asked for again.
    pub fn is_proved(&self, now: Timestamp) -> bool {
        is_proved(&self.session, now)
    }
}

fn is_proved(session: &Session, now: Timestamp) -> bool {
    now.duration_since(session.proved_at) < PROOF_LASTS
}

/// Finds out who holds the secret of a session.
pub async fn session_of(desk: &Desk, written: &str) -> Result<Option<Visit>, DeskError> {
    match Secret::parse(written) {
        Some(secret) => desk.look_up(&Actor::Visitor, SessionOf { secret }).await,
        None => Ok(None),
    }
}

/// Who holds the secret of a session that is not over; `None` for everybody else.
pub struct SessionOf {
    /// The secret in the cookie.
    pub secret: Secret,
}

impl Query for SessionOf {
    type Output = Option<Visit>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<Visit>, DeskError> {
        let Some(session) = tx.session_by_hash(&self.secret.hash(Purpose::Session))? else {
            return Ok(None);
        };
        if is_over(&session, cx.now()) {
            return Ok(None);
        }
        let Some(person) = tx.person(session.person)? else {
            return Ok(None);
        };
        let access = access_of_person(tx, &person)?;
        Ok(access.map(|access| Visit {
            person,
            access,
            session,
        }))
    }
}

fn is_over(session: &Session, now: Timestamp) -> bool {
    session.expires_at <= now || now.duration_since(session.seen_at) >= IDLE
}

/// Notes that a session is in use. Not a change of the desk.
pub struct TouchSession {
    /// Which.
    pub session: SessionId,
}

impl Verb for TouchSession {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        Ok(tx.touch_session(self.session, cx.now())?)
    }
}

impl Note for TouchSession {}

/// Ends the session whose secret somebody holds. Ending it twice is fine.
pub struct LogOut {
    /// The secret in the cookie.
    pub secret: Secret,
}

impl Verb for LogOut {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, _cx: &Cx) -> Result<(), DeskError> {
        if let Some(session) = tx.session_by_hash(&self.secret.hash(Purpose::Session))? {
            tx.end_session(session.id)?;
        }
        Ok(())
    }
}

/// Ends one session: one's own, or that of somebody by whoever looks after people.
pub struct EndSession {
    /// Which.
    pub session: SessionId,
}

impl Verb for EndSession {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let session = tx
            .session(self.session)?
            .ok_or(DeskError::NotFound("session"))?;
        if cx.actor.person() != Some(session.person)
            && cx.may_at_all(Permission::ManagePeople).is_err()
        {
            return Err(DeskError::NotFound("session"));
        }
        Ok(tx.end_session(self.session)?)
    }
}

/// Ends the sessions of the person who asks, but for the one they sit at; says how many.
pub struct EndOtherSessions {
    /// The one that stays.
    pub keep: SessionId,
}

impl Verb for EndOtherSessions {
    type Output = u64;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<u64, DeskError> {
        let person = cx.access()?.person;
        Ok(tx.end_sessions_of(person, Some(self.keep))?)
    }
}

/// The sessions of a person that are not over: one's own, or somebody's for whoever looks after
/// people.
pub struct SessionsOf {
    /// Whose.
    pub person: PersonId,
}

impl Query for SessionsOf {
    type Output = Vec<Session>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<Session>, DeskError> {
        if cx.actor.person() != Some(self.person) {
            cx.may_at_all(Permission::ManagePeople)?;
        }
        let mut sessions = tx.sessions_of(self.person)?;
        sessions.retain(|session| !is_over(session, cx.now()));
        Ok(sessions)
    }
}

/// Refuses unless this session of the actor saw their password within the last five minutes.
pub fn require_recent_proof(
    tx: &mut Tx<'_>,
    cx: &Cx,
    session: Option<SessionId>,
) -> Result<(), DeskError> {
    let person = cx.access()?.person;
    let session = session.map(|id| tx.session(id)).transpose()?.flatten();
    let proved =
        session.is_some_and(|session| session.person == person && is_proved(&session, cx.now()));
    if proved {
        Ok(())
    } else {
        Err(DeskError::NotAllowed("give your password again first"))
    }
}

/// Forgets sessions that are over, secrets that expired and tries that are long ago.
pub struct SweepLogins;

impl Verb for SweepLogins {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let now = cx.now();
        Ok(tx.drop_old_logins(now, now - IDLE, now - FORGOTTEN_AFTER)?)
    }
}
