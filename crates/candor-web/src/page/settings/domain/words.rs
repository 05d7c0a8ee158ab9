//! The words about the entries of a domain.
//!
//! Owns: what each entry is for, what its state means, and the letter to whoever runs the domain.
//! Must not know: how an entry is judged.

use crate::i18n::{Texts, key};
use crate::part::{Chip, DnsRecord, Tone};
use candor_desk::sending_domain::{Record, RecordKind, RecordState, SendingDomain};

/// The card of an entry.
pub(super) fn card(t: &Texts, record: &Record) -> DnsRecord {
    let (title, purpose) = purpose(record.kind);
    let words = [t.get(purpose), advice(t, record)];
    let shown = record.state != RecordState::NoKey;
    let found_as_wanted = record.found.len() == 1 && record.found[0] == record.wanted;
    DnsRecord {
        title: t.get(title),
        chip: chip(t, &record.state),
        words: words.join(" ").trim_end().to_owned(),
        kind: shown.then(|| (t.get("record-kind"), kind(record.kind).to_owned())),
        name_label: t.get("record-name"),
        name: record.name.clone(),
        wanted_label: t.get("record-wanted"),
        wanted: wanted(record),
        found_label: t.get("record-found"),
        found: if found_as_wanted {
            Vec::new()
        } else {
            record.found.clone()
        },
    }
}

/// What should stand there, unless what stands there is a choice of its owner's.
fn wanted(record: &Record) -> String {
    if record.kind == RecordKind::Rule && record.state == RecordState::Good {
        return String::new();
    }
    record.wanted.clone()
}

const fn kind(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Way => "MX",
        RecordKind::Key | RecordKind::Servers | RecordKind::Rule => "TXT",
    }
}

const fn purpose(kind: RecordKind) -> (&'static str, &'static str) {
    match kind {
        RecordKind::Key => (key("record-key"), key("record-key-words")),
        RecordKind::Servers => (key("record-servers"), key("record-servers-words")),
        RecordKind::Rule => (key("record-rule"), key("record-rule-words")),
        RecordKind::Way => (key("record-way"), key("record-way-words")),
    }
}

fn chip(t: &Texts, state: &RecordState) -> Chip {
    match state {
        RecordState::Good => Chip::toned(t.get("record-good"), Tone::Good),
        RecordState::Missing => Chip::toned(t.get("record-missing"), Tone::Bad),
        RecordState::Other | RecordState::TwoOfThem => {
            Chip::toned(t.get("record-other"), Tone::Bad)
        }
        RecordState::Unsure => Chip::toned(t.get("record-unsure"), Tone::Warn),
        RecordState::NoAnswer => Chip::toned(t.get("record-no-answer"), Tone::Warn),
        RecordState::NotLooked => Chip::new(t.get("record-not-looked")),
        RecordState::NoKey => Chip::new(t.get("domain-no-key")),
    }
}

/// What to do now; nothing where all is well.
fn advice(t: &Texts, record: &Record) -> String {
    let words = match (&record.state, record.kind) {
        (RecordState::Good, _) => return String::new(),
        (RecordState::Missing, RecordKind::Way) => key("record-way-missing"),
        (RecordState::Missing, RecordKind::Servers) if record.wanted.is_empty() => {
            key("record-servers-later")
        }
        (RecordState::Missing, _) => key("record-add"),
        (RecordState::Other, RecordKind::Servers) => key("record-servers-change"),
        (RecordState::Other, _) => key("record-replace"),
        (RecordState::TwoOfThem, _) => key("record-two"),
        (RecordState::Unsure, _) => key("record-servers-unsure"),
        (RecordState::NoAnswer, _) => key("record-no-answer-words"),
        (RecordState::NotLooked, _) => key("record-not-looked-words"),
        (RecordState::NoKey, _) => key("record-no-key-words"),
    };
    t.get(words)
}

/// A letter to whoever runs the domain, with what is still to do.
pub(super) fn letter(t: &Texts, domain: &SendingDomain) -> String {
    let mut text = t.arg("domain-letter", "domain", domain.domain.as_str());
    let to_do = domain.records.iter().filter(|record| {
        let needed = !matches!(record.state, RecordState::Good | RecordState::Unsure);
        needed && !record.wanted.is_empty()
    });
    for record in to_do {
        let (title, _) = purpose(record.kind);
        let lines = [
            format!("\n\n{}", t.get(title)),
            format!("{}: {}", t.get("record-kind"), kind(record.kind)),
            format!("{}: {}", t.get("record-name"), record.name),
            format!("{}: {}", t.get("record-wanted"), record.wanted),
        ];
        text.push_str(&lines.join("\n"));
    }
    text
}
