//! Header fields printed above a quote, as Outlook and its kin do.
//!
//! Owns: telling such a block from a form that somebody filled in. Must not know: what becomes of
//! the quote behind it.

use std::ops::Range;

use super::evidence::{folded, has_address, has_date, has_time, is_rule};
use super::line::{Line, MAX_LINE};
use super::phrase::{Field, PHRASES};

/// Lines that one block may take, wrapped recipients included.
const MAX_LINES: usize = 40;
/// Lines without a field name between two fields.
const MAX_GAP: usize = 4;

/// What a block has shown so far.
#[expect(clippy::struct_excessive_bools, reason = "one for each kind of field")]
#[derive(Default)]
struct Seen {
    from: bool,
    date: bool,
    to: bool,
    copy: bool,
    subject: bool,
    address: bool,
    /// The date is one that programs write, with its time.
    full_date: bool,
    /// The recipient is a mail address.
    to_address: bool,
}

impl Seen {
    fn note(&mut self, field: Field) {
        match field {
            Field::From => self.from = true,
            Field::Date => self.date = true,
            Field::To => self.to = true,
            Field::Copy => self.copy = true,
            Field::Subject => self.subject = true,
            Field::Other => {}
        }
    }

    fn kinds(&self) -> usize {
        [self.from, self.date, self.to, self.copy, self.subject]
            .iter()
            .filter(|seen| **seen)
            .count()
    }

    /// A form for a journey also has from, to and date: an address or a subject tells them apart.
    fn is_header(&self, introduced: bool) -> bool {
        let whole = self.kinds() >= 3 && (self.address || self.subject);
        let short = self.kinds() >= 2 && self.address && (introduced || self.subject || self.date);
        let sent_to = self.full_date && self.to_address;
        self.from && (whole || short) || sent_to
    }
}

/// Whether a block may begin on this line.
pub(super) fn may_start(line: &Line<'_>) -> bool {
    !line.is_quoted() && field_of(line.text).is_some_and(|(field, _)| names_message(field))
}

/// The block that begins on this line, with a rule or label above it that the caller knows of.
pub(super) fn starting_at(
    lines: &[Line<'_>],
    start: usize,
    introduced: bool,
) -> Option<Range<usize>> {
    let mut seen = Seen::default();
    let mut end = start;
    let mut at = start;
    while at < lines.len().min(start + MAX_LINES) && at <= end + MAX_GAP {
        let line = &lines[at];
        if line.is_quoted() {
            break;
        }
        if let Some((field, value)) = field_of(line.text) {
            seen.note(field);
            seen.address |= has_address(value);
            seen.full_date |= field == Field::Date && has_date(value) && has_time(value);
            seen.to_address |= field == Field::To && has_address(value);
            inner_fields(value, &mut seen);
            end = at;
        } else if line.is_blank() && !goes_on(lines, at) {
            break;
        }
        at += 1;
    }
    seen.is_header(introduced).then_some(start..end + 1)
}

/// An empty line inside the block stands before another field.
fn goes_on(lines: &[Line<'_>], at: usize) -> bool {
    lines
        .get(at + 1)
        .is_some_and(|next| field_of(next.text).is_some())
}

fn names_message(field: Field) -> bool {
    field != Field::Other && field != Field::Copy
}

/// `*From:* Kim`, `Von : Kim`, `发件人：Kim`.
fn field_of(text: &str) -> Option<(Field, &str)> {
    if text.len() > MAX_LINE * 4 {
        return None;
    }
    let at = text.find([':', '：']).filter(|at| *at <= 80)?;
    let name = folded(text[..at].trim_matches(['*', '_', ' ', '\t', '|', '•', '\u{a0}']));
    if name.len() > 40 || name.is_empty() {
        return None;
    }
    let colon = text[at..].chars().next().map_or(1, char::len_utf8);
    let field = kind(&name)?;
    Some((field, &text[at + colon..]))
}

fn kind(name: &str) -> Option<Field> {
    PHRASES.field.get(name).copied()
}

/// A page may print all fields in one line.
fn inner_fields(value: &str, seen: &mut Seen) {
    let words: Vec<&str> = value.split_whitespace().take(60).collect();
    for word in words {
        if let Some(name) = word.strip_suffix(':')
            && let Some(field) = kind(&folded(name.trim_matches(['*', '_'])))
        {
            seen.note(field);
        }
    }
}

/// The block together with the rule above it.
pub(super) fn with_rule(lines: &[Line<'_>], range: Range<usize>) -> Range<usize> {
    let above = (0..range.start).rev().find(|&at| !lines[at].is_blank());
    match above {
        Some(above) if range.start - above <= 3 && is_rule(lines[above].text, 3) => {
            above..range.end
        }
        _ => range,
    }
}
