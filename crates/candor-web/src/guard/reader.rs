//! Who reads the answer, as far as words are concerned.
//!
//! Owns: the language and zone of one request. Must not know: accounts; whoever recognises a person
//! says what they prefer.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::i18n::{Language, Texts};

/// The language and zone of one request. It lies in the request's extensions; a preference told
/// while the request is handled also words a failure that comes later.
#[derive(Debug, Clone)]
pub struct Reader {
    accepted: Language,
    preferred: Arc<OnceLock<(Language, TimeZone)>>,
}

impl Reader {
    pub(super) fn new(accepted: Language) -> Self {
        Self {
            accepted,
            preferred: Arc::default(),
        }
    }

    /// Tells what the recognised person prefers. The first word counts.
    pub fn prefer(&self, language: Language, zone: TimeZone) {
        // A second preference within one request would be a second person: the first one stays.
        let _ = self.preferred.set((language, zone));
    }

    /// The language: the person's own, else the browser's.
    pub fn language(&self) -> Language {
        self.preferred
            .get()
            .map_or(self.accepted, |(language, _)| *language)
    }

    /// The words for this reader at the instant that the desk's clock shows.
    pub fn texts(&self, now: Timestamp) -> Texts {
        match self.preferred.get() {
            Some((language, zone)) => Texts::new(*language, zone.clone(), now),
            None => Texts::new(self.accepted, TimeZone::UTC, now),
        }
    }
}
