//! The epochs of training.
//!
//! Owns: order, number of passes, pace. Must not know: how one step is computed.

use super::example::Example;
use super::network::{Network, Pace};
use super::random::Random;
use super::vocabulary::Vocabulary;

pub(super) fn env(name: &str, default: f32) -> f32 {
    std::env::var(name)
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or(default)
}

/// Trains from nothing; the same examples and seed give the same bits.
pub(super) fn fit(examples: &[Example], vocabulary: &Vocabulary, seed: u64) -> Network {
    let mut random = Random::new(seed);
    let mut network = Network::new(vocabulary.wide.len(), vocabulary.words.len(), &mut random);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let epochs = env("EPOCHS", 6.0) as usize;
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        let left = 1.0 - epoch as f32 / epochs as f32;
        let pace = Pace {
            wide: env("WIDE", 0.05) * left,
            deep: env("DEEP", 0.03) * left,
            decay: env("DECAY", 0.0),
            dropped: env("DROP", 0.3),
        };
        for at in &order {
            network.learn(&examples[*at], pace, &mut random);
        }
        eprintln!("epoch {}", epoch + 1);
    }
    network
}
