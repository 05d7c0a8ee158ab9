//! What we understand of real and broken messages, as snapshots.
//!
//! Owns: the reading of the messages under `data/mail`. Must not know: how it comes about.

#![expect(clippy::unwrap_used, reason = "a broken test may panic")]

use std::fmt::Write as _;
use std::path::Path;

use candor_mail::{IncomingMessage, MessageId, NamedAddress, Parsed, parse};

#[test]
fn messages_read_as_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/mail");
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    names.sort();
    assert!(names.len() >= 35, "the messages are gone: {}", names.len());
    for path in names {
        let raw = std::fs::read(&path).unwrap();
        let name = path.file_stem().unwrap().to_str().unwrap();
        insta::with_settings!({snapshot_suffix => name, prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!("mail", describe(&parse(&raw)));
        });
    }
}

fn describe(Parsed { message, defects }: &Parsed) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            writeln!(out, "{name}: {value}").unwrap();
        }
    };
    line("from", &message.from.iter().map(named).collect::<String>());
    line("reply-to", &all(&message.reply_to));
    line("to", &all(&message.to));
    line("cc", &all(&message.cc));
    line("subject", &message.subject);
    line(
        "date",
        &message
            .date
            .map(|date| date.to_string())
            .unwrap_or_default(),
    );
    line(
        "id",
        message.message_id.as_ref().map_or("", MessageId::as_str),
    );
    line("answers", &ids(&message.in_reply_to));
    line("thread", &ids(&message.references));
    line(
        "auto-submitted",
        message.auto_submitted.as_deref().unwrap_or_default(),
    );
    line(
        "defects",
        &defects
            .iter()
            .map(|d| d.as_str())
            .collect::<Vec<_>>()
            .join(" "),
    );
    for file in &message.attachments {
        let shown = if file.inline { " inline" } else { "" };
        let id = file
            .content_id
            .as_deref()
            .map(|id| format!(" <{id}>"))
            .unwrap_or_default();
        line(
            "file",
            &format!(
                "{} ({}, is {}, {} bytes{shown}{id})",
                file.name,
                file.declared_type,
                file.media_type.as_str(),
                file.content.len()
            ),
        );
    }
    out + &body(message)
}

fn body(message: &IncomingMessage) -> String {
    let origin = match (&message.html, message.text_is_converted) {
        (Some(_), true) => "text from html",
        (Some(_), false) => "text, html beside it",
        (None, _) => "text",
    };
    format!("--- {origin}\n{}\n", message.text)
}

fn named(address: &NamedAddress) -> String {
    match &address.name {
        Some(name) => format!("{name} <{}>", address.address),
        None => address.address.to_string(),
    }
}

fn all(addresses: &[NamedAddress]) -> String {
    addresses.iter().map(named).collect::<Vec<_>>().join(", ")
}

fn ids(ids: &[MessageId]) -> String {
    ids.iter()
        .map(MessageId::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}
