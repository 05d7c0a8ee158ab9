//! How an account at a provider is opened, to fetch and to send.
//!
//! Owns: password or sign-in, and that neither of them goes to another server. Must not know: what
//! the account is for.

use crate::check::Check;
use crate::error::DeskError;
use serde::{Deserialize, Serialize};

/// How an account is opened. Its `Debug` shows no secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountLogin {
    /// With this password. Never shown on a page.
    Password(String),
    /// With what the provider granted when somebody signed the mailbox in.
    SignIn,
}

impl AccountLogin {
    /// Whether it is by what the provider granted.
    pub fn is_sign_in(&self) -> bool {
        matches!(self, Self::SignIn)
    }

    /// A sign-in opens the provider's server alone: its token is never sent to another. `server` is
    /// that of the provider at which the mailbox is signed in.
    pub(crate) fn check_server(&self, host: &str, server: Option<&str>) -> Result<(), DeskError> {
        if !self.is_sign_in() {
            return Ok(());
        }
        let mut check = Check::default();
        match server {
            None => {
                let words = "sign in at the provider first";
                check.refuse("login", "error-not-signed-in", words);
            }
            Some(server) if server != host => {
                let words = "this is not the server of the provider at which you signed in";
                check.refuse("host", "error-sign-in-server", words);
            }
            Some(_) => {}
        }
        check.done()
    }
}

impl std::fmt::Debug for AccountLogin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Password(_) => "Password(..)",
            Self::SignIn => "SignIn",
        })
    }
}

/// What somebody enters about how an account is opened.
#[derive(Clone)]
pub enum AccountLoginField {
    /// With this password; `None` leaves it as it is, which is refused for another server or user.
    Password(Option<String>),
    /// With what the provider granted.
    SignIn,
}

/// Server and user.
type Place<'a> = (&'a str, &'a str);

impl AccountLoginField {
    /// The login that it means at a place, given the place and the login before.
    pub(crate) fn checked(
        self,
        at: Place<'_>,
        before: Option<(Place<'_>, &AccountLogin)>,
        check: &mut Check,
    ) -> AccountLogin {
        // Whoever may change the server must not be able to have the old password sent to theirs.
        let old = before
            .filter(|(place, _)| *place == at)
            .map(|(_, login)| login.clone());
        let password = match (self, old) {
            (Self::SignIn, _) => return AccountLogin::SignIn,
            (Self::Password(Some(password)), _)
            | (Self::Password(None), Some(AccountLogin::Password(password))) => password,
            (Self::Password(None), _) => String::new(),
        };
        if password.is_empty() || password.chars().any(char::is_control) {
            let words = "enter the password for this server";
            check.refuse("password", "error-password-again", words);
        }
        check.text("password", &password, 1024);
        AccountLogin::Password(password)
    }
}
