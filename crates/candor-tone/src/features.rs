//! From a text to the numbers that the model reads.
//!
//! Owns: words, n-grams, negation marks, hashing, the bound on how much of a text is read. Must
//! not know: weights, labels.

mod courtesy;
mod dense;
mod hash;
mod opinion;
mod token;

pub(crate) use dense::OPINION;
pub use dense::{DENSE, name as dense_name};
pub use opinion::phrases as opinion_phrases;
pub use token::{Token, tokens};

use crate::vader;
use std::borrow::Cow;

/// Bytes read from the start of a long text, where people say what they want.
const HEAD_BYTES: usize = 4096;
/// Bytes read from its end, where they say what happens otherwise.
const TAIL_BYTES: usize = 2048;

/// Hashed n-grams and dense measures of one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    /// Word 1- to 3-grams and negated words, sorted, each once.
    pub grams: Vec<u64>,
    /// Character 3- to 5-grams within words, sorted, each once.
    pub chars: Vec<u64>,
    /// Words and negated words in their order, for the word table.
    pub words: Vec<u64>,
    /// Measures of the whole text, each about -1..1; see [`dense_name`].
    pub dense: [f32; DENSE],
}

/// Reads a text of any length in bounded time: of a long one the start and the end.
pub fn extract(text: &str) -> Features {
    let text = excerpt(text);
    let tokens = token::tokens(&text);
    let valences = vader::detail(&text);
    let dense = dense::measure(&text, &tokens, &valences);
    let (words, grams) = hash::words(&tokens);
    Features {
        grams: distinct(grams),
        chars: distinct(hash::chars(&tokens)),
        words,
        dense,
    }
}

/// The part of a text that is read: all of it, or its first and its last kilobytes.
pub fn excerpt(text: &str) -> Cow<'_, str> {
    if text.len() <= HEAD_BYTES + TAIL_BYTES {
        return Cow::Borrowed(text);
    }
    let head = text.floor_char_boundary(HEAD_BYTES);
    let tail = text.floor_char_boundary(text.len() - TAIL_BYTES);
    Cow::Owned(format!("{} \n{}", &text[..head], &text[tail..]))
}

fn distinct(mut hashes: Vec<u64>) -> Vec<u64> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}
