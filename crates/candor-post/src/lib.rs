//! Sockets: for mail the SMTP listener, the SMTP sender and the Maildir, and TLS for everybody.
//!
//! Owns: the SMTP dialogue in both directions, its limits and timeouts, TLS on both sides and the
//! certificates for it, questions
//! to the DNS, signatures on mails, and plain words for what went wrong. Must not know: tickets,
//! mailboxes, storage, what a message says. The binary answers the listener's questions through
//! [`Intake`].

pub mod acme;
mod client_tls;
pub mod dkim;
pub mod dns;
mod envelope;
pub mod graph;
pub mod http;
pub mod imap;
pub mod intake;
pub mod listener;
pub mod maildir;
pub mod oauth;
mod reach;
pub mod sender;
pub mod sender_check;
pub mod server_tls;
#[doc(hidden)]
pub mod testing;

pub use envelope::{Envelope, IncomingMail, Peer};
pub use intake::{Accepted, BoxFuture, Intake, RecipientAnswer};
pub use listener::fronts::{Addresses, Fronts};
pub use listener::{ListenerConfig, Protocol, SmtpServer, limits::Limits};
pub use maildir::Maildir;
pub use sender::failure::{ConnectProblem, LoginProblem, SendFailure, TlsProblem};
pub use sender::relay::{Login, Relay, RelayError, RelayTls};
pub use sender::{Delivered, RefusedRecipient, Sender, SenderConfig};
pub use server_tls::{
    LiveCertificate, SecureDoor, SecureStream, ServerTls, ServerTlsError, Validity, keep_self_made,
    pages_config, write_private,
};
