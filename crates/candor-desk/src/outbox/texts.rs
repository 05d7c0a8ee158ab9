//! The fixed sentences in mails to customers.
//!
//! Owns: which sentences there are, and English and German ones to start from. Must not know: the
//! translations of pages; whoever runs the desk may hand in other sentences.

use std::borrow::Cow;

/// The sentences of one language. `{link}`, `{brand}`, `{name}` and `{date}` are filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailTexts {
    /// The line that answers are written above.
    pub delimiter: Cow<'static, str>,
    /// The lines below a reply; holds `{link}`.
    pub closing: Cow<'static, str>,
    /// The line above the quoted message; holds `{name}` and `{date}`.
    pub quote_intro: Cow<'static, str>,
}

/// English.
pub const ENGLISH: MailTexts = MailTexts {
    delimiter: Cow::Borrowed("Please write above this line."),
    closing: Cow::Borrowed("Your request with all answers: {link}"),
    quote_intro: Cow::Borrowed("On {date}, {name} wrote:"),
};

/// German.
pub const GERMAN: MailTexts = MailTexts {
    delimiter: Cow::Borrowed("Bitte schreiben Sie über dieser Zeile."),
    closing: Cow::Borrowed("Ihre Anfrage mit allen Antworten: {link}"),
    quote_intro: Cow::Borrowed("Am {date} schrieb {name}:"),
};

/// The sentences of every language that the desk writes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailTextBook {
    /// Where no better language is known.
    pub english: MailTexts,
    /// For language tags that start with `de`.
    pub german: MailTexts,
}

impl Default for MailTextBook {
    fn default() -> Self {
        Self {
            english: ENGLISH,
            german: GERMAN,
        }
    }
}

impl MailTextBook {
    /// The sentences for a language tag such as `de-AT`.
    pub fn for_language(&self, tag: &str) -> &MailTexts {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        if primary.eq_ignore_ascii_case("de") {
            &self.german
        } else {
            &self.english
        }
    }
}
