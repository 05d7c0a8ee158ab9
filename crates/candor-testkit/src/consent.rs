//! A mail provider without sockets.
//!
//! Owns: one code that is good, and what is granted for it. Must not know: OAuth.

use candor_desk::sign_in::{Asking, Consent, Device, Granted, SignInApp, SignInFailure};
use std::sync::Mutex;
use std::time::Duration;
use tokio::sync::watch;

/// The code with which the consent page sends people back.
pub const CONSENT_CODE: &str = "4/good";

/// Grants access for the right code, and remembers the state of the last link.
pub struct ScriptedConsent {
    state: Mutex<String>,
    /// Whether the code for another device was entered.
    entered: watch::Sender<bool>,
}

impl Default for ScriptedConsent {
    fn default() -> Self {
        Self {
            state: Mutex::default(),
            entered: watch::Sender::new(false),
        }
    }
}

impl ScriptedConsent {
    /// What the last link carries and the provider sends back.
    pub fn state(&self) -> String {
        self.state.lock().expect("nobody panics here").clone()
    }

    /// Somebody enters the code on another device.
    pub fn enter_code(&self) {
        self.entered.send_replace(true);
    }
}

fn granted() -> Granted {
    Granted {
        access: "short-lived".to_owned(),
        expires_in: Duration::from_hours(1),
        refresh: Some("lasting".to_owned()),
        ends_in: None,
    }
}

impl Consent for ScriptedConsent {
    fn link(
        &self,
        _app: &SignInApp,
        redirect: &str,
        state: &str,
        _verifier: &str,
        address: &str,
    ) -> Result<String, SignInFailure> {
        state.clone_into(&mut self.state.lock().expect("nobody panics here"));
        Ok(format!(
            "https://provider.example/consent?back={redirect}&state={state}&for={address}"
        ))
    }

    fn exchange(
        &self,
        _app: &SignInApp,
        _redirect: &str,
        code: &str,
        _verifier: &str,
    ) -> Asking<Granted> {
        let answer = if code == CONSENT_CODE {
            Ok(granted())
        } else {
            Err(SignInFailure {
                id: "sign-in-failure-code",
                detail: "invalid_grant".to_owned(),
            })
        };
        Box::pin(std::future::ready(answer))
    }

    fn device(&self, _app: &SignInApp) -> Asking<Device> {
        let mut entered = self.entered.subscribe();
        Box::pin(std::future::ready(Ok(Device {
            code: "ABCD-EFGH".to_owned(),
            page: "https://provider.example/device".to_owned(),
            expires_in: Duration::from_mins(15),
            granted: Box::pin(async move {
                let waited = entered.wait_for(|entered| *entered).await;
                waited.expect("the provider outlives the wait");
                Ok(granted())
            }),
        })))
    }

    fn refused(&self, code: &str, words: &str) -> SignInFailure {
        SignInFailure {
            id: "sign-in-failure-declined",
            detail: format!("{code} {words}"),
        }
    }
}
