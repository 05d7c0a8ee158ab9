//! Who a message comes from and goes to, apart from what its headers say.
//!
//! Owns: the envelope and the facts about the sending host. Must not know: headers, mailboxes.

use std::net::IpAddr;

/// The sender and recipients of the SMTP dialogue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Envelope {
    /// Where failures are reported; empty for messages that must not be answered.
    pub from: String,
    /// To whom the message is handed, in the order given.
    pub recipients: Vec<String>,
}

/// The host at the other end of an incoming connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Its network address.
    pub address: IpAddr,
    /// What it called itself; unverified.
    pub hello: String,
    /// Whether the message came over TLS.
    pub encrypted: bool,
}

/// A complete message as it came over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IncomingMail {
    /// Sender and recipients.
    pub envelope: Envelope,
    /// Who handed it over.
    pub peer: Peer,
    /// The bytes, without transport padding and otherwise untouched.
    pub raw: Vec<u8>,
}
