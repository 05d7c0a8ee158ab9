//! One-time secrets: invitations, resets, the code of the first run.
//!
//! Owns: how long each lasts, and that it works once. Must not know: what follows.

use super::secret::{Purpose, Secret};
use crate::cx::{Cx, Desk, Query};
use crate::error::DeskError;
use candor_domain::actor::Actor;
use candor_domain::id::PersonId;
use candor_domain::people::Person;
use candor_store::Tx;
use candor_store::session::Passkey;
use jiff::SignedDuration;

/// The kinds of one-time secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyPurpose {
    /// The code that the server prints while nobody works here.
    SetUp,
    /// A link for somebody new.
    Invitation,
    /// A link for somebody who forgot their password.
    Reset,
}

impl PasskeyPurpose {
    fn purpose(self) -> Purpose {
        match self {
            Self::SetUp => Purpose::SetUp,
            Self::Invitation => Purpose::Invitation,
            Self::Reset => Purpose::Reset,
        }
    }

    fn lasts(self) -> SignedDuration {
        match self {
            Self::SetUp => SignedDuration::from_hours(24 * 7),
            Self::Invitation => SignedDuration::from_hours(72),
            Self::Reset => SignedDuration::from_hours(1),
        }
    }
}

/// Stores a one-time secret. A second one of the same kind does not end the first.
pub(crate) fn store_passkey(
    tx: &mut Tx<'_>,
    cx: &Cx,
    secret: &Secret,
    kind: PasskeyPurpose,
    person: Option<PersonId>,
) -> Result<(), DeskError> {
    let hash = secret.hash(kind.purpose());
    let times = (cx.now(), cx.now() + kind.lasts());
    Ok(tx.insert_passkey(&hash, person, kind.purpose().as_str(), times)?)
}

/// Uses a one-time secret up and says whom it lets in.
///
/// # Errors
/// `NotFound` when it never was one, is used up or has expired: the three look alike.
pub(crate) fn spend_passkey(
    tx: &mut Tx<'_>,
    cx: &Cx,
    secret: &Secret,
    kind: PasskeyPurpose,
) -> Result<Option<PersonId>, DeskError> {
    let found = valid(tx, cx, secret, kind)?.ok_or(DeskError::NotFound("link"))?;
    if tx.use_passkey(&secret.hash(kind.purpose()), cx.now())? {
        Ok(found.person)
    } else {
        Err(DeskError::NotFound("link"))
    }
}

fn valid(
    tx: &mut Tx<'_>,
    cx: &Cx,
    secret: &Secret,
    kind: PasskeyPurpose,
) -> Result<Option<Passkey>, DeskError> {
    let hash = secret.hash(kind.purpose());
    let found = tx.passkey(&hash, kind.purpose().as_str())?;
    Ok(found.filter(|found| found.used_at.is_none() && found.expires_at > cx.now()))
}

/// Whom a one-time secret would let in, for the page behind its link. `None` when it is worthless.
pub struct PasskeyOpens {
    /// The secret of the link.
    pub secret: Secret,
    /// What the link is for.
    pub kind: PasskeyPurpose,
}

impl Query for PasskeyOpens {
    type Output = Option<Person>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<Person>, DeskError> {
        let found = valid(tx, cx, &self.secret, self.kind)?;
        let Some(person) = found.and_then(|found| found.person) else {
            return Ok(None);
        };
        Ok(tx.person(person)?.filter(|person| person.active))
    }
}

/// Reads a written secret and makes sure that it opens something, before anything costly is done
/// for its holder.
pub(crate) async fn opened(
    desk: &Desk,
    written: &str,
    kind: PasskeyPurpose,
) -> Result<Secret, DeskError> {
    let secret = Secret::parse(written).ok_or(DeskError::NotFound("link"))?;
    let asked = StillOpens {
        secret: secret.clone(),
        kind,
    };
    if desk.ask(&Actor::Visitor, asked).await? {
        Ok(secret)
    } else {
        Err(DeskError::NotFound("link"))
    }
}

struct StillOpens {
    secret: Secret,
    kind: PasskeyPurpose,
}

impl Query for StillOpens {
    type Output = bool;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<bool, DeskError> {
        Ok(valid(tx, cx, &self.secret, self.kind)?.is_some())
    }
}
