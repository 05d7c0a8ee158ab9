//! Reports that servers write for people.
//!
//! Owns: recipients, codes and the difference between failure and delay in running text. Must not
//! know: the product that wrote it; the rules hold for all.

use super::status::{self, EnhancedStatus};
use super::words::{DELAY, EXPIRED, GAVE_UP, RETURNED};
use super::{Action, Cause, RecipientStatus};
use crate::{IncomingMessage, MessageId};

/// How much of a report is read; what a server says stands on top.
const MAX_BYTES: usize = 64 * 1024;
/// How many recipients are taken from prose.
const MAX_RECIPIENTS: usize = 50;

/// Recipients that headers name: `X-Failed-Recipients` and its kin.
pub(super) fn named_in_headers(message: &IncomingMessage) -> Vec<String> {
    ["x-failed-recipients", "x-bounced-address"]
        .iter()
        .filter_map(|name| message.header(name))
        .flat_map(addresses)
        .take(MAX_RECIPIENTS)
        .collect()
}

/// The id of the message whose copy stands at the end of the report.
pub(super) fn returned_id(text: &str) -> Option<MessageId> {
    let (_, returned) = parted(text);
    let line = returned.lines().take(200).find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim()
            .eq_ignore_ascii_case("message-id")
            .then_some(value)
    })?;
    MessageId::parse(line.trim().trim_matches(['<', '>']))
}

/// True when the words are those of a server that still tries.
fn says_delay(subject: &str, text: &str) -> bool {
    let all = format!("{subject}\n{}", parted(text).0).to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| all.contains(word));
    has(DELAY) && !has(GAVE_UP)
}

/// True when the report part of a text holds a status code.
pub(crate) fn tells_codes(text: &str) -> bool {
    parted(text)
        .0
        .lines()
        .any(|line| status::in_line(stripped(line)).is_some())
}

/// Each recipient with the first code behind it; the report's only code where there is one.
pub(super) fn read(message: &IncomingMessage, named: &[String]) -> Vec<RecipientStatus> {
    let (report, _) = parted(&message.text);
    let delayed = says_delay(&message.subject, &message.text);
    let lines: Vec<&str> = report.lines().map(stripped).collect();
    let mut places: Vec<(String, usize)> = if named.is_empty() {
        found_in(&lines, message)
    } else {
        let line_of = |one: &String| {
            let found = lines.iter().position(|line| holds(line, one));
            (one.clone(), found.unwrap_or(0))
        };
        named.iter().map(line_of).collect()
    };
    if places.is_empty() {
        places.push((String::new(), 0));
    }
    let describe = |index: usize| {
        let (recipient, start) = &places[index];
        let end = places.get(index + 1).map_or(lines.len(), |next| next.1);
        let own = lines.get(*start..end.max(*start)).unwrap_or_default();
        let said = said(own).or_else(|| said(&lines));
        describe(recipient, said, delayed, report)
    };
    (0..places.len()).map(describe).collect()
}

fn describe(
    recipient: &str,
    said: Option<(EnhancedStatus, String)>,
    delayed: bool,
    report: &str,
) -> RecipientStatus {
    let action = if delayed {
        Action::Delayed
    } else {
        Action::Failed
    };
    let lower = report.to_lowercase();
    let passing = delayed || EXPIRED.iter().any(|phrase| lower.contains(phrase));
    let (status, diagnostic) = said.unwrap_or_else(|| {
        let class = if passing { 4 } else { 5 };
        (EnhancedStatus::of_class(class), String::new())
    });
    let cause = Cause::of(
        status,
        if diagnostic.is_empty() {
            report
        } else {
            &diagnostic
        },
    );
    RecipientStatus {
        recipient: recipient.to_owned(),
        action,
        status,
        cause,
        diagnostic,
    }
}

