//! Who we are at a provider.
//!
//! Owns: the app that the shop registered there, one for each provider, encrypted; that its secret
//! and the tokens it got go to no other address. Must not know: where Google and Microsoft are.

use super::state::{forget_sign_in, provider_of};
use crate::check::Check;
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use crate::setting::{Known, keep, value};
use candor_domain::permission::Permission;
use candor_store::Tx;
use serde::{Deserialize, Serialize};

/// Who keeps the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provider {
    /// Gmail and Google Workspace.
    Google,
    /// Microsoft 365 and Outlook.
    Microsoft,
    /// Any other that speaks OAuth 2.
    Other,
}

impl Provider {
    /// In the order in which people see them.
    pub const ALL: [Self; 3] = [Self::Google, Self::Microsoft, Self::Other];

    /// The name in settings and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Google => "google",
            Self::Microsoft => "microsoft",
            Self::Other => "other",
        }
    }

    /// The provider of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.as_str() == name)
    }

    const fn setting(self) -> Known<'static> {
        Known {
            name: match self {
                Self::Google => "sign_in.google",
                Self::Microsoft => "sign_in.microsoft",
                Self::Other => "sign_in.other",
            },
            default: "",
            secret: true,
        }
    }
}

/// Where another provider is asked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// The consent page.
    pub authorize: String,
    /// Where codes and refresh tokens are exchanged.
    pub token: String,
    /// Where codes for other devices are made; empty where there is no such way.
    pub device: String,
    /// What is asked for, with spaces between.
    pub scopes: String,
    /// The server that holds the mail.
    pub server: String,
    /// The server that takes mail; empty where mail leaves another way.
    #[serde(default)]
    pub sending_server: String,
    /// An address that takes mail over HTTP as Microsoft Graph does; empty where there is none.
    #[serde(default)]
    pub mail_api: String,
}

/// The app that the shop registered at a provider.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInApp {
    /// Where.
    pub provider: Provider,
    /// Its public name.
    pub client_id: String,
    /// Its secret; empty where it has none. Never shown on a page.
    pub client_secret: String,
    /// The directory at Microsoft; empty elsewhere.
    pub tenant: String,
    /// The addresses of another provider.
    pub endpoints: Endpoints,
}

impl std::fmt::Debug for SignInApp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignInApp({:?}, {})", self.provider, self.client_id)
    }
}

impl SignInApp {
    /// The server that holds the mail. What the provider grants is sent there and nowhere else.
    pub fn server(&self) -> &str {
        match self.provider {
            Provider::Google => "imap.gmail.com",
            Provider::Microsoft => "outlook.office365.com",
            Provider::Other => &self.endpoints.server,
        }
    }

    /// The server that takes mail under the sign-in; empty where there is none.
    pub fn sending_server(&self) -> &str {
        match self.provider {
            Provider::Google => "smtp.gmail.com",
            Provider::Microsoft => "smtp.office365.com",
            Provider::Other => &self.endpoints.sending_server,
        }
    }

    /// Whether secrets of this app would go to the same place as those of the other.
    fn leads_to_the_same(&self, other: &Self) -> bool {
        (&self.client_id, &self.tenant, &self.endpoints)
            == (&other.client_id, &other.tenant, &other.endpoints)
    }
}

/// The app at a provider; `None` before somebody registered it.
pub(super) fn app_of(
    tx: &mut Tx<'_>,
    cx: &Cx,
    provider: Provider,
) -> Result<Option<SignInApp>, DeskError> {
    let kept = value(tx, cx, &provider.setting())?;
    if kept.is_empty() {
        return Ok(None);
    }
    serde_json::from_str(&kept)
        .map(Some)
        .map_err(|error| DeskError::Internal(format!("the app at a provider: {error}")))
}

/// What somebody enters about an app.
#[derive(Clone)]
pub struct SignInAppFields {
    /// Its public name.
    pub client_id: String,
    /// Its secret; `None` leaves it as it is, which is refused for another app.
    pub client_secret: Option<String>,
    /// The directory at Microsoft; empty means `common`.
    pub tenant: String,
    /// The addresses of another provider.
    pub endpoints: Endpoints,
}

