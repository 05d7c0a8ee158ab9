//! Why a message reads as it does.
//!
//! Owns: leaving out one word at a time and seeing what changes. Must not know: how a person is
//! shown the answer.

use super::{Reading, read_with};
use crate::model::Model;
use crate::vader;
use serde::Serialize;

/// Words of a message that are tried; each costs one reading.
const TRIED: usize = 80;
/// Words that are named.
const NAMED: usize = 8;
/// A smaller difference is noise.
const LEAST: f32 = 0.01;

/// A reading with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// Which model judged.
    pub model: String,
    /// What it said.
    pub reading: Reading,
    /// What VADER's lexicon and rules say alone, -1 to 1.
    pub vader: f64,
    /// The words that moved the sentiment most, strongest first.
    pub moved_by: Vec<Moved>,
    /// Words beyond the first 80 were not tried.
    pub cut_short: bool,
}

/// One word and what it does to the sentiment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moved {
    /// The word as written.
    pub word: String,
    /// First byte of the word in the text.
    pub start: usize,
    /// Sentiment with the word minus sentiment without it.
    pub by: f32,
}

/// Reads a message and tries each of its first words.
pub fn explain(model: &Model<'_>, text: &str) -> Explanation {
    let reading = read_with(model, text);
    let mut words = spans(text);
    let tried: Vec<(usize, &str)> = words.by_ref().take(TRIED).collect();
    let mut moved: Vec<Moved> = tried
        .iter()
        .map(|(start, word)| {
            let without = [&text[..*start], &text[start + word.len()..]].concat();
            Moved {
                word: (*word).to_owned(),
                start: *start,
                by: reading.sentiment - read_with(model, &without).sentiment,
            }
        })
        .filter(|moved| moved.by.abs() >= LEAST)
        .collect();
    moved.sort_by(|left, right| right.by.abs().total_cmp(&left.by.abs()));
    moved.truncate(NAMED);
    Explanation {
        model: model.version().to_owned(),
        vader: vader::score(&crate::features::excerpt(text)).compound,
        reading,
        moved_by: moved,
        cut_short: words.next().is_some(),
    }
}

/// Words with the byte at which they start.
fn spans(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace()
        .map(move |word| (word.as_ptr() as usize - base, word))
}