/// The first code of the lines, with the line and those that continue it.
fn said(lines: &[&str]) -> Option<(EnhancedStatus, String)> {
    let at = lines
        .iter()
        .position(|line| status::in_line(line).is_some())?;
    let code = status::in_line(lines[at])?;
    // A reply of several lines may name its enhanced code later.
    let better = lines[at..]
        .iter()
        .take(3)
        .filter_map(|line| status::in_line(line))
        .find(|next| next.class == code.class && !next.is_generic());
    let words: Vec<&str> = lines[at..]
        .iter()
        .take(3)
        .take_while(|line| !line.trim().is_empty())
        .copied()
        .collect();
    let diagnostic = candor_domain::text::one_line(&words.join(" "), 500);
    Some((better.unwrap_or(code), diagnostic))
}

/// The addresses that the report puts forward, each with its line: those that stand alone on a
/// line or lead one, else those behind words such as "to", else all.
fn found_in(lines: &[&str], message: &IncomingMessage) -> Vec<(String, usize)> {
    let known: Vec<&str> = message
        .to
        .iter()
        .chain(&message.from)
        .map(|one| one.address.as_str())
        .collect();
    let mut tiers: [Vec<(String, usize)>; 3] = Default::default();
    for (at, line) in lines.iter().enumerate() {
        for address in addresses(line) {
            if known.contains(&address.to_lowercase().as_str()) {
                continue;
            }
            let tier = &mut tiers[prominence(line, &address)];
            if tier.len() < MAX_RECIPIENTS && !tier.iter().any(|(one, _)| *one == address) {
                tier.push((address, at));
            }
        }
    }
    tiers
        .into_iter()
        .find(|tier| !tier.is_empty())
        .unwrap_or_default()
}

fn prominence(line: &str, address: &str) -> usize {
    let lower = line.to_lowercase();
    let contact = ["contact", "help", "please", "return-path", "mail from"];
    if contact.iter().any(|word| lower.contains(word)) {
        return 2;
    }
    let before = lower
        .split(&address.to_lowercase())
        .next()
        .unwrap_or_default();
    let before = before.trim_matches(|c: char| !c.is_alphanumeric());
    if before.is_empty() {
        return 0;
    }
    let leads = ["recipient", "recipient address", "rcpt to", "rcpt"];
    usize::from(!leads.iter().any(|word| before.ends_with(word)))
}

fn holds(line: &str, address: &str) -> bool {
    line.to_ascii_lowercase()
        .contains(&address.to_ascii_lowercase())
}

/// Words that look like addresses.
fn addresses(line: &str) -> Vec<String> {
    if !line.contains('@') {
        return Vec::new();
    }
    let breaks = |c: char| c.is_whitespace() || "<>()[]\"',;:|=".contains(c);
    line.split(breaks)
        .map(|word| word.trim_matches(['.', '*', '#']))
        .filter(|word| {
            word.contains('@') && candor_domain::address::EmailAddress::parse(word).is_ok()
        })
        .map(str::to_owned)
        .collect()
}

/// A line without the marks by which servers quote their conversation.
fn stripped(line: &str) -> &str {
    line.trim().trim_start_matches(['>', '<', ' ', '*', '|'])
}

/// The report, and the returned message behind it.
fn parted(text: &str) -> (&str, &str) {
    let text = &text[..text.floor_char_boundary(MAX_BYTES)];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if begins_returned(line) && at > 0 {
            return text.split_at(at);
        }
        at += line.len();
    }
    (text, "")
}

/// Either a line of marks with words, or the first header of a returned message.
fn begins_returned(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 100 {
        return false;
    }
    let lower = line.to_lowercase();
    let marked = line.starts_with(['-', '=', '*', '+']) || line.ends_with(['.', ':', '-']);
    let headers = ["received: from", "received: by", "return-path: <"];
    (marked && RETURNED.iter().any(|phrase| lower.contains(phrase)))
        || headers.iter().any(|start| lower.starts_with(start))
}
