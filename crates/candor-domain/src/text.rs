//! Public and staff-only text are different types.
//!
//! Owns: the wall between what a customer may read and what only staff may read.
//! Must not know: who is asking.

use serde::{Deserialize, Serialize};

/// Text that a customer may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PublicText(String);

/// Text that only staff may see. It has no `Display`: a template for customers cannot print it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StaffText(String);

impl PublicText {
    /// Marks a text as fit for customers.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for PublicText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl StaffText {
    /// Marks a text as staff-only.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for pages that only staff can open.
    pub fn for_staff(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for StaffText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StaffText({} bytes)", self.0.len())
    }
}

/// A one-line text such as a subject or a name: control characters become blanks, so that it can
/// never start a new header, and the length is capped at a character boundary.
pub fn one_line(text: &str, max_chars: usize) -> String {
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    line.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .take(max_chars)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_cannot_start_a_new_header() {
        assert_eq!(
            one_line("Hello\r\nBcc: all@x.example", 200),
            "Hello Bcc: all@x.example"
        );
    }

    #[test]
    fn staff_text_does_not_leak_through_debug() {
        assert_eq!(
            format!("{:?}", StaffText::new("secret")),
            "StaffText(6 bytes)"
        );
    }
}
