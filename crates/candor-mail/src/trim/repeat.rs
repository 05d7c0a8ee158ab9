//! Signatures that carry no mark but come with every mail of a sender.
//!
//! Owns: the common end of this mail and earlier ones. Must not know: who the sender is.

use std::collections::HashSet;

use super::Reason;
use super::evidence::folded;
use super::line::{self, Line};

/// Earlier mails that are compared.
const MAX_EARLIER: usize = 5;
/// Lines with text that such an ending may have.
const MAX_LINES: usize = 20;

/// Cuts the last lines of the own text when the same two or more stood together in an earlier mail.
pub(super) fn mark(lines: &[Line<'_>], cut: &mut [Option<Reason>], earlier: &[String]) {
    let own: Vec<usize> = (0..lines.len())
        .filter(|&at| cut[at].is_none() && !lines[at].is_blank())
        .collect();
    let longest = earlier
        .iter()
        .take(MAX_EARLIER)
        .map(|text| common_end(lines, &own, text))
        .max();
    let Some(count) = longest.filter(|count| *count >= 2 && *count < own.len()) else {
        return;
    };
    let start = own[own.len() - count];
    for cut in &mut cut[start..] {
        *cut = cut.or(Some(Reason::Repeated));
    }
}

/// How many of the last own lines stand in the earlier text one behind the other. What is said
/// once, such as a greeting, is no signature: the line before must differ.
fn common_end(lines: &[Line<'_>], own: &[usize], earlier: &str) -> usize {
    let split = line::split(earlier);
    let known: Vec<String> = split
        .iter()
        .filter(|line| !line.is_blank() && !line.is_quoted())
        .map(|line| folded(line.text))
        .collect();
    let set: HashSet<&str> = known.iter().map(String::as_str).collect();
    let ending: Vec<String> = own
        .iter()
        .rev()
        .take(MAX_LINES)
        .map(|&at| folded(lines[at].text))
        .take_while(|line| set.contains(line.as_str()))
        .collect();
    let matches = |at: usize| {
        let back = known[..=at].iter().rev();
        back.zip(&ending)
            .take_while(|(known, line)| known == line)
            .count()
    };
    (0..known.len()).map(matches).max().unwrap_or(0)
}
