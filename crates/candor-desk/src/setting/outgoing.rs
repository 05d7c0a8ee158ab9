//! The server that takes our mail.
//!
//! Owns: its settings, and that its password goes to no other server. Must not know: SMTP.

use super::{HOST, PASSWORD, PORT, TLS, USER, keep, value};
use crate::check::Check;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::outbox::{Relay, RelayLogin, RelayTls};
use candor_domain::permission::Permission;
use candor_store::Tx;

/// How mail leaves. Without a host it is kept in a folder.
#[derive(Clone, PartialEq, Eq)]
pub struct OutgoingSettings {
    /// The server's name; empty keeps mail in a folder.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept private.
    pub tls: RelayTls,
    /// The user, where the server asks for one.
    pub user: String,
    /// The password. Never shown on a page.
    pub password: String,
}

impl std::fmt::Debug for OutgoingSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "OutgoingSettings({}:{}, {:?})",
            self.host, self.port, self.tls
        )
    }
}

impl OutgoingSettings {
    /// Reads the settings inside a transaction.
    pub fn read(tx: &mut Tx<'_>, cx: &Cx) -> Result<Self, DeskError> {
        Ok(Self {
            host: value(tx, cx, &HOST)?,
            port: value(tx, cx, &PORT)?.parse().unwrap_or(587),
            tls: tls_of(&value(tx, cx, &TLS)?).unwrap_or(RelayTls::StartTls),
            user: value(tx, cx, &USER)?,
            password: value(tx, cx, &PASSWORD)?,
        })
    }

    /// The server, where there is one.
    pub fn relay(&self) -> Option<Relay> {
        if self.host.is_empty() {
            return None;
        }
        let login = (!self.user.is_empty()).then(|| RelayLogin::Password {
            user: self.user.clone(),
            password: self.password.clone(),
        });
        Some(Relay {
            host: self.host.clone(),
            port: self.port,
            tls: self.tls,
            login,
        })
    }
}

/// The stored word for a protection.
pub(crate) fn tls_word(tls: RelayTls) -> &'static str {
    match tls {
        RelayTls::StartTls => "starttls",
        RelayTls::Implicit => "implicit",
        RelayTls::None => "none",
    }
}

/// The protection behind a stored word.
pub(crate) fn tls_of(word: &str) -> Option<RelayTls> {
    match word {
        "starttls" => Some(RelayTls::StartTls),
        "implicit" => Some(RelayTls::Implicit),
        "none" => Some(RelayTls::None),
        _ => None,
    }
}

/// Changes how mail leaves.
#[derive(Clone)]
pub struct ChangeOutgoing {
    /// The server's name; empty keeps mail in a folder.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept private.
    pub tls: RelayTls,
    /// The user; empty where the server asks for none.
    pub user: String,
    /// The password; `None` leaves it as it is, which is refused for another server or user.
    pub password: Option<String>,
}

impl Verb for ChangeOutgoing {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        let before = OutgoingSettings::read(tx, cx);
        let host = self.host.trim().to_lowercase();
        self.check(&host, before.as_ref().ok())?;
        keep(tx, cx, &HOST, &host)?;
        keep(tx, cx, &PORT, &self.port.to_string())?;
        keep(tx, cx, &TLS, tls_word(self.tls))?;
        keep(tx, cx, &USER, self.user.trim())?;
        match &self.password {
            Some(password) => keep(tx, cx, &PASSWORD, password),
            None if self.user.trim().is_empty() => keep(tx, cx, &PASSWORD, ""),
            None => Ok(()),
        }
    }
}

impl ChangeOutgoing {
    fn check(&self, host: &str, before: Option<&OutgoingSettings>) -> Result<(), DeskError> {
        let mut check = Check::default();
        let words = "this is no server name, such as smtp.example.org";
        check.host(host, true, words);
        check.port(self.port);
        check.text("user", &self.user, 320);
        check.text(
            "password",
            self.password.as_deref().unwrap_or_default(),
            1024,
        );
        if self
            .user
            .chars()
            .chain(self.password.iter().flat_map(|p| p.chars()))
            .any(char::is_control)
        {
            check.refuse("user", "error-control-character", "use no line breaks here");
        }
        // Whoever may change the server must not be able to have the old password sent to theirs.
        let same = before.is_some_and(|before| {
            (before.host.as_str(), before.user.as_str()) == (host, self.user.trim())
        });
        let has_password = before.is_none_or(|before| !before.password.is_empty());
        if self.password.is_none() && has_password && !same && !self.user.trim().is_empty() {
            check.refuse(
                "password",
                "error-password-again",
                "enter the password for this server",
            );
        }
        check.done()
    }
}

/// How mail leaves, for the settings page; the page shows whether there is a password, not which.
pub struct Outgoing;

impl Query for Outgoing {
    type Output = OutgoingSettings;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<OutgoingSettings, DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        OutgoingSettings::read(tx, cx)
    }
}
