//! Greeting and closing in the voice of the house.
//!
//! Owns: their words. Must not know: whether the customer is a he or a she; nobody is guessed.

use super::{Case, Rewrite};
use crate::cue::Language;
use crate::voice::Formality;

/// With a greeting, or with another one.
pub(super) fn greeted(case: Case<'_>) -> Option<Rewrite> {
    let german = case.language == Language::German;
    let at = case.finding.span.clone();
    if case.finding.rule == "no-greeting" {
        return Some(Rewrite {
            with: format!("{},\n\n", whole_greeting(case, german)),
            span: at.start..at.start,
        });
    }
    // "Sehr geehrte Frau Haddad" is greeted by two words before the name.
    let word = case.text[at.clone()].to_lowercase();
    let end = if word == "sehr" {
        let rest = &case.text[at.end..];
        let second = rest.split_whitespace().next()?;
        at.end + rest.find(second)? + second.len()
    } else {
        at.end
    };
    let with = match (german, case.voice.formality) {
        (true, Formality::Formal) => "Guten Tag",
        (true, _) => "Hallo",
        (false, Formality::Formal) => "Dear",
        (false, _) => "Hello",
    };
    Some(Rewrite {
        span: at.start..end,
        with: with.to_owned(),
    })
}

fn whole_greeting(case: Case<'_>, german: bool) -> String {
    let name = |name: &Option<String>| {
        let known = name.as_deref().filter(|name| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|letter| letter.is_alphabetic() || letter == '-')
        });
        known.map(str::to_owned)
    };
    let (first, last) = (
        name(&case.context.first_name),
        name(&case.context.last_name),
    );
    let (word, nobody) = match (german, case.voice.formality) {
        (true, Formality::Formal) => ("Guten Tag", "Guten Tag"),
        (true, _) => ("Hallo", "Guten Tag"),
        (false, Formality::Formal) => ("Dear", "Good day"),
        (false, Formality::Friendly) => ("Hello", "Hello"),
        (false, Formality::Casual) => ("Hi", "Hi"),
    };
    match (case.voice.formality, first, last) {
        (Formality::Formal, Some(first), Some(last)) => format!("{word} {first} {last}"),
        (_, Some(first), _) => format!("{word} {first}"),
        _ => nobody.to_owned(),
    }
}

/// Most words of a line that is nothing but a closing.
const LONGEST_CLOSING: usize = 3;

/// With a closing, or with another one.
pub(super) fn closed(case: Case<'_>) -> Option<Rewrite> {
    let closing = match (case.language == Language::German, case.voice.formality) {
        (true, Formality::Formal) => "Mit freundlichen Grüßen",
        (true, Formality::Friendly) => "Viele Grüße",
        (true, Formality::Casual) => "Liebe Grüße",
        (false, Formality::Formal) => "Kind regards",
        (false, Formality::Friendly) => "Best regards",
        (false, Formality::Casual) => "Best",
    };
    if case.finding.rule == "no-closing" {
        let end = case.text.trim_end().len();
        return Some(Rewrite {
            span: end..case.text.len(),
            with: format!("\n\n{closing}"),
        });
    }
    let at = case.finding.span.clone();
    let start = case.text[..at.start].rfind('\n').map_or(0, |line| line + 1);
    let end = case.text[at.end..]
        .find('\n')
        .map_or(case.text.len(), |line| at.end + line);
    let line = &case.text[start..end];
    let bare = line.trim_end_matches([' ', ',', '!', '.', '\r']);
    let alone = bare.split_whitespace().count() <= LONGEST_CLOSING && !bare.contains(',');
    let first_word = line.trim_start().len() == case.text[at.start..end].len();
    if alone {
        return Some(Rewrite {
            span: start..start + bare.len(),
            with: closing.to_owned(),
        });
    }
    first_word.then(|| Rewrite {
        span: at,
        with: closing.to_owned(),
    })
}
