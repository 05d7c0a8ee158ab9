//! Findings that a phrase makes, where the context calls for them.
//!
//! Owns: when a phrase counts. Must not know: the phrases.

use super::{CheckKind, Draft, Finding, MARKS};
use crate::mood::MoodLevel;
use crate::phrase::{Hit, RuleBook, Words};
use std::collections::HashMap;

/// Where the marks of a rule file stand, as first tokens in order.
#[derive(Debug, Default)]
pub(super) struct Marks(HashMap<&'static str, Vec<usize>>);

impl Marks {
    pub(super) fn of(&self, mark: &str) -> &[usize] {
        self.0.get(mark).map_or(&[], Vec::as_slice)
    }

    pub(super) fn has(&self, mark: &str) -> bool {
        !self.of(mark).is_empty()
    }
}

/// Runs the book once: the marks, and the phrases that name a check.
pub(super) fn read(book: &RuleBook, words: &Words) -> (Marks, Vec<(CheckKind, Hit)>) {
    let mut marks = Marks::default();
    let mut said = Vec::new();
    for hit in book.find(words) {
        let kind = book.rules()[hit.rule].kind.as_str();
        if let Some(check) = CheckKind::named(kind) {
            said.push((check, hit));
        } else if let Some(mark) = MARKS.into_iter().find(|mark| *mark == kind) {
            marks.0.entry(mark).or_default().push(hit.tokens.start);
        }
    }
    (marks, said)
}

/// The findings among what was said.
pub(super) fn findings(draft: &Draft, book: &RuleBook, said: &[(CheckKind, Hit)]) -> Vec<Finding> {
    let praise = said
        .iter()
        .filter(|(check, _)| *check == CheckKind::Pandering)
        .count();
    said.iter()
        .filter(|(check, hit)| {
            counts(*check, draft, praise) || book.rules()[hit.rule].confidence >= CERTAIN
        })
        .map(|(check, hit)| {
            let rule = &book.rules()[hit.rule];
            Finding {
                check: effective(*check, draft),
                rule: rule.id.clone(),
                span: draft.words.span(&hit.tokens),
                why: rule.why.clone(),
                better: (!rule.better.is_empty()).then(|| rule.better.clone()),
                confidence: rule.confidence,
            }
        })
        .collect()
}

/// From this confidence on a phrase of flattery counts alone.
const CERTAIN: f32 = 0.9;

/// Whether a phrase counts here.
fn counts(check: CheckKind, draft: &Draft, praise: usize) -> bool {
    match check {
        // A joke to somebody in a good mood is fine unless the house never jokes.
        CheckKind::Joke => !draft.context.allows_humour() || draft.voice.humour == 0,
        // One warm phrase to a happy customer is no flattery; to an upset one it is.
        CheckKind::Pandering => {
            praise >= 2 || (draft.context.is_upset() && draft.context.mood <= MoodLevel::Negative)
        }
        _ => true,
    }
}

/// A joke where jokes are allowed breaks the voice only.
fn effective(check: CheckKind, draft: &Draft) -> CheckKind {
    if check == CheckKind::Joke && draft.context.allows_humour() {
        CheckKind::OffVoice
    } else {
        check
    }
}
