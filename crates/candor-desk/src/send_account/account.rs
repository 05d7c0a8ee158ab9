//! The account through which a mailbox sends.
//!
//! Owns: what may be set and by whom, and that all of it lies encrypted. Must not know: SMTP.

use crate::check::Check;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::outbox::{Relay, RelayLogin, RelayTls, SendLimits};
use crate::provider_account::{AccountLogin, AccountLoginField};
use crate::setting::{Known, keep, value};
use crate::sign_in::sending_server_of_sign_in;
use candor_domain::id::MailboxId;
use candor_domain::permission::Permission;
use candor_store::Tx;
use serde::{Deserialize, Serialize};

/// The account through which a mailbox sends.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendAccount {
    /// The server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept private.
    #[serde(with = "tls_word")]
    pub tls: RelayTls,
    /// The user.
    pub user: String,
    /// How the account is opened.
    pub login: AccountLogin,
    /// How much the provider takes.
    pub limits: SendLimits,
    /// Whether answers may come back to addresses with a plus (`help+...@`). Some providers know
    /// none; there an answer is known by the Message-ID that it names.
    pub plus: bool,
}

impl std::fmt::Debug for SendAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SendAccount({}:{})", self.host, self.port)
    }
}

impl SendAccount {
    /// The server in the words of whoever carries mail.
    pub(crate) fn relay(&self, mailbox: MailboxId) -> Relay {
        let user = self.user.clone();
        Relay {
            host: self.host.clone(),
            port: self.port,
            tls: self.tls,
            login: Some(match &self.login {
                AccountLogin::Password(password) => RelayLogin::Password {
                    user,
                    password: password.clone(),
                },
                AccountLogin::SignIn => RelayLogin::SignIn { user, mailbox },
            }),
        }
    }
}

/// The stored words for the protection, the same as those of the desk's server.
mod tls_word {
    use crate::outbox::RelayTls;
    use crate::setting::{tls_of, tls_word};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
    pub(super) fn serialize<S: Serializer>(tls: &RelayTls, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(tls_word(*tls))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<RelayTls, D::Error> {
        let word = String::deserialize(from)?;
        tls_of(&word).ok_or_else(|| D::Error::custom("an unknown kind of protection"))
    }
}

fn name_of(mailbox: MailboxId) -> String {
    format!("send.{mailbox}")
}

const fn known(name: &str) -> Known<'_> {
    Known {
        name,
        default: "",
        secret: true,
    }
}

/// The account of a mailbox; `None` where it sends through the desk's server.
pub(crate) fn send_account(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
) -> Result<Option<SendAccount>, DeskError> {
    let kept = value(tx, cx, &known(&name_of(mailbox)))?;
    if kept.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(&kept)
        .map(Some)
        .map_err(|error| DeskError::Internal(format!("the way out of a mailbox: {error}")))
}

/// What somebody enters about an account.
#[derive(Clone)]
pub struct SendAccountFields {
    /// The server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is kept private.
    pub tls: RelayTls,
    /// The user.
    pub user: String,
    /// How the account is opened.
    pub login: AccountLoginField,
    /// How much the provider takes.
    pub limits: SendLimits,
    /// Whether answers may come back to addresses with a plus.
    pub plus: bool,
}

impl SendAccountFields {
    /// The account that they describe, given the one before.
    fn checked(&self, before: Option<&SendAccount>) -> Result<SendAccount, DeskError> {
        let mut check = Check::default();
        let host = self.host.trim().to_lowercase();
        check.host(
            &host,
            false,
            "this is no server name, such as smtp.example.org",
        );
        check.port(self.port);
        let user = check.name("user", &self.user);
        self.limits.check(&mut check);
        let before = before.map(|old| ((old.host.as_str(), old.user.as_str()), &old.login));
        let login = self.login.clone();
        let login = login.checked((&host, &user), before, &mut check);
        check.done()?;
        Ok(SendAccount {
            host,
            port: self.port,
            tls: self.tls,
            user,
            login,
            limits: self.limits,
            plus: self.plus,
        })
    }
}

/// The account that somebody is about to set, to be tried first.
pub(super) struct Candidate {
    pub(super) mailbox: MailboxId,
    pub(super) fields: SendAccountFields,
}

impl Candidate {
    fn account(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<SendAccount, DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        tx.mailbox(self.mailbox)?
            .ok_or(DeskError::NotFound("mailbox"))?;
        let before = send_account(tx, cx, self.mailbox)?;
        let account = self.fields.checked(before.as_ref())?;
        let server = sending_server_of_sign_in(tx, cx, self.mailbox)?;
        account
            .login
            .check_server(&account.host, server.as_deref())?;
        Ok(account)
    }
}

impl Query for Candidate {
    type Output = SendAccount;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<SendAccount, DeskError> {
        self.account(tx, cx)
    }
}

/// Lets a mailbox send through its own account.
#[derive(Clone)]
pub struct SetSendAccount {
    /// Which mailbox.
    pub mailbox: MailboxId,
    /// The account.
    pub fields: SendAccountFields,
}

impl Verb for SetSendAccount {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let candidate = Candidate {
            mailbox: self.mailbox,
            fields: self.fields.clone(),
        };
        let account = candidate.account(tx, cx)?;
        let text = serde_json::to_string(&account)
            .map_err(|error| DeskError::Internal(error.to_string()))?;
        keep(tx, cx, &known(&name_of(self.mailbox)), &text)
    }
}

/// Lets a mailbox send through the desk's server again.
#[derive(Debug, Clone, Copy)]
pub struct StopSendAccount {
    /// Which mailbox.
    pub mailbox: MailboxId,
}

impl Verb for StopSendAccount {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        keep(tx, cx, &known(&name_of(self.mailbox)), "")
    }
}

/// The account of a mailbox, for its settings page; its password is for nobody's eyes.
#[derive(Debug, Clone, Copy)]
pub struct SendAccountOf {
    /// Which mailbox.
    pub mailbox: MailboxId,
}

impl Query for SendAccountOf {
    type Output = Option<SendAccount>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        send_account(tx, cx, self.mailbox)
    }
}
