//! Bytes to text when nobody says, or somebody lies about, the charset.
//!
//! Owns: which charset is believed. Must not know: where the bytes stood.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8};
use mail_parser::decoders::charsets::map::charset_decoder;

use super::Notes;
use crate::Defect;

/// How much is looked at to guess a charset.
const SAMPLE: usize = 16 * 1024;

/// A charset by its name in a header.
pub(super) fn by_label(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches(['"', '\'']);
    Encoding::for_label(label.as_bytes()).filter(|&encoding| encoding != REPLACEMENT)
}

/// An unfolded header value. Raw bytes outside ASCII are UTF-8, else in the charset of the body,
/// else guessed.
pub(super) fn header_text<'a>(
    value: &'a [u8],
    body: Option<&'static Encoding>,
    notes: &mut Notes,
) -> Cow<'a, str> {
    if !value.is_ascii() {
        notes.add(Defect::RawHeaderBytes);
    }
    let text = match std::str::from_utf8(value) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => body
            .filter(|&encoding| encoding != UTF_8)
            .and_then(|encoding| exact(encoding, value))
            .unwrap_or_else(|| guess(value).decode_without_bom_handling(value).0),
    };
    unfold(text)
}

fn unfold(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains(['\r', '\n', '\0']) {
        Cow::Owned(text.replace(['\r', '\n', '\0'], ""))
    } else {
        text
    }
}

/// A body. The declared charset is believed when the bytes fit it.
pub(super) fn body_text(bytes: &[u8], label: Option<&str>, notes: &mut Notes) -> String {
    let declared = label.and_then(by_label);
    if let Some(encoding) = declared
        && let Some(text) = exact(encoding, bytes)
    {
        return text.into_owned();
    }
    if declared.is_none()
        && let Some(decode) = label.and_then(|label| charset_decoder(label.as_bytes()))
    {
        return decode(bytes);
    }
    let named = label.is_some_and(|label| !label.eq_ignore_ascii_case("us-ascii"));
    if let Ok(text) = std::str::from_utf8(bytes) {
        if named && declared.is_none() {
            notes.add(Defect::BadCharset);
        }
        return text.trim_start_matches('\u{feff}').to_owned();
    }
    notes.add(Defect::BadCharset);
    if mostly_utf8(bytes) {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let encoding = guess(bytes);
    encoding.decode_with_bom_removal(bytes).0.into_owned()
}

fn exact<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    let (text, had_errors) = encoding.decode_with_bom_removal(bytes);
    (!had_errors).then_some(text)
}

/// A few broken bytes in UTF-8 are no reason to read the rest as something else.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let (mut good, mut bad) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if c == char::REPLACEMENT_CHARACTER {
            bad += 1;
        } else {
            good += 1;
        }
    }
    good > bad * 4
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The charset that an HTML page names itself.
pub(super) fn named_by_page(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let (_, after) = head.split_once("charset=")?;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
        .collect();
    (!label.is_empty()).then_some(label)
}
