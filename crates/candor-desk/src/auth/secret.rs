//! Secrets that let somebody in: 256 random bits, of which the desk keeps a hash only.
//!
//! Owns: how they are written and hashed. Must not know: what they open.

use crate::cx::Desk;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// What a secret is for. It is part of the hash, so that a secret of one kind opens nothing of
/// another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A login.
    Session,
    /// The code of the first run.
    SetUp,
    /// An invitation.
    Invitation,
    /// A forgotten password.
    Reset,
    /// An API token.
    Token,
    /// The address of somebody's shifts.
    ShiftFeed,
}

impl Purpose {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::SetUp => "set_up",
            Self::Invitation => "invitation",
            Self::Reset => "reset",
            Self::Token => "token",
            Self::ShiftFeed => "shift_feed",
        }
    }
}

/// 32 random bytes that only their holder knows. Drawn before the verb that stores their hash.
#[derive(Clone)]
pub struct Secret([u8; 32]);

/// Length of a written secret: 32 bytes in base64 without padding.
const WRITTEN: usize = 43;

impl Secret {
    /// Draws a fresh one.
    pub fn draw(desk: &Desk) -> Self {
        Self(desk.config().entropy.seed())
    }

    /// Reads a written secret; `None` for anything that cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != WRITTEN {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// As it is written in cookies and links.
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What the desk keeps of it.
    pub fn hash(&self, purpose: Purpose) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(b"candor secret v1\0");
        hash.update(purpose.as_str());
        hash.update([0]);
        hash.update(self.0);
        hash.finalize().into()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_a_secret_is_none() {
        let secret = Secret([7; 32]);
        assert!(Secret::parse(&secret.text()).is_some());
        let long = "a".repeat(44);
        for text in ["", "null", "\0", "a", long.as_str(), &"!".repeat(43)] {
            assert!(Secret::parse(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_secret_of_one_kind_is_worth_nothing_as_another() {
        let secret = Secret([7; 32]);
        assert_ne!(secret.hash(Purpose::Reset), secret.hash(Purpose::Session));
        assert_eq!(format!("{secret:?}"), "Secret(..)");
    }
}
