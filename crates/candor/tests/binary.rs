//! The real binary, as whoever runs it meets it.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

#[path = "binary/authority.rs"]
mod authority;
#[path = "binary/certificate.rs"]
mod certificate;
#[path = "binary/command.rs"]
mod command;
#[path = "binary/disk.rs"]
mod disk;
#[path = "binary/fetch.rs"]
mod fetch;
#[path = "binary/http.rs"]
mod http;
#[path = "binary/kill.rs"]
mod kill;
#[path = "binary/past_mail.rs"]
mod past_mail;
#[path = "binary/send.rs"]
mod send;
#[path = "binary/shop.rs"]
mod shop;
#[path = "binary/smtp.rs"]
mod smtp;
#[path = "binary/walk.rs"]
mod walk;
