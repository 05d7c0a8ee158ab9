//! The domains that we send from: by what others know that our mail is ours.
//!
//! Owns: the key that signs a domain's mail, what should stand in the DNS, and what does. Must not
//! know: cryptography, how the DNS is asked.
//!
//! A domain's mail is signed from the moment at which its record was seen in the DNS: a signature
//! that nobody can check helps nobody.

mod key;
mod look;
mod page;
mod record;

pub(crate) use key::signing_key;
pub use key::{DropSigningKey, KeepSigningKey, make_signing_key};
pub use look::{Look, Sight, look_at, look_at_all};
pub use page::{SendingDomain, SendingDomains};
pub use record::{Record, RecordKind, RecordState};
