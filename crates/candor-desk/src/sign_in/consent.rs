//! Whoever speaks with providers.
//!
//! Owns: the seam between the desk and the sockets. Must not know: OAuth.

use super::app::SignInApp;
use std::pin::Pin;
use std::time::Duration;

/// A future as a value, so that the consent can be a trait object.
pub type Asking<T> = Pin<Box<dyn Future<Output = Result<T, SignInFailure>> + Send>>;

/// What a provider gave. Its `Debug` shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Granted {
    /// Opens the account, for a short time.
    pub access: String,
    /// For how long.
    pub expires_in: Duration,
    /// Gets further access tokens; `None` where the one before stays good.
    pub refresh: Option<String>,
    /// When even that one ends, where the provider says so.
    pub ends_in: Option<Duration>,
}

impl std::fmt::Debug for Granted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Granted(for {:?})", self.expires_in)
    }
}

/// A code that somebody enters on another device, and what comes of it.
pub struct Device {
    /// The code.
    pub code: String,
    /// Where it is entered.
    pub page: String,
    /// For how long it is good.
    pub expires_in: Duration,
    /// Ends once it was entered, or not in time.
    pub granted: Asking<Granted>,
}

/// Why a provider gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{id} {detail}")]
pub struct SignInFailure {
    /// The id under which the sentence is translated, such as `sign-in-failure-declined`.
    pub id: &'static str,
    /// What the provider said, word for word; empty where it said nothing.
    pub detail: String,
}

impl SignInFailure {
    /// The desk does not know an app at that provider yet.
    pub(super) fn no_app() -> Self {
        Self {
            id: "sign-in-failure-no-app",
            detail: String::new(),
        }
    }

    /// What came back was not begun here, or too long ago.
    pub(super) fn not_begun() -> Self {
        Self {
            id: "sign-in-failure-code",
            detail: String::new(),
        }
    }
}

/// Speaks with providers. The binary implements it over sockets.
pub trait Consent: Send + Sync + 'static {
    /// The link to the consent page of a provider.
    fn link(
        &self,
        app: &SignInApp,
        redirect: &str,
        state: &str,
        verifier: &str,
        address: &str,
    ) -> Result<String, SignInFailure>;

    /// Exchanges the code that came back from there.
    fn exchange(
        &self,
        app: &SignInApp,
        redirect: &str,
        code: &str,
        verifier: &str,
    ) -> Asking<Granted>;

    /// Asks for a code that is entered on another device.
    fn device(&self, app: &SignInApp) -> Asking<Device>;

    /// What the consent page said when it sent somebody back without a code.
    fn refused(&self, code: &str, words: &str) -> SignInFailure;
}
