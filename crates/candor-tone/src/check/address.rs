//! du or Sie, first or last name: what the customer chose is kept.
//!
//! Owns: telling which form a text uses, and pointing out a mixture. Must not know: other checks.

use super::{CheckKind, Draft, Finding};
use crate::cue::Language;
use crate::phrase::Words;
use serde::Serialize;

/// How German text addresses its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// du, ihr.
    Du,
    /// Sie.
    Sie,
}

/// By which name a text calls its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NameUse {
    /// "Hello Amira".
    First,
    /// "Dear Ms Berger".
    Last,
}

const DU: &[&str] = &[
    "du", "dich", "dir", "dein", "deine", "deinem", "deinen", "deiner", "deines", "euch", "eure",
    "euer", "eurem", "euren",
];
const SIE: &[&str] = &[
    "Sie", "Ihnen", "Ihr", "Ihre", "Ihrem", "Ihren", "Ihrer", "Ihres",
];

/// First use of each form: the token's index. "Sie" counts only written large and not at the
/// beginning of a sentence, where it may mean "she" or "they".
fn forms(text: &str, words: &Words) -> (Option<usize>, Option<usize>) {
    let mut du = None;
    let mut sie = None;
    for (at, token) in words.tokens.iter().enumerate() {
        let first_of_sentence = words.sentence_of(at).tokens.start == at;
        if du.is_none() && DU.contains(&token.word.as_str()) {
            du = Some(at);
        }
        if sie.is_none() && !first_of_sentence && SIE.contains(&&text[token.span.clone()]) {
            sie = Some(at);
        }
    }
    (du, sie)
}

/// Which form a text uses, when it uses one only.
pub(super) fn address_of(text: &str) -> Option<Address> {
    match forms(text, &Words::of(text)) {
        (Some(_), None) => Some(Address::Du),
        (None, Some(_)) => Some(Address::Sie),
        _ => None,
    }
}

pub(super) fn findings(draft: &Draft) -> Vec<Finding> {
    german(draft).into_iter().chain(names(draft)).collect()
}

fn finding(draft: &Draft, rule: &str, token: usize) -> Finding {
    let span = draft.words.tokens[token].span.clone();
    draft.finding(CheckKind::MixedAddress, rule, span, 0.85, &[])
}

fn german(draft: &Draft) -> Option<Finding> {
    if draft.language != Language::German {
        return None;
    }
    let (du, sie) = forms(draft.text, &draft.words);
    if let (Some(du), Some(sie)) = (du, sie) {
        return Some(finding(draft, "du-and-sie", du.max(sie)));
    }
    // Earlier replies set the form; before the first of them, the customer does.
    let context = draft.context;
    let set = context
        .earlier
        .iter()
        .rev()
        .chain(context.customer.iter().rev())
        .find_map(|text| address_of(text))?;
    let (token, rule) = match (set, du, sie) {
        (Address::Sie, Some(du), None) => (du, "du-after-sie"),
        (Address::Du, None, Some(sie)) => (sie, "sie-after-du"),
        _ => return None,
    };
    Some(finding(draft, rule, token))
}

const TITLES: &[&str] = &["mr", "ms", "mrs", "miss", "mx", "dr", "herr", "frau"];

/// The greeting of a text by name: a title before a name is the last name.
fn name_use(words: &Words, first_name: Option<&str>) -> Option<(NameUse, usize)> {
    let greeting = words.sentences.first()?.tokens.clone();
    for at in greeting.start..greeting.end.min(greeting.start + 6) {
        let word = words.tokens[at].word.as_str();
        if TITLES.contains(&word) {
            return Some((NameUse::Last, at));
        }
        if first_name.is_some_and(|name| name.to_lowercase() == word) {
            return Some((NameUse::First, at));
        }
    }
    None
}

/// The reply greets by the first name where we used the last one before, or the reverse.
fn names(draft: &Draft) -> Option<Finding> {
    let first_name = draft.context.first_name.as_deref();
    let (used, at) = name_use(&draft.words, first_name)?;
    let (before, _) = draft
        .context
        .earlier
        .iter()
        .rev()
        .find_map(|earlier| name_use(&Words::of(earlier), first_name))?;
    (used != before).then(|| finding(draft, "name-changed", at))
}
