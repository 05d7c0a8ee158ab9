//! What was said in one ticket so far, so that what comes next fits.
//!
//! Owns: the keys of a ticket and which entries fit them. Must not know: the piles.
//! The signs before a key are described in `demo/texts/README.md`.

use super::{Entry, Section};

/// The keys and the texts of one ticket.
#[derive(Debug, Default)]
pub(in crate::demo::script) struct Thread {
    keys: Vec<&'static str>,
    /// Whether only an answer with the ticket's key will do.
    strict: bool,
    used: Vec<&'static str>,
    /// Who answers, by given name.
    author: &'static str,
}

impl Thread {
    /// A ticket of a situation with these tags, answered by this person.
    pub(in crate::demo::script) fn about(tags: &[&'static str], author: &'static str) -> Self {
        Self {
            keys: tags.to_vec(),
            author,
            ..Self::default()
        }
    }

    /// Adds a fact that no text gave.
    pub(in crate::demo::script) fn know(&mut self, key: &'static str) {
        self.keys.push(key);
    }

    /// Somebody else answers.
    pub(in crate::demo::script) fn written_by(&mut self, author: &'static str) {
        self.author = author;
    }

    /// Whether an entry can be said now.
    pub(super) fn admits(&self, entry: &Entry, section: Section) -> bool {
        if self.used.contains(&entry.text) {
            return false;
        }
        if self.speaks_of_its_writer(entry, section) {
            return false;
        }
        let has = |key: &str| self.keys.contains(&key);
        let (mut needs, mut met) = (false, false);
        for mark in entry.marks.iter().filter(|mark| !mark.is_empty()) {
            match mark.split_at(1) {
                ("#", key) => {
                    needs = true;
                    met |= has(key);
                }
                ("-", key) if has(key) => return false,
                _ => {}
            }
        }
        match section {
            Section::Ask | Section::Spam => true,
            Section::Reply if self.strict => met,
            _ => met || !needs,
        }
    }

    /// Nobody writes of themselves as of somebody else.
    fn speaks_of_its_writer(&self, entry: &Entry, section: Section) -> bool {
        let spoken = match section {
            Section::Reply => entry.text,
            Section::Turn | Section::Again => entry.answer,
            _ => return false,
        };
        !self.author.is_empty() && spoken.contains(self.author)
    }

    /// Remembers what was said.
    pub(in crate::demo::script) fn say(&mut self, entry: &Entry, section: Section) {
        self.used.push(entry.text);
        for mark in entry.marks.iter().filter(|mark| !mark.is_empty()) {
            let (sign, key) = mark.split_at(1);
            self.strict |= sign == "=";
            if sign == "+" || sign == "=" || section == Section::Ask {
                self.keys.push(key);
            }
        }
    }
}
