//! Changing people: what they set themselves, and what others set for them.
//!
//! Owns: the wall between the two. Must not know: passwords.

use super::invite::known_groups;
use super::reach::{Reach, is_owner, may_hand_out, may_stand_above, somebody_stays_owner};
use super::visible_person;
use crate::check::{Check, as_set};
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use crate::journal::record;
use crate::token::revoke;
use candor_domain::id::{MailboxId, PersonId, RoleId, TeamId};
use candor_domain::people::Person;
use candor_domain::permission::Permission;
use candor_domain::record::Salted;
use candor_store::Tx;
use serde_json::{Value, json};

/// Changes what a person sets for themselves, and nothing that concerns rights.
#[derive(Debug, Clone)]
pub struct ChangePerson {
    /// As they are called.
    pub name: String,
    /// `en` or `de`; `None` follows the browser.
    pub language: Option<String>,
    /// Time zone by IANA name.
    pub zone: String,
    /// How long a sent reply can be taken back: 0 to 60.
    pub undo_seconds: i64,
}

impl Verb for ChangePerson {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let (mut person, salt) = visible_person(tx, cx.access()?.person)?;
        let mut check = Check::default();
        person.name = check.name("name", &self.name);
        if let Some(language) = &self.language {
            check.language("language", language);
        }
        check.zone("zone", &self.zone);
        check.between(
            "undo_seconds",
            self.undo_seconds,
            (0, Person::MAX_UNDO_SECONDS),
        );
        check.done()?;
        person.language.clone_from(&self.language);
        person.zone.clone_from(&self.zone);
        person.undo_seconds = self.undo_seconds;
        keep(tx, cx, "person.changed", json!({}), &person, &salt)
    }
}

/// Gives a person another role.
#[derive(Debug, Clone, Copy)]
pub struct ChangeRoleOf {
    /// Whose.
    pub person: PersonId,
    /// The new role.
    pub role: RoleId,
}

impl Verb for ChangeRoleOf {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManagePeople)?;
        let (mut person, salt) = visible_person(tx, self.person)?;
        may_stand_above(tx, cx, &person)?;
        let role = tx.role(self.role)?.ok_or(DeskError::NotFound("role"))?;
        let reach = Reach {
            grants: &role.grants,
            teams: &person.teams,
            mailboxes: &person.mailboxes,
        };
        may_hand_out(cx, &reach)?;
        let was_owner = owns(tx, &person)?;
        let event = json!({ "from": person.role, "to": role.id });
        person.role = role.id;
        keep(tx, cx, "person.role_changed", event, &person, &salt)?;
        if was_owner {
            somebody_stays_owner(tx)
        } else {
            Ok(())
        }
    }
}

/// Puts a person into these teams and no others.
#[derive(Debug, Clone)]
pub struct SetTeamsOf {
    /// Whom.
    pub person: PersonId,
    /// The teams.
    pub teams: Vec<TeamId>,
}

impl Verb for SetTeamsOf {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        if cx.may_at_all(Permission::ManagePeople).is_err() {
            cx.may_at_all(Permission::ManageTeams)?;
        }
        let (mut person, salt) = visible_person(tx, self.person)?;
        may_stand_above(tx, cx, &person)?;
        let teams = as_set(&self.teams);
        let event = json!({ "from": person.teams, "to": teams });
        person.teams = teams;
        known_groups(tx, &person)?;
        // A team opens its tickets to whoever holds a grant with the scope "team".
        may_stand_above(tx, cx, &person)?;
        keep(tx, cx, "person.teams_changed", event, &person, &salt)
    }
}

/// Lets a person look after these mailboxes and no others.
#[derive(Debug, Clone)]
pub struct SetMailboxesOf {
    /// Whom.
    pub person: PersonId,
    /// The mailboxes.
    pub mailboxes: Vec<MailboxId>,
}

impl Verb for SetMailboxesOf {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManagePeople)?;
        let (mut person, salt) = visible_person(tx, self.person)?;
        may_stand_above(tx, cx, &person)?;
        let mailboxes = as_set(&self.mailboxes);
        let event = json!({ "from": person.mailboxes, "to": mailboxes });
        person.mailboxes = mailboxes;
        known_groups(tx, &person)?;
        may_stand_above(tx, cx, &person)?;
        keep(tx, cx, "person.mailboxes_changed", event, &person, &salt)
    }
}

/// Ends a person's access at once: sessions, tokens and links. Their tickets stay theirs until
/// somebody takes them over; the answer says how many open ones there are.
#[derive(Debug, Clone, Copy)]
pub struct Deactivate {
    /// Whose.
    pub person: PersonId,
}

impl Verb for Deactivate {
    type Output = i64;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<i64, DeskError> {
        cx.may_at_all(Permission::ManagePeople)?;
        let (mut person, salt) = visible_person(tx, self.person)?;
        may_stand_above(tx, cx, &person)?;
        let tickets = tx.open_tickets_given_to(person.id)?;
        if !person.active {
            return Ok(tickets);
        }
        let was_owner = owns(tx, &person)?;
        person.active = false;
        tx.end_sessions_of(person.id, None)?;
        for token in tx.open_tokens_of(person.id)? {
            let row = Salted {
                noun: &person,
                salt: &salt,
            };
            revoke(tx, cx, token, &row)?;
        }
        tx.drop_passkeys_of(person.id)?;
        keep(
            tx,
            cx,
            "person.deactivated",
            json!({ "open_tickets": tickets }),
            &person,
            &salt,
        )?;
        if was_owner {
            somebody_stays_owner(tx)?;
        }
        Ok(tickets)
    }
}

/// Gives a person their access back. Sessions and tokens that ended stay ended.
#[derive(Debug, Clone, Copy)]
pub struct Reactivate {
    /// Whose.
    pub person: PersonId,
}

impl Verb for Reactivate {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManagePeople)?;
        let (mut person, salt) = visible_person(tx, self.person)?;
        may_stand_above(tx, cx, &person)?;
        if person.active {
            return Ok(());
        }
        person.active = true;
        keep(tx, cx, "person.reactivated", json!({}), &person, &salt)
    }
}

fn owns(tx: &mut Tx<'_>, person: &Person) -> Result<bool, DeskError> {
    Ok(tx.role(person.role)?.is_some_and(|role| is_owner(&role)))
}

fn keep(
    tx: &mut Tx<'_>,
    cx: &Cx,
    kind: &'static str,
    event: Value,
    person: &Person,
    salt: &[u8],
) -> Result<(), DeskError> {
    tx.save_person(person)?;
    record(tx, cx, kind, event, &[&Salted { noun: person, salt }])
}
