//! Which lines are cut.
//!
//! Owns: the order of own text, introductions and quotes, and what follows from it. Must not know:
//! how a line was recognised.

use super::Reason;
use super::classify::Class;
use super::inline;
use super::line::Line;
use super::signature;

struct Decision<'a> {
    classes: &'a [Class],
    cut: Vec<Option<Reason>>,
    /// The text comes from HTML, where programs mark quotes by themselves.
    from_html: bool,
    /// The line that says that answers stand inside of the message below.
    announced: Option<usize>,
    next: Next,
}

/// For each line the nearest line of a kind, itself included; the number of lines where none is.
#[derive(Default)]
struct Next {
    /// Own text that is kept.
    text: Vec<usize>,
    quote: Vec<usize>,
    /// What ends a quote and its answers.
    stop: Vec<usize>,
}

impl Next {
    fn of(classes: &[Class], cut: &[Option<Reason>]) -> Self {
        let nearest = |wanted: &dyn Fn(usize) -> bool| {
            let mut found = vec![classes.len(); classes.len() + 1];
            for at in (0..classes.len()).rev() {
                found[at] = if wanted(at) { at } else { found[at + 1] };
            }
            found
        };
        let stops = |class| {
            matches!(
                class,
                Class::Intro(_) | Class::Forward | Class::Below | Class::Rest
            )
        };
        Self {
            text: nearest(&|at| {
                matches!(classes[at], Class::Text | Class::Rest) && cut[at].is_none()
            }),
            quote: nearest(&|at| classes[at] == Class::Quote),
            stop: nearest(&|at| stops(classes[at])),
        }
    }
}

