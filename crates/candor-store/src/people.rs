//! People of the team: rows, their teams and their mailboxes.
//!
//! Owns: the tables `person`, `person_team` and `person_mailbox`; roles and teams in the files
//! below. Must not know: who may change what, how a password is hashed.

mod role;
mod team;

pub(crate) use team::TEAMS;

use crate::ticket::word;
use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::address::EmailAddress;
use candor_domain::id::{MailboxId, PersonId, RoleId, TeamId};
use candor_domain::people::Person;

const PERSON: Sql = Sql::Same(
    "select id, name, email, role_id, language, zone, undo_seconds, active, created_at, salt
       from person
      where id = $1",
);
const PERSON_BY_EMAIL: Sql = Sql::Same(
    "select id, name, email, role_id, language, zone, undo_seconds, active, created_at, salt
       from person
      where email = $1",
);
pub(crate) const PEOPLE_AFTER: Sql = Sql::Same(
    "select id, name, email, role_id, language, zone, undo_seconds, active, created_at, salt
       from person
      where id > $1
      order by id
      limit $2",
);
const ANYBODY: Sql = Sql::Same("select id from person limit 1");
const INSERT_PERSON: Sql = Sql::Same(
    "insert into person (name, email, role_id, language, zone, undo_seconds, active, password,
            created_at, salt)
     values ($1, $2, $3, $4, $5, $6, $7, null, $8, $9)
     returning id",
);
const UPDATE_PERSON: Sql = Sql::Same(
    "update person
        set name = $2, email = $3, role_id = $4, language = $5, zone = $6, undo_seconds = $7,
            active = $8
      where id = $1",
);
const PASSWORD: Sql = Sql::Same("select password from person where id = $1");
const SET_PASSWORD: Sql = Sql::Same("update person set password = $2 where id = $1");
const PASSWORDS: Sql =
    Sql::Same("select id, password, salt from person where password is not null order by id");
const WITHOUT_PASSWORD: Sql = Sql::Same("select id from person where password is null order by id");
const TEAMS_OF: Sql =
    Sql::Same("select team_id from person_team where person_id = $1 order by team_id");
pub(crate) const EVERY_TEAM_OF: Sql =
    Sql::Same("select person_id, team_id from person_team order by person_id, team_id");
const DROP_TEAMS_OF: Sql = Sql::Same("delete from person_team where person_id = $1");
const INSERT_TEAMS_OF: Sql = Sql::Same("insert into person_team (person_id, team_id) values");
const MAILBOXES_OF: Sql =
    Sql::Same("select mailbox_id from person_mailbox where person_id = $1 order by mailbox_id");
pub(crate) const EVERY_MAILBOX_OF: Sql =
    Sql::Same("select person_id, mailbox_id from person_mailbox order by person_id, mailbox_id");
const DROP_MAILBOXES_OF: Sql = Sql::Same("delete from person_mailbox where person_id = $1");
const INSERT_MAILBOXES_OF: Sql =
    Sql::Same("insert into person_mailbox (person_id, mailbox_id) values");

