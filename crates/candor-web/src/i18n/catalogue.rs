//! The embedded texts, one Fluent bundle for each language.
//!
//! Owns: loading, formatting, grouping of numbers. Must not know: who reads.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use unic_langid::langid;

use super::Language;

#[derive(RustEmbed)]
#[folder = "locales"]
struct Locales;

type Bundle = FluentBundle<FluentResource>;

fn bundle(language: Language) -> &'static Bundle {
    static ENGLISH: OnceLock<Bundle> = OnceLock::new();
    static GERMAN: OnceLock<Bundle> = OnceLock::new();
    match language {
        Language::English => ENGLISH.get_or_init(|| load(language)),
        Language::German => GERMAN.get_or_init(|| load(language)),
    }
}

fn load(language: Language) -> Bundle {
    let identifier = match language {
        Language::English => langid!("en"),
        Language::German => langid!("de"),
    };
    let mut bundle = Bundle::new_concurrent(vec![identifier]);
    // Both languages run left to right; isolation marks would only trip up copying and tests.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::English => |value, _| grouped(value, ','),
        Language::German => |value, _| grouped(value, '.'),
    }));
    for (path, source) in sources(language) {
        let resource = FluentResource::try_new(source)
            .unwrap_or_else(|(_, errors)| panic!("{path} is not Fluent: {errors:?}"));
        if let Err(errors) = bundle.add_resource(resource) {
            panic!("{path} repeats an id: {errors:?}");
        }
    }
    bundle
}

fn sources(language: Language) -> Vec<(String, String)> {
    let folder = format!("{}/", language.code());
    let mut sources: Vec<_> = Locales::iter()
        .filter(|path| path.starts_with(&folder))
        .filter_map(|path| {
            let file = Locales::get(&path)?;
            let source = String::from_utf8(file.data.into_owned()).ok()?;
            Some((path.into_owned(), source))
        })
        .collect();
    sources.sort();
    sources
}

fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    match value {
        FluentValue::Number(FluentNumber { value, .. }) if value.fract() == 0.0 => {
            Some(group(*value as i64, separator))
        }
        _ => None,
    }
}

/// Groups the digits of a whole number by thousands.
pub(super) fn group(number: i64, separator: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('\u{2212}');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// Formats a text. An unknown id answers with the id itself, so that a page never fails over a word.
pub(super) fn format(language: Language, id: &str, arguments: Option<&FluentArgs<'_>>) -> String {
    let bundle = bundle(language);
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
        tracing::error!(id, language = language.code(), "a text is missing");
        return id.to_owned();
    };
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, arguments, &mut errors);
    if !errors.is_empty() {
        tracing::error!(
            id,
            language = language.code(),
            ?errors,
            "a text lacks a value"
        );
    }
    text.into_owned()
}

/// Whether the language has a text with this id.
pub(super) fn knows(language: Language, id: &str) -> bool {
    bundle(language).has_message(id)
}

/// Every id of a language, with the variables its text names as `id $a $b`; for tests.
pub fn ids(language: Language) -> BTreeSet<String> {
    sources(language)
        .iter()
        .flat_map(|(_, source)| messages(source))
        .map(|(id, variables)| {
            let mut line = id;
            for variable in variables {
                line.push_str(" $");
                line.push_str(&variable);
            }
            line
        })
        .collect()
}

/// The variables that the text asks for and `given` does not hold; for tests.
pub fn missing_variables(language: Language, id: &str, given: &[&str]) -> Vec<String> {
    sources(language)
        .iter()
        .flat_map(|(_, source)| messages(source))
        .filter(|(known, _)| known == id)
        .flat_map(|(_, variables)| variables)
        .filter(|variable| !given.contains(&variable.as_str()))
        .collect()
}

/// Splits a Fluent source into ids and the variables below each, by its own layout rules: an id
/// starts a line, its text continues indented.
fn messages(source: &str) -> Vec<(String, BTreeSet<String>)> {
    let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in source.lines() {
        if line.starts_with('#') {
            continue;
        }
        if !line.starts_with(' ')
            && let Some((id, _)) = line.split_once('=')
        {
            found.push((id.trim().to_owned(), BTreeSet::new()));
        }
        if let Some((_, variables)) = found.last_mut() {
            variables.extend(variables_in(line));
        }
    }
    found
}

fn variables_in(line: &str) -> impl Iterator<Item = String> + '_ {
    line.split('$').skip(1).filter_map(|rest| {
        let name: String = rest
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
            .collect();
        (!name.is_empty()).then_some(name)
    })
}
