//! How much of a message is read.
//!
//! Owns: the bounds that keep one mail from occupying the desk. Must not know: the size of a
//! message as a whole, which the listener refuses before anything is parsed.

/// Bounds for one message. What lies beyond them is named as a defect and left out; the raw
/// message stays whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one header block (Postfix: 102,400).
    pub header_bytes: usize,
    /// Parts in the whole message, nested messages included.
    pub parts: usize,
    /// Nesting of parts (Postfix: 100).
    pub depth: usize,
    /// Addresses in all recipient headers together.
    pub recipients: usize,
    /// Message-IDs in `References`, of which the newest are kept, and in `In-Reply-To`.
    pub references: usize,
    /// Bytes of the text and of the HTML body, each.
    pub body_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header_bytes: 100 * 1024,
            parts: 1_000,
            depth: 100,
            recipients: 1_000,
            references: 200,
            body_bytes: 2 * 1024 * 1024,
        }
    }
}
