//! Which mark holds where while a page is walked.
//!
//! Owns: open elements and their marks. Must not know: what a mark is good for.

use super::layout::Layout;
use super::{MARK, Mark, attribute};

/// Elements without content.
const VOID: &[&str] = &["br", "hr", "img"];

/// The open elements, each with the mark that holds inside.
#[derive(Default)]
pub(super) struct Marks {
    open: Vec<Option<Mark>>,
    /// Length of `open` at the outermost open quote.
    quote: Option<usize>,
    /// Behind an element that says that the rest is a quote.
    rest: bool,
}

impl Marks {
    /// Notes one tag, given without its angle brackets.
    pub(super) fn pass(&mut self, layout: &mut Layout, tag: &str) {
        if tag.is_empty() {
            return;
        }
        if tag.starts_with('/') {
            self.open.pop();
            self.quote = self.quote.filter(|start| *start < self.open.len());
        } else {
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            let own = Mark::from_str(&attribute(attributes, MARK));
            let quoted = self.quote.is_some() || self.open.contains(&Some(Mark::Quote));
            self.rest |= own == Some(Mark::Rest) && !quoted;
            if name == "blockquote" {
                self.answer_introductions();
                self.quote = self.quote.or(Some(self.open.len()));
            }
            if !VOID.contains(&name) {
                let inherited = self.open.last().copied().flatten();
                self.open.push(inner(own, inherited, name));
            }
        }
        let rest = self.rest.then_some(Mark::Rest);
        layout.set_mark(rest.or(self.open.last().copied().flatten()));
    }

    /// The quote begins, so that what stands behind it in the same element is no introduction.
    fn answer_introductions(&mut self) {
        for open in &mut self.open {
            if *open == Some(Mark::Introduction) {
                *open = None;
            }
        }
    }
}

/// The mark inside a new element. A quoted block is marked line by line already.
fn inner(own: Option<Mark>, inherited: Option<Mark>, name: &str) -> Option<Mark> {
    match own.filter(|mark| *mark != Mark::Rest).or(inherited) {
        Some(Mark::Introduction) if name == "blockquote" => None,
        mark => mark,
    }
}
