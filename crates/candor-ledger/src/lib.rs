//! The tamper-evident history: leaves, the Merkle tree over them, proofs and signed checkpoints.
//!
//! Owns: the bytes of a leaf, RFC 6962 hashing, inclusion and consistency proofs, C2SP checkpoints.
//! Must not know: where entries are stored, what they mean, the current time, where keys are kept.

pub mod checkpoint;
pub mod consistency;
pub mod frontier;
pub mod inclusion;
pub mod leaf;
pub mod note;
pub mod tree;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use consistency::{TreeHead, consistency_proof, verify_consistency};
pub use frontier::{Frontier, FrontierError};
pub use inclusion::{inclusion_proof, verify_inclusion};
pub use leaf::{Leaf, commitment, facts_hash};
pub use note::{NoteError, SigningKey, VerifyingKey};
pub use tree::{Hash, leaf_hash, node_hash, root};
