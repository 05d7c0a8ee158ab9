//! What the listener says.
//!
//! Owns: every reply with its code and enhanced code. Must not know: when each is due.

/// One reply: its code, its enhanced code and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    text: String,
    /// The connection ends after it.
    pub(super) last: bool,
}

impl Reply {
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            last: false,
        }
    }

    pub(super) fn last(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            last: true,
        }
    }

    /// The bytes on the wire; each line of the text becomes one of the reply.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let (code, words) = self.text.split_at(4);
        let mut lines = words.lines().peekable();
        while let Some(line) = lines.next() {
            out.extend_from_slice(&code.as_bytes()[..3]);
            out.push(if lines.peek().is_some() { b'-' } else { b' ' });
            out.extend_from_slice(line.as_bytes());
            out.extend_from_slice(b"\r\n");
        }
    }
}

/// A reason that came from elsewhere, fit for one reply line.
pub(super) fn one_line(reason: &str) -> String {
    let printable = |c: char| {
        if c == ' ' || c.is_ascii_graphic() {
            c
        } else {
            ' '
        }
    };
    reason.chars().take(200).map(printable).collect()
}

pub(super) const OK: &str = "250 2.0.0 OK";
pub(super) const SENDER_OK: &str = "250 2.1.0 Sender OK";
pub(super) const RECIPIENT_OK: &str = "250 2.1.5 Recipient OK";
pub(super) const GO_AHEAD: &str = "354 End the message with a dot on a line by itself";
pub(super) const TLS_READY: &str = "220 2.0.0 Ready to start TLS";
pub(super) const BYE: &str = "221 2.0.0 Goodbye";
pub(super) const HELP: &str = "214 2.0.0 This host takes mail for its own mailboxes only";
pub(super) const CANNOT_VERIFY: &str = "252 2.5.0 Cannot verify, send a message to find out";

pub(super) const CLOSING: &str = "421 4.3.2 Shutting down, please try again shortly";
pub(super) const TOO_SLOW: &str = "421 4.4.2 Waited too long, please try again";
pub(super) const SESSION_OVER: &str = "421 4.4.2 This connection was open long enough";
pub(super) const TOO_MANY: &str = "421 4.3.2 Too many connections, please try again";
pub(super) const TOO_MANY_FROM_YOU: &str = "421 4.7.0 Too many connections from your address";
pub(super) const TOO_MANY_ERRORS: &str = "421 4.7.0 Too many errors";
pub(super) const TOO_MUCH_TALK: &str = "421 4.7.0 Too many commands without a message";
pub(super) const BUSY: &str = "451 4.3.0 Busy, please try again shortly";
pub(super) const FULL: &str = "452 4.3.1 No room at the moment, please try again later";
pub(super) const TOO_MANY_RECIPIENTS: &str = "452 4.5.3 Too many recipients for one message";
pub(super) const TLS_UNAVAILABLE: &str = "454 4.7.0 TLS is not available here";

pub(super) const UNKNOWN: &str = "500 5.5.1 Unknown command";
pub(super) const LINE_TOO_LONG: &str = "500 5.5.6 Command line too long";
pub(super) const BAD_LINE_END: &str =
    "500 5.5.2 A command line ends with CR LF and holds neither alone";
pub(super) const BAD_SENDER: &str = "553 5.1.7 The sender address is not valid";
pub(super) const BAD_RECIPIENT: &str = "553 5.1.3 The recipient address is not valid";
pub(super) const NEEDS_UTF8: &str = "553 5.6.7 An address beyond ASCII needs SMTPUTF8";
pub(super) const BAD_CLIENT: &str = "501 5.5.4 These attributes cannot be read";
pub(super) const WRONG_HELLO: &str = "503 5.5.1 Another greeting is spoken here";
pub(super) const NOT_A_FRONT: &str = "550 5.7.0 You may not speak for others";
pub(super) const NOT_OFFERED: &str = "502 5.5.1 Not offered here";
pub(super) const BAD_PARAMETER: &str = "555 5.5.4 Parameter not supported";
pub(super) const HELLO_FIRST: &str = "503 5.5.1 Say EHLO first";
pub(super) const SENDER_FIRST: &str = "503 5.5.1 Give a sender with MAIL first";
pub(super) const RECIPIENT_FIRST: &str = "503 5.5.1 Give a valid recipient with RCPT first";
pub(super) const SENDER_GIVEN: &str = "503 5.5.1 A sender was given already";
pub(super) const ENCRYPTED_ALREADY: &str = "503 5.5.1 TLS is in use already";
pub(super) const NOT_OURS: &str = "550 5.1.1 No such mailbox here";
pub(super) const TOO_LARGE: &str = "552 5.3.4 The message is larger than this host accepts";
pub(super) const HEADERS_TOO_LARGE: &str = "552 5.3.4 The message's header section is too long";

#[cfg(test)]
mod tests {
    use super::{Reply, one_line};

    #[test]
    fn a_reply_of_many_lines_marks_all_but_the_last() {
        let mut out = Vec::new();
        Reply::new("250 desk.example\nSIZE 10\nPIPELINING").write(&mut out);
        assert_eq!(
            out,
            b"250-desk.example\r\n250-SIZE 10\r\n250 PIPELINING\r\n"
        );
    }

    #[test]
    fn a_reason_cannot_break_out_of_its_line() {
        assert_eq!(one_line("no\r\n250 yes \u{fc}"), "no  250 yes  ");
    }
}
