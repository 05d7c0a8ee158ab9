//! What each line is, before anything is decided.
//!
//! Owns: introductions of quotes, quotes, labels, and the wrapped tails of quoted lines. Must not
//! know: what is cut.

use std::ops::Range;

use super::Reason;
use super::attribution::{self, Strength};
use super::evidence::is_rule;
use super::header_block;
use super::label::{self, Label};
use super::line::Line;
use crate::html::Mark;

/// Lines that are looked at closely as introductions; real mails have a few dozen.
const MAX_CANDIDATES: usize = 400;
/// From this length on a quoted line may have been wrapped by a program.
const WRAPPED_FROM: usize = 60;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Blank,
    Text,
    Quote,
    /// Announces a quote.
    Intro(Reason),
    /// Announces a quote if one follows.
    WeakIntro,
    /// From here on a message that is handed on.
    Forward,
    /// From here on nothing new.
    Below,
    /// The HTML says that the rest is the message that is answered.
    Rest,
    /// The HTML says that this is a quote or a signature.
    Marked(Reason),
}

/// What is known beside the text.
pub(super) struct Surroundings<'a> {
    /// Delimiter lines of the desk, folded.
    pub delimiters: &'a [String],
    /// What the HTML says of each line; empty for plain text.
    pub marks: &'a [Option<Mark>],
    /// The subject says that a message is handed on.
    pub forward: bool,
}

