//! Skills and who has them.
//!
//! Owns: the tables `skill` and `skill_person`. Must not know: which tickets need one, who may change
//! them.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{PersonId, SkillId};
use candor_domain::skill::Skill;

const SKILLS: Sql = Sql::Same("select id, name, tags, languages, active from skill order by id");
const PEOPLE: Sql =
    Sql::Same("select skill_id, person_id from skill_person order by skill_id, person_id");
const INSERT_SKILL: Sql = Sql::Same(
    "insert into skill (name, tags, languages, active) values ($1, $2, $3, $4) returning id",
);
const SAVE_SKILL: Sql =
    Sql::Same("update skill set name = $2, tags = $3, languages = $4, active = $5 where id = $1");
const DROP_PEOPLE: Sql = Sql::Same("delete from skill_person where skill_id = $1");
const INSERT_PEOPLE: Sql = Sql::Same("insert into skill_person (skill_id, person_id) values");

impl Tx<'_> {
    /// Every skill there ever was, oldest first. A team has few.
    pub fn skills(&mut self) -> Result<Vec<Skill>, StoreError> {
        let mut skills = self.query(SKILLS, &[], read_skill)?;
        if skills.is_empty() {
            return Ok(skills);
        }
        let people: Vec<(SkillId, PersonId)> =
            self.query(PEOPLE, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for skill in &mut skills {
            let own = people.iter().filter(|(id, _)| *id == skill.id);
            skill.people = own.map(|(_, person)| *person).collect();
        }
        Ok(skills)
    }

    /// Stores a new skill and sets its id.
    pub fn insert_skill(&mut self, new: &mut Skill) -> Result<(), StoreError> {
        let (tags, languages) = (new.tags.join("\n"), new.languages.join("\n"));
        let values = params![new.name, tags, languages, new.active];
        new.id = self.query_one(INSERT_SKILL, &values, |row| row.get(0))?;
        self.insert_people(new)
    }

    /// Stores a changed skill with its people.
    pub fn save_skill(&mut self, skill: &Skill) -> Result<(), StoreError> {
        let (tags, languages) = (skill.tags.join("\n"), skill.languages.join("\n"));
        let values = params![skill.id, skill.name, tags, languages, skill.active];
        self.put(SAVE_SKILL, &values)?;
        self.put(DROP_PEOPLE, &params![skill.id])?;
        self.insert_people(skill)
    }

    fn insert_people(&mut self, skill: &Skill) -> Result<(), StoreError> {
        let people = skill.people.iter();
        let rows: Vec<_> = people
            .map(|&person| params![skill.id, person].to_vec())
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        self.insert_many(INSERT_PEOPLE, &rows)
    }
}

fn read_skill(row: &Row<'_>) -> Result<Skill, StoreError> {
    let lines = |text: String| text.lines().map(str::to_owned).collect();
    Ok(Skill {
        id: row.get(0)?,
        name: row.get(1)?,
        tags: lines(row.get(2)?),
        languages: lines(row.get(3)?),
        people: Vec::new(),
        active: row.get(4)?,
    })
}
