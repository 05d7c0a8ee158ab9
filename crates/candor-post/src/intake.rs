//! The questions the listener asks of whoever keeps the mail.
//!
//! Owns: the seam between socket and desk. Must not know: how a message is stored.

use std::future::Future;
use std::pin::Pin;

use crate::IncomingMail;

/// A future behind a pointer, so that [`Intake`] can be a trait object.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Keeps what the listener takes in.
pub trait Intake: Send + Sync + 'static {
    /// Whether mail for this address is ours. The address is as written, `postmaster` without a
    /// domain included.
    fn recipient<'a>(&'a self, address: &'a str) -> BoxFuture<'a, RecipientAnswer>;

    /// Stores a message durably. The sender hears 250 only when this says [`Accepted::Stored`].
    fn accept(&self, mail: IncomingMail) -> BoxFuture<'_, Accepted>;
}

/// Whether an address is one of our mailboxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecipientAnswer {
    /// It is: 250.
    Ours,
    /// It is not, and nothing is ever passed on: 550.
    NotOurs,
    /// Not known at the moment: 451, the sender tries again.
    TryLater,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accepted {
    /// Durable. The receipt is repeated to the sender, so that both logs can be matched.
    Stored {
        /// A short reference without spaces or personal data.
        receipt: String,
    },
    /// Too much to do: 451, the sender keeps the message and tries again.
    Busy,
    /// No room: 452, the sender keeps the message and tries again.
    Full,
    /// Will never be accepted: 550 with this reason.
    Refused(String),
}
