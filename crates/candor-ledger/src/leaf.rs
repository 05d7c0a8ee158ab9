//! The bytes of one journal entry as they enter the Merkle log.
//!
//! Owns: the encoding (version 1), its counterpart for the entry's authentication code, and the
//! salted commitment to erasable content. Must not know: what the fields mean or how they are
//! stored.
//!
//! The encoding is published in `docs/journal-leaf-vectors.json` and never changes: a new layout
//! gets a new version in its tag, and old entries keep theirs.

use sha2::{Digest, Sha256};

use crate::tree::{Hash, leaf_hash};

/// Opens a leaf; the last byte is the version of the layout.
const LEAF_TAG: &[u8] = b"candor/leaf\x01";
/// Opens the input of an entry's authentication code, so that neither can pass for the other.
const ENTRY_TAG: &[u8] = b"candor/entry\x01";
/// Opens a commitment to content.
const CONTENT_TAG: &[u8] = b"candor/content\x01";
const ABSENT: u8 = 0;
const PRESENT: u8 = 1;

/// One committed journal entry, reduced to what the history vouches for.
///
/// It holds no personal data: people appear as opaque ids, content only as a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf<'a> {
    /// Place in commit order, without gaps.
    pub position: i64,
    /// When it happened, in microseconds since 1970 UTC.
    pub at_micros: i64,
    /// Opaque id of who did it.
    pub actor: &'a str,
    /// Opaque id of what it was done to.
    pub subject: &'a str,
    /// Name of the event.
    pub kind: &'a str,
    /// Version of that event's facts.
    pub version: i64,
    /// SHA-256 of the stored bytes of the facts ([`facts_hash`]).
    pub facts_hash: Hash,
    /// Commitment to the erasable content ([`commitment`]), when the entry has any.
    pub content: Option<Hash>,
}

impl Leaf<'_> {
    /// The bytes that are hashed into the log.
    ///
    /// Layout: tag, position and time (8 bytes each, big-endian, signed), then actor, subject and
    /// kind (each an 8-byte length before its UTF-8 bytes), version (8 bytes), the hash of the
    /// facts (32 bytes), and 0, or 1 with the commitment (32 bytes). Each field has a fixed or a
    /// stated length, so two different entries never share their bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(192);
        out.extend_from_slice(LEAF_TAG);
        out.extend_from_slice(&self.position.to_be_bytes());
        self.encode_fields(&mut out);
        out
    }

    /// The bytes that are authenticated when the entry is written, before it has a position.
    ///
    /// The same as [`Leaf::encode`] under a tag of its own and without the position.
    pub fn mac_input(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(192);
        out.extend_from_slice(ENTRY_TAG);
        self.encode_fields(&mut out);
        out
    }

    /// The RFC 6962 hash of this leaf.
    pub fn hash(&self) -> Hash {
        leaf_hash(&self.encode())
    }

    fn encode_fields(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.at_micros.to_be_bytes());
        for text in [self.actor, self.subject, self.kind] {
            out.extend_from_slice(&(text.len() as u64).to_be_bytes());
            out.extend_from_slice(text.as_bytes());
        }
        out.extend_from_slice(&self.version.to_be_bytes());
        out.extend_from_slice(&self.facts_hash);
        match &self.content {
            None => out.push(ABSENT),
            Some(commitment) => {
                out.push(PRESENT);
                out.extend_from_slice(commitment);
            }
        }
    }
}

/// SHA-256 of the facts exactly as they are stored.
pub fn facts_hash(stored: &[u8]) -> Hash {
    Sha256::digest(stored).into()
}

/// Commits to content that may be erased later.
///
/// The salt keeps short content from being guessed out of the log once content and salt are gone.
pub fn commitment(salt: &[u8; 16], content: &[u8]) -> Hash {
    Sha256::new()
        .chain_update(CONTENT_TAG)
        .chain_update(salt)
        .chain_update(content)
        .finalize()
        .into()
}
