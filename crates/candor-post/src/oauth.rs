//! Signing in at a mail provider without knowing the password.
//!
//! Owns: the conversation with a provider's authorization server (RFC 6749, 7636, 8628): the link
//! to its consent page, exchanging what comes back, signing in by a code on another device, and
//! fresh access tokens. Must not know: mailboxes, where tokens are kept.

mod app;
mod failure;

use std::pin::Pin;
use std::time::Duration;

use oauth2::basic::{BasicErrorResponse, BasicTokenType};
use oauth2::{
    AsyncHttpClient, AuthorizationCode, CsrfToken, DeviceAuthorizationUrl,
    EmptyExtraDeviceAuthorizationFields, EndpointNotSet, EndpointSet, ExtraTokenFields,
    HttpRequest, HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RefreshToken, Scope,
    StandardDeviceAuthorizationResponse, StandardRevocableToken, StandardTokenResponse,
    TokenResponse,
};
use reqwest::Request;
use serde::{Deserialize, Serialize};

pub use app::OAuthApp;
pub use failure::OAuthFailure;

use crate::http::{HttpClient, HttpFailure};
use app::url;

/// Access tokens of a provider that does not say for how long they are good.
const USUAL_LIFE: Duration = Duration::from_mins(30);

/// What a provider gave. Its `Debug` shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// Opens the account, for a short time.
    pub access: String,
    /// For how long.
    pub expires_in: Duration,
    /// Gets further access tokens; `None` where the one before stays good.
    pub refresh: Option<String>,
    /// When even that one ends, where the provider says so: Google's apps in testing end after a
    /// week.
    pub dies_in: Option<Duration>,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tokens(for {:?})", self.expires_in)
    }
}

/// A code to be entered on another device. It is kept while it waits.
#[derive(Clone, Debug)]
pub struct DeviceCode(StandardDeviceAuthorizationResponse);

impl DeviceCode {
    /// What the person enters.
    pub fn code(&self) -> &str {
        self.0.user_code().secret()
    }

    /// Where.
    pub fn page(&self) -> &str {
        self.0.verification_uri().as_str()
    }

    /// For how long it is good.
    pub fn expires_in(&self) -> Duration {
        self.0.expires_in()
    }
}

/// The link to the provider's consent page. `state` and `verifier` come back or are shown again
/// in [`exchange`]; `address` is the account that the person most likely means.
///
/// # Errors
/// `App` when an address of the app is none.
pub fn consent_link(
    app: &OAuthApp,
    redirect: &str,
    state: &str,
    verifier: &str,
    address: &str,
) -> Result<String, OAuthFailure> {
    let client = client(app)?;
    let verifier = PkceCodeVerifier::new(verifier.to_owned());
    let redirect = oauth2::RedirectUrl::new(redirect.to_owned())
        .map_err(|error| OAuthFailure::Redirect(error.to_string()))?;
    let state = state.to_owned();
    let mut asking = client
        .authorize_url(move || CsrfToken::new(state))
        .set_redirect_uri(std::borrow::Cow::Owned(redirect))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_scopes(scopes(app))
        .add_extra_param("login_hint", address);
    for (name, value) in &app.asks {
        asking = asking.add_extra_param(*name, *value);
    }
    Ok(asking.url().0.into())
}

