//! Turns that say nothing but "thanks" or "ok".
//!
//! Owns: which words alone are a courtesy. Must not know: moods.

use crate::phrase::{Words, own_words};

/// Words beyond this are more than a courtesy.
const MOST_WORDS: usize = 8;

/// A turn made of these words only says nothing about the matter.
const COURTEOUS: &[&str] = &[
    "a",
    "all",
    "alles",
    "alright",
    "and",
    "auch",
    "besten",
    "bis",
    "bye",
    "cheers",
    "danke",
    "dankeschoen",
    "dank",
    "dann",
    "day",
    "dir",
    "euch",
    "for",
    "gerne",
    "good",
    "got",
    "great",
    "gruesse",
    "gruss",
    "gut",
    "have",
    "herzlichen",
    "hi",
    "hello",
    "hallo",
    "ihnen",
    "ist",
    "it",
    "k",
    "kay",
    "klar",
    "liebe",
    "lot",
    "lots",
    "many",
    "mfg",
    "much",
    "nice",
    "noted",
    "ok",
    "okay",
    "passt",
    "perfect",
    "perfekt",
    "prima",
    "received",
    "regards",
    "reply",
    "right",
    "schoen",
    "schoenen",
    "sehr",
    "so",
    "sounds",
    "super",
    "sure",
    "tag",
    "thank",
    "thanks",
    "that's",
    "the",
    "too",
    "understood",
    "very",
    "verstanden",
    "viele",
    "vielen",
    "will",
    "do",
    "wochenende",
    "weekend",
    "you",
    "yes",
    "ja",
    "yep",
    "yup",
    "bye",
    "ciao",
    "tschuess",
    "noch",
    "ein",
    "schoenes",
    ":)",
    ":-)",
    ";)",
    "\u{1f44d}",
    "\u{1f642}",
    "\u{1f64f}",
    "tag",
    "then",
];

/// Whether a turn is a courtesy and nothing else. An empty turn is one.
pub fn is_courtesy(text: &str) -> bool {
    let words = Words::of_ranges(text, &own_words(text));
    words.tokens.len() <= MOST_WORDS
        && !words.sentences.iter().any(|sentence| sentence.question)
        && words
            .tokens
            .iter()
            .all(|token| COURTEOUS.contains(&token.word.as_str()))
}
