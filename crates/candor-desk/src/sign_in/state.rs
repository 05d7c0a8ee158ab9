//! How a mailbox is signed in.
//!
//! Owns: the row behind it with its encrypted parts, what the settings page shows of it, and ending
//! it. Must not know: how one signs in.

use super::app::{Provider, SignInApp, app_of};
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::setting::{Known, keep, open_secret, seal_secret, value};
use candor_domain::id::MailboxId;
use candor_domain::permission::Permission;
use candor_store::Tx;
use candor_store::sign_in::SignInRow;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What somebody began at a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Began {
    /// A visit to the consent page.
    Visit {
        /// The link there.
        link: String,
    },
    /// A code for another device.
    Device {
        /// What is entered.
        code: String,
        /// Where.
        page: String,
    },
}

/// What was begun, with its secrets. Kept encrypted.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pending {
    pub(super) provider: Provider,
    pub(super) began: Began,
    /// Who began it: nobody else may finish it.
    pub(super) by: String,
    /// Comes back with the answer; ties an answer to this very begin.
    pub(super) state: String,
    pub(super) verifier: String,
    pub(super) redirect: String,
}

fn name_of_provider(mailbox: MailboxId) -> String {
    format!("sign_in.of.{mailbox}")
}

const fn plain(name: &str) -> Known<'_> {
    Known {
        name,
        default: "",
        secret: false,
    }
}

fn name_of_refresh(mailbox: MailboxId) -> String {
    format!("sign_in.refresh.{mailbox}")
}

fn name_of_pending(mailbox: MailboxId) -> String {
    format!("sign_in.pending.{mailbox}")
}

/// At which provider a mailbox is signed in.
pub(super) fn provider_of(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
) -> Result<Option<Provider>, DeskError> {
    let name = value(tx, cx, &plain(&name_of_provider(mailbox)))?;
    Ok(Provider::from_name(&name))
}

/// Takes over what a provider granted.
pub(super) fn keep_grant(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
    provider: Provider,
    refresh: &str,
    ends_at: Option<Timestamp>,
) -> Result<(), DeskError> {
    let row = SignInRow {
        refresh: seal_secret(cx, &name_of_refresh(mailbox), refresh)?,
        signed_in_at: Some(cx.now()),
        ends_at,
        ..SignInRow::default()
    };
    tx.keep_sign_in(mailbox, &row)?;
    keep(
        tx,
        cx,
        &plain(&name_of_provider(mailbox)),
        provider.as_str(),
    )
}

/// The refresh token of a mailbox.
pub(super) fn refresh_of(
    cx: &Cx,
    mailbox: MailboxId,
    row: &SignInRow,
) -> Result<Option<String>, DeskError> {
    if row.refresh.is_empty() {
        return Ok(None);
    }
    open_secret(cx, &name_of_refresh(mailbox), &row.refresh).map(Some)
}

pub(super) fn seal_refresh(
    cx: &Cx,
    mailbox: MailboxId,
    refresh: &str,
) -> Result<String, DeskError> {
    seal_secret(cx, &name_of_refresh(mailbox), refresh)
}

pub(super) fn keep_pending(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
    pending: &Pending,
    until: Timestamp,
) -> Result<(), DeskError> {
    let text =
        serde_json::to_string(pending).map_err(|error| DeskError::Internal(error.to_string()))?;
    let mut row = tx.sign_in(mailbox)?;
    row.pending = seal_secret(cx, &name_of_pending(mailbox), &text)?;
    row.pending_until = Some(until);
    row.failure.clear();
    row.failure_detail.clear();
    Ok(tx.keep_sign_in(mailbox, &row)?)
}

/// What was begun and can still be finished.
pub(super) fn pending_of(
    cx: &Cx,
    mailbox: MailboxId,
    row: &SignInRow,
) -> Result<Option<Pending>, DeskError> {
    let in_time = row.pending_until.is_some_and(|until| until > cx.now());
    if row.pending.is_empty() || !in_time {
        return Ok(None);
    }
    let text = open_secret(cx, &name_of_pending(mailbox), &row.pending)?;
    serde_json::from_str(&text)
        .map(Some)
        .map_err(|error| DeskError::Internal(format!("a sign-in that was begun: {error}")))
}

/// The server that a mailbox's sign-in opens; `None` while nobody signed in.
pub(crate) fn server_of_sign_in(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
) -> Result<Option<String>, DeskError> {
    let app = app_of_sign_in(tx, cx, mailbox)?;
    Ok(app.map(|app| app.server().to_owned()))
}

/// The server that takes a mailbox's mail under its sign-in; `None` while nobody signed in.
pub(crate) fn sending_server_of_sign_in(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
) -> Result<Option<String>, DeskError> {
    let app = app_of_sign_in(tx, cx, mailbox)?;
    Ok(app.map(|app| app.sending_server().to_owned()))
}

fn app_of_sign_in(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
) -> Result<Option<SignInApp>, DeskError> {
    if tx.sign_in(mailbox)?.refresh.is_empty() {
        return Ok(None);
    }
    let Some(provider) = provider_of(tx, cx, mailbox)? else {
        return Ok(None);
    };
    app_of(tx, cx, provider)
}

pub(super) fn forget_sign_in(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
) -> Result<(), DeskError> {
    tx.forget_sign_in(mailbox)?;
    keep(tx, cx, &plain(&name_of_provider(mailbox)), "")
}

/// How a mailbox is signed in, for its settings page.
#[derive(Debug, Clone, Copy)]
pub struct SignInStateOf {
    /// Which mailbox.
    pub mailbox: MailboxId,
}

/// What a settings page shows. No secret is in it but the app's, which no page prints.
#[derive(Debug, Clone)]
pub struct SignInState {
    /// The apps that are registered.
    pub apps: Vec<SignInApp>,
    /// Where the mailbox is signed in, and since when.
    pub signed_in: Option<(Provider, Timestamp)>,
    /// When access ends by itself, where the provider says so.
    pub ends_at: Option<Timestamp>,
    /// What was begun and can still be finished.
    pub began: Option<(Provider, Began)>,
    /// The id of what went wrong last; empty while all is well.
    pub failure: String,
    /// What the provider said about it.
    pub failure_detail: String,
}

impl Query for SignInStateOf {
    type Output = SignInState;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<SignInState, DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let mut apps = Vec::new();
        for provider in Provider::ALL {
            apps.extend(app_of(tx, cx, provider)?);
        }
        let row = tx.sign_in(self.mailbox)?;
        let began = pending_of(cx, self.mailbox, &row)?;
        let provider = provider_of(tx, cx, self.mailbox)?;
        Ok(SignInState {
            apps,
            signed_in: provider
                .zip(row.signed_in_at)
                .filter(|_| !row.refresh.is_empty()),
            ends_at: row.ends_at,
            began: began.map(|pending| (pending.provider, pending.began)),
            failure: row.failure,
            failure_detail: row.failure_detail,
        })
    }
}

/// Forgets the tokens of a mailbox. What it fetched stays.
#[derive(Debug, Clone, Copy)]
pub struct SignOut {
    /// Which mailbox.
    pub mailbox: MailboxId,
}

impl Verb for SignOut {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        forget_sign_in(tx, cx, self.mailbox)
    }
}
