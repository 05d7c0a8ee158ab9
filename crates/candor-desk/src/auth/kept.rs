//! What the history keeps of a password.
//!
//! Owns: a commitment to its hash, so that a hash exchanged behind the desk's back is found.
//! Must not know: passwords.

use super::password::PasswordHash;
use candor_domain::id::PersonId;
use candor_domain::record::{Content, Recorded};
use serde_json::{Value, json};

/// The stored hash of somebody's password.
pub(crate) struct KeptPassword<'a> {
    pub(crate) person: PersonId,
    pub(crate) hash: &'a PasswordHash,
    /// The salt of the person's row.
    pub(crate) salt: &'a [u8],
}

impl Recorded for KeptPassword<'_> {
    fn subject(&self) -> String {
        format!("password:{}", self.person)
    }
    fn facts(&self) -> Value {
        json!({})
    }
    fn content(&self) -> Option<Content> {
        Some(Content {
            salt: self.salt.to_vec(),
            bytes: json!([self.hash.as_str()]).to_string().into_bytes(),
        })
    }
}