pub(super) fn classify(lines: &[Line<'_>], around: &Surroundings<'_>) -> Vec<Class> {
    let mut classes: Vec<Class> = (0..lines.len())
        .map(|at| simple(lines, at, around))
        .collect();
    join_wrapped_quotes(lines, &mut classes);
    let mut budget = MAX_CANDIDATES;
    let mut at = 0;
    while at < lines.len() && budget > 0 {
        if !matches!(classes[at], Class::Text | Class::Quote) {
            at += 1;
            continue;
        }
        at = introduce(lines, at, &mut classes, around, &mut budget);
    }
    settle_weak(&mut classes);
    open_quotes(lines, &mut classes);
    classes
}

/// The first lines of a quote may be what introduces it.
fn open_quotes(lines: &[Line<'_>], classes: &mut [Class]) {
    for at in 0..lines.len() {
        let is_inside = at > 0 && lines[at - 1].is_quoted();
        if classes[at] == Class::Quote
            && lines[at].depth == 1
            && !is_inside
            && let Some(end) = attribution::opening_quote(lines, at)
        {
            classes[at..end].fill(Class::Intro(Reason::Attribution));
        }
    }
}

/// A weak introduction counts when a quote follows, and is text otherwise.
fn settle_weak(classes: &mut [Class]) {
    let mut quote_follows = false;
    for class in classes.iter_mut().rev() {
        match class {
            Class::Blank => {}
            Class::WeakIntro if quote_follows => *class = Class::Intro(Reason::Attribution),
            Class::WeakIntro => *class = Class::Text,
            Class::Quote | Class::Marked(Reason::MarkedQuote) => quote_follows = true,
            _ => quote_follows = false,
        }
    }
}

/// What a line is by itself.
fn simple(lines: &[Line<'_>], at: usize, around: &Surroundings<'_>) -> Class {
    let line = &lines[at];
    match label::of(line, around.delimiters) {
        Some(Label::Forwarded) => return Class::Forward,
        Some(Label::Original) if around.forward => return Class::Forward,
        Some(Label::Original) => return Class::Intro(Reason::OriginalLabel),
        Some(Label::AboveLine) => return Class::Below,
        None => {}
    }
    if line.is_blank() {
        return Class::Blank;
    }
    match around.marks.get(at).copied().flatten() {
        Some(Mark::Introduction) if !line.is_quoted() => Class::Intro(Reason::Attribution),
        Some(Mark::Quote) => Class::Marked(Reason::MarkedQuote),
        Some(Mark::Signature) if !line.is_quoted() => Class::Marked(Reason::MarkedSignature),
        Some(Mark::Rest) if around.forward => Class::Forward,
        Some(Mark::Rest) => Class::Rest,
        _ if line.is_quoted() => Class::Quote,
        _ => Class::Text,
    }
}

/// Marks the introduction at this line, if there is one, and says where to go on.
fn introduce(
    lines: &[Line<'_>],
    at: usize,
    classes: &mut [Class],
    around: &Surroundings<'_>,
    budget: &mut usize,
) -> usize {
    if let Some(block) = header(lines, at, budget) {
        let class = if around.forward {
            Class::Forward
        } else {
            Class::Intro(Reason::QuotedHeader)
        };
        classes[block.clone()].fill(class);
        return block.end;
    }
    if !lines[at].text.ends_with([':', '：', '-', '*', '_']) && !next_quoted(lines, at) {
        return at + 1;
    }
    *budget = budget.saturating_sub(1);
    if let Some((range, strength)) = attribution::ending_at(lines, at) {
        let class = match strength {
            Strength::Strong => Class::Intro(Reason::Attribution),
            Strength::Weak => Class::WeakIntro,
        };
        let is_free = |class: &Class| matches!(class, Class::Text | Class::Quote | Class::Blank);
        let start = range
            .clone()
            .rev()
            .take_while(|&at| is_free(&classes[at]))
            .last();
        classes[start.unwrap_or(at)..range.end].fill(class);
    }
    at + 1
}

fn next_quoted(lines: &[Line<'_>], at: usize) -> bool {
    lines.get(at + 1).is_some_and(|next| next.is_quoted())
        || lines.get(at + 1).is_some_and(|next| next.is_blank())
            && lines.get(at + 2).is_some_and(|next| next.is_quoted())
}

/// Header fields from this line on, with the rule or label above them.
fn header(lines: &[Line<'_>], at: usize, budget: &mut usize) -> Option<Range<usize>> {
    let above = (0..at)
        .rev()
        .take(3)
        .find(|&above| !lines[above].is_blank());
    let label = above.filter(|&above| label::is_bare_original(&lines[above]));
    let introduced = above.is_some_and(|above| is_rule(lines[above].text, 3)) || label.is_some();
    if !lines[at].text.contains([':', '：']) {
        return None;
    }
    if !header_block::may_start(&lines[at]) {
        return None;
    }
    *budget = budget.saturating_sub(1);
    let block = header_block::starting_at(lines, at, introduced)?;
    match label {
        Some(label) => Some(label..block.end),
        None => Some(header_block::with_rule(lines, block)),
    }
}

/// A program that wraps long quoted lines leaves their tails without a mark.
fn join_wrapped_quotes(lines: &[Line<'_>], classes: &mut [Class]) {
    for at in 1..lines.len() {
        let before = &lines[at - 1];
        let is_tail = classes[at] == Class::Text
            && classes[at - 1] == Class::Quote
            && before.is_quoted()
            && classes.get(at + 1) == Some(&Class::Quote)
            && (is_wrapped(before.text, lines[at].text) || is_link(lines[at].text));
        if is_tail {
            classes[at] = Class::Quote;
        }
    }
}

/// A sentence that breaks off near the usual width and goes on with a small letter.
fn is_wrapped(before: &str, tail: &str) -> bool {
    before.chars().count() >= WRAPPED_FROM
        && !before.ends_with(['.', '!', '?', ':'])
        && tail.starts_with(char::is_lowercase)
}

/// Nothing but a link, which programs set on a line of its own.
fn is_link(text: &str) -> bool {
    let link = text.trim_matches(['(', ')', '<', '>', '[', ']', ' ']);
    let is_address = ["http://", "https://", "mailto:"]
        .iter()
        .any(|start| link.starts_with(start));
    is_address && !link.contains(' ')
}
