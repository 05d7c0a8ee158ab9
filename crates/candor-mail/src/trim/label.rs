//! Lines that say what follows: the original message, a forwarded one, or that the answer ends.
//!
//! Owns: telling these labels from prose. Must not know: header fields and attributions.

use super::evidence::{folded, holds, is_rule};
use super::line::Line;
use super::phrase::PHRASES;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The message that is answered begins.
    Original,
    /// A message that is handed on begins.
    Forwarded,
    /// Our own line, above which the answer was wanted.
    AboveLine,
}

/// What one line announces. `own` are the texts of our delimiter lines, folded.
pub(super) fn of(line: &Line<'_>, own: &[String]) -> Option<Label> {
    if line.is_blank() || line.text.len() > 250 {
        return None;
    }
    let text = folded(line.body);
    if is_above_line(&text, own) {
        return (!line.is_quoted()).then_some(Label::AboveLine);
    }
    if line.is_quoted() {
        return None;
    }
    let inner = text.trim_matches(|c: char| is_rule(c.encode_utf8(&mut [0; 4]), 1) || c == ' ');
    let dashes = text.len() - inner.len();
    let name = inner.trim_end_matches([':', ' ']);
    let is_one_of = |names: &[&str]| {
        names.contains(&name) || dashes >= 4 && names.iter().any(|label| name.starts_with(label))
    };
    if is_one_of(&PHRASES.forwarded) {
        return Some(Label::Forwarded);
    }
    (dashes >= 3 && is_one_of(&PHRASES.original)).then_some(Label::Original)
}

/// The label without its dashes, which counts only above header fields.
pub(super) fn is_bare_original(line: &Line<'_>) -> bool {
    if line.text.len() > 80 {
        return false;
    }
    let text = folded(line.text);
    PHRASES
        .original
        .contains(&text.trim_end_matches([':', ' ']))
}

/// Whether a subject says that a message is handed on. Danish and Norwegian programs write "VS:"
/// for it, by which Finnish ones mean an answer; their field names in the text tell them apart.
pub(super) fn is_forward(subject: &str, text: &str) -> bool {
    let subject = folded(subject);
    let prefix = PHRASES
        .forward_subject
        .iter()
        .find(|prefix| subject.starts_with(*prefix));
    match prefix {
        Some(&"vs:") => !text.contains("Lähettäjä"),
        Some(_) => true,
        None => false,
    }
}

fn is_above_line(text: &str, own: &[String]) -> bool {
    let text = text.trim_matches([
        '#', '-', '=', '_', '*', '~', '>', '<', ' ', '.', '!', '[', ']',
    ]);
    if own
        .iter()
        .any(|line| !line.is_empty() && text == line.trim_end_matches('.'))
    {
        return true;
    }
    text.chars().count() <= 120
        && PHRASES.above.iter().any(|phrase| holds(text, phrase))
        && !text.contains('?')
}
