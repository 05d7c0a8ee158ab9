//! Lines of plain text under construction.
//!
//! Owns: white space, quote marks, list marks, links. Must not know: tags.

/// Deepest quote that is marked line by line; deeper ones look the same.
const MAX_QUOTE: usize = 20;

use super::{Mark, MarkedText};

#[derive(Default)]
pub(super) struct Layout {
    out: String,
    line: String,
    /// Empty lines owed before the next text.
    gap: usize,
    quotes: usize,
    /// Quote level of the line before, so that a gap belongs to the shallower neighbour.
    last_quotes: usize,
    /// Open lists: `None` for bullets, the next number for ordered ones.
    lists: Vec<Option<usize>>,
    /// Open tables: whether one has column heads, and so holds data.
    tables: Vec<bool>,
    preformatted: usize,
    /// Address and start of the text of the open link.
    link: Option<(String, String)>,
    /// Something is on the page already, so that gaps count.
    started: bool,
    /// What holds for the text that follows.
    mark: Option<Mark>,
    marks: Vec<Option<Mark>>,
}

impl Layout {
    pub(super) fn text(&mut self, text: &str) {
        if let Some((_, label)) = &mut self.link {
            label.push_str(text);
        }
        if self.preformatted > 0 {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.line_break();
                }
                self.line.push_str(line);
            }
            return;
        }
        for word in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let trimmed = word.trim_end_matches(|c: char| c.is_ascii_whitespace());
            self.line.push_str(trimmed);
            let blank = trimmed.len() < word.len();
            if blank && !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
        }
    }

    pub(super) fn line_break(&mut self) {
        if self.line.trim().is_empty() {
            self.line.clear();
            self.gap += 1;
        } else {
            self.flush();
        }
    }

    pub(super) fn block(&mut self) {
        self.flush();
    }

    pub(super) fn paragraph(&mut self) {
        self.flush();
        self.gap = self.gap.max(1);
    }

    pub(super) fn rule(&mut self) {
        self.flush();
        self.line.push_str("---");
        self.flush();
    }

    pub(super) fn picture(&mut self, description: &str) {
        let description = description.trim();
        if !description.is_empty() {
            self.text(&format!("[{description}]"));
        }
    }

    pub(super) fn preformatted(&mut self, open: bool) {
        self.paragraph();
        self.preformatted = step(self.preformatted, open);
    }

    pub(super) fn quote(&mut self, open: bool) {
        self.paragraph();
        self.quotes = step(self.quotes, open);
    }

    pub(super) fn list(&mut self, ordered: bool, open: bool) {
        self.flush();
        if open {
            self.lists.push(ordered.then_some(1));
        } else {
            self.lists.pop();
        }
        if self.lists.is_empty() {
            self.gap = self.gap.max(1);
        }
    }

    pub(super) fn item(&mut self) {
        self.flush();
        let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(MAX_QUOTE));
        self.line.push_str(&indent);
        match self.lists.last_mut() {
            Some(Some(number)) => {
                self.line.push_str(&number.to_string());
                self.line.push_str(". ");
                *number += 1;
            }
            _ => self.line.push_str("- "),
        }
    }

    /// A table with column heads holds data, and its cells are told apart; others only lay out.
    pub(super) fn cell(&mut self, is_head: bool) {
        if let Some(data) = self.tables.last_mut() {
            *data |= is_head;
        }
        self.line.truncate(self.line.trim_end().len());
        if !self.line.is_empty() {
            let data = self.tables.last().copied().unwrap_or_default();
            self.line.push_str(if data { " | " } else { " " });
        }
    }

    pub(super) fn table(&mut self, open: bool) {
        self.flush();
        if open {
            self.tables.push(false);
        } else {
            self.tables.pop();
        }
    }

    pub(super) fn open_link(&mut self, address: String) {
        self.close_link();
        if !address.is_empty() {
            self.link = Some((address, String::new()));
        }
    }

    /// Writes the address behind the text, unless the text says it already.
    pub(super) fn close_link(&mut self) {
        let Some((address, label)) = self.link.take() else {
            return;
        };
        let bare = address
            .trim_start_matches("mailto:")
            .trim_start_matches("tel:")
            .trim_start_matches("https://")
            .trim_start_matches("http://")
            .trim_end_matches('/');
        let label = label.trim();
        if label.is_empty() || bare.is_empty() || label.contains(bare) {
            return;
        }
        let blank = self.line.ends_with(' ');
        self.line.truncate(self.line.trim_end().len());
        for piece in [" (", &address, ")"] {
            self.line.push_str(piece);
        }
        if blank {
            self.line.push(' ');
        }
    }

    /// What the sender's program says about the text from here on.
    pub(super) fn set_mark(&mut self, mark: Option<Mark>) {
        if mark != self.mark {
            self.flush();
            self.mark = mark;
        }
    }

    pub(super) fn finish(mut self) -> MarkedText {
        self.close_link();
        self.flush();
        self.out.truncate(self.out.trim_end().len());
        MarkedText {
            text: self.out,
            marks: self.marks,
        }
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_end();
        if line.is_empty() {
            return;
        }
        let mark = "> ".repeat(self.quotes.min(MAX_QUOTE));
        if self.started {
            let mark = "> ".repeat(self.quotes.min(self.last_quotes).min(MAX_QUOTE));
            for _ in 0..self.gap.min(2) {
                self.out.push_str(mark.trim_end());
                self.out.push('\n');
                self.marks.push(None);
            }
        }
        self.gap = 0;
        self.started = true;
        self.last_quotes = self.quotes;
        self.out.push_str(&mark);
        self.out.push_str(line);
        self.out.push('\n');
        self.marks.push(self.mark);
    }
}

fn step(level: usize, open: bool) -> usize {
    if open {
        level + 1
    } else {
        level.saturating_sub(1)
    }
}
