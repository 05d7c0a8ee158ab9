//! The bytes of a model file.
//!
//! Owns: encoding and decoding. Must not know: arithmetic.

use super::{HEADS, HIDDEN, HIDDEN_INPUTS, WIDTH};
use crate::features::DENSE;

const MAGIC: &[u8; 8] = b"cndrtone";
const VERSION: u8 = 1;
const HEADER: usize = 20;
/// Larger tables are a mistake, and their size must not overflow.
const LARGEST_TABLE: usize = 1 << 24;
const FLOATS: usize =
    HEADS + 1 + DENSE * HEADS + HIDDEN_INPUTS * HIDDEN + HIDDEN + HIDDEN * HEADS + HEADS;

/// Why bytes are no model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormatError {
    /// The magic bytes are missing.
    NotAModel,
    /// Written by another version of the trainer.
    OtherVersion(u8),
    /// Too few or too many bytes.
    Length {
        /// Bytes that the header asks for.
        expected: usize,
        /// Bytes that are there.
        found: usize,
    },
}

impl std::fmt::Display for FormatError {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotAModel => write!(to, "these bytes are no tone model"),
            Self::OtherVersion(version) => write!(
                to,
                "the model has version {version}, this program reads version {VERSION}: train it again"
            ),
            Self::Length { expected, found } => {
                write!(
                    to,
                    "the model has {found} bytes where {expected} were announced"
                )
            }
        }
    }
}

impl std::error::Error for FormatError {}

/// The small layers, as floats.
#[derive(Debug, Clone)]
pub struct Parameters {
    /// Names the model; computed from its bytes.
    pub version: String,
    /// What one step of a wide weight is worth, by head.
    pub wide_scale: [f32; HEADS],
    /// What one step in the word table is worth.
    pub word_scale: f32,
    /// Dense measures to heads.
    pub dense: Vec<[f32; HEADS]>,
    /// Word vector, then dense measures, to the hidden layer.
    pub hidden: Vec<[f32; HIDDEN]>,
    /// Biases of the hidden layer.
    pub hidden_bias: [f32; HIDDEN],
    /// Hidden layer to heads.
    pub output: Vec<[f32; HEADS]>,
    /// Biases of the heads.
    pub bias: [f32; HEADS],
}

/// The large tables, borrowed.
#[derive(Debug)]
pub(super) struct Sections<'a> {
    pub(super) wide: Table<'a, HEADS>,
    pub(super) words: Table<'a, WIDTH>,
}

/// Rows by hash. A bucket belongs to one feature of the training texts and carries a tag of its
/// hash; other features that fall into it find nothing, save one in 255.
#[derive(Debug)]
pub(super) struct Table<'a, const N: usize> {
    tags: &'a [u8],
    rows: &'a [[u8; N]],
}

impl<'a, const N: usize> Table<'a, N> {
    pub(super) fn row(&self, hash: u64) -> Option<&'a [u8; N]> {
        let bucket = bucket(hash, self.tags.len());
        (self.tags[bucket] == tag(hash)).then(|| &self.rows[bucket])
    }
}

/// The bucket of a hash among so many; its high bits decide.
pub fn bucket(hash: u64, buckets: usize) -> usize {
    ((u128::from(hash) * buckets as u128) >> 64) as usize
}

/// The mark of a hash in its bucket, from its low bits; 0 is kept for empty buckets.
fn tag(hash: u64) -> u8 {
    (hash as u8).max(1)
}

pub(super) fn parse(bytes: &[u8]) -> Result<(Sections<'_>, Parameters), FormatError> {
    let header = bytes.get(..HEADER).ok_or(FormatError::NotAModel)?;
    if &header[..8] != MAGIC {
        return Err(FormatError::NotAModel);
    }
    if header[8] != VERSION {
        return Err(FormatError::OtherVersion(header[8]));
    }
    let wide = count(header, 12);
    let words = count(header, 16);
    let expected = HEADER + wide * (1 + HEADS) + words * (1 + WIDTH) + FLOATS * 4;
    if bytes.len() != expected {
        return Err(FormatError::Length {
            expected,
            found: bytes.len(),
        });
    }
    let (wide, rest) = table(&bytes[HEADER..], wide);
    let (words, rest) = table(rest, words);
    // Every training changes the small layers; the tables need not be read from disk for a name.
    let small = small(rest, version(rest));
    Ok((Sections { wide, words }, small))
}

fn count(header: &[u8], at: usize) -> usize {
    let bytes = [header[at], header[at + 1], header[at + 2], header[at + 3]];
    (u32::from_le_bytes(bytes) as usize).clamp(1, LARGEST_TABLE)
}

fn table<const N: usize>(bytes: &[u8], rows: usize) -> (Table<'_, N>, &[u8]) {
    let (tags, rest) = bytes.split_at(rows);
    let (cells, rest) = rest.split_at(rows * N);
    let (rows, _) = cells.as_chunks();
    (Table { tags, rows }, rest)
}

fn small(bytes: &[u8], version: String) -> Parameters {
    let (chunks, _) = bytes.as_chunks::<4>();
    let mut floats = chunks.iter().map(|chunk| f32::from_le_bytes(*chunk));
    let mut next = || floats.next().unwrap_or(0.0);
    Parameters {
        version,
        wide_scale: std::array::from_fn(|_| next()),
        word_scale: next(),
        dense: (0..DENSE)
            .map(|_| std::array::from_fn(|_| next()))
            .collect(),
        hidden: (0..HIDDEN_INPUTS)
            .map(|_| std::array::from_fn(|_| next()))
            .collect(),
        hidden_bias: std::array::from_fn(|_| next()),
        output: (0..HIDDEN)
            .map(|_| std::array::from_fn(|_| next()))
            .collect(),
        bias: std::array::from_fn(|_| next()),
    }
}

/// FNV-1a: names a model, protects nothing.
fn version(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    });
    format!("{hash:08x}")
}

/// A table as the trainer hands it over: owner hashes by bucket and rows of steps.
#[derive(Debug, Clone)]
pub struct Rows<const N: usize> {
    /// The hash of the feature that owns a bucket.
    pub owners: Vec<Option<u64>>,
    /// Its row.
    pub rows: Vec<[i8; N]>,
}

/// Writes a model file.
pub fn encode(wide: &Rows<HEADS>, words: &Rows<WIDTH>, small: &Parameters) -> Vec<u8> {
    let mut bytes = Vec::new();
    bytes.extend(MAGIC);
    bytes.push(VERSION);
    bytes.resize(12, 0);
    for owners in [&wide.owners, &words.owners] {
        bytes.extend((owners.len() as u32).to_le_bytes());
    }
    push_table(&mut bytes, wide);
    push_table(&mut bytes, words);
    let floats = (small.wide_scale.iter())
        .chain([&small.word_scale])
        .chain(small.dense.iter().flatten())
        .chain(small.hidden.iter().flatten())
        .chain(&small.hidden_bias)
        .chain(small.output.iter().flatten())
        .chain(&small.bias);
    bytes.extend(floats.flat_map(|float| float.to_le_bytes()));
    bytes
}

fn push_table<const N: usize>(bytes: &mut Vec<u8>, table: &Rows<N>) {
    bytes.extend(table.owners.iter().map(|owner| owner.map_or(0, tag)));
    bytes.extend(table.rows.iter().flatten().map(|step| step.cast_unsigned()));
}
