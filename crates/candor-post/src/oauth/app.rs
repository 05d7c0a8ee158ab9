//! An app at a provider.
//!
//! Owns: where Google and Microsoft have their authorization servers, and what is asked of them.
//! Must not know: tokens.

use super::failure::OAuthFailure;

/// Who we are at a provider, and what we ask for. Its `Debug` shows no secret.
#[derive(Clone, PartialEq, Eq)]
pub struct OAuthApp {
    /// The consent page.
    pub authorize: String,
    /// Where codes and refresh tokens are exchanged.
    pub token: String,
    /// Where codes for other devices are made, if anywhere.
    pub device: Option<String>,
    /// The app's public name.
    pub client_id: String,
    /// Its secret; not every provider gives one.
    pub client_secret: Option<String>,
    /// What we ask for.
    pub scopes: Vec<String>,
    /// What else the consent page is told.
    pub asks: Vec<(&'static str, &'static str)>,
}

impl std::fmt::Debug for OAuthApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "OAuthApp({}, {})", self.token, self.client_id)
    }
}

impl OAuthApp {
    /// An app at Google. Its way over another device gives no access to mail.
    pub fn google(client_id: String, client_secret: Option<String>) -> Self {
        Self {
            authorize: "https://accounts.google.com/o/oauth2/v2/auth".to_owned(),
            token: "https://oauth2.googleapis.com/token".to_owned(),
            device: None,
            client_id,
            client_secret,
            scopes: vec!["https://mail.google.com/".to_owned()],
            // Without these two a second consent gives no refresh token.
            asks: vec![("access_type", "offline"), ("prompt", "consent")],
        }
    }

    /// An app at Microsoft. `tenant` is the organization's directory, or `common`.
    pub fn microsoft(tenant: &str, client_id: String, client_secret: Option<String>) -> Self {
        let at =
            |page: &str| format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/{page}");
        Self {
            authorize: at("authorize"),
            token: at("token"),
            device: Some(at("devicecode")),
            client_id,
            client_secret,
            scopes: [
                "https://outlook.office.com/IMAP.AccessAsUser.All",
                "https://outlook.office.com/SMTP.Send",
                "offline_access",
            ]
            .map(str::to_owned)
            .to_vec(),
            asks: vec![("prompt", "select_account")],
        }
    }

    /// The page on which an administrator allows the app for everybody of the directory.
    pub fn microsoft_admin_consent(tenant: &str, client_id: &str) -> String {
        format!("https://login.microsoftonline.com/{tenant}/adminconsent?client_id={client_id}")
    }
}

/// Reads an address of the app; one that is none is named.
pub(super) fn url<T, E: std::fmt::Display>(
    text: &str,
    read: impl Fn(String) -> Result<T, E>,
) -> Result<T, OAuthFailure> {
    read(text.to_owned()).map_err(|error| OAuthFailure::App(format!("{text}: {error}")))
}
