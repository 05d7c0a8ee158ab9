//! The end of what a person wrote: signature, footers, notices.
//!
//! Owns: finding them from the bottom of one stretch of own text. Must not know: quotes.

use super::Reason;
use super::evidence::{folded, has_address, has_phone, has_url, is_rule, is_sentence};
use super::footer::{Mobile, is_boilerplate, is_legal, is_list_footer, mobile};
use super::line::Line;
use super::phrase::PHRASES;

/// Lines at the end of a stretch in which a signature may begin.
const REACH: usize = 80;
/// Lines with text that a signature may have.
const MAX_SIGNATURE: usize = 15;
/// Lines that one paragraph of a legal notice may have.
const MAX_NOTICE: usize = 40;

/// Marks what ends a stretch of own text. `name` is the sender's display name.
pub(super) fn mark(lines: &[Line<'_>], name: Option<&str>, out: &mut [Option<Reason>]) {
    mark_mobile(lines, out);
    let mut end = lines.len();
    for _ in 0..8 {
        end = without_tail(lines, out, end);
        let Some((start, reason)) = last_part(&lines[..end], name) else {
            break;
        };
        out[start..end].fill(Some(reason));
        end = start;
    }
}

/// Up to the last line with text that is still kept.
fn without_tail(lines: &[Line<'_>], out: &[Option<Reason>], end: usize) -> usize {
    let kept = (0..end)
        .rev()
        .find(|&at| !lines[at].is_blank() && out[at].is_none());
    kept.map_or(0, |at| at + 1)
}

fn mark_mobile(lines: &[Line<'_>], out: &mut [Option<Reason>]) {
    let mut fenced = false;
    for (at, line) in lines.iter().enumerate() {
        fenced ^= line.text.starts_with("```");
        let ends = lines.get(at + 1).is_none_or(Line::is_blank);
        let found = match mobile(line) {
            Some(Mobile::Named) => !fenced,
            Some(Mobile::Likely) => !fenced && ends,
            None => false,
        };
        if found {
            out[at] = Some(Reason::MobileFooter);
        }
    }
}

/// The last part of the stretch that is no text of the message, and where it begins.
fn last_part(lines: &[Line<'_>], name: Option<&str>) -> Option<(usize, Reason)> {
    let first = lines.len().saturating_sub(REACH);
    let paragraph = paragraph_start(lines)?;
    let text: Vec<&str> = lines[paragraph..]
        .iter()
        .map(|line| line.text)
        .take(MAX_NOTICE)
        .collect();
    let text = text.join(" ");
    let is_short = lines.len() - paragraph < MAX_NOTICE;
    if is_short && (is_legal(&text) || is_boilerplate(&text)) {
        return Some((paragraph, Reason::LegalNotice));
    }
    let fences = fences(lines);
    let starts = (first..lines.len()).filter(|&at| !fences[at - first] && !lines[at].is_blank());
    for at in starts {
        if let Some(reason) = begins_part(lines, at, name) {
            return Some((at, reason));
        }
    }
    dash_name(lines, paragraph).map(|at| (at, Reason::Signature))
}

/// Which lines stand in a block of code.
fn fences(lines: &[Line<'_>]) -> Vec<bool> {
    let first = lines.len().saturating_sub(REACH);
    let mut open = lines[..first]
        .iter()
        .filter(|line| line.text.starts_with("```"))
        .count()
        % 2
        == 1;
    let mut found = Vec::with_capacity(lines.len() - first);
    for line in &lines[first..] {
        let fence = line.text.starts_with("```");
        found.push(open || fence);
        open ^= fence;
    }
    found
}

fn begins_part(lines: &[Line<'_>], at: usize, name: Option<&str>) -> Option<Reason> {
    let line = &lines[at];
    let tail = &lines[at + 1..];
    let text = line.text;
    if matches!(text, "--" | "—" | "–" | "- -" | "\\--")
        && ends_or_fits(tail, MAX_SIGNATURE * 2)
        && !follows_colon(lines, at)
    {
        return Some(Reason::Signature);
    }
    if is_rule(text, 2) && is_list_footer(line, tail) {
        return Some(Reason::ListFooter);
    }
    let alone = at == 0 || lines[at - 1].is_blank();
    if is_rule(text, 2)
        && alone
        && fits(tail, 8)
        && no_prose(tail)
        && (has_contact(tail) || begins_with_name(tail))
    {
        return Some(Reason::Signature);
    }
    if is_closing(text) && ends_or_fits(tail, MAX_SIGNATURE) && no_prose(tail) {
        return Some(Reason::Closing);
    }
    let is_name = name.is_some_and(|name| is_name_line(text, name));
    (is_name && fits(tail, MAX_SIGNATURE) && no_prose(tail) && has_contact(tail))
        .then_some(Reason::Signature)
}

fn fits(tail: &[Line<'_>], most: usize) -> bool {
    let count = tail.iter().filter(|line| !line.is_blank()).count();
    (1..=most).contains(&count)
}

fn ends_or_fits(tail: &[Line<'_>], most: usize) -> bool {
    tail.iter().all(Line::is_blank) || fits(tail, most)
}

/// What a line with a colon announces is no signature.
fn follows_colon(lines: &[Line<'_>], at: usize) -> bool {
    at.checked_sub(1)
        .is_some_and(|above| lines[above].text.ends_with(':'))
}

/// Nothing but short lines; a postscript is text of the message.
fn no_prose(tail: &[Line<'_>]) -> bool {
    tail.iter().all(|line| {
        let text = line.text;
        let lower = text.get(..4).unwrap_or(text).to_ascii_lowercase();
        let postscript = ["ps", "p.s", "p. s"].iter().any(|mark| {
            lower
                .strip_prefix(mark)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
        });
        !postscript && !is_sentence(text) && !text.ends_with('?')
    })
}

fn has_contact(tail: &[Line<'_>]) -> bool {
    tail.iter()
        .any(|line| has_address(line.text) || has_url(line.text) || has_phone(line.text))
}

/// One to four words, each with a capital.
fn begins_with_name(tail: &[Line<'_>]) -> bool {
    let first = tail.iter().find(|line| !line.is_blank());
    first.is_some_and(|line| {
        let words: Vec<&str> = line.text.split_whitespace().collect();
        let capital = |word: &&str| word.starts_with(char::is_uppercase);
        (1..=4).contains(&words.len())
            && words.iter().all(capital)
            && !line.text.ends_with(['.', ':', '!', '?'])
    })
}

/// `Best regards,`, `Viele Grüße / Best regards`, `Mit freundlichen Grüßen aus Kiel`.
pub(super) fn is_closing(text: &str) -> bool {
    if text.len() > 100 {
        return false;
    }
    let text = folded(text);
    let parts: Vec<&str> = text.split(['/', '|']).map(without_signs).collect();
    parts.iter().all(|part| is_closing_phrase(part))
}

fn without_signs(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric() && !is_combining(c))
}

/// Vowel signs of Thai, Hebrew and Arabic belong to their words.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{e31}' | '\u{e34}'..='\u{e4e}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}')
}

fn is_closing_phrase(text: &str) -> bool {
    PHRASES.closing.of_text(text).iter().any(|phrase| {
        let phrase = without_signs(phrase);
        text.strip_prefix(phrase).is_some_and(|rest| {
            rest.is_empty() || {
                let words: Vec<&str> = rest.split_whitespace().collect();
                let from = [
                    "aus", "vom", "from", "fra", "från", "uit", "z", "ze", "da", "de", "depuis",
                    "desde", "из", "von",
                ];
                let long = phrase.contains(' ') || phrase.len() > 6;
                long && rest.starts_with(' ') && words.len() <= 4 && from.contains(&words[0])
            }
        })
    })
}

/// The sender's own name on a line of its own.
fn is_name_line(text: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let folded = folded(text);
        let parts = folded.split(|c: char| !c.is_alphanumeric());
        parts.filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let (line, name) = (words(text), words(name));
    name.len() >= 2 && line.len() <= name.len() + 2 && name.iter().all(|word| line.contains(word))
}

/// `-Kim Miller` below an empty line, the last words of all.
fn dash_name(lines: &[Line<'_>], paragraph: usize) -> Option<usize> {
    let [only] = &lines[paragraph..] else {
        return None;
    };
    let rest = only.text.strip_prefix(['-', '–', '—', '~'])?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    let word = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || c == '.' || c == '-')
    };
    let is_name = (1..=3).contains(&words.len()) && words.iter().all(word);
    let first = only.text.chars().next()?;
    let is_list = lines[..paragraph]
        .iter()
        .any(|line| line.text.starts_with(first));
    (paragraph > 0 && is_name && !is_list).then_some(paragraph)
}

fn paragraph_start(lines: &[Line<'_>]) -> Option<usize> {
    let last = lines.iter().rposition(|line| !line.is_blank())?;
    let blank = lines[..last].iter().rposition(Line::is_blank);
    Some(blank.map_or(0, |at| at + 1))
}