/// Sets the app at a provider. Mailboxes that are signed in through another app of that provider
/// have to sign in again: their tokens would go elsewhere.
#[derive(Clone)]
pub struct SetSignInApp {
    /// Where.
    pub provider: Provider,
    /// The app.
    pub fields: SignInAppFields,
}

impl SetSignInApp {
    fn checked(&self, before: Option<&SignInApp>) -> Result<SignInApp, DeskError> {
        let mut check = Check::default();
        let fields = &self.fields;
        let client_id = check.name("client_id", &fields.client_id);
        let tenant = match (self.provider, fields.tenant.trim()) {
            (Provider::Microsoft, "") => "common",
            (Provider::Microsoft, tenant) => tenant,
            _ => "",
        };
        let is_name = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
        if !tenant.chars().all(is_name) || tenant.len() > 253 {
            let words = "this is no directory, such as shop.onmicrosoft.com";
            check.refuse("tenant", "error-tenant", words);
        }
        let endpoints = if self.provider == Provider::Other {
            checked_endpoints(&mut check, &fields.endpoints)
        } else {
            Endpoints::default()
        };
        let mut app = SignInApp {
            provider: self.provider,
            client_id,
            client_secret: String::new(),
            tenant: tenant.to_owned(),
            endpoints,
        };
        // Whoever may change the address must not be able to have the old secret sent to theirs.
        let old = before.filter(|before| before.leads_to_the_same(&app));
        let kept = old.map(|before| before.client_secret.clone());
        app.client_secret = fields.client_secret.clone().or(kept).unwrap_or_default();
        check.text("client_secret", &app.client_secret, 1024);
        check.done()?;
        Ok(app)
    }
}

fn checked_endpoints(check: &mut Check, entered: &Endpoints) -> Endpoints {
    let scopes: Vec<&str> = entered.scopes.split_whitespace().collect();
    let endpoints = Endpoints {
        authorize: entered.authorize.trim().to_owned(),
        token: entered.token.trim().to_owned(),
        device: entered.device.trim().to_owned(),
        scopes: scopes.join(" "),
        server: entered.server.trim().to_lowercase(),
        sending_server: entered.sending_server.trim().to_lowercase(),
        mail_api: entered.mail_api.trim().to_owned(),
    };
    check_address(check, "authorize", &endpoints.authorize);
    check_address(check, "token", &endpoints.token);
    if !endpoints.device.is_empty() {
        check_address(check, "device", &endpoints.device);
    }
    if !endpoints.mail_api.is_empty() {
        check_address(check, "mail_api", &endpoints.mail_api);
    }
    check.server("sending_server", &endpoints.sending_server);
    if endpoints.scopes.is_empty() {
        check.refuse("scopes", "error-scopes", "say what the app asks for");
    }
    check.text("scopes", &endpoints.scopes, 1000);
    let words = "this is no server name, such as imap.example.org";
    check.host(&endpoints.server, false, words);
    endpoints
}

/// Whether such an address may really be asked is judged again when it is.
fn check_address(check: &mut Check, field: &'static str, text: &str) {
    let on_this_host = ["http://127.0.0.1:", "http://[::1]:"];
    let right = text.starts_with("https://") || on_this_host.iter().any(|at| text.starts_with(at));
    if !right || text.len() > 500 {
        let words = "this is no address that begins with https://";
        check.refuse(field, "error-https", words);
    }
}

impl Verb for SetSignInApp {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let before = app_of(tx, cx, self.provider)?;
        let app = self.checked(before.as_ref())?;
        if before.is_some_and(|before| !before.leads_to_the_same(&app)) {
            for mailbox in tx.mailboxes()? {
                if provider_of(tx, cx, mailbox.id)? == Some(self.provider) {
                    forget_sign_in(tx, cx, mailbox.id)?;
                }
            }
        }
        let text =
            serde_json::to_string(&app).map_err(|error| DeskError::Internal(error.to_string()))?;
        keep(tx, cx, &self.provider.setting(), &text)
    }
}
