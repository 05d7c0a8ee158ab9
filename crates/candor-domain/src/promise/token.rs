//! A text as sentences of words and numbers.
//!
//! Owns: where a sentence ends and what one word is. Must not know: what a word means.

use std::ops::Range;

/// A word or a number, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token(String);

impl Token {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A sentence with its place in the text.
#[derive(Debug)]
pub(super) struct Sentence {
    pub(super) span: Range<usize>,
    pub(super) tokens: Vec<Token>,
    /// The same between commas.
    pub(super) clauses: Vec<Vec<Token>>,
    pub(super) is_question: bool,
}

/// The sentences that the writer wrote: lines that quote are left out.
pub(super) fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim_start().starts_with('>') {
            of_line(line, start, &mut found);
        }
        start += line.len();
    }
    found
}

fn of_line(line: &str, offset: usize, found: &mut Vec<Sentence>) {
    let bytes = line.as_bytes();
    let mut start = 0;
    for (at, mark) in line.char_indices() {
        let ends = match mark {
            '!' | '?' | ';' => true,
            '.' => ends_here(&line[start..at], bytes.get(at + 1)),
            _ => false,
        };
        if ends {
            push(line, start..at + 1, offset, mark == '?', found);
            start = at + 1;
        }
    }
    push(line, start..line.len(), offset, false, found);
}

/// A full stop ends a sentence where a blank follows, unless it belongs to a date (`24. November`,
/// `24.11.`) or to a short form (`p.m.`).
fn ends_here(before: &str, next: Option<&u8>) -> bool {
    let blank = next.is_none_or(u8::is_ascii_whitespace);
    let last = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let day = last.trim_start_matches('(');
    let is_day = day.chars().next().is_some_and(|c| c.is_ascii_digit())
        && !day.contains(':')
        && day.len() <= 5
        && !is_clock(day);
    let is_short = ["a.m", "p.m", "z.b", "d.h"].contains(&last.to_lowercase().as_str());
    blank && !is_day && !is_short
}

/// `11.00` is a time with a stop after it, `24.11` is a date.
fn is_clock(text: &str) -> bool {
    let minutes = text.split_once('.').map(|(_, after)| after);
    minutes
        .is_some_and(|after| after.len() == 2 && after.parse().is_ok_and(|n: u8| n > 12 || n == 0))
}

fn push(
    line: &str,
    range: Range<usize>,
    offset: usize,
    is_question: bool,
    found: &mut Vec<Sentence>,
) {
    let text = &line[range.clone()];
    let shown = text.trim();
    let tokens = self::tokens(shown);
    if tokens.is_empty() {
        return;
    }
    let begin = offset + range.start + (text.len() - text.trim_start().len());
    found.push(Sentence {
        span: begin..begin + shown.len(),
        clauses: shown.split(", ").map(self::tokens).collect(),
        tokens,
        is_question,
    });
}

fn tokens(text: &str) -> Vec<Token> {
    let text = text.to_lowercase().replace('\u{2019}', "'");
    let inside = |c: char| c.is_alphanumeric() || "':./-".contains(c);
    let pieces = text.split(|c: char| !inside(c));
    let pieces = pieces.map(|piece| piece.trim_matches(|c: char| "'./:-".contains(c)));
    let pieces = pieces.filter(|piece| !piece.is_empty());
    pieces.flat_map(parts).collect()
}

/// `2pm` is a number and a word; a word with a hyphen stays one.
fn parts(piece: &str) -> Vec<Token> {
    let digits = piece
        .find(|c: char| c.is_alphabetic())
        .filter(|at| *at > 0 && piece.as_bytes()[0].is_ascii_digit());
    match digits {
        Some(at) => [&piece[..at], &piece[at..]]
            .into_iter()
            .map(|part| Token(part.trim_matches(|c: char| "./-".contains(c)).to_owned()))
            .collect(),
        None => vec![Token(piece.to_owned())],
    }
}
