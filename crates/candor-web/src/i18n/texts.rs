//! The handle that pages and mails take their words from.
//!
//! Owns: look-up with and without values. Must not know: where the words are shown.

use fluent_bundle::FluentArgs;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Argument, Language, catalogue};

/// The words for one reader: language, time zone, and the instant the page is made at.
#[derive(Debug, Clone)]
pub struct Texts {
    /// The reader's language.
    pub language: Language,
    pub(super) zone: TimeZone,
    pub(super) now: Timestamp,
}

/// Marks a text id that travels as a value (in a match arm, a struct), so that the test of ids
/// finds it.
pub const fn key(id: &'static str) -> &'static str {
    id
}

impl Texts {
    /// The words for a reader, at an instant that the caller took from its clock.
    pub const fn new(language: Language, zone: TimeZone, now: Timestamp) -> Self {
        Self {
            language,
            zone,
            now,
        }
    }

    /// The text with this id.
    pub fn get(&self, id: impl AsRef<str>) -> String {
        catalogue::format(self.language, id.as_ref(), None)
    }

    /// The text with this id and one value.
    pub fn arg(&self, id: impl AsRef<str>, name: &str, value: impl Argument) -> String {
        self.args(id, &[(name, &value)])
    }

    /// The text with this id and several values: `t.args("page-of", &[("page", &2), ("of", &9)])`.
    pub fn args(&self, id: impl AsRef<str>, values: &[(&str, &dyn Argument)]) -> String {
        let mut arguments = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            arguments.set((*name).to_owned(), value.value());
        }
        catalogue::format(self.language, id.as_ref(), Some(&arguments))
    }

    /// Whether a text with this id exists; for ids that come from outside.
    pub fn knows(&self, id: &str) -> bool {
        catalogue::knows(self.language, id)
    }

    /// A whole number, grouped by thousands.
    pub fn number(&self, number: impl TryInto<i64>) -> String {
        let separator = match self.language {
            Language::English => ',',
            Language::German => '.',
        };
        catalogue::group(number.try_into().unwrap_or(i64::MAX), separator)
    }

    /// A number with so many digits after the reader's decimal mark.
    pub fn decimal(&self, number: f64, digits: usize) -> String {
        let text = format!("{number:.digits$}");
        match self.language {
            Language::English => text,
            Language::German => text.replace('.', ","),
        }
    }

    /// The code for `<html lang>`.
    pub const fn code(&self) -> &'static str {
        self.language.code()
    }
}
