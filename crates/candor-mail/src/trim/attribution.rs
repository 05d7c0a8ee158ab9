//! The line that introduces a quote: who wrote it, and when.
//!
//! Owns: finding it in any of its languages, also when it was wrapped. Must not know: what becomes
//! of the quote behind it.

use std::ops::Range;

use super::evidence::{
    begins_with, folded, has_address, has_date, has_time, holds, is_rule, is_sentence,
};
use super::line::{Line, MAX_LINE};
use super::phrase::PHRASES;

/// Lines over which one attribution may be spread.
const MAX_WRAP: usize = 6;

/// The same behind a quote mark, which leaves more room.
const MAX_QUOTED_WRAP: usize = 3;

/// How sure a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Only if a marked quote follows.
    Weak,
    /// On its own.
    Strong,
}

/// The attribution that ends on this line.
pub(super) fn ending_at(lines: &[Line<'_>], end: usize) -> Option<(Range<usize>, Strength)> {
    if !may_end(lines, end) {
        return None;
    }
    let mut best: Option<(usize, Seen)> = None;
    for start in (end.saturating_sub(MAX_WRAP - 1)..=end).rev() {
        if !may_continue(lines, start, end) {
            break;
        }
        let Some(text) = joined(&lines[start..=end]) else {
            break;
        };
        let Some(seen) = Seen::of(&text) else {
            continue;
        };
        let better = best
            .as_ref()
            .is_none_or(|(_, known)| seen.adds_to(*known, &folded(lines[start].text)));
        if better {
            best = Some((start, seen));
        }
        if seen.is_whole() {
            break;
        }
    }
    best.map(|(start, seen)| (lead(lines, start..end + 1), seen.strength))
}

/// Where the attribution ends with which a quote opens: Apple's programs put it behind the quote
/// mark. What it introduces stands as deep as itself; else it belongs to an older quote.
pub(super) fn opening_quote(lines: &[Line<'_>], start: usize) -> Option<usize> {
    let depth = lines[start].depth;
    let same = |line: &&Line<'_>| line.depth == depth && !line.body.is_empty();
    let mut text = String::new();
    for (length, line) in lines[start..]
        .iter()
        .take(MAX_QUOTED_WRAP)
        .take_while(same)
        .enumerate()
    {
        if line.body.len() > MAX_LINE {
            return None;
        }
        text.push_str(line.body);
        text.push(' ');
        if line.body.ends_with([':', '：']) {
            let end = start + length + 1;
            let first = lines[end..].iter().find(|line| !line.body.is_empty())?;
            let seen = Seen::of(&folded(&text))?;
            let sure = seen.strength == Strength::Strong && seen.date;
            return (sure && first.depth == depth).then_some(end);
        }
    }
    None
}

/// What a candidate of one or more lines holds.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four signs that have nothing to do with one another"
)]
#[derive(Debug, Clone, Copy)]
struct Seen {
    strength: Strength,
    date: bool,
    time: bool,
    address: bool,
    /// It begins as attributions do.
    starts_well: bool,
}

impl Seen {
    /// `None` when the lines are no attribution. The text is folded.
    fn of(text: &str) -> Option<Self> {
        let strength = judge(text)?;
        let text = text.trim_matches(AROUND);
        Some(Self {
            strength,
            date: has_date(text),
            time: has_time(text),
            address: has_address(text),
            starts_well: begins_with(text, &PHRASES.start) || begins_with_date(text),
        })
    }

    /// Nothing is missing that a further line above could bring.
    fn is_whole(self) -> bool {
        self.date && (self.time || self.starts_well) && (self.address || self.starts_well)
    }

    /// Whether the line above that makes this candidate out of a shorter one belongs to it.
    fn adds_to(self, shorter: Self, line: &str) -> bool {
        let brings_date = !shorter.date && has_date(line);
        let whole_date = brings_date && (has_time(line) || has_address(line) || shorter.time);
        let brings_name = !shorter.address && has_address(line) && !is_sentence(line);
        self.strength > shorter.strength
            || brings_date && self.starts_well
            || whole_date
            || brings_name
    }
}

