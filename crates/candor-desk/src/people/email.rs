//! The address that a person logs in with.
//!
//! Owns: changing it. Must not know: mail.

use super::reach::may_stand_above;
use super::visible_person;
use crate::auth::require_recent_proof;
use crate::check::Check;
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use candor_domain::actor::Actor;
use candor_domain::id::{PersonId, SessionId};
use candor_domain::permission::Permission;
use candor_domain::record::Salted;
use candor_store::Tx;
use serde_json::json;

/// Gives a person another address: their own, or somebody's for whoever looks after people. Who
/// asks gave their password within the last five minutes. Open links end: they went to the old
/// address.
#[derive(Debug, Clone)]
pub struct ChangeEmailOf {
    /// Whose.
    pub person: PersonId,
    /// The new address.
    pub email: String,
    /// The session that asks; `None` from the command line.
    pub session: Option<SessionId>,
}

impl Verb for ChangeEmailOf {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let own = cx.actor.person() == Some(self.person);
        if !own {
            cx.may_at_all(Permission::ManagePeople)?;
        }
        let (mut person, salt) = visible_person(tx, self.person)?;
        if !own {
            may_stand_above(tx, cx, &person)?;
        }
        if cx.actor != Actor::System {
            require_recent_proof(tx, cx, self.session)?;
        }
        let mut check = Check::default();
        let Some(email) = check.email("email", &self.email) else {
            return check.done();
        };
        if tx
            .person_by_email(&email)?
            .is_some_and(|other| other.id != person.id)
        {
            return Err(DeskError::Conflict(Conflict::Taken("email")));
        }
        person.email = email;
        tx.save_person(&person)?;
        tx.drop_passkeys_of(person.id)?;
        let row = Salted {
            noun: &person,
            salt: &salt,
        };
        record(tx, cx, "person.email_changed", json!({}), &[&row])
    }
}
