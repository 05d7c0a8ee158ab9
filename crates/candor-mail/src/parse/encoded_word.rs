//! RFC 2047 encoded words.
//!
//! Owns: decoding them in text that stands for itself (subjects, names). Must not know: the grammar
//! of addresses.

use super::{charset, transfer};

struct Word<'a> {
    charset: &'a str,
    base64: bool,
    payload: &'a str,
}

/// The text with its encoded words decoded and its outer blanks gone.
///
/// Neighbouring words of one charset and encoding are decoded together: many programs cut them in
/// the middle of a character.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending: Option<(Word<'_>, Vec<u8>)> = None;
    let mut rest = text;
    while let Some(start) = rest.find("=?") {
        let Some((word, length)) = word_at(&rest[start..]) else {
            close(&mut out, pending.take());
            out.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        };
        let between = &rest[..start];
        rest = &rest[start + length..];
        let bytes = payload_bytes(&word);
        match &mut pending {
            Some((open, collected)) if between.trim().is_empty() => {
                if open.charset.eq_ignore_ascii_case(word.charset) {
                    collected.extend(bytes);
                    continue;
                }
                close(&mut out, pending.take());
            }
            _ => {
                close(&mut out, pending.take());
                out.push_str(between);
            }
        }
        pending = Some((word, bytes));
    }
    close(&mut out, pending);
    out.push_str(rest);
    tidy(&out)
}

/// A decoded word must not bring line ends or other control characters in.
fn tidy(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    clean.trim().to_owned()
}

fn close(out: &mut String, pending: Option<(Word<'_>, Vec<u8>)>) {
    if let Some((word, bytes)) = pending {
        let mut ignored = super::Notes::default();
        out.push_str(&charset::body_text(
            &bytes,
            Some(word.charset),
            &mut ignored,
        ));
    }
}

/// The encoded word at the start of `text` and its length.
fn word_at(text: &str) -> Option<(Word<'_>, usize)> {
    let inner = text.strip_prefix("=?")?;
    let (label, after) = inner.split_once('?')?;
    let (encoding, after) = after.split_once('?')?;
    let (payload, _) = after.split_once("?=")?;
    let base64 = match encoding {
        "b" | "B" => true,
        "q" | "Q" => false,
        _ => return None,
    };
    if label.is_empty() || label.contains(char::is_whitespace) || label.len() > 40 {
        return None;
    }
    // RFC 2231 allows a language behind the charset: "utf-8*en".
    let charset = label.split('*').next().unwrap_or(label);
    let length = 2 + label.len() + 1 + encoding.len() + 1 + payload.len() + 2;
    let word = Word {
        charset,
        base64,
        payload,
    };
    Some((word, length))
}

fn payload_bytes(word: &Word<'_>) -> Vec<u8> {
    if word.base64 {
        return transfer::base64(word.payload.as_bytes());
    }
    transfer::quoted_printable(word.payload.replace('_', " ").as_bytes())
}

/// Joins neighbouring encoded words of one charset and encoding before a parser of addresses sees
/// them, so that a character cut in two comes back whole.
pub(super) fn join_neighbours(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut last: Option<(&str, bool, bool)> = None;
    while let Some(start) = rest.find("=?") {
        let Some((word, length)) = word_at(&rest[start..]) else {
            last = None;
            out.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        };
        let between = &rest[..start];
        let whole = !word.payload.ends_with('=') && word.payload.len().is_multiple_of(4);
        let joins = between.trim().is_empty()
            && last == Some((word.charset, word.base64, true))
            && (!word.base64 || whole || word.payload.ends_with('='));
        if joins {
            out.truncate(out.len() - 2);
            out.push_str(word.payload);
            out.push_str("?=");
        } else {
            out.push_str(between);
            out.push_str(&rest[start..start + length]);
        }
        last = Some((word.charset, word.base64, !word.base64 || whole));
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_cut_between_two_words_comes_back_whole() {
        assert_eq!(
            decode("=?utf-8?Q?Gr=C3?= =?utf-8?Q?=BC=C3=9Fe?= aus Kiel"),
            "Grüße aus Kiel"
        );
        assert_eq!(
            join_neighbours("=?utf-8?Q?Gr=C3?=\r\n =?utf-8?Q?=BC=C3=9Fe?= <a@b.example>"),
            "=?utf-8?Q?Gr=C3=BC=C3=9Fe?= <a@b.example>"
        );
    }

    #[test]
    fn what_is_no_encoded_word_stays() {
        for text in ["1+1=?", "=?utf-8?X?abc?=", "=?utf-8?Q?open", "a =? b ?= c"] {
            assert_eq!(decode(text), text);
        }
    }

    #[test]
    fn an_encoded_line_break_starts_no_header() {
        assert_eq!(
            decode("=?utf-8?Q?Hi=0D=0ABcc:_x@y.example?="),
            "Hi  Bcc: x@y.example"
        );
    }

    #[test]
    fn charsets_of_east_and_west() {
        assert_eq!(
            decode("=?iso-2022-jp?B?GyRCJDMkcyRLJEEkTxsoQg==?="),
            "こんにちは"
        );
        assert_eq!(decode("=?iso-8859-1?Q?Fr=F6sche?="), "Frösche");
        assert_eq!(decode("=?gb2312?B?xOO6ww==?="), "你好");
    }
}
