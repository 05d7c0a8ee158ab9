//! What can go wrong when a message is handed over, in plain words.
//!
//! Owns: the kinds of failure, their stable ids, whether trying again can help, the English text.
//! Must not know: retries, outboxes, other languages (they translate by id).

use super::relay::Login;

/// Why a message was not handed over.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.explain())]
pub enum SendFailure {
    /// The relay said "not now" (a code from 400 to 499).
    Temporary {
        /// The reply code.
        code: u16,
        /// The reply in the relay's words.
        text: String,
    },
    /// The relay said "never" (a code from 500 to 599).
    Permanent {
        /// The reply code.
        code: u16,
        /// The reply in the relay's words.
        text: String,
    },
    /// There is no conversation with the relay.
    Connect(ConnectProblem),
    /// The connection cannot be protected.
    Tls(TlsProblem),
    /// The relay does not let us in.
    Login(LoginProblem),
    /// The connection broke after the whole message was sent and before the relay confirmed it:
    /// it may have arrived.
    Unconfirmed,
    /// The message has addresses or bytes that the relay says it cannot carry, or addresses that
    /// are none.
    Unsuitable {
        /// What the relay lacks or what is wrong.
        what: String,
    },
}

/// Why there is no conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectProblem {
    /// The host's name is unknown.
    NoSuchHost,
    /// Nothing listens on that port.
    Refused,
    /// No answer in time.
    TimedOut,
    /// The connection ended before the message was sent.
    Broken,
    /// The answer is no SMTP.
    NotSmtp,
    /// The relay waits for TLS although none was to be used at the start (usually port 465).
    ExpectsTls,
    /// The relay is another host and the connection would be unprotected.
    NotLoopback,
}

/// Why the connection cannot be protected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsProblem {
    /// The relay does not offer STARTTLS.
    NotOffered,
    /// The relay speaks in the clear at first (usually port 587 or 25).
    ExpectsStartTls,
    /// The certificate comes from nobody we trust, such as the relay itself.
    UnknownIssuer,
    /// The certificate is for another name.
    WrongName,
    /// The certificate has expired or is not valid yet.
    OutOfDate,
    /// The extra certificate authorities cannot be read.
    BadRoots,
    /// Anything else, in the library's words.
    Other(String),
}

/// Why the relay does not let us in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginProblem {
    /// User or password is wrong, in the relay's words.
    Rejected {
        /// The reply code.
        code: u16,
        /// The reply text.
        text: String,
    },
    /// The provider does not take what it granted when the mailbox was signed in.
    TokenRefused {
        /// The reply code.
        code: u16,
        /// The reply text.
        text: String,
    },
    /// Sending over SMTP is switched off for this account, or for the whole organization.
    SwitchedOff {
        /// The reply code.
        code: u16,
        /// The reply text.
        text: String,
    },
    /// The sign-in does not hold the right to send.
    NoRight {
        /// The reply code.
        code: u16,
        /// The reply text.
        text: String,
    },
    /// The relay takes no sign-in, only passwords.
    NoTokens,
    /// The relay offers no way of logging in that we know.
    NotOffered,
    /// The relay wants a login and none is configured.
    Required {
        /// The reply code.
        code: u16,
        /// The reply text.
        text: String,
    },
}

impl SendFailure {
    /// A stable id, under which the sentence is translated.
    pub fn id(&self) -> &'static str {
        match self {
            Self::Temporary { .. } => "send-failure-temporary",
            Self::Permanent { .. } => "send-failure-permanent",
            Self::Connect(ConnectProblem::NoSuchHost) => "send-failure-no-such-host",
            Self::Connect(ConnectProblem::Refused) => "send-failure-refused",
            Self::Connect(ConnectProblem::TimedOut) => "send-failure-timed-out",
            Self::Connect(ConnectProblem::Broken) => "send-failure-broken",
            Self::Connect(ConnectProblem::NotSmtp) => "send-failure-not-smtp",
            Self::Connect(ConnectProblem::ExpectsTls) => "send-failure-expects-tls",
            Self::Connect(ConnectProblem::NotLoopback) => "send-failure-not-loopback",
            Self::Tls(TlsProblem::NotOffered) => "send-failure-tls-not-offered",
            Self::Tls(TlsProblem::ExpectsStartTls) => "send-failure-expects-starttls",
            Self::Tls(TlsProblem::UnknownIssuer) => "send-failure-unknown-issuer",
            Self::Tls(TlsProblem::WrongName) => "send-failure-wrong-name",
            Self::Tls(TlsProblem::OutOfDate) => "send-failure-out-of-date",
            Self::Tls(TlsProblem::BadRoots) => "send-failure-bad-roots",
            Self::Tls(TlsProblem::Other(_)) => "send-failure-tls",
            Self::Login(LoginProblem::Rejected { .. }) => "send-failure-login-rejected",
            Self::Login(LoginProblem::TokenRefused { .. }) => "send-failure-token-refused",
            Self::Login(LoginProblem::SwitchedOff { .. }) => "send-failure-switched-off",
            Self::Login(LoginProblem::NoRight { .. }) => "send-failure-no-right",
            Self::Login(LoginProblem::NoTokens) => "send-failure-no-tokens",
            Self::Login(LoginProblem::NotOffered) => "send-failure-login-not-offered",
            Self::Login(LoginProblem::Required { .. }) => "send-failure-login-required",
            Self::Unconfirmed => "send-failure-unconfirmed",
            Self::Unsuitable { .. } => "send-failure-unsuitable",
        }
    }

    /// What the other side said, word for word: shown beside the translated sentence.
    pub fn detail(&self) -> Option<String> {
        match self {
            Self::Temporary { code, text }
            | Self::Permanent { code, text }
            | Self::Login(
                LoginProblem::Rejected { code, text }
                | LoginProblem::TokenRefused { code, text }
                | LoginProblem::SwitchedOff { code, text }
                | LoginProblem::NoRight { code, text }
                | LoginProblem::Required { code, text },
            ) => Some(format!("{code} {text}")),
            Self::Tls(TlsProblem::Other(what)) | Self::Unsuitable { what } => Some(what.clone()),
            _ => None,
        }
    }

    /// Whether the same message can never be handed over to this relay, however often it is tried.
    ///
    /// A wrong login or certificate is not permanent in this sense: somebody will put it right,
    /// and the message should leave then.
    pub fn is_permanent(&self) -> bool {
        matches!(self, Self::Permanent { .. } | Self::Unsuitable { .. })
    }

    /// Whether a sign-in was refused at the door, so that another way may still be open to it.
    pub fn refuses_sign_in(&self) -> bool {
        matches!(
            self,
            Self::Login(
                LoginProblem::TokenRefused { .. }
                    | LoginProblem::SwitchedOff { .. }
                    | LoginProblem::NoTokens
            )
        )
    }

    /// One or two sentences in English for the person who set up the relay.
    pub fn explain(&self) -> String {
        let sentence = self.sentence();
        match self.detail() {
            Some(detail) => format!("{sentence} ({detail})"),
            None => sentence.to_owned(),
        }
    }

    fn sentence(&self) -> &'static str {
        match self {
            Self::Temporary { .. } => {
                "The mail server cannot take the message at the moment. We will try again."
            }
            Self::Permanent { .. } => "The mail server refused the message for good.",
            Self::Connect(problem) => problem.sentence(),
            Self::Tls(problem) => problem.sentence(),
            Self::Login(problem) => problem.sentence(),
            Self::Unconfirmed => {
                "The connection broke before the mail server confirmed the message. \
                 It may have arrived; sending it again may deliver it twice."
            }
            Self::Unsuitable { .. } => "This mail server cannot carry the message.",
        }
    }
}

