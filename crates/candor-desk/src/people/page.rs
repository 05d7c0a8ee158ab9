//! What pages show of people, roles and teams.
//!
//! Owns: the queries. Must not know: pages.

use super::access_of;
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use candor_domain::actor::Actor;
use candor_domain::address::EmailAddress;
use candor_domain::id::PersonId;
use candor_domain::people::{Person, Team};
use candor_domain::permission::{Access, Permission, Role};
use candor_store::Tx;
use jiff::Timestamp;

/// Refuses everybody who does not work here.
pub(crate) fn staff_only(cx: &Cx) -> Result<(), DeskError> {
    match cx.actor {
        Actor::System => Ok(()),
        _ => cx.access().map(|_| ()),
    }
}

/// Everybody who ever worked here, for names beside what they did and for choosing somebody.
pub struct People;

impl Query for People {
    type Output = Vec<Person>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<Person>, DeskError> {
        staff_only(cx)?;
        Ok(tx.people()?)
    }
}

/// A line of the list of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLine {
    /// Who.
    pub person: Person,
    /// The name of their role.
    pub role: String,
    /// Invited, and no password chosen yet.
    pub invited: bool,
    /// Last seen in a session that still stands.
    pub seen_at: Option<Timestamp>,
}

/// The list of people in the settings: who works here first, then who left; by name.
pub struct PeoplePage;

impl Query for PeoplePage {
    type Output = Vec<PersonLine>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<PersonLine>, DeskError> {
        cx.may_at_all(Permission::ManagePeople)?;
        let people = tx.people()?;
        let mut lines = lines(tx, people)?;
        lines.sort_by_cached_key(|line| {
            (
                !line.person.active,
                candor_store::customer::folded(&line.person.name),
            )
        });
        Ok(lines)
    }
}

fn lines(tx: &mut Tx<'_>, people: Vec<Person>) -> Result<Vec<PersonLine>, DeskError> {
    let roles = tx.roles()?;
    let without_password = tx.people_without_password()?;
    let seen = tx.people_last_seen()?;
    let line = |person: Person| PersonLine {
        role: roles
            .iter()
            .find(|role| role.id == person.role)
            .map_or_else(String::new, |role| role.name.clone()),
        invited: without_password.contains(&person.id),
        seen_at: seen
            .iter()
            .find(|seen| seen.0 == person.id)
            .map(|seen| seen.1),
        person,
    };
    Ok(people.into_iter().map(line).collect())
}

/// One person, for themselves and for whoever looks after people.
pub struct PersonPage {
    /// Who.
    pub person: PersonId,
}

impl Query for PersonPage {
    type Output = PersonLine;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<PersonLine, DeskError> {
        if cx.actor.person() != Some(self.person) {
            cx.may_at_all(Permission::ManagePeople)?;
        }
        let person = tx
            .person(self.person)?
            .ok_or(DeskError::NotFound("person"))?;
        lines(tx, vec![person])?
            .pop()
            .ok_or(DeskError::NotFound("person"))
    }
}

/// The person with an address, for the command line.
pub struct PersonByEmail {
    /// The address.
    pub email: EmailAddress,
}

impl Query for PersonByEmail {
    type Output = Option<Person>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<Person>, DeskError> {
        cx.may_at_all(Permission::ManagePeople)?;
        Ok(tx.person_by_email(&self.email)?)
    }
}

/// What a person may do at this moment; `None` once they left. For the command line and for jobs
/// that act for somebody.
pub struct AccessOf {
    /// Who.
    pub person: PersonId,
}

impl Query for AccessOf {
    type Output = Option<Access>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<Access>, DeskError> {
        if cx.actor.person() != Some(self.person) {
            cx.may_at_all(Permission::ManagePeople)?;
        }
        access_of(tx, self.person)
    }
}

/// Every role, oldest first.
pub struct Roles;

impl Query for Roles {
    type Output = Vec<Role>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<Role>, DeskError> {
        cx.may_at_all(Permission::ManagePeople)?;
        Ok(tx.roles()?)
    }
}

/// Every team, oldest first.
pub struct Teams;

impl Query for Teams {
    type Output = Vec<Team>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<Team>, DeskError> {
        staff_only(cx)?;
        Ok(tx.teams()?)
    }
}
