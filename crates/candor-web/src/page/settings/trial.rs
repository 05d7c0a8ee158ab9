//! A mail to oneself that shows whether mail leaves, and the words for how it ended.
//!
//! Owns: the words. Must not know: SMTP; a failure comes with an id under which it is translated.

use crate::error::PageError;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::part::{Notice, Tone};
use candor_desk::DeskError;
use candor_desk::outbox::{SendFailure, Trial, TrialEnd, send_trial};

/// How the trial ended.
pub(super) enum Tried {
    Ended(TrialEnd, String),
    NoMailbox,
}

/// Sends it.
pub(super) async fn try_it(page: &Page) -> Result<Tried, PageError> {
    let to = page.visit.person.email.clone();
    let address = to.to_string();
    let trial = Trial {
        to,
        subject: page.t.get("trial-subject"),
        text: page.t.arg("trial-text", "shop", page.app.site.shop()),
    };
    let app = &page.app;
    match send_trial(&app.desk, &page.actor, &app.post_office, trial).await {
        Ok(end) => Ok(Tried::Ended(end, address)),
        Err(DeskError::NotFound("mailbox")) => Ok(Tried::NoMailbox),
        Err(error) => Err(error.into()),
    }
}

impl Tried {
    /// How it ended, for the page.
    pub(super) fn notice(&self, t: &Texts) -> Notice {
        match self {
            Self::Ended(TrialEnd::Taken, address) => {
                Notice::new(t.arg("trial-taken", "address", address), Tone::Good)
            }
            Self::Ended(TrialEnd::NoServer, _) => Notice::new(t.get("trial-no-server"), Tone::Warn),
            Self::Ended(TrialEnd::Failed(failure), _) => {
                let words = t.arg("trial-failed", "why", failure_words(t, failure));
                Notice::new(words, Tone::Bad)
            }
            Self::NoMailbox => Notice::new(t.get("trial-no-mailbox"), Tone::Warn),
        }
    }
}

/// Why a mail did not leave, with what the other side said.
fn failure_words(t: &Texts, failure: &SendFailure) -> String {
    match KNOWN.iter().find(|known| **known == failure.id) {
        None => failure.explanation.clone(),
        Some(id) if failure.detail.is_empty() => t.get(id),
        Some(id) => format!("{} ({})", t.get(id), failure.detail),
    }
}

/// The ids that a courier gives its failures.
const KNOWN: [&str; 22] = [
    key("send-failure-temporary"),
    key("send-failure-permanent"),
    key("send-failure-no-such-host"),
    key("send-failure-refused"),
    key("send-failure-timed-out"),
    key("send-failure-broken"),
    key("send-failure-not-smtp"),
    key("send-failure-expects-tls"),
    key("send-failure-not-loopback"),
    key("send-failure-tls-not-offered"),
    key("send-failure-expects-starttls"),
    key("send-failure-unknown-issuer"),
    key("send-failure-wrong-name"),
    key("send-failure-out-of-date"),
    key("send-failure-bad-roots"),
    key("send-failure-tls"),
    key("send-failure-login-rejected"),
    key("send-failure-login-not-offered"),
    key("send-failure-login-required"),
    key("send-failure-unconfirmed"),
    key("send-failure-unsuitable"),
    key("send-failure-not-kept"),
];
