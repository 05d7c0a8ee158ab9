//! What somebody has to be able to do for a ticket.
//!
//! Owns: which tickets need a skill, and who may be given them. Must not know: storage, the order of
//! tickets.

use crate::id::{PersonId, SkillId};
use crate::record::Recorded;
use serde_json::{Value, json};

/// Something that not everybody can do, such as answering in German or mending a grinder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skill {
    /// The row.
    pub id: SkillId,
    /// Its name, unique.
    pub name: String,
    /// Tickets with one of these tags need it; sorted.
    pub tags: Vec<String>,
    /// Tickets of customers who read one of these languages need it: language tags in lower case,
    /// sorted.
    pub languages: Vec<String>,
    /// Who has it, sorted.
    pub people: Vec<PersonId>,
    /// False once it was taken away.
    pub active: bool,
}

impl Skill {
    /// Whether a ticket with these tags, of a customer who reads this language, needs it. A language
    /// counts with each of its regions: `de` is needed for `de-AT` too.
    pub fn is_needed(&self, tags: &[String], language: Option<&str>) -> bool {
        tags.iter().any(|tag| self.tags.contains(tag))
            || language
                .is_some_and(|language| self.languages.iter().any(|own| holds(own, language)))
    }
}

fn holds(own: &str, language: &str) -> bool {
    let language = language.to_ascii_lowercase();
    let rest = language.strip_prefix(own);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

impl Recorded for Skill {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({
            "name": self.name, "tags": self.tags, "languages": self.languages,
            "people": self.people, "active": self.active,
        })
    }
}

/// The skills in use, and who is there to use them.
#[derive(Debug, Clone, Default)]
pub struct SkillBook {
    skills: Vec<Skill>,
    people: Vec<PersonId>,
}

impl SkillBook {
    /// The skills in use among these, and everybody who works here and is not away.
    pub fn new(mut skills: Vec<Skill>, people: Vec<PersonId>) -> Self {
        skills.retain(|skill| skill.active);
        Self { skills, people }
    }

    /// Whether a tag makes a ticket need one of them.
    pub fn looks_at_tags(&self) -> bool {
        self.skills.iter().any(|skill| !skill.tags.is_empty())
    }

    /// Those that somebody must have to be given a ticket: every one that it needs, and none where
    /// nobody who is there has all of these, because what nobody can do holds no ticket up.
    pub fn needed(&self, tags: &[String], language: Option<&str>) -> Vec<&Skill> {
        let all = self.skills.iter();
        let needed: Vec<&Skill> = all
            .filter(|skill| skill.is_needed(tags, language))
            .collect();
        let has_all = |person: &PersonId| needed.iter().all(|skill| skill.people.contains(person));
        if self.people.iter().any(has_all) {
            needed
        } else {
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn german(people: &[i64]) -> Skill {
        Skill {
            id: SkillId(1),
            name: "German".to_owned(),
            tags: vec!["grinder".to_owned()],
            languages: vec!["de".to_owned()],
            people: people.iter().map(|&id| PersonId(id)).collect(),
            active: true,
        }
    }

    #[test]
    fn a_tag_or_the_language_of_the_customer_asks_for_it() {
        let skill = german(&[1]);
        assert!(skill.is_needed(&["grinder".to_owned()], None));
        for language in ["de", "de-AT", "DE"] {
            assert!(skill.is_needed(&[], Some(language)), "{language}");
        }
        for language in ["en", "den", "d"] {
            assert!(!skill.is_needed(&[], Some(language)), "{language}");
        }
        assert!(!skill.is_needed(&["grinders".to_owned()], None));
    }

    #[test]
    fn what_nobody_can_do_holds_nothing_up() {
        let mender = Skill {
            id: SkillId(2),
            name: "Mending".to_owned(),
            languages: Vec::new(),
            ..german(&[2])
        };
        let needed = |german: &[i64], tags: &[String]| {
            let skills = vec![self::german(german), mender.clone()];
            let book = SkillBook::new(skills, vec![PersonId(1), PersonId(2)]);
            let needed = book.needed(tags, Some("de"));
            needed.iter().map(|skill| skill.id.0).collect::<Vec<_>>()
        };
        let grinder = ["grinder".to_owned()];
        assert_eq!(needed(&[1], &[]), [1]);
        assert_eq!(needed(&[3], &[]), [0_i64; 0], "whoever had it left");
        assert_eq!(needed(&[1, 2], &grinder), [1, 2]);
        assert_eq!(needed(&[1], &grinder), [0_i64; 0], "nobody has both");
    }

    #[test]
    fn what_was_taken_away_is_not_needed() {
        let gone = Skill {
            active: false,
            ..german(&[1])
        };
        let book = SkillBook::new(vec![gone], vec![PersonId(1)]);
        assert!(book.needed(&[], Some("de")).is_empty());
        assert!(!book.looks_at_tags());
    }
}
