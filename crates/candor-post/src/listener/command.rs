//! From a command line to a command.
//!
//! Owns: which requests we understand and the reply to those that are wrong in themselves.
//! Must not know: what came before.

use smtp_proto::{Error, MAIL_BODY_BINARYMIME, MAIL_SMTPUTF8, Request};

use super::reply::{self, Reply};
use super::xclient::{self, Client};

/// What a sender may ask for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Command {
    Hello {
        host: String,
        extended: bool,
    },
    /// The greeting of LMTP.
    LocalHello(String),
    /// Whose mail a front passes on.
    Client(Client),
    Mail {
        from: String,
        size: usize,
    },
    Recipient(String),
    Data,
    StartTls,
    Reset,
    Noop,
    Help,
    Verify,
    Quit,
}

/// Openings of other protocols that a browser or proxy can be tricked into speaking to us.
const FOREIGN: [&[u8]; 6] = [
    b"GET ",
    b"POST ",
    b"PUT ",
    b"HEAD ",
    b"OPTIONS ",
    b"CONNECT ",
];

/// Reads one complete line.
pub(super) fn parse(line: &[u8]) -> Result<Command, Reply> {
    if FOREIGN.iter().any(|start| line.starts_with(start)) {
        return Err(Reply::last("421 4.7.0 This is a mail server"));
    }
    if let Some(client) = xclient::parse(line) {
        return client
            .map(Command::Client)
            .map_err(|()| Reply::new(reply::BAD_CLIENT));
    }
    let request = Request::parse(&mut line.iter()).map_err(|error| refusal(&error))?;
    let command = match request {
        Request::Ehlo { host } => Command::Hello {
            host: host.into_owned(),
            extended: true,
        },
        Request::Helo { host } => Command::Hello {
            host: host.into_owned(),
            extended: false,
        },
        Request::Mail { from } => {
            if from.flags & MAIL_BODY_BINARYMIME != 0 {
                return Err(Reply::new(reply::BAD_PARAMETER));
            }
            if !from.address.is_ascii() && from.flags & MAIL_SMTPUTF8 == 0 {
                return Err(Reply::new(reply::NEEDS_UTF8));
            }
            Command::Mail {
                from: from.address.into_owned(),
                size: from.size,
            }
        }
        // The parser reports `<postmaster>` without its name.
        Request::Rcpt { to } if to.address.is_empty() => Command::Recipient("postmaster".into()),
        Request::Rcpt { to } => Command::Recipient(to.address.into_owned()),
        Request::Data => Command::Data,
        Request::StartTls => Command::StartTls,
        Request::Rset => Command::Reset,
        Request::Noop { .. } => Command::Noop,
        Request::Help { .. } => Command::Help,
        Request::Vrfy { .. } => Command::Verify,
        Request::Quit => Command::Quit,
        Request::Lhlo { host } => Command::LocalHello(host.into_owned()),
        Request::Bdat { .. }
        | Request::Auth { .. }
        | Request::Expn { .. }
        | Request::Etrn { .. }
        | Request::Atrn { .. }
        | Request::Burl { .. } => return Err(Reply::new(reply::NOT_OFFERED)),
    };
    Ok(command)
}

fn refusal(error: &Error) -> Reply {
    match error {
        Error::InvalidSenderAddress => Reply::new(reply::BAD_SENDER),
        Error::InvalidRecipientAddress => Reply::new(reply::BAD_RECIPIENT),
        Error::SyntaxError { syntax } => Reply::new(format!("501 5.5.2 Expected: {syntax}")),
        Error::InvalidParameter { param } => {
            Reply::new(format!("501 5.5.4 Invalid parameter {param}"))
        }
        Error::UnsupportedParameter { .. } => Reply::new(reply::BAD_PARAMETER),
        Error::UnknownCommand
        | Error::NeedsMoreData { .. }
        | Error::ResponseTooLong
        | Error::InvalidResponse { .. } => Reply::new(reply::UNKNOWN),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Command, parse};

    fn said(line: &str) -> String {
        let mut out = Vec::new();
        match parse(line.as_bytes()) {
            Ok(command) => return format!("{command:?}"),
            Err(reply) => reply.write(&mut out),
        }
        String::from_utf8_lossy(&out[..9]).into_owned()
    }

    #[test]
    fn the_null_sender_and_the_bare_postmaster_are_understood() {
        let null = Command::Mail {
            from: String::new(),
            size: 0,
        };
        assert_eq!(parse(b"MAIL FROM:<>\r\n"), Ok(null));
        let postmaster = Command::Recipient("postmaster".into());
        assert_eq!(parse(b"RCPT TO:<Postmaster>\r\n"), Ok(postmaster));
    }

    #[test]
    fn what_is_wrong_in_itself_gets_the_fitting_code() {
        for (line, code) in [
            ("FOO\r\n", "500 5.5.1"),
            ("\r\n", "500 5.5.1"),
            ("EHLO\r\n", "501 5.5.2"),
            ("MAIL FROM:ann@example.org\r\n", "501 5.5.2"),
            ("MAIL FROM:<ann>\r\n", "553 5.1.7"),
            ("MAIL FROM:<änn@example.org>\r\n", "553 5.6.7"),
            ("MAIL FROM:<a@b.c> BODY=BINARYMIME\r\n", "555 5.5.4"),
            ("MAIL FROM:<a@b.c> FUTURE=1\r\n", "555 5.5.4"),
            ("RCPT TO:<a b@c>\r\n", "553 5.1.3"),
            ("AUTH PLAIN AGEAYg==\r\n", "502 5.5.1"),
            ("BDAT 10 LAST\r\n", "502 5.5.1"),
            ("POST / HTTP/1.1\r\n", "421 4.7.0"),
        ] {
            assert_eq!(said(line), code, "{line:?}");
        }
    }

    proptest! {
        #[test]
        fn no_line_can_make_the_parser_panic(
            word in "(MAIL FROM:|RCPT TO:|EHLO|BDAT|AUTH|)", rest: Vec<u8>,
        ) {
            let mut line = word.into_bytes();
            line.extend(rest.into_iter().filter(|byte| !b"\r\n\0".contains(byte)));
            line.extend(b"\r\n");
            // An address that comes out of it holds nothing that could start a new line.
            if let Ok(Command::Mail { from: address, .. } | Command::Recipient(address)) = parse(&line) {
                prop_assert!(!address.contains(['\r', '\n', '\0']));
            }
        }
    }
}
