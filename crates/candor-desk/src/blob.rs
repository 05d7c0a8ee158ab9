//! Staging and reading bytes by the address that stands in a row.
//!
//! Owns: from 64 hex digits to bytes. Must not know: where bytes lie.

use crate::cx::Desk;
use crate::error::DeskError;

/// Reads the bytes behind a blob address.
///
/// # Errors
/// `NotFound` when the text is no address or the bytes are gone.
pub async fn read(desk: &Desk, address: &str) -> Result<Vec<u8>, DeskError> {
    let hash = hash_of(address).ok_or(DeskError::NotFound("file"))?;
    let bytes = desk.store().blobs().read(hash).await?;
    bytes.ok_or(DeskError::NotFound("file"))
}

/// Stages bytes durably and gives their address. `scope` says whose they are, so that equal bytes
/// of two customers are two blobs.
///
/// # Errors
/// `Unavailable` when there is no room; nothing is named yet then.
pub async fn stage(desk: &Desk, scope: &str, bytes: Vec<u8>) -> Result<String, DeskError> {
    let blob = desk.store().blobs().stage(scope, bytes).await?;
    Ok(hex::encode(blob.hash))
}

/// The hash that an address of 64 hex digits writes out.
pub(crate) fn hash_of(address: &str) -> Option<[u8; 32]> {
    hex::decode(address).ok()?.try_into().ok()
}
