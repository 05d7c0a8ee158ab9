//! By which a desk knows its own mail when it comes back by whatever way.
//!
//! Owns: the header and its value. Must not know: what else a mail says.

use crate::cx::Keys;
use candor_mail::ExtraHeader;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The header that all our mail carries, in lower case.
pub(crate) const INSTANCE_HEADER: &str = "x-desk-instance";

/// Keeps the value from passing as anything else that the same key makes.
const PURPOSE: &[u8] = b"candor instance v1\0";

/// The value: the same for every mail of this desk, another one for every other desk.
pub(crate) fn instance_id(keys: &Keys) -> String {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(&keys.links).expect("a key of any length is taken");
    mac.update(PURPOSE);
    hex::encode(&mac.finalize().into_bytes()[..8])
}

pub(super) fn instance_header(keys: &Keys) -> ExtraHeader {
    ExtraHeader::new("X-Desk-Instance", &instance_id(keys))
}
