//! Message-IDs.
//!
//! Owns: what we take as an id, without its angle brackets. Must not know: whose it is.

/// The id of a mail, without angle brackets, such as `abc@mail.example`.
///
/// Other programs break the grammar freely, so anything on one line without angle brackets and
/// blanks counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(String);

impl MessageId {
    /// Longer ids are cut out: no honest program writes them, and a header line ends at 998 bytes.
    pub const MAX_BYTES: usize = 900;

    /// Reads an id with or without its angle brackets.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let inner = text.strip_prefix('<').unwrap_or(text);
        let inner = inner.strip_suffix('>').unwrap_or(inner).trim();
        let fits = !inner.is_empty() && inner.len() <= Self::MAX_BYTES;
        let clean = !inner
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || c == '<' || c == '>');
        (fits && clean).then(|| Self(inner.to_owned()))
    }

    /// The id without angle brackets.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for MessageId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_no_part_of_an_id() {
        assert_eq!(
            MessageId::parse(" <a@b.example> ").unwrap().as_str(),
            "a@b.example"
        );
        assert_eq!(
            MessageId::parse("a@b.example").unwrap().as_str(),
            "a@b.example"
        );
    }

    #[test]
    fn an_id_cannot_start_a_new_header() {
        for text in ["", "<>", "a b@c", "a@b\r\nBcc: x@y", "a><b"] {
            assert_eq!(MessageId::parse(text), None, "{text:?}");
        }
    }
}
