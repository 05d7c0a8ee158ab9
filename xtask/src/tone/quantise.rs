//! Learned weights as bytes.
//!
//! Owns: the scale of each head and the rounding. Must not know: training, the file format.

use candor_tone::model::{HEADS, Parameters, Rows, WIDTH};

use super::network::{Network, Row};
use super::vocabulary::Vocabulary;

/// Everything that goes into the file.
pub(super) struct Quantised {
    pub(super) wide: Rows<HEADS>,
    pub(super) words: Rows<WIDTH>,
    pub(super) small: Parameters,
}

/// Weights beyond this many standard deviations are cut, so that a few large ones do not make the
/// steps of all others coarse.
const REACH: f32 = 12.0;

pub(super) fn quantise(network: &Network, vocabulary: &Vocabulary) -> Quantised {
    let wide_scale =
        std::array::from_fn(|head| scale(network.wide.iter().map(|row| row.weights[head])));
    let word_scale = scale(network.words.iter().flat_map(|row| row.weights));
    Quantised {
        wide: rows(&network.wide, &vocabulary.wide, &wide_scale),
        words: rows(&network.words, &vocabulary.words, &[word_scale; WIDTH]),
        small: Parameters {
            version: String::new(),
            wide_scale,
            word_scale,
            dense: weights(&network.dense),
            hidden: weights(&network.hidden),
            hidden_bias: network.hidden_bias.weights,
            output: weights(&network.output),
            bias: network.bias.weights,
        },
    }
}

fn weights<const N: usize>(rows: &[Row<N>]) -> Vec<[f32; N]> {
    rows.iter().map(|row| row.weights).collect()
}

fn scale(weights: impl Iterator<Item = f32> + Clone) -> f32 {
    let (mut squares, mut count, mut largest) = (0.0_f64, 0_u32, 0.0_f32);
    for weight in weights.filter(|weight| *weight != 0.0) {
        squares += f64::from(weight) * f64::from(weight);
        count += 1;
        largest = largest.max(weight.abs());
    }
    let deviation = (squares / f64::from(count.max(1))).sqrt() as f32;
    (largest.min(deviation * REACH) / 127.0).max(f32::MIN_POSITIVE)
}

fn rows<const N: usize>(rows: &[Row<N>], owners: &[Option<u64>], scales: &[f32; N]) -> Rows<N> {
    let steps = |row: &Row<N>| {
        std::array::from_fn(|at| (row.weights[at] / scales[at]).round().clamp(-127.0, 127.0) as i8)
    };
    Rows {
        owners: owners.to_vec(),
        rows: rows
            .iter()
            .zip(owners)
            .map(|(row, owner)| if owner.is_some() { steps(row) } else { [0; N] })
            .collect(),
    }
}
