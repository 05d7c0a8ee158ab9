//! Checkpoints: what a log was at one moment, signed (C2SP tlog-checkpoint).
//!
//! Owns: the body of a checkpoint and its signed form. Must not know: when to make one, who keeps
//! it. A log must never sign two checkpoints that do not extend one another: the caller proves the
//! new tree consistent with the last signed one first.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::consistency::TreeHead;
use crate::note::{NoteError, SigningKey, VerifyingKey};
use crate::tree::Hash;

/// The state of a log: who it is, how long, and its root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name, the same as its key's: a schema-less URL by convention.
    pub origin: String,
    /// Number of leaves.
    pub size: u64,
    /// Root over them.
    pub root: Hash,
}

/// Why a checkpoint was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The note around it, its key or its signature.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The body is not origin, size and root on three lines.
    #[error("the checkpoint's body is not origin, size and root")]
    Malformed,
    /// The checkpoint belongs to another log than the key.
    #[error("the checkpoint names another log than the key")]
    OtherLog,
}

impl Checkpoint {
    /// The body that is signed: origin, size in decimal, root in base64, a line each.
    pub fn body(&self) -> String {
        let root = STANDARD.encode(self.root);
        format!("{}\n{}\n{root}\n", self.origin, self.size)
    }

    /// Reads a body. Extension lines after the third are passed over.
    pub fn parse_body(body: &str) -> Result<Self, CheckpointError> {
        let body = body.strip_suffix('\n').ok_or(CheckpointError::Malformed)?;
        let mut lines = body.split('\n');
        let mut next = || lines.next().filter(|line| !line.is_empty());
        let (Some(origin), Some(size), Some(root)) = (next(), next(), next()) else {
            return Err(CheckpointError::Malformed);
        };
        if lines.any(str::is_empty) {
            return Err(CheckpointError::Malformed);
        }
        Ok(Self {
            origin: origin.to_owned(),
            size: parse_size(size).ok_or(CheckpointError::Malformed)?,
            root: parse_root(root).ok_or(CheckpointError::Malformed)?,
        })
    }

    /// The signed note. The key's name must be the origin.
    pub fn sign(&self, key: &SigningKey) -> Result<String, CheckpointError> {
        if key.verifying_key().name() != self.origin {
            return Err(CheckpointError::OtherLog);
        }
        Ok(key.sign(&self.body())?)
    }

    /// Reads a signed note and checks that the log itself signed it.
    pub fn open(note: &str, key: &VerifyingKey) -> Result<Self, CheckpointError> {
        let checkpoint = Self::parse_body(key.open(note)?)?;
        if checkpoint.origin != key.name() {
            return Err(CheckpointError::OtherLog);
        }
        Ok(checkpoint)
    }

    /// Size and root, as consistency proofs compare them.
    pub fn head(&self) -> TreeHead {
        TreeHead {
            size: self.size,
            root: self.root,
        }
    }
}

/// Decimal digits without sign or leading zeros: each size has one spelling.
fn parse_size(text: &str) -> Option<u64> {
    let canonical =
        text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    canonical.then(|| text.parse().ok()).flatten()
}

fn parse_root(text: &str) -> Option<Hash> {
    STANDARD.decode(text).ok()?.try_into().ok()
}
