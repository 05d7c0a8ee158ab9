//! Whoever carries mail out of the house.
//!
//! Owns: the seam between the desk and the sockets. Must not know: SMTP, TLS, Maildir.

use candor_domain::id::MailboxId;
use candor_domain::text::one_line;
use candor_store::outbox::MailFault;
use std::future::Future;
use std::pin::Pin;

/// Characters that are kept of what the other side said.
const MOST_SAID: usize = 500;

/// A future as a value, so that the courier can be a trait object.
pub type Carrying<'a> = Pin<Box<dyn Future<Output = Result<(), SendFailure>> + Send + 'a>>;

/// How the connection to the mail server is kept private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelayTls {
    /// Encrypted after STARTTLS, or not at all.
    StartTls,
    /// Encrypted from the first byte.
    Implicit,
    /// In the clear; for a server on the same machine.
    None,
}

/// How a mail server lets us in. Its `Debug` shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub enum RelayLogin {
    /// With a password.
    Password {
        /// The user.
        user: String,
        /// The password.
        password: String,
    },
    /// With what the provider granted when somebody signed a mailbox in. Whoever carries gets a
    /// fresh token for it.
    SignIn {
        /// The user, most often the mailbox's address.
        user: String,
        /// The mailbox that is signed in.
        mailbox: MailboxId,
    },
}

impl std::fmt::Debug for RelayLogin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Password { .. } => "Password(..)",
            Self::SignIn { .. } => "SignIn(..)",
        })
    }
}

/// The mail server that takes our mail.
#[derive(Clone, PartialEq, Eq)]
pub struct Relay {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept private.
    pub tls: RelayTls,
    /// How it lets us in, where it asks.
    pub login: Option<RelayLogin>,
}

impl std::fmt::Debug for Relay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Relay({}:{}, {:?})", self.host, self.port, self.tls)
    }
}

/// The addresses on the outside of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailEnvelope {
    /// Where refusals go.
    pub mail_from: String,
    /// Everybody who gets it.
    pub recipients: Vec<String>,
}

/// Why a mail did not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{explanation}")]
pub struct SendFailure {
    /// No later try would help.
    pub permanent: bool,
    /// The id under which the sentence is translated, such as `send-failure-refused`; empty where
    /// there is none.
    pub id: &'static str,
    /// What the other side said, word for word; empty where it said nothing.
    pub detail: String,
    /// In plain English, for the log and the list of jobs.
    pub explanation: String,
}

impl SendFailure {
    /// What is kept of it: the id and what the other side said, so that each reader gets the
    /// sentence in their own language.
    pub fn fault(&self) -> MailFault {
        let said = if self.id.is_empty() {
            &self.explanation
        } else {
            &self.detail
        };
        MailFault {
            id: self.id.to_owned(),
            detail: one_line(said, MOST_SAID),
        }
    }
}

/// Carries mail out. The binary implements it over sockets and folders.
pub trait Courier: Send + Sync + 'static {
    /// Hands the bytes to the mail server; returns after it took responsibility.
    fn send<'a>(
        &'a self,
        relay: &'a Relay,
        envelope: &'a MailEnvelope,
        raw: &'a [u8],
    ) -> Carrying<'a>;

    /// Knocks at the mail server and logs in, without sending anything.
    fn check<'a>(&'a self, relay: &'a Relay) -> Carrying<'a>;

    /// Puts the bytes into the folder for mail that cannot leave; secret mail into a folder of its
    /// own that no page shows.
    fn keep<'a>(&'a self, raw: &'a [u8], secret: bool) -> Carrying<'a>;
}
