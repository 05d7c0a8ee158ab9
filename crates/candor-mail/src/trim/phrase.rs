//! What mail programs and people write around their messages, by language.
//!
//! Owns: reading `phrases.txt`. Must not know: how phrases are looked for.

use std::collections::HashMap;
use std::sync::LazyLock;

const FILE: &str = include_str!("phrases.txt");

/// Phrases by their first sign, so that most lines are compared with a few of them.
pub(super) struct Beginnings(HashMap<char, Vec<&'static str>>);

impl Beginnings {
    fn of(phrases: Vec<&'static str>) -> Self {
        let mut found: HashMap<char, Vec<&'static str>> = HashMap::new();
        for phrase in phrases {
            found
                .entry(phrase.chars().next().unwrap_or_default())
                .or_default()
                .push(phrase);
        }
        Self(found)
    }

    /// The phrases that begin with the first sign of a text.
    pub(super) fn of_text(&self, text: &str) -> &[&'static str] {
        let first = text.chars().next();
        first
            .and_then(|first| self.0.get(&first))
            .map_or(&[], Vec::as_slice)
    }
}

/// The lists of `phrases.txt`.
pub(super) struct Phrases {
    pub wrote: Vec<&'static str>,
    pub start: Vec<&'static str>,
    pub original: Vec<&'static str>,
    pub forwarded: Vec<&'static str>,
    pub forward_subject: Vec<&'static str>,
    pub above: Vec<&'static str>,
    pub closing: Beginnings,
    pub mobile_start: Beginnings,
    pub mobile_end: Vec<&'static str>,
    pub device: Vec<&'static str>,
    pub legal: Vec<&'static str>,
    pub boilerplate: Vec<&'static str>,
    pub list_footer: Vec<&'static str>,
    pub inline_what: Vec<&'static str>,
    pub inline_where: Vec<&'static str>,
    /// Names of header fields.
    pub field: HashMap<&'static str, Field>,
}

/// What a header field above a quote says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    From,
    Date,
    To,
    Copy,
    Subject,
    Other,
}

pub(super) static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let kinds = [
        ("other", Field::Other),
        ("copy", Field::Copy),
        ("subject", Field::Subject),
        ("to", Field::To),
        ("date", Field::Date),
        ("from", Field::From),
    ];
    let field = kinds.into_iter().flat_map(|(section, field)| {
        let names = section_of(section).into_iter();
        names.map(move |name| (name, field))
    });
    Phrases {
        wrote: section_of("wrote"),
        start: section_of("start"),
        original: section_of("original"),
        forwarded: section_of("forwarded"),
        forward_subject: section_of("forward-subject"),
        above: section_of("above"),
        closing: Beginnings::of(section_of("closing")),
        mobile_start: Beginnings::of(section_of("mobile-start")),
        mobile_end: section_of("mobile-end"),
        device: section_of("device"),
        legal: section_of("legal"),
        boilerplate: section_of("boilerplate"),
        list_footer: section_of("list-footer"),
        inline_what: section_of("inline-what"),
        inline_where: section_of("inline-where"),
        field: field.collect(),
    }
});

fn section_of(name: &str) -> Vec<&'static str> {
    let mut inside = false;
    let mut phrases = Vec::new();
    for line in FILE.lines() {
        if let Some(section) = line.strip_prefix('[') {
            inside = section.trim_end_matches(']') == name;
        } else if inside && !line.starts_with('#') {
            let all = line.split('|').map(str::trim);
            phrases.extend(all.filter(|phrase| !phrase.is_empty()));
        }
    }
    // The language in front is for readers of the file.
    for phrase in &mut phrases {
        if let Some((language, first)) = phrase.split_once(": ")
            && language.len() <= 8
            && language
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b == b'-')
        {
            *phrase = first;
        }
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::super::evidence::folded;
    use super::*;

    #[test]
    fn every_phrase_is_written_as_it_is_looked_for() {
        for section in FILE.lines().filter_map(|line| line.strip_prefix('[')) {
            let phrases = section_of(section.trim_end_matches(']'));
            assert!(!phrases.is_empty(), "{section}");
            for phrase in phrases {
                assert_eq!(folded(phrase), phrase, "in {section}");
            }
        }
    }

    #[test]
    fn attributions_are_known_in_more_than_forty_languages() {
        let wrote = FILE.split("[wrote]").nth(1).expect("a section");
        let lines = wrote.lines().skip(1).take_while(|line| !line.is_empty());
        assert!(lines.count() >= 40);
        assert!(PHRASES.wrote.contains(&"schrieb"));
        assert_eq!(PHRASES.field.get("betreff"), Some(&Field::Subject));
    }
}
