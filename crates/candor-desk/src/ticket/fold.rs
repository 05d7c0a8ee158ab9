//! What of a message's text is shown first, and what is folded away.
//!
//! Owns: cutting a text by the ranges that were kept with it. Must not know: why a part was cut,
//! how a page shows it.

use candor_store::reading::{Reading, RemovedPart};

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text, without empty lines around it.
    pub text: String,
    /// How it is shown.
    pub shown: Shown,
}

/// How a stretch is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The writer added it.
    Open,
    /// It repeats what is answered.
    Quoted,
    /// It is a signature, a footer or a legal notice.
    Ending,
}

/// Reasons of what repeats an earlier message; the others are endings.
const QUOTES: [&str; 7] = [
    "below_line",
    "attribution",
    "quoted_header",
    "original_label",
    "quote",
    "unmarked_quote",
    "marked_quote",
];

/// Cuts a text into stretches. Ranges that do not fit the text are left aside, so that nothing is
/// ever hidden by mistake.
pub fn folded(text: &str, removed: &[RemovedPart]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut at = 0;
    for part in removed {
        let Some(inside) = text.get(part.range.clone()) else {
            continue;
        };
        let Some(before) = text.get(at..part.range.start) else {
            continue;
        };
        push(&mut pieces, before, Shown::Open);
        let is_quote = QUOTES.contains(&part.reason.as_str());
        let shown = if is_quote {
            Shown::Quoted
        } else {
            Shown::Ending
        };
        push(&mut pieces, inside, shown);
        at = part.range.end;
    }
    push(&mut pieces, text.get(at..).unwrap_or_default(), Shown::Open);
    pieces
}

/// Whether a message is one that a machine wrote into a ticket in the customer's place: a quiet line
/// is enough for it. One that opened its ticket is all that there is, and is shown.
pub fn is_quiet(reading: &Reading) -> bool {
    let machines = ["automatic_reply", "out_of_office", "read_receipt"];
    let mut rules = reading.reasons.iter();
    machines.contains(&reading.verdict.as_str())
        && rules.any(|(rule, _)| rule != "null_sender")
        && reading.joined_by != "opened"
}

/// What the writer added.
pub fn reply_of(text: &str, removed: &[RemovedPart]) -> String {
    let open = folded(text, removed).into_iter();
    let open = open.filter(|piece| piece.shown == Shown::Open);
    open.map(|piece| piece.text)
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// Adds a stretch. Folded stretches that follow each other become one, a quote where one is among
/// them: one line to open is enough.
fn push(pieces: &mut Vec<Piece>, text: &str, shown: Shown) {
    let text = without_blank_lines(text);
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(last) if (last.shown == Shown::Open) == (shown == Shown::Open) => {
            last.text.push_str("\n\n");
            last.text.push_str(text);
            if shown == Shown::Quoted {
                last.shown = shown;
            }
        }
        _ => pieces.push(Piece {
            text: text.to_owned(),
            shown,
        }),
    }
}

/// The first line with text keeps its indent.
fn without_blank_lines(text: &str) -> &str {
    let text = text.trim_end();
    let blank = text.len() - text.trim_start().len();
    let start = text[..blank].rfind('\n').map_or(0, |at| at + 1);
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(range: std::ops::Range<usize>, reason: &str) -> RemovedPart {
        RemovedPart {
            range,
            reason: reason.to_owned(),
        }
    }

    #[test]
    fn what_was_added_is_open_and_the_rest_is_one_fold() {
        let text = "Yes.\n\nKim\n\nOn Monday Lena wrote:\n> Red?\n";
        let removed = [
            part(6..11, "signature"),
            part(11..33, "attribution"),
            part(33..40, "quote"),
        ];
        let pieces = folded(text, &removed);
        let shown: Vec<_> = pieces.iter().map(|piece| piece.shown).collect();
        assert_eq!(shown, [Shown::Open, Shown::Quoted]);
        assert_eq!(pieces[0].text, "Yes.");
        assert_eq!(pieces[1].text, "Kim\n\nOn Monday Lena wrote:\n\n> Red?");
        assert_eq!(reply_of(text, &removed), "Yes.");
    }

    #[test]
    fn an_answer_between_quotes_stays_between_them() {
        let text = "> Red?\nYes.\n> Large?\nNo.";
        let removed = [part(0..7, "quote"), part(12..21, "quote")];
        let shown: Vec<_> = folded(text, &removed)
            .iter()
            .map(|piece| (piece.shown == Shown::Open, piece.text.clone()))
            .collect();
        let said = |open, text: &str| (open, text.to_owned());
        assert_eq!(
            shown,
            [
                said(false, "> Red?"),
                said(true, "Yes."),
                said(false, "> Large?"),
                said(true, "No."),
            ]
        );
    }

    #[test]
    fn ranges_that_do_not_fit_hide_nothing() {
        let text = "Grüße";
        for range in [0..3, 4..99, 90..99] {
            assert_eq!(reply_of(text, &[part(range, "quote")]), text);
        }
    }
}
