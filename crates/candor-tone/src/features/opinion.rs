//! Opinion words beyond VADER's.
//!
//! Owns: a second look at a text with VADER's valences and the project's own words and phrases
//! together. Must not know: weights.

use super::hash::negates;
use super::token::{Kind, Token};
use crate::vader;
use std::collections::HashMap;
use std::sync::LazyLock;

const WORDS: &str = include_str!("../../data/opinion/words.txt");

/// Longest phrase of the list, in words.
const LONGEST: usize = 5;
/// A negation turns the valence of this many words after it.
const REACH: usize = 3;

/// Strength by phrase; the words of a phrase are parted by one space.
static STRENGTHS: LazyLock<HashMap<String, f32>> = LazyLock::new(|| {
    let mut strengths = HashMap::new();
    for line in WORDS.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let strength: f32 = words
            .next()
            .and_then(|number| number.parse().ok())
            .unwrap_or_default();
        for phrase in words {
            let phrase = phrase.replace('_', " ").replace('\'', "");
            strengths.entry(phrase).or_insert(strength);
        }
    }
    strengths
});

/// Words that begin a phrase of two or more.
static BEGINNINGS: LazyLock<HashMap<&'static str, usize>> = LazyLock::new(|| {
    let mut beginnings = HashMap::new();
    for phrase in STRENGTHS.keys() {
        if let Some((first, rest)) = phrase.split_once(' ') {
            let length = beginnings.entry(first).or_insert(0);
            *length = rest.split(' ').count().max(*length);
        }
    }
    beginnings
});

/// Every phrase of the list with its strength, sorted; the trainer composes remarks from them.
pub fn phrases() -> Vec<(&'static str, f32)> {
    let mut phrases: Vec<_> = STRENGTHS
        .iter()
        .map(|(phrase, strength)| (phrase.as_str(), *strength))
        .collect();
    phrases.sort_by(|left, right| left.0.cmp(right.0));
    phrases
}

/// What the opinion words of a text add up to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Opinion {
    pub(super) positive: f32,
    pub(super) negative: f32,
    /// The last opinion words weigh more, as do those after "but".
    pub(super) late: f32,
}

pub(super) fn weigh(tokens: &[Token]) -> Opinion {
    let mut opinion = Opinion::default();
    let mut negated_until = 0;
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        if token.kind == Kind::Start {
            negated_until = at;
        }
        if token.text == "but" || token.text == "however" {
            opinion.late *= 0.3;
        }
        let (strength, length) = strength(&tokens[at..]);
        let mut strength = strength * loudness(token, at.checked_sub(1).map(|at| &tokens[at]));
        if at < negated_until {
            strength *= -0.7;
        }
        if strength > 0.0 {
            opinion.positive += strength;
        } else {
            opinion.negative -= strength;
        }
        if strength != 0.0 {
            opinion.late = opinion.late * 0.8 + strength;
        }
        if negates(&token.text) && length == 1 {
            negated_until = at + 1 + REACH;
        }
        at += length;
    }
    opinion
}

fn loudness(token: &Token, before: Option<&Token>) -> f32 {
    let boosted = before.is_some_and(|before| {
        matches!(
            before.text.as_str(),
            "very"
                | "so"
                | "really"
                | "extremely"
                | "absolutely"
                | "totally"
                | "such"
                | "incredibly"
        )
    });
    let mut loudness = 1.0;
    if boosted {
        loudness *= 1.25;
    }
    if token.shouted || token.stretched {
        loudness *= 1.2;
    }
    loudness
}

/// The strength of the longest phrase that begins here, and how many tokens it takes.
fn strength(tokens: &[Token]) -> (f32, usize) {
    let first = tokens[0].text.as_str();
    if let Some(more) = BEGINNINGS.get(first) {
        let mut phrase = first.to_owned();
        let mut best = None;
        let words = tokens[1..].iter().take((*more).min(LONGEST));
        for (added, token) in words.enumerate() {
            phrase.push(' ');
            phrase.push_str(&token.text);
            if let Some(strength) = STRENGTHS.get(&phrase) {
                best = Some((*strength, added + 2));
            }
        }
        if let Some(best) = best {
            return best;
        }
    }
    let own = || STRENGTHS.get(first).copied();
    let strength = vader::valence_of(first)
        .map(|valence| valence as f32)
        .or_else(own);
    (strength.unwrap_or_default(), 1)
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn net(text: &str) -> f32 {
        let opinion = weigh(&tokens(text));
        opinion.positive - opinion.negative
    }

    #[test]
    fn a_phrase_counts_as_a_whole() {
        assert!(net("I have been on hold since nine") < -1.0);
        assert!(net("the hold of the ship") > -0.1);
    }

    #[test]
    fn a_negation_turns_what_follows() {
        assert!(net("this is not compelling") < 0.0);
        assert!(net("this is compelling") > 0.0);
    }

    #[test]
    fn what_comes_after_but_weighs_more() {
        let opinion = weigh(&tokens("gripping at first but tedious"));
        assert!(opinion.late < 0.0, "{opinion:?}");
    }
}
