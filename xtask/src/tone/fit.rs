//! The epochs of training.
//!
//! Owns: order, number of passes, pace. Must not know: how one step is computed.

use super::example::Example;
use super::network::{Network, Pace};
use super::random::Random;
use super::vocabulary::Vocabulary;

const EPOCHS: usize = 8;
/// Paces at the start; they fall to nothing over the epochs. Chosen on the development splits.
const WIDE: f32 = 0.1;
const DEEP: f32 = 0.03;
const DROPPED: f32 = 0.5;

/// Trains from nothing; the same examples and seed give the same bits.
pub(super) fn fit(examples: &[Example], vocabulary: &Vocabulary, seed: u64) -> Network {
    let mut random = Random::new(seed);
    let mut network = Network::new(vocabulary.wide.len(), vocabulary.words.len(), &mut random);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let left = 1.0 - epoch as f32 / EPOCHS as f32;
        let pace = Pace {
            wide: WIDE * left,
            deep: DEEP * left,
            dropped: DROPPED,
        };
        for at in &order {
            network.learn(&examples[*at], pace, &mut random);
        }
        eprintln!("epoch {} of {EPOCHS}", epoch + 1);
    }
    network
}
