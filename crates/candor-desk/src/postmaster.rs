//! Whoever knows the mail domains of the world.
//!
//! Owns: the seam between the desk and the DNS, and between the desk and signatures. Must not know:
//! sockets, key formats.

use candor_mail::{Evidence, Mark};
use std::future::Future;
use std::net::IpAddr;
use std::pin::Pin;

/// A future as a value, so that the postmaster can be a trait object.
pub type Asking<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Nobody answered, which says nothing about what is there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the DNS gave no answer: {0}")]
pub struct NoAnswer(pub String);

/// A key that signs the mail of a domain.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningKey {
    /// The domain.
    pub domain: String,
    /// The name below the domain at which its public half stands.
    pub selector: String,
    /// The private half.
    pub private_der: Vec<u8>,
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({} at {})", self.selector, self.domain)
    }
}

/// Both halves of a new key.
#[derive(Clone)]
pub struct KeyPair {
    /// The private half.
    pub private_der: Vec<u8>,
    /// The public half, as it stands in the DNS before it is written in base64.
    pub public_der: Vec<u8>,
}

impl std::fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyPair(secret)")
    }
}

/// How a mail came to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The address of the computer that handed it over.
    pub peer: IpAddr,
    /// What that computer called itself.
    pub hello: String,
    /// The sender on the envelope; empty for reports.
    pub mail_from: String,
}

/// Knows the mail domains of the world. The binary implements it over the DNS.
pub trait Postmaster: Send + Sync + 'static {
    /// Makes a key. It takes a moment.
    fn make_key(&self) -> Asking<'_, Result<KeyPair, String>>;

    /// The mail with its signature in front.
    fn sign(&self, key: &SigningKey, raw: &[u8]) -> Result<Vec<u8>, String>;

    /// The texts at a name of the DNS, as they are now.
    fn texts<'a>(&'a self, name: &'a str) -> Asking<'a, Result<Vec<String>, NoAnswer>>;

    /// The servers that take mail for a domain, the first choice first.
    fn mail_servers<'a>(&'a self, domain: &'a str) -> Asking<'a, Result<Vec<String>, NoAnswer>>;

    /// What speaks for the sender of a mail, and what against.
    fn evidence<'a>(&'a self, arrival: &'a Arrival, raw: &'a [u8]) -> Asking<'a, Evidence>;
}

/// Knows nothing and asks nobody: for a desk that only works off what lies there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unconnected;

/// What it says to every question.
const NOBODY: &str = "this desk asks nobody";

impl Postmaster for Unconnected {
    fn make_key(&self) -> Asking<'_, Result<KeyPair, String>> {
        Box::pin(async { Err(NOBODY.to_owned()) })
    }

    fn sign(&self, _: &SigningKey, _: &[u8]) -> Result<Vec<u8>, String> {
        Err(NOBODY.to_owned())
    }

    fn texts<'a>(&'a self, _: &'a str) -> Asking<'a, Result<Vec<String>, NoAnswer>> {
        Box::pin(async { Err(NoAnswer(NOBODY.to_owned())) })
    }

    fn mail_servers<'a>(&'a self, _: &'a str) -> Asking<'a, Result<Vec<String>, NoAnswer>> {
        Box::pin(async { Err(NoAnswer(NOBODY.to_owned())) })
    }

    fn evidence<'a>(&'a self, _: &'a Arrival, _: &'a [u8]) -> Asking<'a, Evidence> {
        Box::pin(async {
            Evidence {
                dmarc: Mark::Later,
                ..Evidence::default()
            }
        })
    }
}
