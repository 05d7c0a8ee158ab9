//! The promises of the SMTP listener and sender, kept over loopback sockets.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod arc;
mod dkim;
mod dns;
mod fronts;
mod graph;
mod imap;
mod limits;
mod listener;
mod oauth;
mod postfix;
mod sender;
mod sender_check;
mod sender_tls;
mod smuggling;
mod stages;
mod starttls;
mod support;
