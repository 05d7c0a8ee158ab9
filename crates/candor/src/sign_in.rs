//! Signing in at mail providers, over sockets.
//!
//! Owns: the desk's apps in the words of OAuth, and access tokens while they are good. Must not
//! know: the OAuth dialogue, where refresh tokens are kept.

use candor_desk::Desk;
use candor_desk::sign_in::{
    Asking, Consent, Device, Grant, GrantOf, Granted, Provider, RenewGrant, SignInApp,
    SignInFailed, SignInFailure,
};
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_post::graph;
use candor_post::http::HttpClient;
use candor_post::oauth::{self, OAuthApp, OAuthFailure};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A token is renewed while it is still good for this long: a login may take its time.
const MARGIN: Duration = Duration::from_mins(2);

/// Speaks with providers through the guarded client.
#[derive(Clone)]
pub(crate) struct OAuthConsent {
    http: HttpClient,
}

impl OAuthConsent {
    pub(crate) fn new(http: HttpClient) -> Self {
        Self { http }
    }
}

impl Consent for OAuthConsent {
    fn link(
        &self,
        app: &SignInApp,
        redirect: &str,
        state: &str,
        verifier: &str,
        address: &str,
    ) -> Result<String, SignInFailure> {
        oauth::consent_link(&app_of(app), redirect, state, verifier, address)
            .map_err(|failure| failure_of(&failure))
    }

    fn exchange(
        &self,
        app: &SignInApp,
        redirect: &str,
        code: &str,
        verifier: &str,
    ) -> Asking<Granted> {
        let (http, app) = (self.http.clone(), app_of(app));
        let words = [redirect, code, verifier].map(str::to_owned);
        Box::pin(async move {
            let [redirect, code, verifier] = &words;
            let tokens = oauth::exchange(&http, &app, redirect, code, verifier).await;
            tokens
                .map(granted_of)
                .map_err(|failure| failure_of(&failure))
        })
    }

    fn device(&self, app: &SignInApp) -> Asking<Device> {
        let (http, app) = (self.http.clone(), app_of(app));
        Box::pin(async move {
            let code = oauth::begin_device(&http, &app)
                .await
                .map_err(|failure| failure_of(&failure))?;
            Ok(Device {
                code: code.code().to_owned(),
                page: code.page().to_owned(),
                expires_in: code.expires_in(),
                granted: Box::pin(async move {
                    let tokens = oauth::await_device(&http, &app, &code).await;
                    tokens
                        .map(granted_of)
                        .map_err(|failure| failure_of(&failure))
                }),
            })
        })
    }

    fn refused(&self, code: &str, words: &str) -> SignInFailure {
        failure_of(&OAuthFailure::of_consent(code, words))
    }
}

fn app_of(app: &SignInApp) -> OAuthApp {
    let client_id = app.client_id.clone();
    let secret = Some(app.client_secret.clone()).filter(|secret| !secret.is_empty());
    match app.provider {
        Provider::Google => OAuthApp::google(client_id, secret),
        Provider::Microsoft => OAuthApp::microsoft(&app.tenant, client_id, secret),
        Provider::Other => OAuthApp {
            authorize: app.endpoints.authorize.clone(),
            token: app.endpoints.token.clone(),
            device: Some(app.endpoints.device.clone()).filter(|device| !device.is_empty()),
            client_id,
            client_secret: secret,
            scopes: app
                .endpoints
                .scopes
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            asks: Vec::new(),
        },
    }
}

fn granted_of(tokens: oauth::Tokens) -> Granted {
    Granted {
        access: tokens.access,
        expires_in: tokens.expires_in,
        refresh: tokens.refresh,
        ends_in: tokens.dies_in,
    }
}

fn failure_of(failure: &OAuthFailure) -> SignInFailure {
    SignInFailure {
        id: failure.id(),
        detail: failure.detail().unwrap_or_default().to_owned(),
    }
}

/// Why a mailbox cannot be opened with what its provider granted.
pub(crate) struct NoAccess {
    /// In the words of the pages.
    pub failure: SignInFailure,
    /// Whether a later try may work without anybody doing anything.
    pub may_pass: bool,
}

/// What a token opens. Microsoft gives one for its mail servers and another for its Graph.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Opens {
    Servers,
    MailApi,
}

/// Where mail is taken over HTTP, and what opens it.
pub(crate) struct MailApi {
    pub address: String,
    pub token: String,
}

/// Where a provider takes mail over HTTP, and the scopes of a token for it alone.
fn mail_api_of(app: &SignInApp) -> Option<(String, &'static [&'static str])> {
    match app.provider {
        Provider::Google => None,
        Provider::Microsoft => Some((graph::MICROSOFT.to_owned(), &[graph::MICROSOFT_SCOPE])),
        Provider::Other => {
            let address = &app.endpoints.mail_api;
            (!address.is_empty()).then(|| (address.clone(), &[][..]))
        }
    }
}

