//! The plain text of a mail beside its HTML.
//!
//! Owns: carrying a cut from the HTML over to the lines of the plain text that say the same. Must
//! not know: why the HTML was cut.

use super::Reason;
use super::line::Line;

/// Words by which the two versions may differ at one place.
const REACH: usize = 12;

/// Cuts the lines most of whose words stand in cut lines of the HTML. Does nothing when the two
/// versions say different things.
pub(super) fn mark(
    lines: &[Line<'_>],
    cut: &mut [Option<Reason>],
    html_lines: &[Line<'_>],
    html_cut: &[Option<Reason>],
) {
    if html_cut.iter().all(Option::is_none) {
        return;
    }
    let html: Vec<(String, Option<Reason>)> = html_lines
        .iter()
        .zip(html_cut)
        .flat_map(|(line, cut)| words(line.body).map(move |word| (word, *cut)))
        .collect();
    let mut at = 0;
    let (mut all, mut found) = (0_usize, 0_usize);
    let mut verdicts = Vec::with_capacity(lines.len());
    for line in lines {
        let mut votes = Votes::default();
        for word in words(line.body) {
            all += 1;
            let end = html.len().min(at + REACH);
            let ahead = html[at..end].iter().position(|(known, _)| *known == word);
            if let Some(ahead) = ahead {
                found += 1;
                votes.add(html[at + ahead].1);
                at += ahead + 1;
            }
        }
        verdicts.push(votes.verdict());
    }
    if all == 0 || found * 10 < all * 8 {
        return;
    }
    for (cut, verdict) in cut.iter_mut().zip(verdicts) {
        *cut = cut.or(verdict);
    }
    close_gaps(lines, cut);
}

#[derive(Default)]
struct Votes {
    kept: usize,
    cut: usize,
    reason: Option<Reason>,
}

impl Votes {
    fn add(&mut self, reason: Option<Reason>) {
        match reason {
            Some(reason) => {
                self.cut += 1;
                self.reason = self.reason.or(Some(reason));
            }
            None => self.kept += 1,
        }
    }

    fn verdict(&self) -> Option<Reason> {
        self.reason.filter(|_| self.cut > self.kept)
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// Lines without words (rules of dashes) between two cut lines go with them.
fn close_gaps(lines: &[Line<'_>], cut: &mut [Option<Reason>]) {
    let mut last: Option<usize> = None;
    for at in 0..lines.len() {
        if cut[at].is_some() {
            if let Some(last) = last.filter(|last| last + 1 < at) {
                let reason = cut[last];
                cut[last + 1..at].fill(reason);
            }
            last = Some(at);
        } else if words(lines[at].body).next().is_some() {
            last = None;
        }
    }
}