impl Tx<'_> {
    /// A person with their teams and mailboxes.
    pub fn person(&mut self, id: PersonId) -> Result<Option<Person>, StoreError> {
        Ok(self.person_with_salt(id)?.map(|(person, _)| person))
    }

    /// A person with the salt of their content.
    pub fn person_with_salt(
        &mut self,
        id: PersonId,
    ) -> Result<Option<(Person, Vec<u8>)>, StoreError> {
        let found = self.query_opt(PERSON, &params![id], read_person)?;
        found.map(|found| self.with_groups(found)).transpose()
    }

    /// The person who logs in with this address.
    pub fn person_by_email(&mut self, email: &EmailAddress) -> Result<Option<Person>, StoreError> {
        let found = self.query_opt(PERSON_BY_EMAIL, &params![email.as_str()], read_person)?;
        let found = found.map(|found| self.with_groups(found)).transpose()?;
        Ok(found.map(|(person, _)| person))
    }

    /// Everybody who ever worked here, by id. A team fits into one page.
    pub fn people(&mut self) -> Result<Vec<Person>, StoreError> {
        let mut people: Vec<Person> = self
            .query(PEOPLE_AFTER, &params![0_i64, i64::MAX], read_person)?
            .into_iter()
            .map(|(person, _)| person)
            .collect();
        let teams: Vec<(PersonId, TeamId)> =
            self.query(EVERY_TEAM_OF, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mailboxes: Vec<(PersonId, MailboxId)> =
            self.query(EVERY_MAILBOX_OF, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for person in &mut people {
            let own = |owner: PersonId| owner == person.id;
            person.teams = teams
                .iter()
                .filter(|row| own(row.0))
                .map(|row| row.1)
                .collect();
            person.mailboxes = mailboxes
                .iter()
                .filter(|row| own(row.0))
                .map(|row| row.1)
                .collect();
        }
        Ok(people)
    }

    /// People by id after one, with their salts; for walks over all of them.
    pub fn people_after(
        &mut self,
        after: PersonId,
        limit: i64,
    ) -> Result<Vec<(Person, Vec<u8>)>, StoreError> {
        let people = self.query(PEOPLE_AFTER, &params![after, limit], read_person)?;
        people
            .into_iter()
            .map(|found| self.with_groups(found))
            .collect()
    }

    fn with_groups(
        &mut self,
        (mut person, salt): (Person, Vec<u8>),
    ) -> Result<(Person, Vec<u8>), StoreError> {
        person.teams = self.query(TEAMS_OF, &params![person.id], |row| row.get(0))?;
        person.mailboxes = self.query(MAILBOXES_OF, &params![person.id], |row| row.get(0))?;
        Ok((person, salt))
    }

    /// Whether anybody is there at all.
    pub fn anybody_works_here(&mut self) -> Result<bool, StoreError> {
        let first: Option<PersonId> = self.query_opt(ANYBODY, &[], |row| row.get(0))?;
        Ok(first.is_some())
    }

    /// Stores a new person without a password and sets `person.id`.
    pub fn insert_person(&mut self, person: &mut Person, salt: &[u8]) -> Result<(), StoreError> {
        let values = params![
            person.name.as_str(),
            person.email.as_str(),
            person.role,
            person.language.as_deref(),
            person.zone.as_str(),
            person.undo_seconds,
            person.active,
            person.created_at,
            salt
        ];
        person.id = self.query_one(INSERT_PERSON, &values, |row| row.get(0))?;
        self.insert_groups(person)
    }

    /// Stores a changed person with their teams and mailboxes.
    pub fn save_person(&mut self, person: &Person) -> Result<(), StoreError> {
        let values = params![
            person.id,
            person.name.as_str(),
            person.email.as_str(),
            person.role,
            person.language.as_deref(),
            person.zone.as_str(),
            person.undo_seconds,
            person.active
        ];
        self.put(UPDATE_PERSON, &values)?;
        self.put(DROP_TEAMS_OF, &params![person.id])?;
        self.put(DROP_MAILBOXES_OF, &params![person.id])?;
        self.insert_groups(person)
    }

    fn insert_groups(&mut self, person: &Person) -> Result<(), StoreError> {
        let teams: Vec<_> = person
            .teams
            .iter()
            .map(|&team| params![person.id, team].to_vec())
            .collect();
        if !teams.is_empty() {
            self.insert_many(INSERT_TEAMS_OF, &teams)?;
        }
        let mailboxes: Vec<_> = person
            .mailboxes
            .iter()
            .map(|&mailbox| params![person.id, mailbox].to_vec())
            .collect();
        if !mailboxes.is_empty() {
            self.insert_many(INSERT_MAILBOXES_OF, &mailboxes)?;
        }
        Ok(())
    }

    /// The stored hash of a person's password; `None` until they chose one.
    pub fn password_of(&mut self, id: PersonId) -> Result<Option<String>, StoreError> {
        Ok(self
            .query_opt(PASSWORD, &params![id], |row| row.get(0))?
            .flatten())
    }

    /// Stores the hash of a password.
    pub fn set_password(&mut self, id: PersonId, hash: &str) -> Result<(), StoreError> {
        self.put(SET_PASSWORD, &params![id, hash])
    }

    /// Every stored hash with the salt of its person; for walks over all of them.
    pub fn passwords(&mut self) -> Result<Vec<(PersonId, String, Vec<u8>)>, StoreError> {
        self.query(PASSWORDS, &[], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
    }

    /// People who were invited and have not chosen a password yet.
    pub fn people_without_password(&mut self) -> Result<Vec<PersonId>, StoreError> {
        self.query(WITHOUT_PASSWORD, &[], |row| row.get(0))
    }
}

fn read_person(row: &Row<'_>) -> Result<(Person, Vec<u8>), StoreError> {
    let person = Person {
        id: row.get(0)?,
        name: row.get(1)?,
        email: word(row, 2, address)?,
        role: row.get::<RoleId>(3)?,
        teams: Vec::new(),
        mailboxes: Vec::new(),
        language: row.get(4)?,
        zone: row.get(5)?,
        undo_seconds: row.get(6)?,
        active: row.get(7)?,
        created_at: row.get(8)?,
    };
    Ok((person, row.get(9)?))
}

/// Reads a stored address.
pub(crate) fn address(text: &str) -> Option<EmailAddress> {
    EmailAddress::parse(text).ok()
}
