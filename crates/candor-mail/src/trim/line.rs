//! The lines of a text, seen as a mail program wrote them.
//!
//! Owns: where a line begins and ends in the text, its quote depth and its words without invisible
//! signs. Must not know: what a line means.

use std::ops::Range;

/// Lines beyond this number share the fate of the last one that was read.
pub(super) const MAX_LINES: usize = 20_000;

/// A longer line is prose or data: nothing that a program writes around a quote.
pub(super) const MAX_LINE: usize = 600;

/// One line, or the part of a line behind dashes that glue a quote to an answer.
#[derive(Debug, Clone)]
pub(super) struct Line<'t> {
    /// Bytes in the text, the line end included.
    pub range: Range<usize>,
    /// The line without outer white space and invisible signs.
    pub text: &'t str,
    /// The same behind its quote marks.
    pub body: &'t str,
    /// How many quote marks stand in front.
    pub depth: usize,
}

impl Line<'_> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn is_quoted(&self) -> bool {
        self.depth > 0
    }
}

/// Splits a text into its first [`MAX_LINES`] lines.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive('\n').take(MAX_LINES) {
        let end = start + piece.len();
        match glued(piece).or_else(|| continued(piece)) {
            Some(at) => {
                lines.push(line(piece, 0..at, start));
                lines.push(line(piece, at..piece.len(), start));
            }
            None => lines.push(line(piece, 0..piece.len(), start)),
        }
        start = end;
    }
    unquote_mbox_escapes(&mut lines);
    lines
}

fn line(piece: &str, part: Range<usize>, start: usize) -> Line<'_> {
    let text = visible(&piece[part.clone()]);
    let (depth, body) = unquoted(text);
    Line {
        range: start + part.start..start + part.end,
        text,
        body,
        depth,
    }
}

/// Without outer white space, and without the signs that only steer direction or joining.
pub(super) fn visible(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

pub(super) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

fn unquoted(text: &str) -> (usize, &str) {
    let mut depth = 0;
    let mut rest = text;
    while let Some(inner) = rest.strip_prefix('>') {
        depth += 1;
        rest = visible(inner);
    }
    (depth, rest)
}

/// Some programs write the attribution behind the answer, with dashes between:
/// `yes--- On Wed, Apr 4, 2012, kim@a.example wrote:`.
fn glued(piece: &str) -> Option<usize> {
    if piece.len() > MAX_LINE || !visible(piece).ends_with(':') {
        return None;
    }
    let at = piece.find("---")?;
    let is_inside = !visible(&piece[..at]).is_empty() && !visible(piece).starts_with('>');
    let behind = visible(piece[at..].trim_start_matches('-'));
    (is_inside && behind.len() >= 15 && behind.contains('@')).then_some(at)
}

/// Yahoo on a telephone goes on behind the attribution:
/// `On Tue, Kim<kim@a.example> wrote:   Yes.`
fn continued(piece: &str) -> Option<usize> {
    let head = &piece[..piece.floor_char_boundary(MAX_LINE)];
    let at = head.find(":  ")? + 1;
    let goes_on = !visible(&piece[at..]).is_empty();
    (goes_on && head[..at].contains('@')).then_some(at)
}

/// Mailbox files write `>From` where a line of the text begins with `From`; alone among unquoted
/// lines it is no quote.
fn unquote_mbox_escapes(lines: &mut [Line<'_>]) {
    for at in 0..lines.len() {
        if !lines[at].text.starts_with(">From ") || lines[at].text.ends_with(':') {
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| lines.get(at));
        let is_quoted = |line: Option<&Line<'_>>| line.is_some_and(Line::is_quoted);
        if !is_quoted(before) && !is_quoted(lines.get(at + 1)) {
            lines[at].depth = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_cover_the_text_and_know_their_quotes() {
        let text =
            "Hello\n> > deep\n\u{200e}>shallow\r\n\nyes--- On Monday, kim@a.example wrote:\nend";
        let lines = split(text);
        let seen: Vec<_> = lines.iter().map(|l| (l.depth, l.body)).collect();
        let expected = [
            (0, "Hello"),
            (2, "deep"),
            (1, "shallow"),
            (0, ""),
            (0, "yes"),
            (0, "--- On Monday, kim@a.example wrote:"),
            (0, "end"),
        ];
        assert_eq!(seen, expected);
        let whole: String = lines.iter().map(|l| &text[l.range.clone()]).collect();
        assert_eq!(whole, text);
    }

    #[test]
    fn a_line_that_a_mailbox_file_escaped_is_no_quote() {
        let lines = split("Hi\n>From now on we are open on Mondays.\nBye");
        assert_eq!(lines[1].depth, 0);
        assert_eq!(split("> a\n>From b\n> c")[1].depth, 1);
    }
}