/// Access tokens, kept in memory while they are good.
pub(crate) struct AccessTokens {
    desk: Desk,
    http: HttpClient,
    good: Mutex<HashMap<(MailboxId, Opens), (String, Instant)>>,
    /// One at a time asks a provider: some take each refresh token once only.
    asking: tokio::sync::Mutex<()>,
}

impl AccessTokens {
    pub(crate) fn new(desk: Desk, http: HttpClient) -> Self {
        Self {
            desk,
            http,
            good: Mutex::default(),
            asking: tokio::sync::Mutex::default(),
        }
    }

    /// A token that opens the mail servers for a mailbox.
    pub(crate) async fn of(&self, mailbox: MailboxId) -> Result<String, NoAccess> {
        let _asking = self.asking.lock().await;
        if let Some(token) = self.still_good(mailbox, Opens::Servers) {
            return Ok(token);
        }
        let grant = self.grant_of(mailbox).await?;
        self.fresh(mailbox, Opens::Servers, (grant, &[])).await
    }

    /// Where a mailbox's provider takes mail over HTTP, with a token; `None` where it does not.
    pub(crate) async fn mail_api(&self, mailbox: MailboxId) -> Result<Option<MailApi>, NoAccess> {
        let _asking = self.asking.lock().await;
        let grant = self.grant_of(mailbox).await?;
        let Some((address, only)) = mail_api_of(&grant.app) else {
            return Ok(None);
        };
        let token = match self.still_good(mailbox, Opens::MailApi) {
            Some(token) => token,
            None => self.fresh(mailbox, Opens::MailApi, (grant, only)).await?,
        };
        Ok(Some(MailApi { address, token }))
    }

    async fn grant_of(&self, mailbox: MailboxId) -> Result<Grant, NoAccess> {
        let grant = self.desk.ask(&Actor::System, GrantOf(mailbox)).await;
        let grant = grant.map_err(|error| NoAccess {
            failure: SignInFailure {
                id: "sign-in-failure-no-answer",
                detail: error.to_string(),
            },
            may_pass: true,
        })?;
        grant.ok_or_else(|| NoAccess {
            failure: failure_of(&OAuthFailure::Withdrawn(String::new())),
            may_pass: false,
        })
    }

    async fn fresh(
        &self,
        mailbox: MailboxId,
        opens: Opens,
        (grant, only): (Grant, &[&str]),
    ) -> Result<String, NoAccess> {
        match oauth::refresh(&self.http, &app_of(&grant.app), &grant.refresh, only).await {
            Ok(tokens) => {
                self.take_over((mailbox, opens), grant.refresh, &tokens)
                    .await;
                Ok(tokens.access)
            }
            Err(failure) => {
                let may_pass = failure.may_pass();
                let failure = failure_of(&failure);
                // That one of two doors stays shut does not end the sign-in.
                if !may_pass && opens == Opens::Servers {
                    let failure = failure.clone();
                    self.remember(SignInFailed { mailbox, failure }).await;
                }
                Err(NoAccess { failure, may_pass })
            }
        }
    }

    /// The server did not let us in: the next login asks for a new token.
    pub(crate) fn forget(&self, mailbox: MailboxId) {
        self.lock().retain(|(own, _), _| *own != mailbox);
    }

    fn still_good(&self, mailbox: MailboxId, opens: Opens) -> Option<String> {
        let good = self.lock();
        let (token, until) = good.get(&(mailbox, opens))?;
        (*until > Instant::now()).then(|| token.clone())
    }

    async fn take_over(
        &self,
        (mailbox, opens): (MailboxId, Opens),
        before: String,
        tokens: &oauth::Tokens,
    ) {
        let until = Instant::now() + tokens.expires_in.saturating_sub(MARGIN);
        let token = tokens.access.clone();
        self.lock().insert((mailbox, opens), (token, until));
        let new = tokens.refresh.clone().filter(|new| *new != before);
        if let Some(refresh) = new {
            let renewed = RenewGrant {
                mailbox,
                before,
                refresh,
                ends_in: tokens.dies_in,
            };
            self.remember(renewed).await;
        }
    }

    async fn remember<V: candor_desk::Verb<Output = ()>>(&self, verb: V) {
        if let Err(error) = self.desk.run(&Actor::System, verb).await {
            tracing::warn!(%error, "what a provider said cannot be remembered");
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(MailboxId, Opens), (String, Instant)>> {
        self.good.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
