//! Hashed n-grams.
//!
//! Owns: which n-grams there are and their 64-bit hashes, which are part of the model's format.
//! Must not know: how many buckets a model has.

use super::token::{Kind, Token};

const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// Kinds of features get starting points of their own, so that a negated word is no word.
const WORD: u64 = OFFSET;
const NEGATED: u64 = OFFSET ^ 0x6e65_6761;
const SHOUTED: u64 = OFFSET ^ 0x7368_6f75;
const CHARS: u64 = OFFSET ^ 0x6368_6172;

/// A negation reaches this many words, or to the next mark.
const NEGATION_REACH: usize = 4;

/// FNV-1a, then a finisher so that low bits depend on all others (as in `SplitMix64`).
fn fnv(seed: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(seed, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(PRIME)
    })
}

fn finish(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

fn join(left: u64, right: u64) -> u64 {
    finish(left.rotate_left(21) ^ right.wrapping_mul(PRIME))
}

pub(super) fn negates(word: &str) -> bool {
    matches!(
        word,
        "not"
            | "no"
            | "never"
            | "without"
            | "cannot"
            | "nobody"
            | "nothing"
            | "none"
            | "neither"
            | "nor"
            | "hardly"
            | "barely"
            | "aint"
    ) || (word.len() > 3 && word.ends_with("nt") && is_contraction(&word[..word.len() - 2]))
}

fn is_contraction(stem: &str) -> bool {
    matches!(
        stem,
        "do" | "does"
            | "did"
            | "is"
            | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "would"
            | "could"
            | "should"
            | "ca"
            | "wo"
            | "must"
            | "need"
            | "might"
    )
}

/// Hashes of words and negated words in order, and of all word n-grams.
pub(super) fn words(tokens: &[Token]) -> (Vec<u64>, Vec<u64>) {
    let mut words = Vec::with_capacity(tokens.len() * 2);
    let mut grams = Vec::with_capacity(tokens.len() * 4);
    let (mut before, mut earlier) = (None, None);
    let mut reach = 0;
    for token in tokens {
        let bytes = token.text.as_bytes();
        let word = finish(fnv(WORD, bytes));
        words.push(word);
        grams.push(word);
        if token.shouted {
            grams.push(finish(fnv(SHOUTED, bytes)));
        }
        if token.kind != Kind::Word {
            reach = 0;
        } else if reach > 0 {
            reach -= 1;
            let negated = finish(fnv(NEGATED, bytes));
            words.push(negated);
            grams.push(negated);
        }
        if negates(&token.text) {
            reach = NEGATION_REACH;
        }
        if let Some(before) = before {
            let pair = join(before, word);
            grams.push(pair);
            if let Some(earlier) = earlier {
                grams.push(join(join(earlier, before), word));
            }
        }
        earlier = before;
        before = Some(word);
    }
    (words, grams)
}

/// Hashes of the character 3- to 5-grams of each word with its borders.
pub(super) fn chars(tokens: &[Token]) -> Vec<u64> {
    let mut grams = Vec::with_capacity(tokens.len() * 12);
    let mut letters: Vec<char> = Vec::new();
    for token in tokens.iter().filter(|token| token.kind == Kind::Word) {
        letters.clear();
        letters.push('<');
        letters.extend(token.text.chars());
        letters.push('>');
        for start in 0..letters.len() {
            let mut hash = CHARS;
            for (length, letter) in letters[start..].iter().take(5).enumerate() {
                hash = fnv(hash, &(*letter as u32).to_le_bytes()[..3]);
                if length >= 2 {
                    grams.push(finish(hash));
                }
            }
        }
    }
    grams
}
