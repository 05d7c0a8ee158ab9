//! Values that only the desk's own key opens.
//!
//! Owns: XChaCha20-Poly1305 over one value, bound to the name of its setting, so that a value
//! copied to another row opens nothing. Must not know: where the key lies; never in the database.

use crate::error::DeskError;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{Key, KeyInit, XChaCha20Poly1305, XNonce};

/// Names the key and the cipher, for the day when there are others.
const VERSION: &str = "v1.";
const NONCE: usize = 24;

/// Encrypts a value.
pub(super) fn seal(
    key: &[u8; 32],
    name: &str,
    value: &str,
    random: &[u8; 32],
) -> Result<String, DeskError> {
    let nonce: [u8; NONCE] = random[..NONCE].try_into().expect("32 random bytes hold 24");
    let payload = Payload {
        msg: value.as_bytes(),
        aad: name.as_bytes(),
    };
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| DeskError::Internal("a setting could not be encrypted".to_owned()))?;
    let bytes = [nonce.as_slice(), &sealed].concat();
    Ok(format!("{VERSION}{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// Decrypts a value.
///
/// # Errors
/// `Internal` in words for whoever runs the desk: another key, or a value that was tampered with.
pub(super) fn open(key: &[u8; 32], name: &str, stored: &str) -> Result<String, DeskError> {
    opened(key, name, stored).ok_or_else(|| {
        DeskError::Internal(format!(
            "the setting {name} does not open with this desk's key; enter it again"
        ))
    })
}

fn opened(key: &[u8; 32], name: &str, stored: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(stored.strip_prefix(VERSION)?).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let payload = Payload {
        msg: sealed,
        aad: name.as_bytes(),
    };
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let value = cipher.decrypt(&XNonce::from(nonce), payload).ok()?;
    String::from_utf8(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_opens_with_its_key_and_under_its_name_alone() {
        let stored = seal(&[1; 32], "outgoing.password", "hunter2hunter2", &[9; 32]).unwrap();
        assert!(!stored.contains("hunter2"));
        assert_eq!(
            open(&[1; 32], "outgoing.password", &stored).unwrap(),
            "hunter2hunter2"
        );
        assert!(open(&[2; 32], "outgoing.password", &stored).is_err());
        assert!(open(&[1; 32], "outgoing.user", &stored).is_err());
        for damaged in [
            "",
            "v1.",
            "v2.AAAA",
            "hunter2hunter2",
            &stored[..stored.len() - 2],
        ] {
            assert!(
                open(&[1; 32], "outgoing.password", damaged).is_err(),
                "{damaged:?}"
            );
        }
    }
}
