//! Which parts of a message its sender wrote for it.
//!
//! Owns: leaving out quoted lines, the line above them, signatures and what a phone adds.
//! Must not know: mail formats; a mail was trimmed before, this is for what still comes through.

use std::ops::Range;

/// The byte ranges of `text` that are neither quotation nor signature, in order.
pub fn own_words(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = at..at + line.len();
        at = span.end;
        let bare = line.trim();
        if bare.starts_with('>') {
            continue;
        }
        if ends_own_words(line, bare) {
            break;
        }
        if introduces_quote(bare) || added_by_phone(bare) {
            continue;
        }
        match ranges.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => ranges.push(span),
        }
    }
    ranges
}

/// A signature's delimiter, or the head of a whole older mail.
fn ends_own_words(line: &str, bare: &str) -> bool {
    line.trim_end_matches(['\n', '\r']) == "-- "
        || bare == "--"
        || (bare.starts_with("-----")
            && bare.ends_with("-----")
            && bare.len() < 80
            && bare.len() > 12)
}

/// `On Tuesday, Ben wrote:` and its German sister.
fn introduces_quote(bare: &str) -> bool {
    bare.len() < 200
        && (bare.starts_with("On ") && bare.ends_with("wrote:")
            || bare.starts_with("Am ")
                && (bare.ends_with("schrieb:")
                    || bare.contains(" schrieb ") && bare.ends_with(':')))
}

fn added_by_phone(bare: &str) -> bool {
    [
        "Sent from my ",
        "Get Outlook for ",
        "Von meinem ",
        "Gesendet von ",
        "Gesendet mit ",
    ]
    .iter()
    .any(|start| bare.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::own_words;

    fn own(text: &str) -> String {
        own_words(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn quoted_lines_and_the_signature_are_left_out() {
        let text =
            "No.\nOn Tue, Ben wrote:\n> this is a disgrace\nStill waiting.\n-- \nAngry Ltd.\n";
        assert_eq!(own(text), "No.\nStill waiting.\n");
    }

    #[test]
    fn what_a_phone_adds_is_left_out() {
        assert_eq!(own("Danke\nVon meinem iPhone gesendet"), "Danke\n");
    }

    #[test]
    fn a_message_that_is_all_quotation_has_no_own_words() {
        assert_eq!(own("> a\n> b"), "");
    }
}
