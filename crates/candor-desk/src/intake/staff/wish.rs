//! What the first line of an answer says of the rest.
//!
//! Owns: the one order that there is, and how slips in it are taken. Must not know: tickets.

/// What a person wants with the text of their mail.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wish<'a> {
    /// It goes to the customer.
    Answer(&'a str),
    /// It is for the team.
    Note(&'a str),
    /// Its first line looks like an order, but like none that is known.
    Unclear(&'a str),
}

/// What the first line says of the rest. A line that begins with `#` and a letter is an order: what was
/// meant for the team must not reach the customer because of a slip.
pub(super) fn wish_of(text: &str) -> Wish<'_> {
    let Some(rest) = text.strip_prefix('#') else {
        return Wish::Answer(text);
    };
    let rest = rest.trim_start_matches([' ', '#', '\u{a0}']);
    let end = rest
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(rest.len());
    let (word, rest) = rest.split_at(end);
    match word.to_lowercase().as_str() {
        "" => Wish::Answer(text),
        "note" | "notiz" => Wish::Note(rest.trim_start_matches([':', '.']).trim()),
        _ => Wish::Unclear(text),
    }
}

#[cfg(test)]
mod tests {
    use super::{Wish, wish_of};

    #[test]
    fn a_slip_in_the_order_never_sends_a_note_to_the_customer() {
        for note in [
            "#note\nask Jonas",
            "# Note: ask Jonas",
            "#NOTIZ ask Jonas",
            "##note\n\nask Jonas",
        ] {
            assert_eq!(wish_of(note), Wish::Note("ask Jonas"), "{note}");
        }
        for unclear in ["#note2 x\nhello", "#intern\nask Jonas", "#notes ask Jonas"] {
            assert!(!matches!(wish_of(unclear), Wish::Answer(_)), "{unclear}");
        }
        for answer in ["#4182 left today", "Note: it left", "It left #note", "#"] {
            assert_eq!(wish_of(answer), Wish::Answer(answer));
        }
    }
}
