//! Getting the certificate from an authority.
//!
//! Owns: when it is asked, which account is used, what becomes of the answer. Must not know: the
//! dialogue itself.

use super::InUse;
use super::vault::{ACCOUNT, CERTIFICATE, Vault};
use crate::config::Authority;
use anyhow::Result;
use candor_desk::Desk;
use candor_desk::certificate::{
    CertificateFailure, CertificateIssued, CertificateOf, CertificateSource, CertificateState,
    DropChallenges, KeepCertificateState, LeaveCertificateLease, PutChallenge,
    TakeCertificateLease, pause_after, renew_at,
};
use candor_domain::actor::Actor;
use candor_post::acme::{self, AcmeFailure, Challenges};
use candor_post::http::HttpClient;
use candor_post::{BoxFuture, Validity};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// Also a certificate whose life is strangely short is not asked for more often.
const SHORTEST_LIFE: SignedDuration = SignedDuration::from_mins(10);

/// The authority and what is known of its certificate.
pub(crate) struct Asking {
    pub(super) desk: Desk,
    pub(super) http: HttpClient,
    pub(super) authority: Authority,
    pub(super) vault: Vault,
    pub(super) in_use: InUse,
    /// The certificate that is shown, as it is kept.
    pub(super) shown: String,
    pub(super) holder: String,
}

/// Where the answers go.
struct Board(Desk);

impl Challenges for Board {
    fn put(&self, token: String, answer: String) -> BoxFuture<'_, bool> {
        Box::pin(async move {
            let put = PutChallenge { token, answer };
            let kept = self.0.run(&Actor::System, put).await;
            if let Err(error) = &kept {
                tracing::warn!(%error, "an answer to the certificate authority cannot be kept");
            }
            kept.is_ok()
        })
    }
}

impl Asking {
    /// Shows what is kept, and plans the next question.
    pub(super) async fn begin(mut self) -> Result<Self> {
        let validity = self.show_kept().await?;
        let kept = self.desk.ask(&Actor::System, CertificateOf).await?;
        let state = self.planned(kept, validity);
        self.desk
            .run(&Actor::System, KeepCertificateState(state))
            .await?;
        Ok(self)
    }

    /// What is to be done, given what was known and the certificate that is there.
    fn planned(&self, kept: CertificateState, validity: Option<Validity>) -> CertificateState {
        let (names, directory) = (self.authority.names.clone(), &self.authority.directory);
        let is_same = kept.source == CertificateSource::Authority
            && kept.names == names
            && kept.directory == *directory;
        let now = self.desk.now();
        let failure = kept.failure.filter(|_| is_same);
        let next_at = match (is_same, &failure, validity) {
            // A start is no reason to ask again before the pause is over.
            (true, Some(_), _) => kept.next_at.unwrap_or(now),
            (true, None, Some(good)) => renew_at(good.from, good.until),
            // Nothing is known of how it came; it may be good for years.
            (false, _, Some(good)) if kept.source == CertificateSource::None => {
                renew_at(good.from, good.until)
            }
            _ => now,
        };
        CertificateState {
            source: CertificateSource::Authority,
            names,
            directory: directory.clone(),
            from: validity.map(|good| good.from),
            until: validity.map(|good| good.until),
            failure,
            next_at: Some(next_at),
        }
    }

    /// Shows the certificate that is kept, which another node may have got.
    async fn show_kept(&mut self) -> Result<Option<Validity>> {
        let Some(text) = self.vault.get(CERTIFICATE).await? else {
            return Ok(None);
        };
        let validity = Validity::of_pem(&text);
        if text != self.shown {
            if let Err(error) = self.in_use.live.set_pem(&text) {
                tracing::warn!(%error, "the certificate that is kept cannot be used");
                return Ok(None);
            }
            self.shown = text;
            self.in_use.is_real.store(true, Ordering::Relaxed);
        }
        Ok(validity.ok())
    }

    /// Asks for a certificate when it is time.
    pub(super) async fn look(&mut self) -> Result<()> {
        self.show_kept().await?;
        let state = self.desk.ask(&Actor::System, CertificateOf).await?;
        if state.next_at.is_some_and(|at| at > self.desk.now()) {
            return Ok(());
        }
        let holder = self.holder.clone();
        let lease = TakeCertificateLease { holder };
        if !self.desk.run(&Actor::System, lease).await? {
            return Ok(());
        }
        // Another node may have asked in between.
        let state = self.desk.ask(&Actor::System, CertificateOf).await?;
        if state.next_at.is_none_or(|at| at <= self.desk.now()) {
            self.ask_now(state).await?;
        }
        let holder = self.holder.clone();
        let done = LeaveCertificateLease { holder };
        Ok(self.desk.run(&Actor::System, done).await?)
    }

