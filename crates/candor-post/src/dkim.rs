//! Signing mail for a domain (DKIM, RFC 6376).
//!
//! Owns: making a key, and the header that signs a mail. Must not know: where keys are kept, which
//! domains are ours.
//!
//! RSA with 2,048 bits, because large receivers check nothing else; ring signs, in constant time.

use mail_auth::common::crypto::{RsaKey, Sha256};
use mail_auth::common::headers::HeaderWriter as _;
use mail_auth::dkim::DkimSigner;
use rsa::pkcs8::{EncodePrivateKey as _, EncodePublicKey as _};
use rsa::{RsaPrivateKey, RsaPublicKey};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// Bits of a key: more fit into no one line of a DNS record, fewer are believed by nobody.
const BITS: usize = 2048;

/// What is signed. Those that stand twice can be added by nobody on the way, because their absence
/// is signed too.
const SIGNED: [&str; 20] = [
    "From",
    "From",
    "Reply-To",
    "Reply-To",
    "To",
    "To",
    "Cc",
    "Cc",
    "Subject",
    "Subject",
    "Date",
    "Date",
    "Message-ID",
    "Message-ID",
    "In-Reply-To",
    "References",
    "MIME-Version",
    "Content-Type",
    "Content-Type",
    "Auto-Submitted",
];

/// A key that was just made.
pub struct NewKey {
    /// The private half: PKCS #8 in DER.
    pub private_der: Vec<u8>,
    /// The public half: `SubjectPublicKeyInfo` in DER, as it stands behind `p=`.
    pub public_der: Vec<u8>,
}

impl std::fmt::Debug for NewKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewKey(secret)")
    }
}

/// Why there is no key or no signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DkimError {
    /// The operating system gave no randomness, or no primes were found.
    #[error("a signing key could not be made: {0}")]
    NoKey(String),
    /// The stored key is none.
    #[error("the signing key cannot be read: {0}")]
    BadKey(String),
    /// The mail has no header that could be signed.
    #[error("the mail could not be signed: {0}")]
    NotSigned(String),
}

/// Makes a key. It takes about a second of computing: call it where it blocks nobody.
///
/// # Errors
/// When the operating system gives no randomness.
pub fn make_key() -> Result<NewKey, DkimError> {
    let broken = |error: &dyn std::fmt::Display| DkimError::NoKey(error.to_string());
    let private =
        RsaPrivateKey::new(&mut rsa::rand_core::OsRng, BITS).map_err(|error| broken(&error))?;
    let public = RsaPublicKey::from(&private);
    let private = private.to_pkcs8_der().map_err(|error| broken(&error))?;
    let public = public.to_public_key_der().map_err(|error| broken(&error))?;
    Ok(NewKey {
        private_der: private.as_bytes().to_vec(),
        public_der: public.as_bytes().to_vec(),
    })
}

/// The mail with its signature in front. `raw` has CR LF line ends, as everything that we compose.
///
/// # Errors
/// When the key is none.
pub fn signed(
    domain: &str,
    selector: &str,
    private_der: &[u8],
    raw: &[u8],
) -> Result<Vec<u8>, DkimError> {
    let der = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(private_der));
    let key = RsaKey::<Sha256>::from_key_der(der)
        .map_err(|error| DkimError::BadKey(error.to_string()))?;
    let signature = DkimSigner::from_key(key)
        .domain(domain)
        .selector(selector)
        .headers(SIGNED)
        .sign(raw)
        .map_err(|error| DkimError::NotSigned(error.to_string()))?;
    let mut mail = signature.to_header().into_bytes();
    mail.extend_from_slice(raw);
    Ok(mail)
}
