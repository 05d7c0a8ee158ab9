//! RFC 2047 encoded words.
//!
//! Owns: decoding them in text that stands for itself (subjects, names). Must not know: the grammar
//! of addresses.

use super::{charset, transfer};

#[derive(Clone, Copy)]
struct Word<'a> {
    charset: &'a str,
    base64: bool,
    payload: &'a str,
}

/// The text with its encoded words decoded and its outer blanks gone.
///
/// Neighbouring words of one charset are decoded together: many programs cut them in the middle of
/// a character.
pub(super) fn decode(text: &str) -> String {
    tidy(&rewrite(text, str::to_owned))
}

/// The text with each run of encoded words as one word in UTF-8, which a parser of addresses or
/// parameters then decodes in its own place.
pub(super) fn as_utf8_words(text: &str) -> String {
    use base64::Engine as _;
    if !text.contains("=?") {
        return text.to_owned();
    }
    rewrite(text, |decoded| {
        let payload = base64::engine::general_purpose::STANDARD.encode(decoded);
        format!("=?utf-8?B?{payload}?=")
    })
}

fn rewrite(text: &str, write: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pending: Option<(&str, Vec<u8>)> = None;
    let mut rest = text;
    while let Some(start) = rest.find("=?") {
        let Some((word, length)) = word_at(&rest[start..]) else {
            close(&mut out, pending.take(), &write);
            out.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        };
        let between = &rest[..start];
        rest = &rest[start + length..];
        let bytes = payload_bytes(&word);
        match &mut pending {
            Some((charset, collected)) if between.trim().is_empty() => {
                if charset.eq_ignore_ascii_case(word.charset) {
                    collected.extend(bytes);
                    continue;
                }
                close(&mut out, pending.take(), &write);
            }
            _ => {
                close(&mut out, pending.take(), &write);
                out.push_str(between);
            }
        }
        pending = Some((word.charset, bytes));
    }
    close(&mut out, pending, &write);
    out.push_str(rest);
    out
}

fn close(out: &mut String, pending: Option<(&str, Vec<u8>)>, write: &impl Fn(&str) -> String) {
    if let Some((label, bytes)) = pending {
        let mut ignored = super::Notes::default();
        out.push_str(&write(&charset::body_text(
            &bytes,
            Some(label),
            &mut ignored,
        )));
    }
}

/// A decoded word must not bring line ends or other control characters in.
fn tidy(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    clean.trim().to_owned()
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

/// Raw letters inside a word were read into Unicode with the rest of the header; they go back to
/// the word's own charset.
fn payload_bytes(word: &Word<'_>) -> Vec<u8> {
    if word.base64 {
        return transfer::base64(word.payload.as_bytes());
    }
    let spaced = word.payload.replace('_', " ");
    match charset::by_label(word.charset) {
        Some(encoding) if !spaced.is_ascii() => {
            transfer::quoted_printable(&encoding.encode(&spaced).0)
        }
        _ => transfer::quoted_printable(spaced.as_bytes()),
    }
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
            as_utf8_words("=?utf-8?Q?Gr=C3?=\r\n =?utf-8?Q?=BC=C3=9Fe?= <a@b.example>"),
            "=?utf-8?B?R3LDvMOfZQ==?= <a@b.example>"
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
        assert_eq!(decode("=?iso-8859-1?Q?Frösche?="), "Frösche");
        assert_eq!(decode("=?gb2312?B?xOO6ww==?="), "你好");
    }
}
