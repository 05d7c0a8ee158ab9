//! Reading bytes by the address that stands in a row.
//!
//! Owns: from 64 hex digits to bytes. Must not know: where bytes lie.

use crate::cx::Desk;
use crate::error::DeskError;

/// Reads the bytes behind a blob address.
///
/// # Errors
/// `NotFound` when the text is no address or the bytes are gone.
pub async fn read(desk: &Desk, address: &str) -> Result<Vec<u8>, DeskError> {
    let hash = hex::decode(address).ok().and_then(|bytes| bytes.try_into().ok());
    let hash: [u8; 32] = hash.ok_or(DeskError::NotFound("file"))?;
    let bytes = desk.store().blobs().read(hash).await?;
    bytes.ok_or(DeskError::NotFound("file"))
}
