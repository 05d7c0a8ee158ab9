//! E-mail addresses, parsed once at the edge.
//!
//! Owns: what we accept as an address and when two addresses are the same.
//! Must not know: whether anybody reads mail there.

use serde::{Deserialize, Serialize};

/// An address in the form in which it is compared: trimmed, the domain in lower case, the local
/// part in lower case too, because every provider that matters treats it so and customers type
/// their own address both ways.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EmailAddress(String);

/// Why a text is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is not an e-mail address: {reason}")]
pub struct AddressError {
    /// The text as it was given, cut to 80 characters.
    pub text: String,
    /// What is wrong with it, in plain words.
    pub reason: &'static str,
}

impl EmailAddress {
    /// Longest address that SMTP can carry (RFC 5321, 4.5.3.1.3).
    pub const MAX_BYTES: usize = 254;

    /// Reads an address such as `Help@Shop.example`.
    ///
    /// # Errors
    /// Names the first rule that the text breaks.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let trimmed = text.trim();
        let refuse = |reason| {
            Err(AddressError {
                text: trimmed.chars().take(80).collect(),
                reason,
            })
        };
        if trimmed.is_empty() {
            return refuse("it is empty");
        }
        if trimmed.len() > Self::MAX_BYTES {
            return refuse("it is longer than 254 characters");
        }
        let Some((local, domain)) = trimmed.rsplit_once('@') else {
            return refuse("the @ is missing");
        };
        if local.is_empty() || local.len() > 64 {
            return refuse("the part before the @ must have 1 to 64 characters");
        }
        if trimmed
            .chars()
            .any(|c| c.is_control() || c.is_whitespace() || "<>(),;:\\\"[]".contains(c))
            || local.contains('@')
        {
            return refuse("it holds a character that addresses cannot have");
        }
        let labels_are_fine = domain
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
            && !domain.contains(|c: char| c.is_ascii_punctuation() && !"-._".contains(c));
        if domain.is_empty() || !labels_are_fine {
            return refuse("the part after the @ is not a domain");
        }
        Ok(Self(trimmed.to_lowercase()))
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the `@`.
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The part after the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The same address without a `+detail`, which is where our reply tokens stand.
    #[must_use]
    pub fn without_detail(&self) -> Self {
        let local = self.local_part();
        let base = local.split_once('+').map_or(local, |(base, _)| base);
        if base.is_empty() {
            return self.clone();
        }
        Self(format!("{base}@{}", self.domain()))
    }
}

impl std::fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_compared_without_case_and_blanks() {
        assert_eq!(
            EmailAddress::parse(" Help@Shop.Example "),
            EmailAddress::parse("help@shop.example")
        );
    }

    #[test]
    fn what_is_no_address_is_named() {
        for (text, reason) in [
            ("", "it is empty"),
            ("shop.example", "the @ is missing"),
            (
                "@shop.example",
                "the part before the @ must have 1 to 64 characters",
            ),
            (
                "a b@shop.example",
                "it holds a character that addresses cannot have",
            ),
            (
                "a\r\nBcc: x@shop.example",
                "it holds a character that addresses cannot have",
            ),
            ("a@shop..example", "the part after the @ is not a domain"),
            ("a@-shop.example", "the part after the @ is not a domain"),
        ] {
            assert_eq!(
                EmailAddress::parse(text).unwrap_err().reason,
                reason,
                "{text:?}"
            );
        }
    }

    #[test]
    fn the_detail_behind_a_plus_is_no_part_of_the_mailbox() {
        let address = EmailAddress::parse("help+abc@shop.example").unwrap();
        assert_eq!(address.without_detail().as_str(), "help@shop.example");
    }
}
