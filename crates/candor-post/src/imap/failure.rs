//! What can go wrong when mail is fetched.
//!
//! Owns: the kinds of failure and their stable ids. Must not know: retries, languages (the pages
//! translate by id).

use crate::reach::ReachFailure;
use crate::sender::failure::{ConnectProblem, TlsProblem};

/// Why mail could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImapFailure {
    /// There is no conversation with the server.
    #[error("no connection: {0:?}")]
    Connect(ConnectProblem),
    /// The connection cannot be protected.
    #[error("no protected connection: {0:?}")]
    Tls(TlsProblem),
    /// The server does not let us in, in its words.
    #[error("login refused: {0}")]
    Login(String),
    /// The folder cannot be opened, in the server's words.
    #[error("the folder cannot be opened: {0}")]
    Folder(String),
    /// The server cannot move mails to another folder.
    #[error("the server cannot move mails")]
    NoMove,
    /// The server refused a command, in its words.
    #[error("refused: {0}")]
    Refused(String),
    /// What was said makes no sense to us.
    #[error("not understood: {0}")]
    NotUnderstood(String),
    /// The desk could not keep a mail at the moment.
    #[error("the desk could not keep a mail")]
    NotKept,
}

impl ImapFailure {
    /// A stable id, under which the sentence is translated.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Connect(ConnectProblem::NoSuchHost) => "imap-failure-no-such-host",
            Self::Connect(ConnectProblem::Refused) => "imap-failure-refused",
            Self::Connect(ConnectProblem::TimedOut) => "imap-failure-timed-out",
            Self::Connect(ConnectProblem::ExpectsTls) => "imap-failure-expects-tls",
            Self::Connect(ConnectProblem::NotLoopback) => "imap-failure-not-loopback",
            Self::Connect(_) => "imap-failure-broken",
            Self::Tls(TlsProblem::NotOffered) => "imap-failure-tls-not-offered",
            Self::Tls(TlsProblem::ExpectsStartTls) => "imap-failure-expects-starttls",
            Self::Tls(TlsProblem::UnknownIssuer) => "imap-failure-unknown-issuer",
            Self::Tls(TlsProblem::WrongName) => "imap-failure-wrong-name",
            Self::Tls(TlsProblem::OutOfDate) => "imap-failure-out-of-date",
            Self::Tls(_) => "imap-failure-tls",
            Self::Login(_) => "imap-failure-login",
            Self::Folder(_) => "imap-failure-folder",
            Self::NoMove => "imap-failure-no-move",
            Self::Refused(_) => "imap-failure-command",
            Self::NotUnderstood(_) => "imap-failure-not-understood",
            Self::NotKept => "imap-failure-not-kept",
        }
    }

    /// What the other side said, word for word: shown beside the translated sentence.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Tls(TlsProblem::Other(text))
            | Self::Login(text)
            | Self::Folder(text)
            | Self::Refused(text)
            | Self::NotUnderstood(text) => Some(text),
            _ => None,
        }
    }

    /// Whether somebody has to change a setting first. Trying such a login again and again would
    /// lock the account at some providers.
    pub fn needs_a_person(&self) -> bool {
        match self {
            Self::Login(text) | Self::Folder(text) => !passes_by_itself(text),
            Self::NoMove
            | Self::Tls(_)
            | Self::Connect(
                ConnectProblem::NoSuchHost
                | ConnectProblem::ExpectsTls
                | ConnectProblem::NotLoopback,
            ) => true,
            _ => false,
        }
    }
}

/// Whether a server's refusal is about the server and not about us: the codes of RFC 5530 for what
/// passes, and what large providers say without a code.
fn passes_by_itself(text: &str) -> bool {
    const WORDS: [&str; 10] = [
        "[unavailable]",
        "[inuse]",
        "[limit]",
        "[serverbug]",
        "mailbox is locked",
        "too many simultaneous connections",
        "authenticated but not connected",
        "server unavailable",
        "temporar",
        "try again",
    ];
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

impl From<ReachFailure> for ImapFailure {
    fn from(failure: ReachFailure) -> Self {
        match failure {
            ReachFailure::Connect(problem) => Self::Connect(problem),
            ReachFailure::Tls(problem) => Self::Tls(problem),
        }
    }
}

impl From<async_imap::error::Error> for ImapFailure {
    fn from(error: async_imap::error::Error) -> Self {
        use async_imap::error::Error;
        match error {
            Error::Io(_) | Error::ConnectionLost => Self::Connect(ConnectProblem::Broken),
            Error::No(text) | Error::Bad(text) => Self::Refused(text),
            other => Self::NotUnderstood(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_in_trouble_needs_nobody() {
        for passing in [
            "code: None, info: Some(\"[UNAVAILABLE] Temporary authentication failure.\")",
            "[INUSE] Timeout while waiting for lock",
            "Mailbox is locked, will abort in 91 seconds",
            "[ALERT] Too many simultaneous connections. (Failure)",
            "User is authenticated but not connected.",
            "Server Unavailable. 15",
        ] {
            assert!(!ImapFailure::Login(passing.to_owned()).needs_a_person());
            assert!(!ImapFailure::Folder(passing.to_owned()).needs_a_person());
        }
        for lasting in [
            "[AUTHENTICATIONFAILED] Invalid credentials (Failure)",
            "LOGIN failed.",
            "[NONEXISTENT] Unknown Mailbox: Orders",
        ] {
            assert!(ImapFailure::Login(lasting.to_owned()).needs_a_person());
            assert!(ImapFailure::Folder(lasting.to_owned()).needs_a_person());
        }
    }
}
