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
}

impl Thread {
    /// A ticket of a situation with these tags.
    pub(in crate::demo::script) fn about(tags: &[&'static str]) -> Self {
        Self {
            keys: tags.to_vec(),
            ..Self::default()
        }
    }

    /// Adds a fact that no text gave.
    pub(in crate::demo::script) fn know(&mut self, key: &'static str) {
        self.keys.push(key);
    }

    /// Whether an entry can be said now.
    pub(super) fn admits(&self, entry: &Entry, section: Section) -> bool {
        if self.used.contains(&entry.text) {
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
