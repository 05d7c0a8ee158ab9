//! Logging in with a password.
//!
//! Owns: the order of brake, hash and session, the same for accounts that are there and that are
//! not. Must not know: cookies.

use super::device::KnownDevice;
use super::kept::KeptPassword;
use super::password::{Password, PasswordHash};
use super::secret::{Purpose, Secret};
use super::session::{LONGEST, Visit};
use super::throttle::{Braked, CountTry};
use crate::cx::{Cx, Desk, Keys, Query, Verb};
use crate::error::DeskError;
use crate::journal::record;
use crate::people::{access_of_person, visible_person};
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::{PersonId, SessionId};
use candor_domain::record::Salted;
use candor_domain::text::one_line;
use candor_store::Tx;
use candor_store::session::Session;
use serde_json::json;

/// What somebody typed at the door, and where they stand.
#[derive(Debug, Clone)]
pub struct LogIn {
    /// The address as typed.
    pub email: String,
    /// The password as typed.
    pub password: Password,
    /// What the browser calls itself.
    pub user_agent: String,
    /// The internet address of the browser.
    pub address: String,
    /// The secret of a session that the browser came with: it ends, so that nobody can plant one.
    pub replaces: Option<Secret>,
    /// The mark of a browser that logged in before.
    pub device: Option<KnownDevice>,
}

/// A fresh login.
#[derive(Debug, Clone)]
pub struct LoggedIn {
    /// The secret for the cookie. The desk keeps its hash only.
    pub secret: Secret,
    /// Who, with what rights.
    pub visit: Visit,
    /// The mark by which the browser is known from now on; it lasts for years.
    pub device: KnownDevice,
}

/// Longest name of a browser that is kept, in characters.
const LONGEST_AGENT: usize = 200;

/// Logs somebody in.
///
/// # Errors
/// `SlowDown` after too many tries; `Invalid` with the one sentence for everything else that does
/// not fit: unknown, wrong, left, never chosen.
pub async fn log_in(desk: &Desk, typed: LogIn) -> Result<LoggedIn, DeskError> {
    let keys = &desk.config().keys;
    let known = typed.known_device(keys);
    let account = match &known {
        Some(mark) => Braked::device("login", mark.as_str()),
        None => Braked::account("login", &typed.email),
    };
    let network = Braked::address("login", &typed.address);
    let braked = vec![account.clone(), network.clone()];
    desk.run(&Actor::Visitor, CountTry { braked }).await?;
    let (person, hash) = checked(desk, &typed).await?;
    let renewed = if desk.passwords().is_current(&hash) {
        None
    } else {
        Some(desk.hash_password(&typed.password).await?)
    };
    let secret = Secret::draw(desk);
    let fresh = || KnownDevice::new(keys, &typed.email, &desk.config().entropy.seed());
    let device = known.unwrap_or_else(fresh);
    let open = OpenSession {
        person,
        hash,
        renewed,
        account,
        network,
        typed,
        secret: secret.clone(),
    };
    let visit = desk.run(&Actor::Visitor, open).await?;
    Ok(LoggedIn {
        secret,
        visit,
        device,
    })
}

impl LogIn {
    fn known_device(&self, keys: &Keys) -> Option<KnownDevice> {
        let device = self.device.clone();
        device.filter(|mark| mark.knows(keys, &self.email))
    }
}

/// The person behind an address whose password this is. One hash is computed in any case.
async fn checked(desk: &Desk, typed: &LogIn) -> Result<(PersonId, PasswordHash), DeskError> {
    let email = EmailAddress::parse(&typed.email).ok();
    let found = desk.ask(&Actor::Visitor, Login { email }).await?;
    let stored = found.as_ref().map(|found| found.1.clone());
    let fits = desk.passwords().fits(&typed.password, stored).await?;
    found.filter(|_| fits).ok_or_else(refused)
}

fn refused() -> DeskError {
    DeskError::invalid(
        "password",
        "error-login-refused",
        "this address and this password do not belong together",
    )
}

/// The hash to check a password against; `None` for who cannot log in.
pub(super) struct Login {
    pub(super) email: Option<EmailAddress>,
}

impl Query for Login {
    type Output = Option<(PersonId, PasswordHash)>;
    fn read(&self, tx: &mut Tx<'_>, _cx: &Cx) -> Result<Self::Output, DeskError> {
        // Asked for in any case, so that an address that is none takes as long as one that is.
        let nobody = EmailAddress::parse("nobody@invalid").expect("this is an address");
        let person = tx.person_by_email(self.email.as_ref().unwrap_or(&nobody))?;
        let Some(person) = person.filter(|person| person.active) else {
            return Ok(None);
        };
        let hash = tx.password_of(person.id)?;
        Ok(hash.map(|hash| (person.id, PasswordHash::stored(hash))))
    }
}

/// Keeps the same password under today's costs.
fn renew(tx: &mut Tx<'_>, cx: &Cx, person: PersonId, hash: &PasswordHash) -> Result<(), DeskError> {
    let (person, salt) = visible_person(tx, person)?;
    tx.set_password(person.id, hash.as_str())?;
    let row = Salted {
        noun: &person,
        salt: &salt,
    };
    let kept = KeptPassword {
        person: person.id,
        hash,
        salt: &salt,
    };
    record(tx, cx, "person.password_renewed", json!({}), &[&row, &kept])
}

struct OpenSession {
    person: PersonId,
    hash: PasswordHash,
    renewed: Option<PasswordHash>,
    account: Braked,
    network: Braked,
    typed: LogIn,
    secret: Secret,
}

impl Verb for OpenSession {
    type Output = Visit;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Visit, DeskError> {
        let person = tx.person(self.person)?.ok_or_else(refused)?;
        let access = access_of_person(tx, &person)?.ok_or_else(refused)?;
        // The password may have been changed while we hashed.
        if tx.password_of(person.id)?.as_deref() != Some(self.hash.as_str()) {
            return Err(refused());
        }
        if let Some(renewed) = &self.renewed {
            renew(tx, cx, person.id, renewed)?;
        }
        if let Some(earlier) = &self.typed.replaces
            && let Some(earlier) = tx.session_by_hash(&earlier.hash(Purpose::Session))?
        {
            tx.end_session(earlier.id)?;
        }
        self.account.forget(tx)?;
        self.network.uncount(tx, cx.now())?;
        let mut session = Session {
            id: SessionId(0),
            person: person.id,
            created_at: cx.now(),
            seen_at: cx.now(),
            proved_at: cx.now(),
            expires_at: cx.now() + LONGEST,
            user_agent: one_line(&self.typed.user_agent, LONGEST_AGENT),
            address: one_line(&self.typed.address, LONGEST_AGENT),
        };
        tx.insert_session(&mut session, &self.secret.hash(Purpose::Session))?;
        Ok(Visit {
            person,
            access,
            session,
        })
    }
}
