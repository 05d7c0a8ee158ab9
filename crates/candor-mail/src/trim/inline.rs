//! Somebody says that the answers stand inside of the message below.
//!
//! Owns: recognising that sentence. Must not know: what becomes of the message below.
//!
//! Outlook marks no quote, so that answers written between its lines look like the message itself.
//! Folding them away would hide what the customer came to say.

use super::Reason;
use super::classify::Class;
use super::evidence::{folded, holds};
use super::line::Line;
use super::phrase::PHRASES;

/// Such a sentence is short; a longer line is prose that holds these words by chance.
const LONGEST: usize = 200;
/// Lines of own text that are looked at.
const MAX_LINES: usize = 60;

/// The first line of own text that announces answers further down.
pub(super) fn announced(
    lines: &[Line<'_>],
    classes: &[Class],
    cut: &[Option<Reason>],
) -> Option<usize> {
    (0..lines.len())
        .filter(|&at| classes[at] == Class::Text && cut[at].is_none())
        .take(MAX_LINES)
        .find(|&at| announces(lines[at].text))
}

fn announces(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let text = folded(line);
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| holds(&text, phrase));
    says(&PHRASES.inline_where) && says(&PHRASES.inline_what)
}

#[cfg(test)]
mod tests {
    use super::announces;

    #[test]
    fn answers_are_announced_by_what_and_where() {
        for line in [
            "Please see my answers in red below.",
            "Hello Ayla, I replied inline.",
            "Meine Antworten in Rot, siehe unten.",
            "Mes réponses en rouge dans votre message.",
        ] {
            assert!(announces(line), "{line}");
        }
        for line in [
            "Thank you for your reply below.",
            "I would like the mug in red, please.",
            "My answer is no.",
            "Die Tasse in Rot, bitte.",
        ] {
            assert!(!announces(line), "{line}");
        }
    }
}
