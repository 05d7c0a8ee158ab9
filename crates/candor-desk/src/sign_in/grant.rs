//! What a mailbox was granted, for whoever opens its account.
//!
//! Owns: handing out the refresh token to the desk itself, taking over a new one, remembering that
//! it no longer works. Must not know: HTTP. A renewed token is working state and not in the
//! history.

use super::app::{SignInApp, app_of};
use super::consent::SignInFailure;
use super::state::{provider_of, refresh_of, seal_refresh};
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::fetch::only_the_desk;
use candor_domain::id::MailboxId;
use candor_store::Tx;
use jiff::SignedDuration;
use std::time::Duration;

/// What a mailbox was granted. Its `Debug` shows no secret.
#[derive(Clone)]
pub struct Grant {
    /// Through which app.
    pub app: SignInApp,
    /// The refresh token.
    pub refresh: String,
}

impl std::fmt::Debug for Grant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Grant({:?})", self.app)
    }
}

/// The grant of a mailbox. Only the desk itself may ask.
#[derive(Debug, Clone, Copy)]
pub struct GrantOf(pub MailboxId);

impl Query for GrantOf {
    type Output = Option<Grant>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<Grant>, DeskError> {
        only_the_desk(cx)?;
        let row = tx.sign_in(self.0)?;
        let Some(refresh) = refresh_of(cx, self.0, &row)? else {
            return Ok(None);
        };
        let Some(provider) = provider_of(tx, cx, self.0)? else {
            return Ok(None);
        };
        let app = app_of(tx, cx, provider)?;
        Ok(app.map(|app| Grant { app, refresh }))
    }
}

/// The provider gave a new refresh token in place of `before`.
#[derive(Clone)]
pub struct RenewGrant {
    /// For which mailbox.
    pub mailbox: MailboxId,
    /// The token that was used. Somebody who signed in meanwhile is not overwritten.
    pub before: String,
    /// The new one.
    pub refresh: String,
    /// When it ends by itself, where the provider says so.
    pub ends_in: Option<Duration>,
}

impl Verb for RenewGrant {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        let mut row = tx.sign_in(self.mailbox)?;
        if refresh_of(cx, self.mailbox, &row)?.as_ref() != Some(&self.before) {
            return Ok(());
        }
        row.refresh = seal_refresh(cx, self.mailbox, &self.refresh)?;
        row.ends_at = self
            .ends_in
            .and_then(|time| SignedDuration::try_from(time).ok())
            .map(|time| cx.now() + time)
            .or(row.ends_at);
        row.failure.clear();
        row.failure_detail.clear();
        Ok(tx.keep_sign_in(self.mailbox, &row)?)
    }
}

/// The provider gave nothing.
#[derive(Debug, Clone)]
pub struct SignInFailed {
    /// For which mailbox.
    pub mailbox: MailboxId,
    /// Why.
    pub failure: SignInFailure,
}

impl Verb for SignInFailed {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        only_the_desk(cx)?;
        let mut row = tx.sign_in(self.mailbox)?;
        self.failure.id.clone_into(&mut row.failure);
        row.failure_detail = self.failure.detail.chars().take(500).collect();
        row.pending.clear();
        row.pending_until = None;
        Ok(tx.keep_sign_in(self.mailbox, &row)?)
    }
}
