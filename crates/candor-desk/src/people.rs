//! People, roles and teams.
//!
//! Owns: who may join, leave and get which rights. Must not know: how they log in.
//!
//! Nobody hands out more than they have, and somebody always stays owner (see [`reach`]).

mod change;
mod email;
mod invite;
pub(crate) mod letter;
mod page;
pub(crate) mod reach;
mod role;
mod set_up;
mod team;

pub use change::{ChangePerson, ChangeRoleOf, Deactivate, Reactivate, SetMailboxesOf, SetTeamsOf};
pub use email::ChangeEmailOf;
pub use invite::{AcceptInvitation, Invitation, Invite, InviteAgain, accept_invitation, invite};
pub(crate) use page::staff_only;
pub use page::{AccessOf, People, PeoplePage, PersonByEmail, PersonLine, PersonPage, Roles, Teams};
pub use role::{AddRole, ChangeRole, RemoveRole};
pub use set_up::{IssueSetUpCode, SetUp, SetUpDone, SetUpOpen, SetUpWithCode, set_up_code};
pub use team::{AddTeam, RemoveTeam, RenameTeam};

use crate::error::DeskError;
use candor_domain::id::PersonId;
use candor_domain::people::Person;
use candor_domain::permission::Access;
use candor_domain::record::Recorded;
use candor_store::Tx;
use serde_json::Value;

/// What a person may do at this moment; `None` for somebody who is not there or left.
pub fn access_of(tx: &mut Tx<'_>, person: PersonId) -> Result<Option<Access>, DeskError> {
    match tx.person(person)? {
        Some(person) => access_of_person(tx, &person),
        None => Ok(None),
    }
}

/// As [`access_of`], for a person who is loaded already.
pub(crate) fn access_of_person(
    tx: &mut Tx<'_>,
    person: &Person,
) -> Result<Option<Access>, DeskError> {
    if !person.active {
        return Ok(None);
    }
    let role = tx.role(person.role)?.ok_or(DeskError::NotFound("role"))?;
    Ok(Some(Access {
        person: person.id,
        grants: role.grants,
        teams: person.teams.clone(),
        mailboxes: person.mailboxes.clone(),
    }))
}

/// A person with the salt of their row, or `NotFound`.
pub(crate) fn visible_person(
    tx: &mut Tx<'_>,
    id: PersonId,
) -> Result<(Person, Vec<u8>), DeskError> {
    tx.person_with_salt(id)?
        .ok_or(DeskError::NotFound("person"))
}

/// A row that is no more: the history keeps that it went.
pub(crate) struct Gone(pub(crate) String);

impl Recorded for Gone {
    fn subject(&self) -> String {
        self.0.clone()
    }
    fn facts(&self) -> Value {
        Value::Null
    }
}
