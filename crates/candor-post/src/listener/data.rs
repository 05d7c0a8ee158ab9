//! Finding the end of a message in the stream.
//!
//! Owns: dot-unstuffing and the one sequence that ends a message. Must not know: sockets, replies.
//!
//! Only CR LF . CR LF ends a message. A lone CR or LF, before the dot or after it, is content and
//! nothing more: a sender behind a host with other ideas about line ends cannot smuggle a second
//! message into the first. Such content is accepted, because refusing it would lose real mail from
//! old devices, and it can harm nobody: nothing that comes in is ever passed on.

/// Takes a message apart from the stream, piece by piece.
#[derive(Debug)]
pub(super) struct DataReader {
    at: At,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// Behind CR LF, or at the very beginning.
    LineStart,
    /// Behind a dot at the start of a line; the dot is held back.
    Dot,
    /// Behind such a dot and a CR; both are held back.
    DotCr,
    /// Behind a CR within the text.
    Cr,
    /// Anywhere else.
    Middle,
}

/// What a piece of the stream amounted to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// All of it belongs to the message, and more follows.
    More,
    /// The message ended; so many bytes of the piece were used.
    End { used: usize },
}

impl DataReader {
    pub(super) fn new() -> Self {
        Self { at: At::LineStart }
    }

    /// Appends the content of `piece` to `out`. It never grows `out` by more than `piece` plus 1.
    pub(super) fn read(&mut self, piece: &[u8], out: &mut Vec<u8>) -> Progress {
        let mut next = 0;
        while let Some(&byte) = piece.get(next) {
            if self.at == At::Middle {
                let rest = &piece[next..];
                let run = rest.iter().position(|&b| b == b'\r').unwrap_or(rest.len());
                out.extend_from_slice(&rest[..run]);
                next += run;
                if run == rest.len() {
                    break;
                }
                out.push(b'\r');
                self.at = At::Cr;
                next += 1;
                continue;
            }
            next += 1;
            if self.step(byte, out) {
                return Progress::End { used: next };
            }
        }
        Progress::More
    }

    /// One byte near a line end; true when it ends the message.
    fn step(&mut self, byte: u8, out: &mut Vec<u8>) -> bool {
        self.at = match (self.at, byte) {
            (At::DotCr, b'\n') => {
                self.at = At::LineStart;
                return true;
            }
            (At::LineStart, b'.') => At::Dot,
            (At::Dot, b'\r') => At::DotCr,
            (At::DotCr, _) => {
                out.extend_from_slice(&[b'\r', byte]);
                if byte == b'\r' { At::Cr } else { At::Middle }
            }
            (At::Cr, b'\n') => {
                out.push(byte);
                At::LineStart
            }
            (_, b'\r') => {
                out.push(byte);
                At::Cr
            }
            _ => {
                out.push(byte);
                At::Middle
            }
        };
        false
    }
}

/// How many bytes the header section has: up to the first empty line, or all of them.
pub(super) fn header_length(raw: &[u8]) -> usize {
    let mut from = 0;
    while let Some(end) = raw[from..].iter().position(|&b| b == b'\n') {
        let line = &raw[from..from + end];
        if line.is_empty() || line == b"\r" {
            return from;
        }
        from += end + 1;
    }
    raw.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{DataReader, Progress, header_length};
    use crate::sender::wire::stuffed;

    /// Reads `stream` in pieces of `size` and gives the message and what follows it.
    fn split(stream: &[u8], size: usize) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut reader = DataReader::new();
        let mut out = Vec::new();
        let mut seen = 0;
        for piece in stream.chunks(size) {
            match reader.read(piece, &mut out) {
                Progress::More => seen += piece.len(),
                Progress::End { used } => return Some((out, stream[seen + used..].to_vec())),
            }
        }
        None
    }

    #[test]
    fn a_message_is_the_same_however_the_stream_is_cut() {
        let stream = b"A: b\r\n\r\n..dot\r\n...\r\nend\r\n.\r\nQUIT\r\n";
        for size in 1..=stream.len() {
            let (message, rest) = split(stream, size).expect("the message ends");
            assert_eq!(
                message, b"A: b\r\n\r\n.dot\r\n..\r\nend\r\n",
                "pieces of {size}"
            );
            assert_eq!(rest, b"QUIT\r\n");
        }
    }

    #[test]
    fn only_the_one_true_sequence_ends_a_message() {
        for ending in [
            "\n.\n",
            "\n.\r\n",
            "\r\n.\n",
            "\r.\r",
            "\r.\r\n",
            "\r\n.\r",
            "\r\n.\r\r\n",
            "\r\r\n.\r\r\n",
            "\n.\r",
            "\r\n\x00.\r\n",
            "\r\n.\x00\r\n",
            "\r\n..\r\n",
        ] {
            let stream = format!("text{ending}MAIL FROM:<x@y>\r\n");
            for size in 1..=stream.len() {
                assert_eq!(split(stream.as_bytes(), size), None, "{ending:?} by {size}");
            }
        }
    }

    #[test]
    fn an_empty_message_ends_at_once() {
        assert_eq!(split(b".\r\nrest", 2), Some((Vec::new(), b"rest".to_vec())));
    }

    #[test]
    fn one_leading_dot_is_taken_from_lines_that_have_more() {
        let (message, _) = split(b".a\r\n.\rb\r\n.\r\r\n.\r\n", 3).expect("the message ends");
        assert_eq!(message, b"a\r\n\rb\r\n\r\r\n");
    }

    #[test]
    fn the_header_section_ends_at_the_first_empty_line() {
        assert_eq!(header_length(b"A: b\r\n\r\nbody\r\n\r\n"), 6);
        assert_eq!(header_length(b"A: b\n\nbody"), 5);
        assert_eq!(header_length(b"A: b\r\nC: d"), 10);
    }

    /// Text in which every second byte matters.
    fn tricky() -> impl Strategy<Value = Vec<u8>> {
        let byte = prop_oneof![Just(b'\r'), Just(b'\n'), Just(b'.'), any::<u8>()];
        proptest::collection::vec(byte, 0..60)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn what_our_sender_sends_is_what_our_listener_reads(raw in tricky(), size in 1usize..9) {
            let (message, rest) = split(&stuffed(&raw), size).expect("the message ends");
            prop_assert_eq!(rest, b"");
            // The same text, with every kind of line end made CR LF.
            let lines = |text: &[u8]| -> Vec<Vec<u8>> {
                let text: Vec<u8> = String::from_utf8_lossy(text).replace("\r\n", "\n").into();
                text.split(|&b| b == b'\r' || b == b'\n').map(<[u8]>::to_vec).collect()
            };
            let mut expected = lines(&raw);
            if expected.last().is_some_and(|line| !line.is_empty()) {
                expected.push(Vec::new());
            }
            prop_assert_eq!(lines(&message), expected);
        }

        #[test]
        fn however_a_stream_is_cut_it_is_read_the_same(stream in tricky(), size in 1usize..9) {
            prop_assert_eq!(split(&stream, size), split(&stream, 1000));
        }
    }
}
