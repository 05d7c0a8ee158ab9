//! Below a message: what mail servers told of it, and why it is here.
//!
//! Owns: the lines and the disclosure. Must not know: the message itself.

use super::mail_words::{language_name, reasons, silence, told, verdict, way};
use crate::i18n::Texts;
use askama::Template;
use candor_desk::ticket::{MessageOf, Reading};

/// What mail servers told, and why a message is here.
#[derive(Debug, Template)]
#[template(path = "page/ticket/origin.html")]
pub(super) struct Origin {
    t: Texts,
    troubles: Vec<(String, bool, String)>,
    why: Option<Why>,
}

impl askama::filters::HtmlSafe for Origin {}

#[derive(Debug)]
struct Why {
    facts: Vec<(String, String)>,
    reasons: Vec<String>,
    source: String,
    log: String,
}

impl Origin {
    /// `None` for a message that no mail had to do with.
    pub(super) fn of(t: &Texts, message: &MessageOf) -> Option<Self> {
        let troubles = message.deliveries.iter().map(|one| {
            let (words, is_failure) = told(t, one);
            (words, is_failure, one.diagnostic.clone())
        });
        let troubles: Vec<_> = troubles.collect();
        let why = message.reading.as_ref().map(|reading| Why {
            facts: facts(t, reading),
            reasons: reasons(t, reading),
            source: format!("/messages/{}/source", message.message.id),
            log: format!("/tickets/{}/mail", message.message.ticket),
        });
        let is_something = why.is_some() || !troubles.is_empty();
        is_something.then(|| Self {
            t: t.clone(),
            troubles,
            why,
        })
    }
}

fn facts(t: &Texts, reading: &Reading) -> Vec<(String, String)> {
    let facts = [
        ("why-way", way(t, reading)),
        ("why-verdict", verdict(t, reading)),
        ("why-language", language_name(t, &reading.language)),
        ("why-silence", silence(t, reading)),
    ];
    let told = facts.into_iter().filter(|(_, value)| !value.is_empty());
    told.map(|(name, value)| (t.get(name), value)).collect()
}
