//! Choices that several pages offer.
//!
//! Owns: languages and time zones to choose from. Must not know: who chooses.

use crate::i18n::Language;
use crate::part::Choice;

/// The regions whose zones are named after cities.
const REGIONS: [&str; 10] = [
    "Africa/",
    "America/",
    "Antarctica/",
    "Arctic/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
];

/// Time zones by city, and the one that is set already.
pub(crate) fn zones(present: &str) -> Vec<Choice> {
    let mut names: Vec<String> = jiff::tz::db()
        .available()
        .map(|name| name.to_string())
        .filter(|name| REGIONS.iter().any(|region| name.starts_with(region)))
        .collect();
    names.push("UTC".to_owned());
    if !present.is_empty() {
        names.push(present.to_owned());
    }
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .map(|name| Choice::new(name.clone(), name.replace('_', " ")))
        .collect()
}

/// The languages, by their own names.
pub(crate) fn languages() -> Vec<Choice> {
    Language::ALL
        .into_iter()
        .map(|language| Choice::new(language.code(), language.own_name()))
        .collect()
}