/// Exchanges the code that came back from the consent page.
///
/// # Errors
/// Says why there are no tokens.
pub async fn exchange(
    http: &HttpClient,
    app: &OAuthApp,
    redirect: &str,
    code: &str,
    verifier: &str,
) -> Result<Tokens, OAuthFailure> {
    let redirect = oauth2::RedirectUrl::new(redirect.to_owned())
        .map_err(|error| OAuthFailure::Redirect(error.to_string()))?;
    let client = client(app)?;
    let asked = client
        .exchange_code(AuthorizationCode::new(code.to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
        .set_redirect_uri(std::borrow::Cow::Owned(redirect))
        .request_async(http)
        .await;
    let tokens = tokens_of(&asked.map_err(|error| failure::of_token(error, failure::Step::Code))?);
    if tokens.refresh.is_none() {
        return Err(OAuthFailure::NoLastingAccess);
    }
    Ok(tokens)
}

/// Asks for a code that the person enters on another device.
///
/// # Errors
/// `NoDevice` when the provider has no such way.
pub async fn begin_device(http: &HttpClient, app: &OAuthApp) -> Result<DeviceCode, OAuthFailure> {
    let Some(device) = &app.device else {
        return Err(OAuthFailure::NoDevice);
    };
    let device = DeviceAuthorizationUrl::new(device.clone())
        .map_err(|error| OAuthFailure::App(format!("{device}: {error}")))?;
    let client = client(app)?.set_device_authorization_url(device);
    let asked: Result<StandardDeviceAuthorizationResponse, _> = client
        .exchange_device_code()
        .add_scopes(scopes(app))
        .request_async::<_, EmptyExtraDeviceAuthorizationFields>(http)
        .await;
    asked
        .map(DeviceCode)
        .map_err(|error| failure::of_token(error, failure::Step::Device))
}

/// Waits until the person has entered the code, or until it is no longer good.
///
/// # Errors
/// Says why there are no tokens.
pub async fn await_device(
    http: &HttpClient,
    app: &OAuthApp,
    code: &DeviceCode,
) -> Result<Tokens, OAuthFailure> {
    let client = client(app)?;
    let asked = client
        .exchange_device_access_token(&code.0)
        .request_async(http, tokio::time::sleep, None)
        .await;
    let tokens = tokens_of(&asked.map_err(failure::of_device)?);
    if tokens.refresh.is_none() {
        return Err(OAuthFailure::NoLastingAccess);
    }
    Ok(tokens)
}

/// Gets a fresh access token, for everything that was granted or for some of it: Microsoft gives
/// one token for IMAP and SMTP and another for its Graph.
///
/// # Errors
/// `Withdrawn` when somebody has to sign in again.
pub async fn refresh(
    http: &HttpClient,
    app: &OAuthApp,
    refresh_token: &str,
    only: &[&str],
) -> Result<Tokens, OAuthFailure> {
    let client = client(app)?;
    let only = only.iter().map(|scope| Scope::new((*scope).to_owned()));
    let asked = client
        .exchange_refresh_token(&RefreshToken::new(refresh_token.to_owned()))
        .add_scopes(only)
        .request_async(http)
        .await;
    Ok(tokens_of(&asked.map_err(|error| {
        failure::of_token(error, failure::Step::Refresh)
    })?))
}

/// What Google adds to the standard's answer.
#[derive(Debug, Deserialize, Serialize)]
struct MoreFields {
    refresh_token_expires_in: Option<u64>,
}

impl ExtraTokenFields for MoreFields {}

type Answer = StandardTokenResponse<MoreFields, BasicTokenType>;

type Client<Device = EndpointNotSet> = oauth2::Client<
    BasicErrorResponse,
    Answer,
    oauth2::basic::BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    oauth2::basic::BasicRevocationErrorResponse,
    EndpointSet,
    Device,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

fn client(app: &OAuthApp) -> Result<Client, OAuthFailure> {
    let authorize = url(&app.authorize, oauth2::AuthUrl::new)?;
    let token = url(&app.token, oauth2::TokenUrl::new)?;
    let client = oauth2::Client::new(oauth2::ClientId::new(app.client_id.clone()))
        .set_auth_uri(authorize)
        .set_token_uri(token)
        // Both Google and Microsoft take it there; the header is optional for a provider.
        .set_auth_type(oauth2::AuthType::RequestBody);
    Ok(match &app.client_secret {
        Some(secret) => client.set_client_secret(oauth2::ClientSecret::new(secret.clone())),
        None => client,
    })
}

fn scopes(app: &OAuthApp) -> Vec<Scope> {
    app.scopes.iter().cloned().map(Scope::new).collect()
}

fn tokens_of(answer: &Answer) -> Tokens {
    Tokens {
        access: answer.access_token().secret().clone(),
        expires_in: answer.expires_in().unwrap_or(USUAL_LIFE),
        refresh: answer.refresh_token().map(|token| token.secret().clone()),
        dies_in: answer
            .extra_fields()
            .refresh_token_expires_in
            .map(Duration::from_secs),
    }
}

/// The guarded client in the words of the library.
impl<'c> AsyncHttpClient<'c> for HttpClient {
    type Error = HttpFailure;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpFailure>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(ask(self, request))
    }
}

async fn ask(http: &HttpClient, request: HttpRequest) -> Result<HttpResponse, HttpFailure> {
    let request =
        Request::try_from(request).map_err(|error| HttpFailure::NotAllowed(error.to_string()))?;
    let answer = http.ask(request).await?;
    let mut response = HttpResponse::new(answer.body);
    *response.status_mut() = oauth2::http::StatusCode::from_u16(answer.status)
        .map_err(|error| HttpFailure::NoAnswer(error.to_string()))?;
    if let Some(kind) = answer.content_type.and_then(|kind| kind.parse().ok()) {
        response
            .headers_mut()
            .insert(oauth2::http::header::CONTENT_TYPE, kind);
    }
    Ok(response)
}
