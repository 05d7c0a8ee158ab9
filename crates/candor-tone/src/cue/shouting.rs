//! Anger without an angry word: capitals and rows of exclamation marks.
//!
//! Owns: from when on writing counts as shouting. Must not know: words.

use super::Evidence;
use crate::phrase::Words;

/// Shouted words in a row, or in the whole message, that count.
const SHOUTED_WORDS: usize = 4;
/// Exclamation marks after one sentence that count.
const BANGS: usize = 4;

/// What is shouted, if anything is. One reason alone stays a hint below the line.
pub(super) fn evidence(words: &Words) -> impl Iterator<Item = Evidence> {
    let shouted: Vec<usize> = (0..words.tokens.len())
        .filter(|at| words.tokens[*at].shouted && !words.tokens[*at].quoted)
        .collect();
    let capitals = (shouted.len() >= SHOUTED_WORDS).then(|| Evidence {
        span: words.span(&(shouted[0]..shouted[shouted.len() - 1] + 1)),
        rule: "capitals".to_owned(),
        why: "Written in capitals.".to_owned(),
        confidence: 0.45,
    });
    let loudest = words
        .sentences
        .iter()
        .find(|sentence| sentence.bangs >= BANGS);
    let bangs = loudest.map(|sentence| Evidence {
        span: words.span(&sentence.tokens),
        rule: "exclamation-marks".to_owned(),
        why: "A row of exclamation marks.".to_owned(),
        confidence: 0.3,
    });
    capitals.into_iter().chain(bangs)
}
