//! Signing in at a mail provider without knowing the password.
//!
//! Owns: who we are at a provider, what somebody began there and finished, and the tokens, which
//! lie encrypted and leave only towards the provider that gave them. Must not know: HTTP, OAuth's
//! dialogue; the binary speaks it through [`Consent`].

mod app;
mod consent;
mod flow;
mod grant;
mod state;

pub use app::{Endpoints, Provider, SetSignInApp, SignInApp, SignInAppFields};
pub use consent::{Asking, Consent, Device, Granted, SignInFailure};
pub use flow::{begin_consent, begin_device, finish_consent};
pub use grant::{Grant, GrantOf, RenewGrant, SignInFailed};
pub use state::{Began, SignInState, SignInStateOf, SignOut};
pub(crate) use state::{sending_server_of_sign_in, server_of_sign_in};
