//! Teams: groups that tickets are given to.
//!
//! Owns: adding, renaming and removing them. Must not know: tickets, beyond that some name a team.

use super::Gone;
use super::visible_person;
use crate::check::Check;
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use candor_domain::id::TeamId;
use candor_domain::people::Team;
use candor_domain::permission::Permission;
use candor_domain::record::{Recorded, Salted};
use candor_store::Tx;
use serde_json::json;

/// Adds a team.
#[derive(Debug, Clone)]
pub struct AddTeam {
    /// Its name, unique.
    pub name: String,
}

impl Verb for AddTeam {
    type Output = TeamId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<TeamId, DeskError> {
        cx.may_at_all(Permission::ManageTeams)?;
        let name = free_name(tx, None, &self.name)?;
        let team = Team {
            id: tx.insert_team(&name)?,
            name,
        };
        record(tx, cx, "team.added", json!({}), &[&team])?;
        Ok(team.id)
    }
}

/// Gives a team another name.
#[derive(Debug, Clone)]
pub struct RenameTeam {
    /// Which.
    pub team: TeamId,
    /// Its name, unique.
    pub name: String,
}

impl Verb for RenameTeam {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageTeams)?;
        let before = tx.team(self.team)?.ok_or(DeskError::NotFound("team"))?;
        let name = free_name(tx, Some(before.id), &self.name)?;
        let team = Team {
            id: before.id,
            name,
        };
        tx.save_team(&team)?;
        record(
            tx,
            cx,
            "team.renamed",
            json!({ "from": before.name }),
            &[&team],
        )
    }
}

/// Removes a team that no ticket and no mailbox names. Its people stay, without it.
#[derive(Debug, Clone, Copy)]
pub struct RemoveTeam {
    /// Which.
    pub team: TeamId,
}

impl Verb for RemoveTeam {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageTeams)?;
        let team = tx.team(self.team)?.ok_or(DeskError::NotFound("team"))?;
        if tx.team_is_named(team.id)? {
            return Err(DeskError::Conflict(Conflict::InUse("team")));
        }
        let mut members = Vec::new();
        for member in tx.members_of(team.id)? {
            let (mut person, salt) = visible_person(tx, member)?;
            person.teams.retain(|&other| other != team.id);
            tx.save_person(&person)?;
            members.push((person, salt));
        }
        tx.drop_team(team.id)?;
        let gone = Gone(team.id.subject());
        let members: Vec<_> = members
            .iter()
            .map(|(noun, salt)| Salted { noun, salt })
            .collect();
        let mut rows: Vec<&dyn Recorded> = vec![&gone];
        rows.extend(members.iter().map(|member| member as &dyn Recorded));
        record(tx, cx, "team.removed", json!({ "name": team.name }), &rows)
    }
}

fn free_name(tx: &mut Tx<'_>, own: Option<TeamId>, name: &str) -> Result<String, DeskError> {
    let mut check = Check::default();
    let name = check.name("name", name);
    check.done()?;
    if tx
        .team_by_name(&name)?
        .is_some_and(|other| Some(other.id) != own)
    {
        return Err(DeskError::Conflict(Conflict::Taken("name")));
    }
    Ok(name)
}
