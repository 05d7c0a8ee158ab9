//! Forgotten passwords.
//!
//! Owns: asking for a link, and what the link does. Must not know: who runs the mail server.
//!
//! Whoever asks gets the same answer whether the address is known or not.

use super::kept::KeptPassword;
use super::passkey::{PasskeyPurpose, opened, spend_passkey, store_passkey};
use super::password::{Password, PasswordHash};
use super::secret::Secret;
use super::throttle::Braked;
use crate::cx::{Cx, Desk, Verb};
use crate::error::DeskError;
use crate::journal::record;
use crate::people::letter::{Letter, send_letter};
use crate::people::visible_person;
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::{PersonId, SessionId};
use candor_domain::permission::Permission;
use candor_domain::record::Salted;
use candor_store::Tx;
use serde_json::json;

/// Asks for a link by mail.
///
/// # Errors
/// `SlowDown` when too many were asked for from there, known or not. Nothing tells whether the
/// address is known.
pub async fn request_reset(desk: &Desk, email: &str, address: &str) -> Result<(), DeskError> {
    let request = RequestReset {
        email: email.to_owned(),
        address: address.to_owned(),
        secret: Secret::draw(desk),
    };
    desk.run(&Actor::Visitor, request).await
}

/// Sends a link to whoever forgot their password; see [`request_reset`].
pub struct RequestReset {
    /// The address as typed.
    pub email: String,
    /// The internet address of the browser.
    pub address: String,
    /// The secret of the link.
    pub secret: Secret,
}

impl Verb for RequestReset {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        Braked::address("reset", &self.address).count(tx, cx.now())?;
        // A slowed account is silence, not an error: an error would say that somebody asked for it.
        match Braked::account("reset", &self.email).count(tx, cx.now()) {
            Ok(()) => {}
            Err(DeskError::SlowDown { .. }) => return Ok(()),
            Err(error) => return Err(error),
        }
        let Ok(email) = EmailAddress::parse(&self.email) else {
            return Ok(());
        };
        let person = tx.person_by_email(&email)?;
        let Some(person) = person.filter(|person| person.active) else {
            return Ok(());
        };
        store_passkey(tx, cx, &self.secret, PasskeyPurpose::Reset, Some(person.id))?;
        send_letter(tx, cx, Letter::Reset, &person, &self.secret)
    }
}

/// Makes a link by which a person chooses a new password, without sending it: for the command
/// line, and for an owner who hands it over. Gives the link.
pub struct IssueResetLink {
    /// Whose.
    pub person: PersonId,
    /// The secret of the link.
    pub secret: Secret,
}

impl Verb for IssueResetLink {
    type Output = String;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<String, DeskError> {
        cx.may_at_all(Permission::ManagePeople)?;
        let (person, salt) = visible_person(tx, self.person)?;
        crate::people::reach::may_stand_above(tx, cx, &person)?;
        if !person.active {
            return Err(DeskError::NotAllowed("this person left"));
        }
        store_passkey(tx, cx, &self.secret, PasskeyPurpose::Reset, Some(person.id))?;
        let row = Salted {
            noun: &person,
            salt: &salt,
        };
        record(tx, cx, "person.reset_link_issued", json!({}), &[&row])?;
        Ok(Letter::Reset.link(cx, &self.secret))
    }
}

/// Gives whoever holds the link a new password. All their sessions and open links end.
pub struct ResetPassword {
    /// The secret of the link.
    pub secret: Secret,
    /// The hash of the new password.
    pub password: PasswordHash,
}

impl Verb for ResetPassword {
    type Output = PersonId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<PersonId, DeskError> {
        let person = spend_passkey(tx, cx, &self.secret, PasskeyPurpose::Reset)?
            .ok_or(DeskError::NotFound("link"))?;
        let (found, _) = visible_person(tx, person)?;
        if !found.active {
            return Err(DeskError::NotFound("link"));
        }
        set_password(tx, cx, person, &self.password, None)?;
        Ok(person)
    }
}

/// Reads the written secret of a link and gives its holder a new password.
pub async fn reset_password(
    desk: &Desk,
    written: &str,
    new: &Password,
) -> Result<PersonId, DeskError> {
    let secret = opened(desk, written, PasskeyPurpose::Reset).await?;
    let password = desk.hash_password(new).await?;
    desk.run(&Actor::Visitor, ResetPassword { secret, password })
        .await
}

/// Stores a new password. Other sessions and every open link of the person end.
pub(crate) fn set_password(
    tx: &mut Tx<'_>,
    cx: &Cx,
    person: PersonId,
    hash: &PasswordHash,
    keep: Option<SessionId>,
) -> Result<(), DeskError> {
    let (person, salt) = visible_person(tx, person)?;
    tx.set_password(person.id, hash.as_str())?;
    tx.end_sessions_of(person.id, keep)?;
    tx.drop_passkeys_of(person.id)?;
    Braked::account("login", person.email.as_str()).forget(tx)?;
    let row = Salted {
        noun: &person,
        salt: &salt,
    };
    let kept = KeptPassword {
        person: person.id,
        hash,
        salt: &salt,
    };
    let event = json!({ "person": person.id });
    record(tx, cx, "person.password_set", event, &[&row, &kept])
}
