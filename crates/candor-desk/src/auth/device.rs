//! Browsers that a person has logged in from before.
//!
//! Owns: the signed mark by which one is recognised. Must not know: cookies.
//!
//! Whoever guesses at an account slows it down for everybody, its person included. A browser that
//! knows the account already has a brake of its own, so that guesses from elsewhere do not lock the
//! person out. The mark says nothing about who it is and lets nobody in.

use crate::cx::Keys;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Keeps the signature from passing as anything else that the same key signs.
const PURPOSE: &[u8] = b"candor known device v1\0";
const RANDOM: usize = 16;
const SIGNATURE: usize = 16;

/// The mark of a browser for one account, as its cookie holds it.
#[derive(Clone, PartialEq, Eq)]
pub struct KnownDevice(String);

impl KnownDevice {
    /// Takes what a browser sent, genuine or not.
    pub fn sent(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Makes a mark for an account from fresh random bytes.
    pub(super) fn new(keys: &Keys, email: &str, seed: &[u8; 32]) -> Self {
        let random = &seed[..RANDOM];
        let signature = mac(keys, email, random).finalize().into_bytes();
        let bytes = [random, &signature[..SIGNATURE]].concat();
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Whether this is a genuine mark for the account.
    pub(super) fn knows(&self, keys: &Keys, email: &str) -> bool {
        let Ok(bytes) = URL_SAFE_NO_PAD.decode(&self.0) else {
            return false;
        };
        let Some((random, signature)) = bytes.split_at_checked(RANDOM) else {
            return false;
        };
        signature.len() == SIGNATURE
            && mac(keys, email, random)
                .verify_truncated_left(signature)
                .is_ok()
    }

    /// As it is written in a cookie.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for KnownDevice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KnownDevice(..)")
    }
}

fn mac(keys: &Keys, email: &str, random: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(&keys.links).expect("a key may have any length");
    mac.update(PURPOSE);
    mac.update(random);
    mac.update(email.trim().to_lowercase().as_bytes());
    mac
}
