//! What should stand in the DNS for a domain that sends mail, and whether it does.
//!
//! Owns: the four entries, their texts, and how each is judged. Must not know: how the DNS is asked.

mod provider;

use super::look::{Look, Sight};

/// What an entry is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// The public half of the key that signs (DKIM).
    Key,
    /// The servers that may send (SPF).
    Servers,
    /// What becomes of mail that is not from here (DMARC).
    Rule,
    /// Where mail for the domain goes (MX).
    Way,
}

/// Whether an entry stands in the DNS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordState {
    /// As it should be.
    Good,
    /// Nothing stands there.
    Missing,
    /// Something else stands there.
    Other,
    /// More than one stands there, which counts as none.
    TwoOfThem,
    /// One stands there, and we cannot tell whether it names the right server.
    Unsure,
    /// Nobody answered.
    NoAnswer,
    /// Nobody looked yet.
    NotLooked,
    /// There is no key yet.
    NoKey,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What it is for.
    pub kind: RecordKind,
    /// The name at which it stands.
    pub name: String,
    /// What should stand there; empty where that is not ours to say.
    pub wanted: String,
    /// What stands there.
    pub found: Vec<String>,
    /// What to make of it.
    pub state: RecordState,
}

/// What the entries are made from.
pub(super) struct Wanted<'a> {
    pub(super) domain: &'a str,
    /// Selector and public half.
    pub(super) key: Option<(&'a str, &'a str)>,
    /// The server that carries our mail out.
    pub(super) relay: Option<&'a str>,
    pub(super) reports_to: &'a str,
}

/// The name at which the public half of a key stands.
pub(super) fn key_name(selector: &str, domain: &str) -> String {
    format!("{selector}._domainkey.{domain}")
}

/// The name at which a domain's rule stands.
pub(super) fn rule_name(domain: &str) -> String {
    format!("_dmarc.{domain}")
}

/// All four entries of a domain.
pub(super) fn records(wanted: &Wanted<'_>, look: Option<&Look>) -> Vec<Record> {
    vec![
        key(wanted, look.map(|look| &look.key)),
        servers(wanted, look.map(|look| &look.domain)),
        rule(wanted, look.map(|look| &look.rule)),
        way(wanted, look.map(|look| &look.servers)),
    ]
}

fn key(wanted: &Wanted<'_>, sight: Option<&Sight>) -> Record {
    let Some((selector, public)) = wanted.key else {
        return Record {
            kind: RecordKind::Key,
            name: key_name("candor", wanted.domain),
            wanted: String::new(),
            found: Vec::new(),
            state: RecordState::NoKey,
        };
    };
    Record {
        kind: RecordKind::Key,
        name: key_name(selector, wanted.domain),
        wanted: format!("v=DKIM1; k=rsa; p={public}"),
        found: seen(sight),
        state: sight.map_or(RecordState::NotLooked, |sight| key_state(public, sight)),
    }
}

/// Whether the public half stands in the DNS. Providers cut the text and put blanks between.
pub(super) fn key_state(public: &str, sight: &Sight) -> RecordState {
    let Sight::Found(texts) = sight else {
        return RecordState::NoAnswer;
    };
    let is_ours = |text: &String| {
        let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        bare.split(';')
            .any(|tag| tag.strip_prefix("p=") == Some(public))
    };
    match texts.as_slice() {
        [] => RecordState::Missing,
        [only] if is_ours(only) => RecordState::Good,
        [_] => RecordState::Other,
        _ => RecordState::TwoOfThem,
    }
}

fn servers(wanted: &Wanted<'_>, sight: Option<&Sight>) -> Record {
    let found = beginning(sight, "v=spf1");
    let mechanism = wanted.relay.map(provider::mechanism);
    let known = wanted.relay.is_some_and(provider::is_known);
    let names = |text: &str| {
        let mut words = text.split_whitespace();
        words.any(|word| mechanism.as_deref() == Some(word.trim_start_matches('+')))
    };
    let state = match (sight, found.as_slice()) {
        (None, _) => RecordState::NotLooked,
        (Some(Sight::NoAnswer), _) => RecordState::NoAnswer,
        (_, []) => RecordState::Missing,
        (_, [only]) if mechanism.is_none() || names(only) => RecordState::Good,
        (_, [_]) if known => RecordState::Other,
        (_, [_]) => RecordState::Unsure,
        _ => RecordState::TwoOfThem,
    };
    let text = match (&mechanism, found.first()) {
        (None, _) => String::new(),
        (Some(mechanism), Some(there)) if !names(there) => with_mechanism(there, mechanism),
        (Some(_), Some(there)) => there.clone(),
        (Some(mechanism), None) => format!("v=spf1 {mechanism} ~all"),
    };
    Record {
        kind: RecordKind::Servers,
        name: wanted.domain.to_owned(),
        wanted: text,
        found,
        state,
    }
}

/// The text that stands there, with one more server.
fn with_mechanism(there: &str, mechanism: &str) -> String {
    let rest = there.get("v=spf1".len()..).unwrap_or_default();
    format!("v=spf1 {mechanism} {}", rest.trim())
}

fn rule(wanted: &Wanted<'_>, sight: Option<&Sight>) -> Record {
    let found = beginning(sight, "v=DMARC1");
    let state = match (sight, found.len()) {
        (None, _) => RecordState::NotLooked,
        (Some(Sight::NoAnswer), _) => RecordState::NoAnswer,
        (_, 0) => RecordState::Missing,
        (_, 1) => RecordState::Good,
        _ => RecordState::TwoOfThem,
    };
    Record {
        kind: RecordKind::Rule,
        name: rule_name(wanted.domain),
        wanted: format!("v=DMARC1; p=none; rua=mailto:{}", wanted.reports_to),
        found,
        state,
    }
}

fn way(wanted: &Wanted<'_>, sight: Option<&Sight>) -> Record {
    let found = seen(sight);
    let state = match sight {
        None => RecordState::NotLooked,
        Some(Sight::NoAnswer) => RecordState::NoAnswer,
        Some(Sight::Found(_)) if found.is_empty() => RecordState::Missing,
        Some(Sight::Found(_)) => RecordState::Good,
    };
    Record {
        kind: RecordKind::Way,
        name: wanted.domain.to_owned(),
        wanted: String::new(),
        found,
        state,
    }
}

fn seen(sight: Option<&Sight>) -> Vec<String> {
    match sight {
        Some(Sight::Found(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// The texts that begin with a version, whatever stands beside them.
fn beginning(sight: Option<&Sight>, version: &str) -> Vec<String> {
    let is_one = |text: &String| {
        let start = text.get(..version.len());
        let rest = text.get(version.len()..).unwrap_or_default();
        start.is_some_and(|start| start.eq_ignore_ascii_case(version))
            && (rest.is_empty() || rest.starts_with([' ', ';']))
    };
    seen(sight).into_iter().filter(is_one).collect()
}

#[cfg(test)]
mod tests;
