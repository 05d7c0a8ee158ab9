//! What a draft leaves the customer with: an apology in the right place, a step, a way forward.
//!
//! Owns: checks over the marks of a whole draft. Must not know: the phrases behind the marks.

use super::{CheckKind, Draft, Finding, MessageKind};
use crate::phrase::Words;

/// Apologies in one draft from which on they sound helpless.
const MANY_APOLOGIES: usize = 3;
/// Words from which on a draft is more than an acknowledgement.
const SUBSTANTIAL: usize = 10;

pub(super) fn findings(draft: &Draft) -> Vec<Finding> {
    [
        repeated_apology(draft),
        late_apology(draft),
        no_next_step(draft),
        no_way_forward(draft),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn finding(draft: &Draft, check: CheckKind, rule: &str, at: Option<usize>) -> Finding {
    let end = draft.text.len();
    let span = at.map_or(end..end, |token| draft.words.tokens[token].span.clone());
    draft.finding(check, rule, span, 0.7, &[])
}

/// Three apologies in one draft, or the same ready-made one as earlier in the conversation.
fn repeated_apology(draft: &Draft) -> Option<Finding> {
    let apologies = draft.marks.of("apology");
    let sentences: Vec<usize> = apologies
        .iter()
        .map(|token| draft.words.tokens[*token].sentence)
        .collect();
    let mut distinct = sentences.clone();
    distinct.dedup();
    if distinct.len() >= MANY_APOLOGIES {
        return Some(finding(
            draft,
            CheckKind::RepeatedApology,
            "repeated-apology",
            apologies.last().copied(),
        ));
    }
    // "Sorry for any inconvenience", once more: a script, which is worse than saying nothing.
    let book = draft.book;
    let canned = |words: &Words| {
        book.find(words)
            .into_iter()
            .find(|hit| book.rules()[hit.rule].kind == CheckKind::EmptyApology.name())
    };
    let here = canned(&draft.words)?;
    draft
        .context
        .earlier
        .iter()
        .any(|earlier| canned(&Words::of(earlier)).is_some())
        .then(|| {
            let at = Some(here.tokens.start);
            finding(draft, CheckKind::Pandering, "canned-again", at)
        })
}

fn late_apology(draft: &Draft) -> Option<Finding> {
    if draft.context.kind != MessageKind::Complaint || !draft.context.is_upset() {
        return None;
    }
    let explained = *draft.marks.of("explanation").first()?;
    let sorry = draft.marks.of("apology").first();
    sorry
        .is_none_or(|sorry| {
            draft.words.tokens[*sorry].sentence > draft.words.tokens[explained].sentence
        })
        .then(|| {
            let at = Some(explained);
            finding(draft, CheckKind::LateApology, "late-apology", at)
        })
}

fn no_next_step(draft: &Draft) -> Option<Finding> {
    let matters = draft.context.kind == MessageKind::Complaint || draft.context.is_upset();
    (matters && draft.words.tokens.len() >= SUBSTANTIAL && !draft.marks.has("step"))
        .then(|| finding(draft, CheckKind::NoNextStep, "no-next-step", None))
}

fn no_way_forward(draft: &Draft) -> Option<Finding> {
    let refused = *draft.marks.of("refusal").first()?;
    (!draft.marks.has("forward")).then(|| {
        let at = Some(refused);
        finding(draft, CheckKind::NoWayForward, "no-way-forward", at)
    })
}
