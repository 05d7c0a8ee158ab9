//! Character references such as `&eacute;` and `&#233;`.
//!
//! Owns: what they stand for. Must not know: tags.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Longest name in the list.
const MAX_NAME: usize = 10;

static NAMES: LazyLock<HashMap<&'static str, char>> = LazyLock::new(|| {
    let lines = include_str!("references.txt").lines();
    let entries = lines
        .filter(|line| !line.starts_with('#'))
        .flat_map(|line| line.split(" | "));
    entries
        .filter_map(|entry| {
            let (name, code) = entry.split_once(' ')?;
            let code = u32::from_str_radix(code, 16).ok()?;
            Some((name, char::from_u32(code)?))
        })
        .collect()
});

/// The text with its references resolved; what is none stays as it is.
pub(super) fn resolve(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((sign, length)) = reference(&rest[1..]) {
            out.push(sign);
            rest = &rest[1 + length..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
}

/// The sign and how many bytes its reference takes behind the ampersand.
fn reference(text: &str) -> Option<(char, usize)> {
    if let Some(number) = text.strip_prefix('#') {
        return numeric(number).map(|(sign, length)| (sign, length + 1));
    }
    let end = text
        .bytes()
        .take(MAX_NAME + 1)
        .position(|byte| !byte.is_ascii_alphanumeric())
        .unwrap_or_else(|| text.len().min(MAX_NAME + 1));
    let sign = NAMES.get(text.get(..end)?)?;
    let closed = text[end..].starts_with(';');
    Some((*sign, end + usize::from(closed)))
}

fn numeric(text: &str) -> Option<(char, usize)> {
    let (digits, radix, prefix) = match text.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 1),
        None => (text, 10, 0),
    };
    let end = digits
        .find(|c: char| !c.is_digit(radix))
        .unwrap_or(digits.len());
    let code = u32::from_str_radix(&digits[..end], radix).ok();
    let closed = digits[end..].starts_with(';');
    let sign = match code {
        _ if end == 0 => return None,
        // Programs mean Windows-1252 by numbers that are control characters in Unicode.
        Some(code @ 0x80..=0x9f) => windows(code as u8),
        Some(0) | None => '\u{fffd}',
        Some(code) => char::from_u32(code).unwrap_or('\u{fffd}'),
    };
    Some((sign, prefix + end + usize::from(closed)))
}

fn windows(byte: u8) -> char {
    let bytes = [byte];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.chars().next().unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_and_prose_stays() {
        for (text, expected) in [
            ("caf&eacute; &amp; t&#233; &#xE9;&#128;", "café & té é€"),
            ("R&D & Q&A; &unknown; &", "R&D & Q&A; &unknown; &"),
            (
                "&nbsp;&copy 2026 &#0;&#x110000;&#;",
                "\u{a0}© 2026 \u{fffd}\u{fffd}&#;",
            ),
            ("&lt;b&gt; &hellip;&rarr;", "<b> …→"),
        ] {
            let mut out = String::new();
            resolve(text, &mut out);
            assert_eq!(out, expected, "{text}");
        }
    }
}
