//! Which features of the training texts get a row of their own.
//!
//! Owns: counting, and giving each bucket to its most frequent feature. Must not know: weights.

use std::collections::HashMap;

use candor_tone::features::{Features, extract};
use candor_tone::model::bucket;

use super::corpus::Item;

/// Buckets of n-grams; with the words below the model stays under five megabytes.
const WIDE_BUCKETS: usize = 83_000;
/// Buckets of the word table.
const WORD_BUCKETS: usize = 22_000;
/// Character n-grams are frequent and say little each: of two features that want a bucket, one of
/// words counts this many times.
const WORDS_BEFORE_LETTERS: u32 = 4;
/// A feature in fewer texts than this teaches only noise.
const LEAST_TEXTS: u32 = 2;

/// The owner of each bucket.
pub(super) struct Vocabulary {
    pub(super) wide: Vec<Option<u64>>,
    pub(super) words: Vec<Option<u64>>,
    pub(super) features: Vec<Features>,
}

pub(super) fn choose(items: &[Item]) -> Vocabulary {
    let features: Vec<Features> = items.iter().map(|item| extract(&item.text)).collect();
    let mut wide = count(features.iter().map(|f| f.grams.iter()));
    wide.retain(|_, count| *count >= LEAST_TEXTS);
    for count in wide.values_mut() {
        *count *= WORDS_BEFORE_LETTERS;
    }
    wide.extend(count(features.iter().map(|f| f.chars.iter())));
    let words = count(features.iter().map(|f| f.words.iter()));
    Vocabulary {
        wide: owners(&wide, WIDE_BUCKETS),
        words: owners(&words, WORD_BUCKETS),
        features,
    }
}

impl Vocabulary {
    /// The bucket of a feature, if it owns one.
    pub(super) fn bucket(owners: &[Option<u64>], hash: u64) -> Option<u32> {
        let bucket = bucket(hash, owners.len());
        (owners[bucket] == Some(hash)).then_some(bucket as u32)
    }
}

fn count<'a, I>(texts: impl Iterator<Item = I>) -> HashMap<u64, u32>
where
    I: Iterator<Item = &'a u64>,
{
    let mut counts = HashMap::new();
    for hash in texts.flatten() {
        *counts.entry(*hash).or_insert(0) += 1;
    }
    counts
}

/// The most frequent feature of each bucket; of equals the smaller hash, so that the order in
/// which they were met does not matter.
fn owners(counts: &HashMap<u64, u32>, buckets: usize) -> Vec<Option<u64>> {
    let mut best: Vec<Option<(u32, u64)>> = vec![None; buckets];
    for (&hash, &count) in counts.iter().filter(|(_, count)| **count >= LEAST_TEXTS) {
        let place = &mut best[bucket(hash, buckets)];
        let better = place.is_none_or(|(most, owner)| (count, owner) > (most, hash));
        if better {
            *place = Some((count, hash));
        }
    }
    best.into_iter()
        .map(|owner| owner.map(|(_, hash)| hash))
        .collect()
}
