//! Sentences of a draft as a writer would cut them out.
//!
//! Owns: where a sentence begins and ends, and taking one away. Must not know: why it goes.

use super::Rewrite;
use std::ops::Range;

/// How many sentences and lines a draft has.
pub(super) fn sentences_of(text: &str) -> usize {
    let mut count = 0;
    let mut at = 0;
    while at < text.len() {
        let sentence = sentence_at(text, &(at..at));
        count += usize::from(!sentence.is_empty());
        at = sentence.end.max(at) + next_letter(&text[sentence.end.max(at)..]);
    }
    count
}

fn next_letter(text: &str) -> usize {
    text.chars().next().map_or(1, char::len_utf8)
}

/// The draft without the sentence around some words, and without the gap that it would leave.
pub(super) fn without_sentence(text: &str, span: &Range<usize>) -> Rewrite {
    let own = sentence_at(text, span);
    let rest = &text[own.end..];
    let gap = rest.len() - rest.trim_start_matches(' ').len();
    let before = text[..own.start].trim_end_matches(' ');
    // The last sentence of its paragraph takes the blank before it along, a paragraph of its own
    // takes its blank line.
    let ends_paragraph = rest.is_empty() || rest.starts_with('\n');
    let alone = ends_paragraph && (before.is_empty() || before.ends_with('\n'));
    if alone && rest.starts_with('\n') {
        let lines = rest.len() - rest.trim_start_matches('\n').len();
        return Rewrite::nothing(own.start..own.end + lines);
    }
    if ends_paragraph {
        return Rewrite::nothing(before.len()..own.end);
    }
    Rewrite::nothing(own.start..own.end + gap)
}

/// The sentence around some words, its mark included and the white space around it not.
pub(super) fn sentence_at(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = text[..span.start]
        .char_indices()
        .rev()
        .find(|(at, letter)| ends(text, *at, *letter))
        .map_or(0, |(at, letter)| at + letter.len_utf8());
    let end = text[span.end..]
        .char_indices()
        .map(|(at, letter)| (at + span.end, letter))
        .find(|(at, letter)| ends(text, *at, *letter))
        .map_or(text.len(), |(at, letter)| {
            if letter == '\n' {
                at
            } else {
                at + letter.len_utf8()
            }
        });
    let inside = &text[start..end];
    let lead = inside.len() - inside.trim_start().len();
    start + lead..start + inside.trim_end().len().max(lead)
}

/// Whether a sentence ends with this letter: a line break, or a mark with white space behind it.
fn ends(text: &str, at: usize, letter: char) -> bool {
    let next = text[at + letter.len_utf8()..].chars().next();
    letter == '\n' || (matches!(letter, '.' | '!' | '?') && next.is_none_or(char::is_whitespace))
}
