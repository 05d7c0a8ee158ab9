//! What can go wrong when somebody signs in at a provider.
//!
//! Owns: the kinds of failure and their stable ids, read from the standard's error codes and from
//! Microsoft's numbers. Must not know: languages (the pages translate by id).

use oauth2::basic::BasicErrorResponse;
use oauth2::{DeviceCodeErrorResponse, ErrorResponse, RequestTokenError};

use crate::http::HttpFailure;

/// Why there are no tokens, with what the provider said where it said something.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OAuthFailure {
    /// The provider cannot be asked.
    #[error("the provider cannot be asked: {0}")]
    NoAnswer(String),
    /// The app is not known there, or its secret is wrong or expired.
    #[error("the app is refused: {0}")]
    App(String),
    /// The address to come back to is not registered with the app.
    #[error("the address to come back to is refused: {0}")]
    Redirect(String),
    /// The code of the consent page was used before or is too old.
    #[error("the code is no longer good: {0}")]
    Code(String),
    /// The person said no.
    #[error("access was declined: {0}")]
    Declined(String),
    /// An administrator has to allow it first.
    #[error("an administrator has to allow it: {0}")]
    NeedsAdmin(String),
    /// The code for another device was not entered in time.
    #[error("the code was not entered in time")]
    TooLate,
    /// Access was withdrawn or has ended; somebody has to sign in again.
    #[error("access has ended: {0}")]
    Withdrawn(String),
    /// What we ask for does not exist or is not allowed to the app.
    #[error("what we ask for is refused: {0}")]
    Scope(String),
    /// The provider gave access for an hour only.
    #[error("the provider gave no lasting access")]
    NoLastingAccess,
    /// The provider does not let people sign in on another device.
    #[error("there is no sign-in on another device")]
    NoDevice,
    /// What the provider said makes no sense to us.
    #[error("not understood: {0}")]
    NotUnderstood(String),
}

impl OAuthFailure {
    /// A stable id, under which the sentence is translated.
    pub fn id(&self) -> &'static str {
        match self {
            Self::NoAnswer(_) => "sign-in-failure-no-answer",
            Self::App(_) => "sign-in-failure-app",
            Self::Redirect(_) => "sign-in-failure-redirect",
            Self::Code(_) => "sign-in-failure-code",
            Self::Declined(_) => "sign-in-failure-declined",
            Self::NeedsAdmin(_) => "sign-in-failure-needs-admin",
            Self::TooLate => "sign-in-failure-too-late",
            Self::Withdrawn(_) => "sign-in-failure-withdrawn",
            Self::Scope(_) => "sign-in-failure-scope",
            Self::NoLastingAccess => "sign-in-failure-no-lasting-access",
            Self::NoDevice => "sign-in-failure-no-device",
            Self::NotUnderstood(_) => "sign-in-failure-not-understood",
        }
    }

    /// What the provider said, word for word.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::NoAnswer(text)
            | Self::App(text)
            | Self::Redirect(text)
            | Self::Code(text)
            | Self::Declined(text)
            | Self::NeedsAdmin(text)
            | Self::Withdrawn(text)
            | Self::Scope(text)
            | Self::NotUnderstood(text) => Some(text),
            Self::TooLate | Self::NoLastingAccess | Self::NoDevice => None,
        }
    }

    /// Whether trying again helps without anybody doing anything.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::NoAnswer(_) | Self::NotUnderstood(_))
    }

    /// What the consent page said when it sent the person back without a code.
    pub fn of_consent(code: &str, words: &str) -> Self {
        of_words(code, words.to_owned(), Step::Code)
    }
}

/// At which step something was refused; the same word means different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Code,
    Device,
    Refresh,
}

/// Microsoft's numbers for "an administrator has to consent".
const ADMIN: [&str; 4] = ["AADSTS65001", "AADSTS90094", "AADSTS90093", "AADSTS650051"];
/// And for "this address to come back to is not registered".
const REDIRECT: [&str; 2] = ["AADSTS50011", "redirect_uri"];

fn of_words(code: &str, words: String, step: Step) -> OAuthFailure {
    let said = |list: &[&str]| list.iter().any(|word| words.contains(word));
    match code {
        _ if said(&ADMIN) => OAuthFailure::NeedsAdmin(words),
        "redirect_uri_mismatch" => OAuthFailure::Redirect(words),
        _ if said(&REDIRECT) => OAuthFailure::Redirect(words),
        "invalid_client" | "unauthorized_client" => OAuthFailure::App(words),
        "invalid_scope" => OAuthFailure::Scope(words),
        "access_denied" | "authorization_declined" => OAuthFailure::Declined(words),
        "expired_token" => OAuthFailure::TooLate,
        "consent_required" | "interaction_required" | "invalid_grant" if step == Step::Refresh => {
            OAuthFailure::Withdrawn(words)
        }
        "consent_required" | "interaction_required" => OAuthFailure::NeedsAdmin(words),
        "invalid_grant" | "bad_verification_code" => OAuthFailure::Code(words),
        "temporarily_unavailable" | "server_error" => OAuthFailure::NoAnswer(words),
        _ => OAuthFailure::NotUnderstood(format!("{code}: {words}")),
    }
}

pub(super) fn of_token(
    error: RequestTokenError<HttpFailure, BasicErrorResponse>,
    step: Step,
) -> OAuthFailure {
    match error {
        RequestTokenError::ServerResponse(said) => {
            let words = said.error_description().cloned().unwrap_or_default();
            of_words(said.error().as_ref(), words, step)
        }
        other => of_rest(other),
    }
}

pub(super) fn of_device(
    error: RequestTokenError<HttpFailure, DeviceCodeErrorResponse>,
) -> OAuthFailure {
    match error {
        RequestTokenError::ServerResponse(said) => {
            let words = said.error_description().cloned().unwrap_or_default();
            of_words(said.error().as_ref(), words, Step::Device)
        }
        other => of_rest(other),
    }
}

fn of_rest<T: ErrorResponse + 'static>(error: RequestTokenError<HttpFailure, T>) -> OAuthFailure {
    match error {
        RequestTokenError::Request(failure) => OAuthFailure::NoAnswer(failure.to_string()),
        RequestTokenError::Parse(error, _) => OAuthFailure::NotUnderstood(error.to_string()),
        other => OAuthFailure::NotUnderstood(other.to_string()),
    }
}
