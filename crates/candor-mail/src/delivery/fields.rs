//! The fields of a delivery report (RFC 3464), wherever they stand.
//!
//! Owns: groups of fields, one for each recipient. Must not know: prose.

use super::status::{self, EnhancedStatus};
use super::{Action, Cause, MAX_RECIPIENTS, RecipientStatus};

/// Longest run of bytes that is read.
const MAX_BYTES: usize = 256 * 1024;

/// One recipient, field by field, as it is written.
#[derive(Default)]
struct Group {
    final_recipient: String,
    original_recipient: String,
    action: String,
    status: String,
    diagnostic: String,
}

/// True when a text holds the fields of at least one recipient.
pub(crate) fn holds_fields(text: &str) -> bool {
    groups(text).iter().any(Group::is_whole)
}

pub(super) fn read(bytes: &[u8]) -> Vec<RecipientStatus> {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_BYTES)]);
    groups(&text)
        .iter()
        .filter(|group| group.is_whole())
        .map(Group::interpret)
        .collect()
}

/// A group begins with an empty line or when a field comes a second time.
fn groups(text: &str) -> Vec<Group> {
    let mut groups = vec![Group::default()];
    let mut folded: Option<&'static str> = None;
    for line in text.lines() {
        if groups.len() > MAX_RECIPIENTS {
            break;
        }
        if line.trim().is_empty() {
            folded = None;
            if !groups.last().is_none_or(Group::is_empty) {
                groups.push(Group::default());
            }
            continue;
        }
        let group = groups.last_mut().expect("it was never emptied");
        if line.starts_with([' ', '\t']) {
            if let Some(slot) = folded.and_then(|name| group.slot(name)) {
                slot.push(' ');
                slot.push_str(line.trim());
            }
            continue;
        }
        folded = None;
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let Some(name) = known(name) else { continue };
        if group.slot(name).is_some_and(|slot| !slot.is_empty()) {
            groups.push(Group::default());
        }
        if let Some(slot) = groups.last_mut().and_then(|group| group.slot(name)) {
            value.trim().clone_into(slot);
        }
        folded = Some(name);
    }
    groups
}

fn known(name: &str) -> Option<&'static str> {
    const NAMES: [&str; 5] = [
        "final-recipient",
        "original-recipient",
        "action",
        "status",
        "diagnostic-code",
    ];
    let name = name.trim();
    NAMES
        .into_iter()
        .find(|known| name.eq_ignore_ascii_case(known))
}

impl Group {
    fn slot(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "final-recipient" => &mut self.final_recipient,
            "original-recipient" => &mut self.original_recipient,
            "action" => &mut self.action,
            "status" => &mut self.status,
            "diagnostic-code" => &mut self.diagnostic,
            _ => return None,
        })
    }

    fn is_empty(&self) -> bool {
        self.final_recipient.is_empty()
            && self.original_recipient.is_empty()
            && self.action.is_empty()
            && self.status.is_empty()
            && self.diagnostic.is_empty()
    }

    /// A person and what happened: less is no report, as headers may be called "Status" too.
    fn is_whole(&self) -> bool {
        let somebody = !self.final_recipient.is_empty() || !self.original_recipient.is_empty();
        let something = !self.action.is_empty()
            || EnhancedStatus::parse(&self.status).is_some()
            || !self.diagnostic.is_empty();
        somebody && something
    }

    fn interpret(&self) -> RecipientStatus {
        let recipient = [&self.final_recipient, &self.original_recipient]
            .into_iter()
            .map(|field| address(field))
            .find(|address| !address.is_empty())
            .unwrap_or_default();
        let diagnostic = without_type(&self.diagnostic);
        let diagnostic = candor_domain::text::one_line(diagnostic, 500);
        let word = self.action.split_whitespace().next().unwrap_or_default();
        let given = EnhancedStatus::parse(self.status.trim_start_matches('#'));
        let status = surest(given, said_by(&diagnostic));
        let action = action(word, status);
        let status = status.unwrap_or_else(|| default_status(action));
        RecipientStatus {
            recipient,
            action,
            status,
            cause: Cause::of(status, &diagnostic),
            diagnostic,
        }
    }
}

fn said_by(diagnostic: &str) -> Option<EnhancedStatus> {
    status::in_line(diagnostic)
}

/// What the refusing server itself wrote is surer than the code that the reporting one chose: when
/// that is a general one, or when they differ in class.
fn surest(given: Option<EnhancedStatus>, said: Option<EnhancedStatus>) -> Option<EnhancedStatus> {
    match (given, said) {
        (Some(given), Some(said)) if said.class != given.class => Some(said),
        (Some(given), Some(said)) if given.is_generic() && !said.is_generic() => Some(said),
        (given, said) => given.or(said),
    }
}

fn action(word: &str, status: Option<EnhancedStatus>) -> Action {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphabetic());
    match word.to_ascii_lowercase().as_str() {
        "delayed" | "deferred" | "delay" => Action::Delayed,
        "delivered" | "deliverable" => Action::Delivered,
        "relayed" | "relay" => Action::Relayed,
        "expanded" => Action::Expanded,
        "" if status.is_some_and(|status| status.class == 2) => Action::Delivered,
        _ => Action::Failed,
    }
}

fn default_status(action: Action) -> EnhancedStatus {
    EnhancedStatus::of_class(match action {
        Action::Failed => 5,
        Action::Delayed => 4,
        Action::Delivered | Action::Relayed | Action::Expanded => 2,
    })
}

/// `rfc822; <kim@b.example>` without the type and the brackets.
fn address(field: &str) -> String {
    let written = without_type(field).trim();
    let written = match written.split_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or_default(),
        None => written,
    };
    let bare = written.trim().trim_matches(['<', '>', '"', '\'']);
    candor_domain::text::one_line(bare, 254)
}

fn without_type(field: &str) -> &str {
    match field.split_once(';') {
        Some((kind, rest)) if !kind.trim().contains(' ') => rest.trim(),
        _ => field.trim(),
    }
}
