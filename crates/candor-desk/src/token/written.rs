//! How a token is written.
//!
//! Owns: the prefix and the checksum. Must not know: what a token may do.

use crate::auth::Secret;
use sha2::{Digest, Sha256};

/// What every token starts with, so that scanners find a lost one.
const PREFIX: &str = "candor_";
/// Letters of the checksum at the end, so that a mistyped token is told from a wrong one.
const CHECKSUM: usize = 6;

/// Writes a secret as a token. It is shown once; the desk keeps its hash.
pub fn written(secret: &Secret) -> String {
    let body = secret.text();
    let checksum = checksum(&body);
    format!("{PREFIX}{body}{checksum}")
}

/// Reads a written token; `None` for anything that cannot be one.
pub fn parse(text: &str) -> Option<Secret> {
    let body = text.strip_prefix(PREFIX)?;
    let (body, end) = body.split_at_checked(body.len().checked_sub(CHECKSUM)?)?;
    if checksum(body) != end {
        return None;
    }
    Secret::parse(body)
}

fn checksum(body: &str) -> String {
    hex::encode(&Sha256::digest(body.as_bytes())[..CHECKSUM / 2])
}
