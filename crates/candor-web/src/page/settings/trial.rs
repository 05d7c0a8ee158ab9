//! A mail to oneself that shows whether mail leaves.
//!
//! Owns: how it ended, for the page. Must not know: SMTP.

use crate::error::PageError;
use crate::i18n::Texts;
use crate::page::Page;
use crate::page::mail_fault::fault_words;
use crate::part::{Notice, Tone};
use candor_desk::DeskError;
use candor_desk::outbox::{Trial, TrialEnd, TrialFrom, send_trial};

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
    let office = &app.post_office;
    match send_trial(&app.desk, &page.actor, office, TrialFrom::Desk, trial).await {
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
                let words = t.arg("trial-failed", "why", fault_words(t, &failure.fault()));
                Notice::new(words, Tone::Bad)
            }
            Self::NoMailbox => Notice::new(t.get("trial-no-mailbox"), Tone::Warn),
        }
    }
}
