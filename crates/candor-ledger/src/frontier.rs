//! The right edge of a growing tree: enough to append and to know the root, without the leaves.
//!
//! Owns: the compact range of the whole log and its stored form. Must not know: leaves, proofs.

use crate::tree::{Hash, empty_root, node_hash};

/// The complete subtrees that a log of a given size consists of, largest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

/// Stored bytes that are no frontier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrontierError {
    /// The bytes end before the size is complete.
    #[error("the stored frontier is shorter than its size field")]
    Truncated,
    /// The number of hashes does not follow from the size.
    #[error("a frontier of {size} leaves needs {needed} hashes, the stored one has {found} bytes")]
    WrongLength {
        /// Leaves the frontier says it covers.
        size: u64,
        /// Hashes that many leaves need.
        needed: u32,
        /// Bytes found after the size.
        found: usize,
    },
}

impl Frontier {
    /// The frontier of an empty log.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many leaves it covers.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds the hash of the next leaf.
    pub fn append(&mut self, leaf: Hash) {
        let mut node = leaf;
        // Each complete pair on the right edge becomes one node, like the carry of an addition.
        for _ in 0..self.size.trailing_ones() {
            let left = self.peaks.pop().expect("one peak for each bit of the size");
            node = node_hash(&left, &node);
        }
        self.peaks.push(node);
        self.size += 1;
    }

    /// The root of everything appended so far.
    pub fn root(&self) -> Hash {
        self.peaks
            .iter()
            .rev()
            .copied()
            .reduce(|right, left| node_hash(&left, &right))
            .unwrap_or_else(empty_root)
    }

    /// The stored form: the size (8 bytes, big-endian), then the hashes, largest subtree first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = self.size.to_be_bytes().to_vec();
        out.extend(self.peaks.iter().flatten());
        out
    }

    /// Reads the stored form back.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FrontierError> {
        let (size, rest) = bytes
            .split_first_chunk::<8>()
            .ok_or(FrontierError::Truncated)?;
        let size = u64::from_be_bytes(*size);
        let (peaks, odd) = rest.as_chunks::<32>();
        let needed = size.count_ones();
        if !odd.is_empty() || peaks.len() != needed as usize {
            return Err(FrontierError::WrongLength {
                size,
                needed,
                found: rest.len(),
            });
        }
        Ok(Self {
            size,
            peaks: peaks.to_vec(),
        })
    }
}
