//! Roles: editable sets of grants.
//!
//! Owns: adding, changing and removing them. Must not know: who has them, beyond that somebody does.

use super::Gone;
use super::reach::{Reach, is_owner, may_hand_out, somebody_stays_owner};
use crate::check::{Check, as_set};
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use candor_domain::id::{MailboxId, RoleId, TeamId};
use candor_domain::permission::{Grant, Permission, Role, Scope};
use candor_store::Tx;
use serde_json::json;

/// Adds a role.
#[derive(Debug, Clone)]
pub struct AddRole {
    /// Its name, unique.
    pub name: String,
    /// What it allows.
    pub grants: Vec<Grant>,
}

impl Verb for AddRole {
    type Output = RoleId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<RoleId, DeskError> {
        cx.may_at_all(Permission::ManagePeople)?;
        let mut role = checked(tx, RoleId(0), &self.name, &self.grants)?;
        may_hand_out(cx, &in_all(tx, &role.grants)?.reach(&role.grants))?;
        tx.insert_role(&mut role)?;
        record(tx, cx, "role.added", json!({}), &[&role])?;
        Ok(role.id)
    }
}

/// Changes the name and the grants of a role, for everybody who has it.
#[derive(Debug, Clone)]
pub struct ChangeRole {
    /// Which.
    pub role: RoleId,
    /// Its name, unique.
    pub name: String,
    /// What it allows.
    pub grants: Vec<Grant>,
}

impl Verb for ChangeRole {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManagePeople)?;
        let before = tx.role(self.role)?.ok_or(DeskError::NotFound("role"))?;
        let role = checked(tx, before.id, &self.name, &self.grants)?;
        // Neither may it give more than the actor has, nor take from those who have more.
        for grants in [&before.grants, &role.grants] {
            may_hand_out(cx, &in_all(tx, grants)?.reach(grants))?;
        }
        tx.save_role(&role)?;
        record(
            tx,
            cx,
            "role.changed",
            json!({ "from": before.grants, "to": role.grants }),
            &[&role],
        )?;
        if is_owner(&before) && !is_owner(&role) {
            somebody_stays_owner(tx)
        } else {
            Ok(())
        }
    }
}

/// Removes a role that nobody has.
#[derive(Debug, Clone, Copy)]
pub struct RemoveRole {
    /// Which.
    pub role: RoleId,
}

impl Verb for RemoveRole {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManagePeople)?;
        let role = tx.role(self.role)?.ok_or(DeskError::NotFound("role"))?;
        if tx.people_in_role(role.id)? > 0 {
            return Err(DeskError::Conflict(Conflict::InUse("role")));
        }
        tx.drop_role(role.id)?;
        record(
            tx,
            cx,
            "role.removed",
            json!({ "name": role.name }),
            &[&Gone(role.id.subject())],
        )
    }
}

fn checked(tx: &mut Tx<'_>, id: RoleId, name: &str, grants: &[Grant]) -> Result<Role, DeskError> {
    let mut check = Check::default();
    let name = check.name("name", name);
    let narrow = |grant: &Grant| grant.scope != Scope::All && !grant.permission.is_about_tickets();
    if grants.iter().any(narrow) {
        check.refuse(
            "grants",
            "error-grant-scope",
            "only what is about tickets can be narrowed",
        );
    }
    check.done()?;
    if tx.role_by_name(&name)?.is_some_and(|other| other.id != id) {
        return Err(DeskError::Conflict(Conflict::Taken("name")));
    }
    Ok(Role {
        id,
        name,
        grants: as_set(grants),
    })
}

/// Every team and every mailbox: a role may come to anybody.
struct Everywhere {
    teams: Vec<TeamId>,
    mailboxes: Vec<MailboxId>,
}

impl Everywhere {
    fn reach<'a>(&'a self, grants: &'a [Grant]) -> Reach<'a> {
        Reach {
            grants,
            teams: &self.teams,
            mailboxes: &self.mailboxes,
        }
    }
}

fn in_all(tx: &mut Tx<'_>, grants: &[Grant]) -> Result<Everywhere, DeskError> {
    let narrowed = |scope| grants.iter().any(|grant| grant.scope == scope);
    let teams = if narrowed(Scope::Team) {
        tx.teams()?
    } else {
        Vec::new()
    };
    let mailboxes = if narrowed(Scope::Mailbox) {
        tx.mailboxes()?
    } else {
        Vec::new()
    };
    Ok(Everywhere {
        teams: teams.into_iter().map(|team| team.id).collect(),
        mailboxes: mailboxes.into_iter().map(|mailbox| mailbox.id).collect(),
    })
}