/// The reason for each line that is cut.
pub(super) fn decide(
    lines: &[Line<'_>],
    classes: &[Class],
    name: Option<&str>,
    from_html: bool,
) -> Vec<Option<Reason>> {
    let mut decision = Decision {
        classes,
        cut: vec![None; lines.len()],
        from_html,
        announced: None,
        next: Next::default(),
    };
    decision.sign(lines, name);
    decision.announced = inline::announced(lines, classes, &decision.cut);
    decision.next = Next::of(classes, &decision.cut);
    decision.walk();
    decision.cut
}

impl Decision<'_> {
    /// Signatures at the end of each stretch of own text.
    fn sign(&mut self, lines: &[Line<'_>], name: Option<&str>) {
        let mut start = 0;
        while start < lines.len() {
            let is_own = |class: &Class| matches!(class, Class::Text | Class::Blank);
            let length = self.classes[start..]
                .iter()
                .take_while(|c| is_own(c))
                .count();
            let end = start + length;
            match self.classes.get(end) {
                Some(Class::Forward) => return,
                _ if length > 0 => {
                    signature::mark(&lines[start..end], name, &mut self.cut[start..end]);
                }
                _ => {}
            }
            if let Some(Class::Marked(reason)) = self.classes.get(end) {
                self.cut[end] = Some(*reason);
                self.sign_mark_above(lines, start, end, *reason);
            }
            start = end + 1;
        }
    }

    /// The two dashes that Gmail writes above the signature, outside of its element.
    fn sign_mark_above(&mut self, lines: &[Line<'_>], start: usize, end: usize, reason: Reason) {
        let above = (start..end).rev().find(|&at| !lines[at].is_blank());
        if let Some(above) = above.filter(|&above| matches!(lines[above].text, "--" | "—"))
            && reason == Reason::MarkedSignature
        {
            self.cut[above] = Some(reason);
        }
    }

    fn walk(&mut self) {
        let mut at = 0;
        while at < self.classes.len() {
            at = match self.classes[at] {
                Class::Forward => return,
                Class::Below => self.below(at),
                Class::Rest if self.has_text(0, at) && !self.is_announced(at) => {
                    self.cut_rest(at, Reason::MarkedQuote)
                }
                Class::Intro(reason) => self.introduced(at, reason),
                Class::Quote => self.unannounced(at),
                _ => at + 1,
            };
        }
    }

    fn has_text(&self, start: usize, end: usize) -> bool {
        self.next.text[start] < end
    }

    /// The answers stand between the lines of an unmarked quote, so that it stays whole.
    fn is_announced(&self, at: usize) -> bool {
        self.announced.is_some_and(|announced| announced < at)
    }

    fn cut_rest(&mut self, start: usize, reason: Reason) -> usize {
        let end = self.classes.len();
        self.cut_range(start, end, reason);
        end
    }

    /// Cuts lines that are not cut for a nearer reason.
    fn cut_range(&mut self, start: usize, end: usize, reason: Reason) {
        let mut last = reason;
        for at in start..end {
            last = match self.classes[at] {
                Class::Intro(reason) | Class::Marked(reason) => reason,
                Class::Quote => Reason::Quote,
                Class::Blank => last,
                _ => reason,
            };
            self.cut[at] = Some(last);
        }
    }

    /// Below our own line stands the mail that we sent, and what introduced it stands above.
    fn below(&mut self, at: usize) -> usize {
        let above = (0..at)
            .rev()
            .take_while(|&above| matches!(self.classes[above], Class::Blank | Class::Intro(_)));
        let start = above.last().unwrap_or(at);
        if self.has_text(0, start) {
            self.cut_rest(start, Reason::BelowLine)
        } else {
            self.cut[at] = Some(Reason::BelowLine);
            at + 1
        }
    }

    fn quote_follows(&self, at: usize) -> bool {
        let behind = self.end_of_introduction(at);
        matches!(
            self.classes.get(behind),
            Some(Class::Quote | Class::Marked(Reason::MarkedQuote))
        )
    }

    fn end_of_introduction(&self, at: usize) -> usize {
        let part = |class: &Class| matches!(class, Class::Intro(_) | Class::Blank);
        at + self.classes[at..]
            .iter()
            .take_while(|class| part(class))
            .count()
    }

    /// An introduction: with a marked quote behind it the quote alone goes, without one the rest.
    fn introduced(&mut self, at: usize, reason: Reason) -> usize {
        let behind = self.end_of_introduction(at);
        if !self.quote_follows(at) {
            let only_introduction = behind == self.classes.len();
            if self.has_text(0, at) || only_introduction {
                self.cut_range(at, behind, reason);
                if self.is_announced(at) {
                    return behind;
                }
                return self.cut_rest(behind, Reason::UnmarkedQuote);
            }
            // Nothing stands above: the text below may be the answer.
            return behind;
        }
        self.cut_range(at, behind, reason);
        let end = self.end_of_quote(behind);
        if self.is_interrupted(end) {
            return self.answered_inline(behind);
        }
        self.cut_range(behind, end, Reason::Quote);
        end
    }

    /// Where the run of quoted lines ends, with the empty lines behind it.
    fn end_of_quote(&self, start: usize) -> usize {
        let part = |class: &Class| {
            matches!(
                class,
                Class::Quote | Class::Blank | Class::Marked(Reason::MarkedQuote)
            )
        };
        start
            + self.classes[start..]
                .iter()
                .take_while(|class| part(class))
                .count()
    }

    /// Own text follows, and then the same quote goes on: somebody answers point by point.
    fn is_interrupted(&self, end: usize) -> bool {
        let quote = self.next.quote[end];
        quote < self.next.stop[end] && self.has_text(end, quote)
    }

    /// Keeps each quote that an answer follows and cuts the one behind the last answer.
    fn answered_inline(&mut self, start: usize) -> usize {
        let mut at = start;
        while at < self.classes.len() {
            match self.classes[at] {
                Class::Quote => {
                    let end = self.end_of_quote(at);
                    if !self.answer_follows(end) {
                        self.cut_range(at, end, Reason::Quote);
                    }
                    at = end;
                }
                Class::Intro(_) | Class::Forward | Class::Below | Class::Rest => return at,
                _ => at += 1,
            }
        }
        at
    }

    fn answer_follows(&self, end: usize) -> bool {
        self.has_text(end, self.next.quote[end].min(self.next.stop[end]))
    }

    /// A quote without introduction is kept as the context of what follows; behind the text it goes.
    fn unannounced(&mut self, at: usize) -> usize {
        let end = self.end_of_quote(at);
        let before = self.has_text(0, at);
        let behind = self.has_text(end, self.classes.len());
        let alone = self.next.quote[0] == at && self.next.quote[end] == self.classes.len();
        let program_quote = self.from_html && alone;
        if before && (!behind || program_quote) {
            self.cut_range(at, end, Reason::Quote);
        }
        end
    }
}
