//! What a writer added, without the message that is answered, signatures and footers.
//!
//! Owns: which parts of a message's text are folded away, and why. Nothing is deleted: the parts
//! are ranges of the text, and with the reply they make up the whole. Must not know: pages, the
//! conversation.

mod align;
mod attribution;
mod classify;
mod decide;
mod evidence;
mod footer;
mod header_block;
mod inline;
mod label;
mod line;
mod phrase;
mod reason;
mod repeat;
mod signature;

use std::ops::Range;

use crate::IncomingMessage;
use crate::html::{Mark, MarkedText};
use classify::Surroundings;
use line::Line;
pub use reason::Reason;

/// Text beyond this length shares the fate of the last line before it.
const MAX_BYTES: usize = 1024 * 1024;

/// What is known beside the message itself.
#[derive(Debug, Clone, Default)]
pub struct TrimContext {
    /// The lines above which the desk asks for an answer, in all its languages. Such lines are
    /// recognised in 30 languages without being listed here.
    pub delimiters: Vec<String>,
    /// Texts of earlier mails of the same sender, from which a signature without marks is learned.
    pub earlier: Vec<String>,
}

/// The reply, and what was folded away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trimmed {
    /// What the writer added, without empty lines around it.
    pub reply: String,
    /// Parts of [`IncomingMessage::text`] in their order, none empty, none overlapping.
    pub removed: Vec<Removed>,
}

/// A part of the text that is folded away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// Bytes of [`IncomingMessage::text`].
    pub range: Range<usize>,
    /// Why.
    pub reason: Reason,
}

/// One cut as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// Number of the first line, from 1.
    pub first_line: usize,
    /// Number of the last line.
    pub last_line: usize,
    /// Why.
    pub reason: Reason,
    /// The beginning of the part, at most 80 characters.
    pub excerpt: String,
}

/// Finds what the writer added. Takes time in proportion to the length and never fails.
pub fn trim(message: &IncomingMessage) -> Trimmed {
    trim_within(message, &TrimContext::default())
}

/// Finds what the writer added, with what the desk knows beside the message.
pub fn trim_within(message: &IncomingMessage, context: &TrimContext) -> Trimmed {
    let whole = message.text.as_str();
    let text = &whole[..whole.floor_char_boundary(MAX_BYTES)];
    let marked = message.html.as_ref().map(|html| html.to_marked_text());
    let delimiters: Vec<String> = context
        .delimiters
        .iter()
        .map(|l| evidence::folded(l))
        .collect();
    let task = Task {
        name: message.from.as_ref().and_then(|from| from.name.as_deref()),
        forward: label::is_forward(&message.subject, text),
        delimiters: &delimiters,
    };
    let lines = line::split(text);
    let mut cut = match &marked {
        Some(marked) if marked.text == whole => task.cut(&lines, &marked.marks, true),
        Some(marked) => {
            let mut cut = task.cut(&lines, &[], message.text_is_converted);
            task.align(&lines, &mut cut, marked);
            cut
        }
        None => task.cut(&lines, &[], false),
    };
    repeat::mark(&lines, &mut cut, &context.earlier);
    restore_if_empty(&lines, &mut cut);
    assemble(whole, &lines, &cut)
}

/// What holds for the plain text and for the HTML alike.
struct Task<'a> {
    name: Option<&'a str>,
    forward: bool,
    delimiters: &'a [String],
}

impl Task<'_> {
    fn cut(
        &self,
        lines: &[Line<'_>],
        marks: &[Option<Mark>],
        from_html: bool,
    ) -> Vec<Option<Reason>> {
        let around = Surroundings {
            delimiters: self.delimiters,
            marks,
            forward: self.forward,
        };
        let classes = classify::classify(lines, &around);
        decide::decide(lines, &classes, self.name, from_html)
    }

    /// Cuts from the plain text what the HTML beside it shows to be no text of the writer.
    fn align(&self, lines: &[Line<'_>], cut: &mut [Option<Reason>], marked: &MarkedText) {
        if marked.text.len() > MAX_BYTES {
            return;
        }
        let html_lines = line::split(&marked.text);
        let html_cut = self.cut(&html_lines, &marked.marks, true);
        align::mark(lines, cut, &html_lines, &html_cut);
    }
}

/// A mail that is nothing but a signature is shown; one that is nothing but a quote is empty.
fn restore_if_empty(lines: &[Line<'_>], cut: &mut [Option<Reason>]) {
    let kept = lines
        .iter()
        .zip(cut.iter())
        .any(|(line, cut)| cut.is_none() && !line.is_blank());
    let quoted = cut.iter().flatten().any(|reason| reason.is_quote());
    if !kept && !quoted {
        cut.fill(None);
    }
}

/// Joins the lines that are cut into ranges; empty lines behind a cut go with it.
fn assemble(text: &str, lines: &[Line<'_>], cut: &[Option<Reason>]) -> Trimmed {
    let mut removed: Vec<Removed> = Vec::new();
    let mut open = None;
    for (line, reason) in lines.iter().zip(cut) {
        let reason = reason.or(open.filter(|_| line.is_blank()));
        open = reason;
        let Some(reason) = reason else {
            continue;
        };
        match removed.last_mut() {
            Some(last) if last.reason == reason && last.range.end == line.range.start => {
                last.range.end = line.range.end;
            }
            _ => removed.push(Removed {
                range: line.range.clone(),
                reason,
            }),
        }
    }
    let read = lines.last().map_or(0, |line| line.range.end);
    if let Some(last) = removed.last_mut()
        && last.range.end == read
    {
        last.range.end = text.len();
    }
    let reply = kept_text(text, &removed);
    Trimmed { reply, removed }
}

fn kept_text(text: &str, removed: &[Removed]) -> String {
    let mut reply = String::new();
    let mut at = 0;
    for part in removed {
        reply.push_str(&text[at..part.range.start]);
        at = part.range.end;
    }
    reply.push_str(&text[at..]);
    without_outer_blank_lines(&reply).to_owned()
}

/// The first line with text keeps its indent.
fn without_outer_blank_lines(text: &str) -> &str {
    let text = text.trim_end();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line::visible(line).is_empty() {
            break;
        }
        start += line.len();
    }
    &text[start..]
}

impl Trimmed {
    /// The parts of the text that are kept, in their order.
    pub fn kept(&self, text: &str) -> Vec<Range<usize>> {
        let mut kept = Vec::new();
        let mut at = 0;
        for part in &self.removed {
            if at < part.range.start {
                kept.push(at..part.range.start);
            }
            at = part.range.end;
        }
        if at < text.len() {
            kept.push(at..text.len());
        }
        kept
    }

    /// Each cut with its lines, for `--explain`. `text` is the text that was trimmed.
    pub fn explain(&self, text: &str) -> Vec<Explained> {
        let mut line = 1;
        let mut at = 0;
        let mut explained = Vec::with_capacity(self.removed.len());
        for part in &self.removed {
            let content = &text[part.range.clone()];
            line += text[at..part.range.start].matches('\n').count();
            let inside = content.matches('\n').count();
            let ends = usize::from(content.ends_with('\n'));
            explained.push(Explained {
                first_line: line,
                last_line: line + inside - ends.min(inside),
                reason: part.reason,
                excerpt: content.trim().chars().take(80).collect(),
            });
            line += inside;
            at = part.range.end;
        }
        explained
    }
}
