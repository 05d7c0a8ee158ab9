//! `Content-Type` and `Content-Disposition`.
//!
//! Owns: their lenient reading. Must not know: what a part is used for.

use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;

use super::encoded_word;

/// A parameterised value such as `text/plain; charset=utf-8`.
#[derive(Debug, Clone, Default)]
pub(super) struct Parameterised {
    /// In lower case, without parameters.
    pub value: String,
    parameters: Vec<(String, String)>,
}

impl Parameterised {
    pub(super) fn read(text: &str) -> Self {
        // The parser wants the line end that unfolding took away.
        let line = format!("{}\n", encoded_word::as_utf8_words(text));
        let HeaderValue::ContentType(parsed) =
            MessageStream::new(line.as_bytes()).parse_content_type()
        else {
            return Self::default();
        };
        let value = match &parsed.c_subtype {
            Some(subtype) => format!("{}/{subtype}", parsed.c_type),
            None => parsed.c_type.to_string(),
        };
        let parameters = parsed
            .attributes
            .iter()
            .flatten()
            .map(|attribute| {
                (
                    attribute.name.to_ascii_lowercase(),
                    attribute.value.to_string(),
                )
            })
            .collect();
        Self {
            value: value.trim().to_ascii_lowercase(),
            parameters,
        }
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// A parameter that may hold encoded words against the rules, as file names often do.
    pub(super) fn decoded_parameter(&self, name: &str) -> Option<String> {
        self.parameter(name).map(encoded_word::decode)
    }

    pub(super) fn is_multipart(&self) -> bool {
        self.value.starts_with("multipart/")
    }

    pub(super) fn is_message(&self) -> bool {
        self.value == "message/rfc822" || self.value == "message/global"
    }
}
