//! The trained model, read in place.
//!
//! Owns: the file format and the arithmetic. Must not know: how it was trained, what its heads mean
//! to a person.
//!
//! Layout, all numbers little-endian: the magic bytes, a version, rows of the wide table, rows of
//! the word table; then the tags of the wide table (one byte each), its rows (`HEADS` signed bytes
//! each), the tags and rows (`WIDTH` signed bytes) of the word table; then 32-bit floats: scales of
//! the wide table by head, scale of the word table, the dense layer, the hidden layer, biases.

mod format;
mod head;
mod math;

pub use format::{FormatError, Parameters, Rows, bucket, encode};
pub use head::{EMOTIONS, Head, SENTIMENT};
pub use math::{exp, sigmoid, softmax3};

use crate::features::{DENSE, Features};
use format::Sections;
use std::sync::LazyLock;

/// How many outputs the model has.
pub const HEADS: usize = 40;
/// Width of a row of the word table.
pub const WIDTH: usize = 64;
/// Width of the hidden layer.
pub const HIDDEN: usize = 48;

/// The model that was built in.
static EMBEDDED: &[u8] = include_bytes!("../model/tone.bin");

/// Bytes that the built-in model takes in the binary.
pub fn size() -> usize {
    EMBEDDED.len()
}

/// A model: its tables stay where the bytes lie, the small layers are copied once.
#[derive(Debug)]
pub struct Model<'a> {
    sections: Sections<'a>,
    small: Parameters,
}

/// What the model says before any threshold, by head.
pub type Logits = [f32; HEADS];

/// The embedded model, parsed on first use.
pub fn embedded() -> &'static Model<'static> {
    static MODEL: LazyLock<Model<'static>> =
        LazyLock::new(|| Model::parse(EMBEDDED).expect("the embedded model is checked by a test"));
    &MODEL
}

impl<'a> Model<'a> {
    /// Opens a model file.
    ///
    /// # Errors
    /// [`FormatError`] says what is wrong with the bytes.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, FormatError> {
        let (sections, small) = format::parse(bytes)?;
        Ok(Self { sections, small })
    }

    /// Eight hexadecimal digits that name this model in what it judged.
    pub fn version(&self) -> &str {
        &self.small.version
    }

    /// Runs the model over a text's features.
    pub fn logits(&self, features: &Features) -> Logits {
        let mut logits = self.small.bias;
        for hashes in [&features.grams, &features.chars] {
            let (sums, found) = self.wide_sums(hashes);
            let weight = weight(found);
            for head in 0..HEADS {
                logits[head] += sums[head] as f32 * self.small.wide_scale[head] * weight;
            }
        }
        let hidden = self.hidden(features);
        for (row, value) in self.small.dense.iter().zip(features.dense) {
            add_scaled(&mut logits, row, value);
        }
        for (row, value) in self.small.output.iter().zip(hidden) {
            add_scaled(&mut logits, row, value);
        }
        logits
    }

    fn wide_sums(&self, hashes: &[u64]) -> ([i32; HEADS], usize) {
        let mut sums = [0_i32; HEADS];
        let mut found = 0;
        for hash in hashes {
            if let Some(row) = self.sections.wide.row(*hash) {
                found += 1;
                for (sum, byte) in sums.iter_mut().zip(row) {
                    *sum += i32::from(byte.cast_signed());
                }
            }
        }
        (sums, found)
    }

    fn hidden(&self, features: &Features) -> [f32; HIDDEN] {
        let mut sums = [0_i32; WIDTH];
        let mut found = 0_usize;
        for hash in &features.words {
            if let Some(row) = self.sections.words.row(*hash) {
                found += 1;
                for (sum, byte) in sums.iter_mut().zip(row) {
                    *sum += i32::from(byte.cast_signed());
                }
            }
        }
        let scale = self.small.word_scale * weight(found);
        let mut hidden = self.small.hidden_bias;
        for (row, sum) in self.small.hidden.iter().zip(sums) {
            add_scaled(&mut hidden, row, sum as f32 * scale);
        }
        for (row, value) in self.small.hidden[WIDTH..].iter().zip(features.dense) {
            add_scaled(&mut hidden, row, value);
        }
        hidden.map(|value| value.max(0.0))
    }
}

/// A sum over n features is weighed by 1 / sqrt(n), so that long texts are not surer.
pub fn weight(found: usize) -> f32 {
    1.0 / (found.max(1) as f32).sqrt()
}

fn add_scaled<const N: usize>(sums: &mut [f32; N], row: &[f32; N], value: f32) {
    for (sum, weight) in sums.iter_mut().zip(row) {
        *sum += weight * value;
    }
}

/// Rows before the dense measures in [`Parameters::hidden`].
pub const HIDDEN_INPUTS: usize = WIDTH + DENSE;
