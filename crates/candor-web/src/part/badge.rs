//! Small marks: who somebody is, what state something is in.
//!
//! Owns: avatar and chip. Must not know: people, tickets.

use askama::Template;

/// What a colour means. The words beside it say it too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Nothing particular.
    #[default]
    Neutral,
    /// Chosen, ours.
    Accent,
    /// All is well.
    Good,
    /// Needs a look.
    Warn,
    /// Went wrong.
    Bad,
}

impl Tone {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "",
            Self::Accent => " accent",
            Self::Good => " good",
            Self::Warn => " warn",
            Self::Bad => " bad",
        }
    }
}

/// A round mark with somebody's initials; decoration beside the written name.
#[derive(Debug, Clone, Template)]
#[template(path = "part/avatar.html")]
pub struct Avatar {
    initials: String,
    class: &'static str,
}

impl Avatar {
    /// For a customer.
    pub fn customer(name: &str) -> Self {
        Self::new(name, "")
    }

    /// For somebody of the team.
    pub fn staff(name: &str) -> Self {
        Self::new(name, " staff")
    }

    /// For somebody who writes a note.
    pub fn note(name: &str) -> Self {
        Self::new(name, " noted")
    }

    fn new(name: &str, class: &'static str) -> Self {
        Self {
            initials: initials(name),
            class,
        }
    }
}

/// First letters of the first and the last word, or the first two letters of a single word.
pub(crate) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| {
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphanumeric()).collect();
        (!letters.is_empty()).then_some(letters)
    });
    let Some(first) = words.next() else {
        return "?".to_owned();
    };
    let letters = match words.next_back() {
        Some(last) => vec![first[0], last[0]],
        None => first.into_iter().take(2).collect(),
    };
    letters.into_iter().flat_map(char::to_uppercase).collect()
}

/// A rounded label.
#[derive(Debug, Clone, Template)]
#[template(path = "part/chip.html")]
pub struct Chip {
    words: String,
    tone: Tone,
}

impl Chip {
    /// A label without colour.
    pub fn new(words: impl Into<String>) -> Self {
        Self::toned(words, Tone::Neutral)
    }

    /// A label whose colour supports its words.
    pub fn toned(words: impl Into<String>, tone: Tone) -> Self {
        Self {
            words: words.into(),
            tone,
        }
    }
}
