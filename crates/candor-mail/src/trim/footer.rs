//! What telephones, companies and lists append to a mail.
//!
//! Owns: recognising a single footer line and a notice of one paragraph. Must not know: where in
//! the text it stands.

use super::evidence::{begins_with, folded, has_url, holds, is_rule};
use super::line::Line;
use super::phrase::PHRASES;

/// How sure a line is a telephone's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mobile {
    /// It names a device or a program.
    Named,
    /// It is short and begins like one: `Sent from my toaster`.
    Likely,
}

/// `Sent from my iPhone`, `Von meinem Handy gesendet`, `Outlook für Android holen`.
pub(super) fn mobile(line: &Line<'_>) -> Option<Mobile> {
    if line.is_blank() || line.text.len() > 200 {
        return None;
    }
    let text = folded(&without_addresses(line.text)).replace(['[', ']'], "");
    let text = text.trim_matches([
        '*', '_', '-', '~', '[', ']', '(', ')', '<', '>', ' ', '.', '!', '—',
    ]);
    if text.split(' ').count() > 12 || text.contains([';', '?']) || text.contains(". ") {
        return None;
    }
    let start = begins_with(text, PHRASES.mobile_start.of_text(text))
        || PHRASES.mobile_end.iter().any(|end| text.ends_with(end));
    // Behind a comma people go on; only an advertisement then names a second device.
    let devices = |part: &str| {
        PHRASES
            .device
            .iter()
            .filter(|device| names(part, device))
            .count()
    };
    let named = match text.split_once(',') {
        Some((first, second)) => devices(first) > 0 && devices(second) > 0,
        None => devices(text) > 0,
    };
    if start && named {
        return Some(Mobile::Named);
    }
    let rest = text.strip_prefix("sent from ")?;
    let words = rest.split(' ').count();
    (words <= 5 && !text.contains(',')).then_some(Mobile::Likely)
}

/// Long names take endings in many languages; short ones are words of their own.
fn names(text: &str, device: &str) -> bool {
    if device.len() >= 5 {
        text.contains(device)
    } else {
        holds(text, device)
    }
}

/// Links behind the words: `<https://aka.ms/x>`, `(https://...)`, `[https://...]`.
fn without_addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("http") {
        let before = rest[..at].trim_end_matches(['<', '(', '[']);
        out.push_str(before);
        let tail = &rest[at..];
        let end = tail
            .find(|c: char| c.is_whitespace() || matches!(c, '>' | ')' | ']'))
            .unwrap_or(tail.len());
        rest = tail[end..].trim_start_matches(['>', ')', ']']);
    }
    out.push_str(rest);
    out
}

/// A legal notice: several of its words, about a mail, in one long paragraph.
pub(super) fn is_legal(paragraph: &str) -> bool {
    if !(100..8_000).contains(&paragraph.len()) {
        return false;
    }
    let text = folded(paragraph);
    let about_mail = [
        "mail",
        "message",
        "nachricht",
        "mensaje",
        "messaggio",
        "mensagem",
        "bericht",
        "courriel",
        "correo",
        "meddelelse",
        "meddelande",
        "wiadomość",
        "сообщение",
        "письмо",
        "communication",
        "viesti",
    ]
    .iter()
    .any(|word| text.contains(word));
    let words = PHRASES.legal.iter().filter(|word| text.contains(*word));
    about_mail && words.take(3).count() == 3
}

/// Notices of virus scanners and appeals not to print.
pub(super) fn is_boilerplate(paragraph: &str) -> bool {
    let text = folded(paragraph);
    text.len() < 600
        && PHRASES
            .boilerplate
            .iter()
            .any(|phrase| text.contains(phrase))
}

/// The few lines below a rule with which a list signs each mail.
pub(super) fn is_list_footer(rule: &Line<'_>, tail: &[Line<'_>]) -> bool {
    let lines: Vec<&str> = tail
        .iter()
        .map(|line| line.text)
        .filter(|text| !text.is_empty())
        .collect();
    let is_short = !lines.is_empty() && lines.len() <= 12;
    let marked = is_rule(rule.text, 2);
    marked && is_short && {
        let text = folded(&lines.join(" "));
        let named = PHRASES
            .list_footer
            .iter()
            .any(|phrase| holds(&text, phrase));
        named && (has_url(&text) || text.contains('@'))
    }
}
