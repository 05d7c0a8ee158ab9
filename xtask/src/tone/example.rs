//! Texts as the trainer sees them.
//!
//! Owns: turning features into buckets once, before the epochs, and leaving some out at random.
//! Must not know: weights.

use candor_tone::features::DENSE;
use candor_tone::model::{HEADS, weight};

use super::corpus::Item;
use super::random::Random;
use super::vocabulary::Vocabulary;

/// Buckets whose rows are summed, and what the sum is multiplied by.
pub(super) struct Bag {
    pub(super) buckets: Vec<u32>,
    pub(super) value: f32,
}

/// One text with the buckets of its known features.
pub(super) struct Example {
    pub(super) grams: Bag,
    pub(super) chars: Bag,
    pub(super) words: Bag,
    pub(super) dense: [f32; DENSE],
    pub(super) targets: [Option<f32>; HEADS],
    pub(super) weight: f32,
}

impl Bag {
    fn new(owners: &[Option<u64>], hashes: &[u64]) -> Self {
        let known = hashes.iter();
        let buckets: Vec<u32> = known
            .filter_map(|hash| Vocabulary::bucket(owners, *hash))
            .collect();
        Self {
            value: weight(buckets.len()),
            buckets,
        }
    }

    /// A copy without about this share of its features; the rest weighs more, so that the sum
    /// stays as large as the reader's.
    fn thinned(&self, dropped: f32, random: &mut Random) -> Self {
        let limit = (dropped * 65_536.0) as u64;
        let (mut bits, mut left) = (0, 0);
        let mut keep = |_: &&u32| {
            if left == 0 {
                (bits, left) = (random.next(), 4);
            }
            let drawn = bits & 0xffff;
            bits >>= 16;
            left -= 1;
            drawn >= limit
        };
        Self {
            buckets: self.buckets.iter().filter(&mut keep).copied().collect(),
            value: self.value / (1.0 - dropped),
        }
    }
}

impl Example {
    pub(super) fn thinned(&self, dropped: f32, random: &mut Random) -> Self {
        Self {
            grams: self.grams.thinned(dropped, random),
            chars: self.chars.thinned(dropped, random),
            words: self.words.thinned(dropped, random),
            dense: self.dense,
            targets: self.targets,
            weight: self.weight,
        }
    }
}

pub(super) fn encode(items: &[Item], vocabulary: &Vocabulary) -> Vec<Example> {
    items
        .iter()
        .zip(&vocabulary.features)
        .map(|(item, features)| Example {
            grams: Bag::new(&vocabulary.wide, &features.grams),
            chars: Bag::new(&vocabulary.wide, &features.chars),
            words: Bag::new(&vocabulary.words, &features.words),
            dense: features.dense,
            targets: item.targets,
            weight: item.weight,
        })
        .collect()
}
