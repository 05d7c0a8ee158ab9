//! An inbox elsewhere.
//!
//! Owns: where it is, how to log in, which folder is read and what happens to what was read.
//! Must not know: the dialogue.

use std::fmt;

use jiff::civil::Date;

/// How the connection is protected. Certificates are always verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ImapTls {
    /// TLS from the first byte; port 993 is usual.
    Implicit,
    /// In the clear at first, then TLS; port 143 is usual.
    StartTls,
    /// No TLS, and only to this very host.
    NoneOnLoopback,
}

/// How to log in. Its `Debug` shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub enum ImapLogin {
    /// A password or an app password.
    Password {
        /// The user's name at the server.
        user: String,
        /// The password.
        password: String,
    },
    /// A short-lived access token (SASL XOAUTH2), as Google and Microsoft give it.
    Bearer {
        /// The user's address.
        user: String,
        /// The access token.
        token: String,
    },
}

impl fmt::Debug for ImapLogin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ImapLogin(..)")
    }
}

/// What happens in the folder to a mail that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterReading {
    /// Nothing: other programs still see it as new.
    Leave,
    /// It is marked as read.
    MarkSeen,
    /// It is moved to another folder.
    MoveTo(String),
}

/// An inbox elsewhere, and what is read of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImapAccount {
    /// Name or address of the server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub tls: ImapTls,
    /// How to log in.
    pub login: ImapLogin,
    /// Further certificate authorities to trust, as PEM.
    pub extra_roots: Option<String>,
    /// The folder that is read.
    pub folder: String,
    /// What happens to what was read.
    pub after: AfterReading,
    /// Mail that the server received before this day is not fetched.
    pub since: Option<Date>,
}

impl ImapAccount {
    /// The search that finds what may be fetched, from a number on.
    pub(super) fn search_from(&self, next_uid: u32) -> String {
        let numbers = format!("UID {next_uid}:*");
        // The names of months are the protocol's, not a reader's language.
        self.since.map_or_else(
            || numbers.clone(),
            |day| format!("{numbers} SINCE {}", day.strftime("%-d-%b-%Y")),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(since: Option<Date>) -> ImapAccount {
        ImapAccount {
            host: "imap.example.org".to_owned(),
            port: 993,
            tls: ImapTls::Implicit,
            login: ImapLogin::Password {
                user: "help@shop.example".to_owned(),
                password: "secret".to_owned(),
            },
            extra_roots: None,
            folder: "INBOX".to_owned(),
            after: AfterReading::Leave,
            since,
        }
    }

    #[test]
    fn the_first_day_is_written_as_the_protocol_wants_it() {
        let day = jiff::civil::date(2026, 3, 2);
        assert_eq!(
            account(Some(day)).search_from(1),
            "UID 1:* SINCE 2-Mar-2026"
        );
        assert_eq!(account(None).search_from(7), "UID 7:*");
    }

    #[test]
    fn a_password_never_shows_in_debug_output() {
        assert!(!format!("{:?}", account(None)).contains("secret"));
    }
}