    async fn ask_now(&mut self, state: CertificateState) -> Result<()> {
        let asked = self.ask().await;
        self.desk.run(&Actor::System, DropChallenges).await?;
        // Whatever went wrong, it is remembered with a pause: authorities shut out whoever asks on
        // and on.
        let failure = match asked {
            Ok(Ok(text)) => match self.take(&state, &text).await {
                Ok(()) => return Ok(()),
                Err(error) => inside(&error),
            },
            Ok(Err(failure)) => failure,
            Err(error) => inside(&error),
        };
        self.fail(state, failure).await
    }

    async fn ask(&self) -> Result<Result<String, AcmeFailure>> {
        let account = match self.account().await? {
            Ok(account) => account,
            Err(failure) => return Ok(Err(failure)),
        };
        let board = Board(self.desk.clone());
        let asked = acme::order(&self.http, &account, &self.authority.names, &board).await;
        if asked.as_ref().is_err_and(|failure| failure.account_is_gone) {
            self.vault.put(ACCOUNT, "").await?;
        }
        Ok(asked)
    }

    /// The account at this authority, opened where there is none yet.
    async fn account(&self) -> Result<Result<String, AcmeFailure>> {
        let (directory, contact) = (&self.authority.directory, &self.authority.contact);
        let kept = self.vault.get(ACCOUNT).await?.unwrap_or_default();
        let kept: Value = serde_json::from_str(&kept).unwrap_or_default();
        if kept["directory"] == *directory && kept["contact"] == json!(contact) {
            return Ok(Ok(kept["account"].to_string()));
        }
        let opened = acme::open_account(&self.http, directory, contact.as_deref()).await;
        let account = match opened {
            Ok(account) => account,
            Err(failure) => return Ok(Err(failure)),
        };
        let value: Value = serde_json::from_str(&account)?;
        let kept = json!({ "directory": directory, "contact": contact, "account": value });
        self.vault.put(ACCOUNT, &kept.to_string()).await?;
        Ok(Ok(account))
    }

    /// Puts a new certificate into use.
    async fn take(&mut self, state: &CertificateState, text: &str) -> Result<()> {
        let good = Validity::of_pem(text)?;
        self.in_use.live.set_pem(text)?;
        text.clone_into(&mut self.shown);
        self.in_use.is_real.store(true, Ordering::Relaxed);
        self.vault.put(CERTIFICATE, text).await?;
        let next = renew_at(good.from, good.until).max(self.desk.now() + SHORTEST_LIFE);
        let issued = CertificateState {
            from: Some(good.from),
            until: Some(good.until),
            failure: None,
            next_at: Some(next),
            ..state.clone()
        };
        tracing::info!(names = ?issued.names, until = %good.until, "there is a new certificate");
        let issued = CertificateIssued(issued);
        Ok(self.desk.run(&Actor::System, issued).await?)
    }

    async fn fail(&self, mut state: CertificateState, failure: AcmeFailure) -> Result<()> {
        let AcmeFailure {
            id, name, detail, ..
        } = failure;
        tracing::warn!(id, name, detail, "no certificate could be got");
        let now = self.desk.now();
        let before: Option<(Timestamp, u32)> =
            state.failure.map(|failure| (failure.since, failure.tries));
        let (since, tries) = before.unwrap_or((now, 0));
        state.failure = Some(CertificateFailure {
            id: id.to_owned(),
            name,
            detail: detail.chars().take(500).collect(),
            since,
            tries: tries + 1,
        });
        state.next_at = Some(now + pause_after(tries + 1));
        let keep = KeepCertificateState(state);
        Ok(self.desk.run(&Actor::System, keep).await?)
    }
}

/// Something of ours is in the way.
fn inside(error: &anyhow::Error) -> AcmeFailure {
    AcmeFailure {
        id: "certificate-failure-kept",
        name: String::new(),
        detail: format!("{error:#}"),
        account_is_gone: false,
    }
}
