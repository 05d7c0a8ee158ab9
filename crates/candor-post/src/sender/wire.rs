//! A message as it crosses the wire.
//!
//! Owns: line ends and dot-stuffing. Must not know: sockets, headers.

/// What ends a message, behind the line end of its last line.
pub(crate) const END: &[u8] = b".\r\n";

/// The message ready for DATA: dots stuffed, the ending sequence appended.
///
/// A message with CR LF line ends crosses unchanged. A lone CR or LF becomes CR LF: some servers
/// take one for a line end, and a customer's text must not end our message for them.
pub(crate) fn stuffed(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() + raw.len() / 64 + 8);
    let mut rest = raw;
    while !rest.is_empty() {
        let end = rest.iter().position(|&b| b == b'\r' || b == b'\n');
        let (line, after) = match end {
            None => (rest, &rest[rest.len()..]),
            Some(end) => {
                let width = if rest[end..].starts_with(b"\r\n") {
                    2
                } else {
                    1
                };
                (&rest[..end], &rest[end + width..])
            }
        };
        if line.first() == Some(&b'.') {
            out.push(b'.');
        }
        out.extend_from_slice(line);
        out.extend_from_slice(b"\r\n");
        rest = after;
    }
    out.extend_from_slice(END);
    out
}

#[cfg(test)]
mod tests {
    use super::stuffed;

    #[test]
    fn a_well_formed_message_crosses_unchanged() {
        assert_eq!(stuffed(b"A: b\r\n\r\nhi\r\n"), b"A: b\r\n\r\nhi\r\n.\r\n");
    }

    #[test]
    fn leading_dots_are_doubled() {
        assert_eq!(
            stuffed(b".\r\n..x\r\na.b\r\n"),
            b"..\r\n...x\r\na.b\r\n.\r\n"
        );
    }

    #[test]
    fn no_content_can_end_the_message_early() {
        for hostile in [
            "\n.\n",
            "\r\n.\r\n",
            "\r.\r",
            "\n.\r\n",
            "\r.\r\n",
            "\r\n.\r",
            "\r\r\n.\r\r\n",
        ] {
            let sent = stuffed(format!("text{hostile}MAIL FROM:<x@y>").as_bytes());
            let sent = String::from_utf8(sent).expect("ASCII");
            let body = sent.strip_suffix("\r\n.\r\n").expect("ended");
            let bare = body.replace("\r\n", "");
            assert!(!bare.contains(['\r', '\n']), "{hostile:?} gave {sent:?}");
            assert!(!body.contains("\r\n.\r\n"), "{hostile:?} gave {sent:?}");
        }
    }

    #[test]
    fn the_last_line_gets_its_end() {
        assert_eq!(stuffed(b"no end"), b"no end\r\n.\r\n");
        assert_eq!(stuffed(b""), b".\r\n");
    }
}
