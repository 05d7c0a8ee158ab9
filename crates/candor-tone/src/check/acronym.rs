//! Abbreviations that only the house knows.
//!
//! Owns: telling a house abbreviation from one that everybody or this customer uses. Must not
//! know: other jargon, which stands in the rule files.

use super::{CheckKind, Draft, Finding};
use crate::phrase::Words;
use std::collections::HashSet;

/// Letters that an abbreviation has at most; longer words in capitals are shouted.
const LONGEST: usize = 5;
/// More words in capitals than this and the draft shouts, or is a list of codes.
const MOST: usize = 6;

/// Abbreviations that a customer knows.
const KNOWN: &[&str] = &[
    "agb", "asap", "atm", "bic", "bmw", "cad", "chf", "csv", "dhl", "diy", "dpd", "dvd", "eta",
    "eur", "faq", "gbp", "gls", "gmbh", "gps", "hdmi", "html", "iban", "imap", "ios", "ipad",
    "ltd", "mac", "mfg", "mwst", "not", "one", "pdf", "pin", "png", "jpg", "rsvp", "sepa", "sim",
    "smtp", "sms", "tel", "the", "ups", "url", "usa", "usb", "usd", "vat", "vip", "wifi", "wlan",
    "xml", "you", "zip",
];

/// The first abbreviation that neither the world nor the customer uses.
pub(super) fn finding(draft: &Draft) -> Option<Finding> {
    let abbreviations: Vec<_> = draft
        .words
        .tokens
        .iter()
        .filter(|token| token.shouted && token.word.chars().count() <= LONGEST)
        .filter(|token| token.word.chars().all(char::is_alphabetic))
        .collect();
    if abbreviations.len() > MOST {
        return None;
    }
    let theirs: HashSet<String> = draft
        .context
        .customer
        .iter()
        .flat_map(|text| Words::of(text).tokens)
        .map(|token| token.word)
        .collect();
    let unknown = abbreviations
        .into_iter()
        .find(|token| !KNOWN.contains(&token.word.as_str()) && !theirs.contains(&token.word))?;
    let (check, span) = (CheckKind::Jargon, unknown.span.clone());
    Some(draft.finding(check, "abbreviation", span, 0.6, &[]))
}
