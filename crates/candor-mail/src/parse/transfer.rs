//! Content transfer encodings, read leniently.
//!
//! Owns: base64 and quoted-printable. Must not know: charsets.

use std::borrow::Cow;

use super::Notes;
use crate::Defect;

/// The decoded bytes of a part.
pub(super) fn decode<'a>(body: &'a [u8], encoding: &str, notes: &mut Notes) -> Cow<'a, [u8]> {
    match encoding {
        "base64" => {
            let decoded = base64(body);
            let letters = body.iter().filter(|b| !b.is_ascii_whitespace()).count();
            // Text that was only labelled base64 decodes to far less than its length.
            if letters > 8 && decoded.len() * 2 < letters {
                notes.add(Defect::BadEncoding);
                return Cow::Borrowed(body);
            }
            Cow::Owned(decoded)
        }
        "quoted-printable" => Cow::Owned(quoted_printable(body)),
        "x-uuencode" | "uuencode" | "x-uue" | "uue" => uuencoded(body).map_or_else(
            || {
                notes.add(Defect::BadEncoding);
                Cow::Borrowed(body)
            },
            Cow::Owned,
        ),
        _ => Cow::Borrowed(body),
    }
}

/// What a byte stands for: a value below 64, [`SKIP`] or [`PAD`].
const LETTERS: [u8; 256] = letters();
/// No letter of base64: line ends, noise.
const SKIP: u8 = 64;
/// Padding.
const PAD: u8 = 65;

const fn letters() -> [u8; 256] {
    let mut table = [SKIP; 256];
    let order = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut value = 0;
    while value < 64 {
        table[order[value] as usize] = value as u8;
        value += 1;
    }
    // The letters of the variant for addresses (RFC 4648, 5).
    table[b'-' as usize] = 62;
    table[b'_' as usize] = 63;
    table[b'=' as usize] = PAD;
    table
}

/// Skips what is no base64 and goes on behind padding, where some programs join pieces.
pub(super) fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() * 3 / 4);
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for &byte in body {
        let value = LETTERS[usize::from(byte)];
        if value < SKIP {
            buffer = (buffer << 6) | u32::from(value);
            bits += 6;
            if bits == 24 {
                out.extend_from_slice(&buffer.to_be_bytes()[1..]);
                (buffer, bits) = (0, 0);
            }
        } else if value == PAD {
            flush(&mut out, buffer, bits);
            (buffer, bits) = (0, 0);
        }
    }
    flush(&mut out, buffer, bits);
    out
}

/// The whole bytes of a group that ended early.
fn flush(out: &mut Vec<u8>, buffer: u32, bits: u32) {
    let whole = buffer << (24 - bits);
    let bytes = whole.to_be_bytes();
    out.extend_from_slice(&bytes[1..=(bits / 8) as usize]);
}

/// Keeps what is no valid escape as it stands.
pub(super) fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        let text = super::header::without_line_end(line);
        let line_end = &line[text.len()..];
        let text = text.trim_ascii_end_blanks();
        let (text, soft) = match text.strip_suffix(b"=") {
            Some(text) => (text, true),
            None => (text, false),
        };
        unescape(text, &mut out);
        if !soft {
            out.extend_from_slice(line_end);
        }
    }
    out
}

/// The file between `begin` and `end`; `None` without a `begin` line.
fn uuencoded(body: &[u8]) -> Option<Vec<u8>> {
    let mut lines = body
        .split(|&byte| byte == b'\n')
        .skip_while(|line| !line.starts_with(b"begin "));
    lines.next()?;
    let mut out = Vec::with_capacity(body.len() * 3 / 4);
    for line in lines.take_while(|line| !line.starts_with(b"end")) {
        let Some((&first, groups)) = line.trim_ascii_end().split_first() else {
            continue;
        };
        let length = usize::from(first.wrapping_sub(b' ') & 63);
        let end = out.len() + length;
        for group in groups.chunks(4) {
            let bits = group
                .iter()
                .chain(std::iter::repeat(&b' '))
                .take(4)
                .fold(0_u32, |bits, &byte| {
                    (bits << 6) | u32::from(byte.wrapping_sub(b' ') & 63)
                });
            out.extend_from_slice(&bits.to_be_bytes()[1..]);
        }
        out.truncate(end);
    }
    Some(out)
}

trait TrimBlanks {
    fn trim_ascii_end_blanks(&self) -> &[u8];
}

impl TrimBlanks for [u8] {
    /// Blanks at a line's end were added on the way (RFC 2045, 6.7 (3)); blanks of the last piece
    /// without a line end belong to an encoded word and stay.
    fn trim_ascii_end_blanks(&self) -> &[u8] {
        let kept = self.iter().rposition(|&b| b != b' ' && b != b'\t');
        match kept {
            Some(last) if self[last] == b'=' => &self[..=last],
            _ => self,
        }
    }
}

fn unescape(text: &[u8], out: &mut Vec<u8>) {
    let mut at = 0;
    while at < text.len() {
        let hex = |offset: usize| {
            text.get(at + offset)
                .and_then(|&b| char::from(b).to_digit(16))
        };
        match (text[at], hex(1), hex(2)) {
            (b'=', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, _, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_survives_noise_and_joined_pieces() {
        assert_eq!(base64(b"SGVs\r\nbG8=\n!SGk="), b"HelloHi");
    }

    #[test]
    fn quoted_printable_survives_broken_escapes() {
        assert_eq!(
            quoted_printable(b"a=3Db =\r\nc=ZZ\r\nd= \ne"),
            b"a=b c=ZZ\r\nde"
        );
    }

    #[test]
    fn a_uuencoded_file_comes_out() {
        let mut notes = Notes::default();
        let body = b"begin 644 cat.txt\n#0V%T\n`\nend\n";
        assert_eq!(decode(body, "x-uuencode", &mut notes).as_ref(), b"Cat");
    }

    #[test]
    fn text_that_is_only_called_base64_is_kept() {
        let mut notes = Notes::default();
        let text = "Grüße, wir haben, äh, üble Öfen: ÄÖÜ ÄÖÜ ÄÖÜ ÄÖÜ ÄÖÜ ÄÖÜ ÄÖÜ ÄÖÜ".as_bytes();
        assert_eq!(decode(text, "base64", &mut notes).as_ref(), text);
        assert!(notes.0.contains(&Defect::BadEncoding));
    }
}
