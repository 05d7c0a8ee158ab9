//! Teams.
//!
//! Owns: the table `team`. Must not know: who may change it.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{PersonId, TeamId};
use candor_domain::people::Team;

pub(crate) const TEAMS: Sql = Sql::Same("select id, name from team order by id");
const TEAM: Sql = Sql::Same("select id, name from team where id = $1");
const TEAM_BY_NAME: Sql = Sql::Same("select id, name from team where name = $1");
const INSERT_TEAM: Sql = Sql::Same("insert into team (name) values ($1) returning id");
const RENAME_TEAM: Sql = Sql::Same("update team set name = $2 where id = $1");
const DROP_TEAM: Sql = Sql::Same("delete from team where id = $1");
const MEMBERS: Sql =
    Sql::Same("select person_id from person_team where team_id = $1 order by person_id");
const TEAM_HAS_TICKETS: Sql = Sql::Same("select id from ticket where team_id = $1 limit 1");
const TEAM_HAS_MAILBOXES: Sql = Sql::Same("select id from mailbox where team_id = $1 limit 1");
const OPEN_TICKETS: Sql =
    Sql::Same("select count(*) from ticket where assignee_id = $1 and place <= 2");

impl Tx<'_> {
    /// Every team, oldest first.
    pub fn teams(&mut self) -> Result<Vec<Team>, StoreError> {
        self.query(TEAMS, &[], read_team)
    }

    /// A team.
    pub fn team(&mut self, id: TeamId) -> Result<Option<Team>, StoreError> {
        self.query_opt(TEAM, &params![id], read_team)
    }

    /// The team with this name.
    pub fn team_by_name(&mut self, name: &str) -> Result<Option<Team>, StoreError> {
        self.query_opt(TEAM_BY_NAME, &params![name], read_team)
    }

    /// Stores a new team.
    pub fn insert_team(&mut self, name: &str) -> Result<TeamId, StoreError> {
        self.query_one(INSERT_TEAM, &params![name], |row| row.get(0))
    }

    /// Stores a changed team.
    pub fn save_team(&mut self, team: &Team) -> Result<(), StoreError> {
        self.put(RENAME_TEAM, &params![team.id, team.name.as_str()])
    }

    /// Takes a team away that nothing refers to.
    pub fn drop_team(&mut self, id: TeamId) -> Result<(), StoreError> {
        self.put(DROP_TEAM, &params![id])
    }

    /// The people of a team.
    pub fn members_of(&mut self, id: TeamId) -> Result<Vec<PersonId>, StoreError> {
        self.query(MEMBERS, &params![id], |row| row.get(0))
    }

    /// Whether a ticket or a mailbox still names the team.
    pub fn team_is_named(&mut self, id: TeamId) -> Result<bool, StoreError> {
        let ticket: Option<i64> =
            self.query_opt(TEAM_HAS_TICKETS, &params![id], |row| row.get(0))?;
        let mailbox: Option<i64> =
            self.query_opt(TEAM_HAS_MAILBOXES, &params![id], |row| row.get(0))?;
        Ok(ticket.is_some() || mailbox.is_some())
    }

    /// How many tickets that are not done a person has.
    pub fn open_tickets_given_to(&mut self, person: PersonId) -> Result<i64, StoreError> {
        self.query_one(OPEN_TICKETS, &params![person], |row| row.get(0))
    }
}

fn read_team(row: &Row<'_>) -> Result<Team, StoreError> {
    Ok(Team {
        id: row.get(0)?,
        name: row.get(1)?,
    })
}