/// An attribution ends with a colon, with its verb, or with dashes behind it.
fn may_end(lines: &[Line<'_>], end: usize) -> bool {
    let line = &lines[end];
    if line.is_blank() || line.text.len() > MAX_LINE {
        return false;
    }
    if line.is_quoted() && !is_broken_address(line) {
        return false;
    }
    let text = line.text.trim_end_matches(['-', ' ', '*', '_']);
    if text.ends_with([':', '：']) {
        return true;
    }
    let quote_follows = next_is_quote(lines, end);
    if text.len() == line.text.len() && !quote_follows {
        return false;
    }
    if quote_follows && has_address(text) {
        return true;
    }
    let tail = folded(tail_of(text));
    PHRASES.wrote.iter().any(|verb| tail.ends_with(verb))
}

/// The last few words, in which the verb stands.
fn tail_of(text: &str) -> &str {
    let mut at = text.len().saturating_sub(60);
    at = text.ceil_char_boundary(at);
    &text[at..]
}

fn next_is_quote(lines: &[Line<'_>], at: usize) -> bool {
    let mut behind = lines[at + 1..].iter().filter(|line| !line.is_blank());
    behind
        .next()
        .is_some_and(|line| line.is_quoted() && !is_broken_address(line))
}

/// `> wrote:` is the end of an address that was broken before its bracket, not a quote.
fn is_broken_address(line: &Line<'_>) -> bool {
    let body = folded(line.body);
    let verb = body.strip_suffix(':').map(str::trim_end);
    line.depth == 1 && verb.is_some_and(|verb| PHRASES.wrote.contains(&verb))
}

/// A wrapped attribution has no quote inside, and an empty line only beside a lone bracket.
fn may_continue(lines: &[Line<'_>], start: usize, end: usize) -> bool {
    if start == end {
        return true;
    }
    let line = &lines[start];
    if line.is_blank() {
        let below = lines[start + 1].text;
        return below.starts_with('<') || below.starts_with("mailto:") || below.starts_with('(');
    }
    let last = lines[start].text.chars().next_back();
    !line.is_quoted() && line.text.len() <= MAX_LINE && !matches!(last, Some(':' | '!' | '?'))
}

fn joined(lines: &[Line<'_>]) -> Option<String> {
    let length: usize = lines.iter().map(|line| line.text.len() + 1).sum();
    if length > MAX_LINE {
        return None;
    }
    let text: Vec<&str> = lines.iter().map(|line| line.text).collect();
    Some(folded(&text.join(" ")))
}

/// Signs that may stand around an attribution.
const AROUND: &[char] = &['-', ' ', '*', '_', '>', '|'];

/// What one candidate is worth, folded.
fn judge(text: &str) -> Option<Strength> {
    let framed = text.starts_with("--") && text.ends_with("--");
    let text = text.trim_matches(AROUND);
    let address = has_address(text);
    let (date, time) = (has_date(text), has_time(text));
    let ends_in_address = text
        .trim_end_matches([':', '：', ' ', '>', ')', ']', '"'])
        .rsplit([' ', '<', '('])
        .next()
        .is_some_and(has_address);
    if date && time && ends_in_address && text.ends_with([':', '：']) && !text.contains(": ") {
        return Some(Strength::Strong);
    }
    let verb = PHRASES
        .wrote
        .iter()
        .any(|verb| holds(text, verb) || is_glued(text, verb));
    match (verb, address, date || time) {
        (true, true, _) => Some(Strength::Strong),
        (true, ..) if framed => Some(Strength::Strong),
        (true, false, true) if date && (time || is_plain_form(text)) => Some(Strength::Strong),
        (true, false, _) | (false, true, true) => Some(Strength::Weak),
        _ => None,
    }
}

/// `<kim@a.example>wrote:` lacks the blank; `holds` sees it, but not `examplewrote`.
fn is_glued(text: &str, verb: &str) -> bool {
    text.contains('@') && text.trim_end_matches([':', ' ']).ends_with(verb)
}

/// `On December 15, 2024, Kim wrote:` has no time, but the form of a program.
fn is_plain_form(text: &str) -> bool {
    let words = text.split(' ').count();
    let last = text.trim_end_matches([':', '：', ' ']);
    let verb_last = PHRASES.wrote.iter().any(|verb| last.ends_with(verb));
    verb_last && words <= 12 && text.contains(", ") && begins_with(text, &PHRASES.start)
}

fn begins_with_date(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// A rule of dashes directly above belongs to the attribution.
fn lead(lines: &[Line<'_>], range: Range<usize>) -> Range<usize> {
    let above = range.start.checked_sub(1);
    match above {
        Some(above) if is_rule(lines[above].text, 5) => above..range.end,
        _ => range,
    }
}
