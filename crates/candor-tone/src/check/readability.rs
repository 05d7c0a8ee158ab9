//! How long and how hard to read a draft is.
//!
//! Owns: syllables, the reading ease formulas. Must not know: what the text says.

use super::{CheckKind, Draft, Finding};
use crate::cue::Language;
use crate::phrase::Words;

/// Words below which the formula says nothing.
const FEWEST_WORDS: usize = 25;

/// Reading ease of a text, about 0 (hard) to 100 (easy); nothing below 25 words.
///
/// English: Flesch 1948, 206.835 - 1.015 (words per sentence) - 84.6 (syllables per word).
/// German: Amstad 1978, 180 - (words per sentence) - 58.5 (syllables per word).
pub fn reading_ease(words: &Words, language: Language) -> Option<f32> {
    let spoken: Vec<&str> = words
        .tokens
        .iter()
        .map(|token| token.word.as_str())
        .filter(|word| word.starts_with(char::is_alphabetic))
        .collect();
    if spoken.len() < FEWEST_WORDS {
        return None;
    }
    let count = spoken.len() as f32;
    // A greeting line is a sentence of its own only in form.
    let sentences = words
        .sentences
        .iter()
        .filter(|sentence| sentence.tokens.len() > 3)
        .count()
        .max(1) as f32;
    let syllables: usize = spoken.iter().map(|word| syllables(word, language)).sum();
    let (length, weight) = (count / sentences, syllables as f32 / count);
    Some(match language {
        Language::German => 180.0 - length - 58.5 * weight,
        _ => 206.835 - 1.015 * length - 84.6 * weight,
    })
}

/// Groups of vowels; in English a silent e at the end is none.
fn syllables(word: &str, language: Language) -> usize {
    let vowel = |letter: char| "aeiouyäöüáàâéèêíóôú".contains(letter);
    let mut groups = 0;
    let mut inside = false;
    for letter in word.chars() {
        groups += usize::from(vowel(letter) && !inside);
        inside = vowel(letter);
    }
    let silent =
        language != Language::German && word.ends_with('e') && !word.ends_with("le") && groups > 1;
    (groups - usize::from(silent)).max(1)
}

pub(super) fn findings(draft: &Draft) -> Vec<Finding> {
    let end = draft.text.len();
    let mut findings = Vec::new();
    let length = draft.words.tokens.len();
    if length > draft.voice.longest_words {
        let most = draft.voice.longest_words;
        findings.push(draft.finding(
            CheckKind::TooLong,
            "too-long",
            draft.words.tokens[most].span.start..end,
            0.9,
            &[("words", &length.to_string()), ("most", &most.to_string())],
        ));
    }
    if let Some(ease) = reading_ease(&draft.words, draft.language)
        && ease < draft.voice.reading_ease
    {
        findings.push(draft.finding(
            CheckKind::TooHard,
            "too-hard",
            longest_sentence(draft),
            0.7,
            &[("ease", &format!("{ease:.0}"))],
        ));
    }
    findings
}

fn longest_sentence(draft: &Draft) -> std::ops::Range<usize> {
    draft
        .words
        .sentences
        .iter()
        .max_by_key(|sentence| sentence.tokens.len())
        .map_or(0..0, |sentence| draft.words.span(&sentence.tokens))
}
