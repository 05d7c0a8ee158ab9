//! Who wrote and to whom.
//!
//! Owns: address headers, also broken ones. Must not know: which address is ours.

use candor_domain::address::EmailAddress;
use encoding_rs::Encoding;
use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;

use super::header::Headers;
use super::{Notes, charset, encoded_word};
use crate::{Defect, Limits, NamedAddress};

#[derive(Default)]
pub(super) struct Addresses {
    pub from: Option<NamedAddress>,
    pub from_as_written: String,
    pub reply_to: Vec<NamedAddress>,
    pub to: Vec<NamedAddress>,
    pub cc: Vec<NamedAddress>,
}

/// Longest display name that is kept, in characters.
const MAX_NAME: usize = 200;

pub(super) fn read(
    headers: &Headers<'_>,
    charset: Option<&'static Encoding>,
    limits: &Limits,
    notes: &mut Notes,
) -> Addresses {
    let mut left = limits.recipients;
    let mut list = |name: &str, notes: &mut Notes| {
        let mut found = Vec::new();
        for value in headers.all(name) {
            let text = charset::header_text(value, charset, notes);
            for (_, address) in entries(&text) {
                if let Some(address) = address {
                    if left == 0 {
                        notes.add(Defect::TooManyRecipients);
                        return found;
                    }
                    left -= 1;
                    found.push(address);
                }
            }
        }
        found
    };
    let reply_to = list("reply-to", notes);
    let to = list("to", notes);
    let cc = list("cc", notes);
    let (from, from_as_written) = sender(headers, charset, notes);
    Addresses {
        from,
        from_as_written,
        reply_to,
        to,
        cc,
    }
}

fn sender(
    headers: &Headers<'_>,
    charset: Option<&'static Encoding>,
    notes: &mut Notes,
) -> (Option<NamedAddress>, String) {
    let mut written = String::new();
    let mut found = None;
    for (index, value) in headers.all("from").enumerate() {
        if index == 1 {
            notes.add(Defect::ManyFromHeaders);
        }
        let text = charset::header_text(value, charset, notes);
        if written.is_empty() {
            written = encoded_word::decode(&text);
        }
        if found.is_none() {
            found = one_sender(&text, notes);
        }
    }
    if found.is_none() {
        notes.add(Defect::NoSender);
    }
    (found, written)
}

/// The address of one `From` header. When the grammar yields anything but addresses ("LTD, Name
/// <a@b>"), the last address in angle brackets counts and all before it is the name.
fn one_sender(text: &str, notes: &mut Notes) -> Option<NamedAddress> {
    let entries = entries(text);
    let is_clean = entries.iter().all(|(_, address)| address.is_some());
    if is_clean && let Some((_, Some(address))) = entries.into_iter().next() {
        return Some(address);
    }
    let decoded = encoded_word::decode(text);
    let rescued = in_brackets(&decoded).or_else(|| bare_word(&decoded));
    if rescued.is_some() {
        notes.add(Defect::BrokenFrom);
    }
    rescued
}

/// What the grammar finds: what was written and, where it is one, the address.
fn entries(text: &str) -> Vec<(String, Option<NamedAddress>)> {
    let line = format!("{}\n", encoded_word::as_utf8_words(text));
    let HeaderValue::Address(parsed) = MessageStream::new(line.as_bytes()).parse_address() else {
        return Vec::new();
    };
    parsed
        .iter()
        .map(|entry| {
            let written = entry.address().unwrap_or_default().trim();
            let address = plain(written).map(|address| NamedAddress {
                name: entry
                    .name()
                    .and_then(|found| name(without_comment(found, text))),
                address,
            });
            (written.to_owned(), address)
        })
        .collect()
}

/// An encoded word is no address, whatever it stands for: read again, it would be another one.
fn plain(written: &str) -> Option<EmailAddress> {
    let parsed = EmailAddress::parse(written).ok()?;
    (!written.contains("=?")).then_some(parsed)
}

/// The parser appends a comment to the name; a name that was quoted keeps its brackets.
fn without_comment<'a>(name: &'a str, header: &str) -> &'a str {
    if header.contains('"') || header.contains("=?") || !name.ends_with(')') {
        return name;
    }
    match name.split_once(" (") {
        Some((before, _)) if !before.trim().is_empty() => before,
        _ => name,
    }
}

fn in_brackets(text: &str) -> Option<NamedAddress> {
    let (before, rest) = text
        .rsplit_once('<')
        .or_else(|| text.rsplit_once("[mailto:"))?;
    let (address, _) = rest.split_once(['>', ']']).unwrap_or((rest, ""));
    Some(NamedAddress {
        name: name(before.trim_end_matches('<')),
        address: mended(address)?,
    })
}

/// The first word that is an address; what stands before it is the name.
fn bare_word(text: &str) -> Option<NamedAddress> {
    text.split_whitespace()
        .filter(|word| word.contains('@'))
        .find_map(|word| {
            let (before, _) = text.split_once(word)?;
            Some(NamedAddress {
                name: name(before.trim_end_matches(['<', '(', ' '])),
                address: mended(word)?,
            })
        })
}

/// An address without what programs put around it: a scheme, marks, blanks, a last full stop.
fn mended(written: &str) -> Option<EmailAddress> {
    let bare: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.trim_matches(|c: char| "<>()[]\"',;:.".contains(c));
    let bare = without_route(bare);
    let scheme = ["mailto:", "smtp:"]
        .iter()
        .find(|scheme| {
            bare.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        })
        .map_or(0, |scheme| scheme.len());
    plain(&bare[scheme..])
}

/// RFC 5322, section 4.4: `@relay.example,@other.example:kim@a.example` names the way of the mail
/// before the address; a reader accepts it and forgets the way.
fn without_route(written: &str) -> &str {
    let route = written
        .strip_prefix('@')
        .and_then(|way| way.split_once(':'));
    route.map_or(written, |(_, address)| address)
}

fn name(text: &str) -> Option<String> {
    let decoded = if text.contains("=?") {
        encoded_word::decode(text)
    } else {
        text.to_owned()
    };
    let line = candor_domain::text::one_line(&decoded, MAX_NAME);
    let bare = line.trim().trim_matches('"').trim();
    let bare = without_marks(bare);
    (!bare.is_empty()).then(|| bare.to_owned())
}

/// Outlook and lists put a name between apostrophes, others between brackets. Only a pair goes:
/// the apostrophe of "the Smiths'" is part of the name.
fn without_marks(name: &str) -> &str {
    let inside = [('\'', '\''), ('<', '>')]
        .iter()
        .find_map(|&(open, close)| {
            let inside = name.strip_prefix(open)?.strip_suffix(close)?.trim();
            (!inside.is_empty() && !inside.contains([open, close])).then_some(inside)
        });
    inside.unwrap_or(name)
}
