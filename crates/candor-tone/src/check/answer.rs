//! Whether a draft takes up what the customer asked and needs.
//!
//! Owns: finding questions, comparing their words with the draft's. Must not know: moods, voices.

use super::{CheckKind, Draft, Finding};
use crate::phrase::{Sentence, Token, Words, own_words};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that a draft needs before it can be blamed for what it leaves out.
const SUBSTANTIAL: usize = 10;
/// Questions that are looked at.
const MOST_QUESTIONS: usize = 12;

pub(super) fn findings(draft: &Draft) -> Vec<Finding> {
    let Some(last) = draft.context.customer.last() else {
        return Vec::new();
    };
    let asked = Words::of_ranges(last, &own_words(last));
    let ours: HashSet<&str> = draft
        .words
        .tokens
        .iter()
        .map(|token| stem(&token.word))
        .collect();
    unanswered(draft, last, &asked, &ours)
        .into_iter()
        .chain(not_restated(draft, &asked, &ours))
        .collect()
}

/// The first question of which the draft takes up nothing.
fn unanswered(draft: &Draft, last: &str, asked: &Words, ours: &HashSet<&str>) -> Option<Finding> {
    let (_, open) = asked
        .sentences
        .iter()
        .filter(|sentence| sentence.question && sentence.tokens.len() >= 2)
        .take(MOST_QUESTIONS)
        .enumerate()
        .find(|(place, question)| {
            !answered(draft, &asked.tokens[question.tokens.clone()], ours, *place)
        })?;
    let end = draft.text.len();
    Some(draft.finding(
        CheckKind::UnansweredQuestion,
        "unanswered-question",
        end..end,
        0.6,
        &[("question", &quotation(last, asked, open))],
    ))
}

fn quotation(text: &str, words: &Words, sentence: &Sentence) -> String {
    let said = &text[words.span(&sentence.tokens)];
    let mut short: String = said.chars().take(120).collect();
    if short.len() < said.len() {
        short.push('\u{2026}');
    }
    short + "?"
}

/// Whether the draft takes up the question that stands at `place` among the questions.
fn answered(draft: &Draft, question: &[Token], ours: &HashSet<&str>, place: usize) -> bool {
    let words: Vec<&str> = question.iter().map(|token| token.word.as_str()).collect();
    let has = |list: &[&str]| words.iter().take(6).any(|word| list.contains(word));
    if has(&["when", "wann", "long", "lange", "soon"]) && draft.marks.has("time") {
        return true;
    }
    if has(&["much", "many", "viel", "viele", "cost", "kostet", "price"])
        && has_figure(&draft.words)
    {
        return true;
    }
    let content: Vec<&str> = question
        .iter()
        .filter(|token| is_content(&token.word))
        .map(|token| stem(&token.word))
        .collect();
    // A question of common words only ("Is that possible?") cannot be judged by its words.
    if content.is_empty() || content.iter().any(|word| ours.contains(word)) {
        return true;
    }
    // "Could you look into it?" is answered by saying what was done about it.
    let opens = words.iter().take(2).any(|word| ASKING_FOR.contains(word));
    let request = opens && has(&["you", "somebody", "someone", "sie", "ihr", "du", "jemand"]);
    (request && draft.marks.has("step")) || plain_answers(&draft.words) > place
}

/// How a request begins.
const ASKING_FOR: &[&str] = &[
    "can",
    "could",
    "would",
    "will",
    "koennen",
    "koennten",
    "kannst",
    "koenntest",
    "wuerden",
    "bitte",
    "please",
];

fn has_figure(words: &Words) -> bool {
    words
        .tokens
        .iter()
        .any(|token| token.word.starts_with(|first: char| first.is_ascii_digit()))
}

/// How many sentences begin with "Yes", "No" or the like.
fn plain_answers(words: &Words) -> usize {
    words
        .sentences
        .iter()
        .filter(|sentence| PLAIN.contains(&words.tokens[sentence.tokens.start].word.as_str()))
        .count()
}

/// Words that answer by themselves.
const PLAIN: &[&str] = &[
    "yes",
    "no",
    "ja",
    "nein",
    "certainly",
    "sure",
    "absolutely",
    "gladly",
    "gern",
    "gerne",
    "unfortunately",
    "leider",
];

/// Nothing of what the customer wrote comes back in the draft: it could answer anybody.
fn not_restated(draft: &Draft, asked: &Words, ours: &HashSet<&str>) -> Option<Finding> {
    let needs: HashSet<&str> = asked
        .tokens
        .iter()
        .filter(|token| is_content(&token.word))
        .map(|token| stem(&token.word))
        .collect();
    if needs.len() < 2 || draft.words.tokens.len() < SUBSTANTIAL {
        return None;
    }
    if needs.iter().any(|word| ours.contains(word)) {
        return None;
    }
    let start = draft
        .words
        .tokens
        .first()
        .map_or(0, |token| token.span.start);
    let (check, here) = (CheckKind::NeedNotRestated, start..start);
    Some(draft.finding(check, "need-not-restated", here, 0.6, &[]))
}

/// A word that stands for a thing of this matter rather than for any matter.
fn is_content(word: &str) -> bool {
    let long = word.chars().count() >= 3 || word.starts_with(|first: char| first.is_ascii_digit());
    long && !COMMON.contains(word) && !COMMON.contains(stem(word))
}

/// A word without its commonest endings.
fn stem(word: &str) -> &str {
    for ending in [
        "ing", "ies", "ied", "es", "ed", "en", "er", "s", "e", "n", "y",
    ] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 4
        {
            return stem;
        }
    }
    word
}

/// Words of any letter to any desk, English and German.
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("../../rules/common_words.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});
