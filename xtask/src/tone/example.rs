//! Texts as the trainer sees them.
//!
//! Owns: turning features into buckets once, before the epochs. Must not know: weights.

use candor_tone::features::DENSE;
use candor_tone::model::HEADS;

use super::corpus::Item;
use super::vocabulary::Vocabulary;

/// One text with the buckets of its known features.
pub(super) struct Example {
    pub(super) grams: Vec<u32>,
    pub(super) chars: Vec<u32>,
    pub(super) words: Vec<u32>,
    pub(super) dense: [f32; DENSE],
    pub(super) targets: [Option<f32>; HEADS],
    pub(super) weight: f32,
}

pub(super) fn encode(items: &[Item], vocabulary: &Vocabulary) -> Vec<Example> {
    let known = |owners: &[Option<u64>], hashes: &[u64]| -> Vec<u32> {
        hashes.iter().filter_map(|hash| Vocabulary::bucket(owners, *hash)).collect()
    };
    items
        .iter()
        .zip(&vocabulary.features)
        .map(|(item, features)| Example {
            grams: known(&vocabulary.wide, &features.grams),
            chars: known(&vocabulary.wide, &features.chars),
            words: known(&vocabulary.words, &features.words),
            dense: features.dense,
            targets: item.targets,
            weight: item.weight,
        })
        .collect()
}
