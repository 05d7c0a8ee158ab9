//! Skills: what not everybody can do.
//!
//! Owns: adding, changing and taking them away, and the book that the queue asks. Must not know: the
//! order of tickets.

use crate::check::{Check, as_set};
use crate::cx::{Cx, Query, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use crate::people::staff_only;
use crate::roster::book_now;
use candor_domain::id::{PersonId, SkillId};
use candor_domain::people::Person;
use candor_domain::permission::Permission;
use candor_domain::skill::{Skill, SkillBook};
use candor_domain::ticket::clean_tag;
use candor_store::Tx;
use jiff::Timestamp;
use serde_json::json;

/// Most tags or languages of one skill.
const MOST: usize = 30;

/// The skills in use, and who works here and is not away today.
pub(crate) fn skill_book(tx: &mut Tx<'_>, now: Timestamp) -> Result<SkillBook, DeskError> {
    let skills = tx.skills()?;
    if skills.iter().all(|skill| !skill.active) {
        return Ok(SkillBook::default());
    }
    let book = book_now(tx, now)?;
    let is_here =
        |person: &Person| person.active && book.absence(person.id, book.date(now)).is_none();
    let people = tx.people()?.into_iter().filter(is_here);
    let people = people.map(|person| person.id).collect();
    Ok(SkillBook::new(skills, people))
}

/// What somebody has to be able to do for a ticket, as its page shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SkillsOf {
    /// Every skill that it asks for.
    pub asked: Vec<Skill>,
    /// Whether nobody who is here today has all of them, so that anybody may take it.
    pub waived: bool,
}

impl SkillsOf {
    /// What they are called.
    pub fn names(&self) -> Vec<String> {
        let names = self.asked.iter().map(|skill| skill.name.clone());
        names.collect()
    }
}

/// What a ticket with these tags, of a customer who reads this language, asks for.
pub(crate) fn skills_of(
    tx: &mut Tx<'_>,
    cx: &Cx,
    tags: &[String],
    language: Option<&str>,
) -> Result<SkillsOf, DeskError> {
    let mut asked = tx.skills()?;
    asked.retain(|skill| skill.active && skill.is_needed(tags, language));
    if asked.is_empty() {
        return Ok(SkillsOf::default());
    }
    let book = skill_book(tx, cx.now())?;
    let waived = book.needed(tags, language).is_empty();
    Ok(SkillsOf { asked, waived })
}

/// Asks for every skill there ever was, oldest first.
#[derive(Debug, Clone, Copy)]
pub struct Skills;

impl Query for Skills {
    type Output = Vec<Skill>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<Skill>, DeskError> {
        staff_only(cx)?;
        Ok(tx.skills()?)
    }
}

/// Asks for a skill.
#[derive(Debug, Clone, Copy)]
pub struct SkillOf(pub SkillId);

impl Query for SkillOf {
    type Output = Skill;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Skill, DeskError> {
        staff_only(cx)?;
        found(tx, self.0)
    }
}

fn found(tx: &mut Tx<'_>, id: SkillId) -> Result<Skill, DeskError> {
    let mut skills = tx.skills()?.into_iter();
    let skill = skills.find(|skill| skill.id == id);
    skill.ok_or(DeskError::NotFound("skill"))
}

/// A skill as somebody typed it.
#[derive(Debug, Clone, Default)]
pub struct SkillText {
    /// Its name, unique among those in use.
    pub name: String,
    /// Tags of tickets that need it.
    pub tags: Vec<String>,
    /// Languages of customers whose tickets need it, such as `de`.
    pub languages: Vec<String>,
    /// Who has it.
    pub people: Vec<PersonId>,
}

impl SkillText {
    fn read(&self, tx: &mut Tx<'_>, before: Option<&Skill>) -> Result<Skill, DeskError> {
        let mut check = Check::default();
        let name = check.name("name", &self.name);
        let tags: Vec<String> = self.tags.iter().filter_map(|tag| clean_tag(tag)).collect();
        let tags = as_set(&tags);
        let languages = self.languages.iter().map(|tag| tag.trim());
        let languages: Vec<String> = languages
            .filter(|tag| !tag.is_empty())
            .map(str::to_ascii_lowercase)
            .collect();
        let languages = as_set(&languages);
        if languages.iter().any(|tag| !is_language_tag(tag)) {
            let words = "write language tags such as de or pt-BR";
            check.refuse("languages", "error-language-tag", words);
        }
        if tags.is_empty() && languages.is_empty() {
            let words = "name at least one tag or language";
            check.refuse("tags", "error-skill-needless", words);
        }
        if tags.len() > MOST || languages.len() > MOST {
            check.refuse("tags", "error-skill-many", "name at most 30 of each");
        }
        check.done()?;
        let people = as_set(&self.people);
        for &person in &people {
            tx.person(person)?.ok_or(DeskError::NotFound("person"))?;
        }
        Ok(Skill {
            id: before.map_or(SkillId(0), |before| before.id),
            name,
            tags,
            languages,
            people,
            active: before.is_none_or(|before| before.active),
        })
    }
}

/// Whether a text could be a language tag, such as `de` or `pt-BR`.
pub(crate) fn is_language_tag(tag: &str) -> bool {
    let of_tag = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (2..=35).contains(&tag.len()) && tag.chars().all(of_tag)
}

/// Refuses a name that another skill in use has.
fn free_name(tx: &mut Tx<'_>, skill: &Skill) -> Result<(), DeskError> {
    let mut others = tx.skills()?.into_iter();
    let has_it = |other: &Skill| other.active && other.id != skill.id && other.name == skill.name;
    if skill.active && others.any(|other| has_it(&other)) {
        return Err(DeskError::Conflict(Conflict::Taken("name")));
    }
    Ok(())
}

/// Adds a skill.
#[derive(Debug, Clone)]
pub struct AddSkill(pub SkillText);

impl Verb for AddSkill {
    type Output = SkillId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<SkillId, DeskError> {
        cx.may_at_all(Permission::ManageTeams)?;
        let mut skill = self.0.read(tx, None)?;
        free_name(tx, &skill)?;
        tx.insert_skill(&mut skill)?;
        record(tx, cx, "skill.added", json!({}), &[&skill])?;
        Ok(skill.id)
    }
}

/// Changes a skill. Whoever has a ticket keeps it.
#[derive(Debug, Clone)]
pub struct ChangeSkill {
    /// Which.
    pub skill: SkillId,
    /// How it is to be.
    pub text: SkillText,
}

impl Verb for ChangeSkill {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageTeams)?;
        let before = found(tx, self.skill)?;
        let skill = self.text.read(tx, Some(&before))?;
        if skill == before {
            return Ok(());
        }
        free_name(tx, &skill)?;
        tx.save_skill(&skill)?;
        record(tx, cx, "skill.changed", json!({}), &[&skill])
    }
}

/// Takes a skill away, so that no ticket needs it, or brings it back.
#[derive(Debug, Clone, Copy)]
pub struct TakeSkillAway {
    /// Which.
    pub skill: SkillId,
    /// Whether it goes.
    pub goes: bool,
}

impl Verb for TakeSkillAway {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageTeams)?;
        let mut skill = found(tx, self.skill)?;
        if skill.active != self.goes {
            return Ok(());
        }
        skill.active = !self.goes;
        free_name(tx, &skill)?;
        tx.save_skill(&skill)?;
        let kind = if self.goes {
            "skill.removed"
        } else {
            "skill.brought_back"
        };
        record(tx, cx, kind, json!({}), &[&skill])
    }
}
