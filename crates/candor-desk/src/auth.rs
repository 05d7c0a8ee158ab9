//! Logging in.
//!
//! Owns: passwords, sessions, one-time secrets, and the brake on guessing. Must not know: cookies,
//! pages, what a role allows.
//!
//! Sessions, one-time secrets and failed tries are working state: the journal does not keep them.
//! A password that was set is an event.

mod confirm;
mod device;
mod kept;
mod login;
mod passkey;
mod password;
mod reset;
mod secret;
mod session;
mod throttle;

pub use candor_store::session::Session;
pub use confirm::{change_password, confirm_password};
pub use device::KnownDevice;
pub(crate) use kept::KeptPassword;
pub use login::{LogIn, LoggedIn, log_in};
pub use passkey::{PasskeyOpens, PasskeyPurpose};
pub(crate) use passkey::{opened, spend_passkey, store_passkey};
pub use password::{Password, PasswordHash, Passwords};
pub(crate) use reset::set_password;
pub use reset::{IssueResetLink, RequestReset, ResetPassword, request_reset, reset_password};
pub use secret::{Purpose, Secret};
pub use session::{
    EndOtherSessions, EndSession, LogOut, SessionOf, SessionsOf, SweepLogins, TouchSession, Visit,
    require_recent_proof, session_of,
};
pub(crate) use throttle::Braked;