impl ConnectProblem {
    fn sentence(self) -> &'static str {
        match self {
            Self::NoSuchHost => "There is no mail server of that name. Check the spelling.",
            Self::Refused => "Nothing answers on that port. Check the port: 587 and 465 are usual.",
            Self::TimedOut => {
                "The mail server does not answer. Check host and port; \
                 many networks block port 25."
            }
            Self::Broken => "The mail server ended the connection. We will try again.",
            Self::NotSmtp => "What answers on that port is not a mail server. Check host and port.",
            Self::ExpectsTls => {
                "The mail server expects TLS from the start on this port. \
                 Choose TLS instead of STARTTLS, or port 587."
            }
            Self::NotLoopback => {
                "The connection would not be protected, and the mail server is another computer. \
                 Choose STARTTLS or TLS."
            }
        }
    }
}

impl TlsProblem {
    fn sentence(&self) -> &'static str {
        match self {
            Self::NotOffered => {
                "The mail server does not offer STARTTLS on this port. \
                 Try TLS on port 465, or ask your provider."
            }
            Self::ExpectsStartTls => {
                "The mail server begins without TLS on this port. \
                 Choose STARTTLS instead of TLS, or port 465."
            }
            Self::UnknownIssuer => {
                "The mail server's certificate comes from nobody we know. If the server is yours, \
                 add its certificate authority to the settings."
            }
            Self::WrongName => {
                "The mail server's certificate is for another name. \
                 Use the name that your provider gives for the server."
            }
            Self::OutOfDate => "The mail server's certificate has expired or is not valid yet.",
            Self::BadRoots => "The extra certificate authorities in the settings cannot be read.",
            Self::Other(_) => "No protected connection to the mail server is possible.",
        }
    }
}

/// What Microsoft says where SMTP is switched off (5.7.139), in code and words.
const SWITCHED_OFF: [&str; 2] = ["5.7.139", "SmtpClientAuthentication"];

impl LoginProblem {
    /// What a refused login means.
    pub(super) fn of(login: &Login, code: u16, text: String) -> Self {
        if SWITCHED_OFF.iter().any(|words| text.contains(words)) {
            return Self::SwitchedOff { code, text };
        }
        match login {
            Login::Password { .. } => Self::Rejected { code, text },
            Login::Bearer { .. } => Self::TokenRefused { code, text },
        }
    }

    fn sentence(&self) -> &'static str {
        match self {
            Self::Rejected { .. } => {
                "The mail server does not accept this user and password. \
                 Some providers need an app password here."
            }
            Self::TokenRefused { .. } => {
                "The provider does not take the sign-in for sending. Sign the mailbox in again."
            }
            Self::SwitchedOff { .. } => {
                "Sending over SMTP is switched off for this mailbox. An administrator switches on \
                 \"Authenticated SMTP\" for it, or allows Mail.Send."
            }
            Self::NoRight { .. } => {
                "The sign-in does not hold the right to send. Add the permission Mail.Send and \
                 sign in again."
            }
            Self::NoTokens => {
                "The mail server takes no sign-in, only passwords. Enter an app password."
            }
            Self::NotOffered => {
                "The mail server offers no login that we know. \
                 Try without user and password, or with TLS."
            }
            Self::Required { .. } => "The mail server wants a user and password first.",
        }
    }
}
