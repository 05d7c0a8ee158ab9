//! What all rules look at.
//!
//! Owns: sender, subject and headers in the form in which they are compared. Must not know: what
//! they say.

use std::cell::OnceCell;

use super::Envelope;
use crate::IncomingMessage;

/// How much of a text is searched for phrases.
const MAX_TEXT: usize = 16 * 1024;

/// How much a sender looks like a mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Daemon {
    No,
    /// The address of whoever runs the server, which people use too.
    Perhaps,
    Surely,
}

pub(super) struct Signs<'m> {
    pub message: &'m IncomingMessage,
    /// The envelope's sender in lower case without brackets; `None` when unknown.
    pub return_path: Option<String>,
    /// The `From` header in lower case.
    pub from: String,
    /// The subject in lower case.
    pub subject: String,
    text: OnceCell<String>,
}

impl<'m> Signs<'m> {
    pub(super) fn of(message: &'m IncomingMessage, envelope: &Envelope<'_>) -> Self {
        let written = envelope.sender.or_else(|| message.header("return-path"));
        Self {
            message,
            return_path: written.map(|path| bare(path).to_lowercase()),
            from: message.from_as_written.to_lowercase(),
            subject: message.subject.trim().to_lowercase(),
            text: OnceCell::new(),
        }
    }

    /// The beginning of the text in lower case, with single blanks.
    pub(super) fn text(&self) -> &str {
        self.text.get_or_init(|| {
            let text = &self.message.text;
            let head = &text[..text.floor_char_boundary(MAX_TEXT)];
            let words: Vec<&str> = head.split_whitespace().collect();
            words.join(" ").to_lowercase().replace('’', "'")
        })
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.message.header(name)
    }

    /// The envelope is known to have no sender.
    pub(super) fn has_null_sender(&self) -> bool {
        // Some servers write their own name where the envelope had none.
        let path = self.return_path.as_deref();
        path.is_some_and(|path| path.is_empty() || path.starts_with("mailer-daemon"))
    }

    /// The root's `Content-Type` in lower case.
    pub(super) fn content_type(&self) -> String {
        let all = self.message.headers.iter();
        all.filter(|field| field.name == "content-type")
            .map(|field| field.value.to_lowercase())
            .collect::<Vec<_>>()
            .join(" ; ")
    }

    pub(super) fn has_part(&self, kind: &str) -> bool {
        let parts = &self.message.attachments;
        parts.iter().any(|part| part.declared_type == kind)
    }

    pub(super) fn daemon(&self) -> Daemon {
        let path = self.return_path.as_deref().unwrap_or_default();
        let sure = [
            "mailer-daemon",
            "mailer daemon",
            "mailerdaemon",
            "mail-daemon",
            "maildaemon",
            "mail delivery s",
            "mail deliver system",
            "mail.delivery.system",
            "internet mail delivery",
        ];
        let has = |words: &[&str]| words.iter().any(|word| self.from.contains(word));
        let perhaps = [
            "postmaster",
            "post_master",
            "post-master",
            "mail administrator",
            "system administrator",
            "systemadministrator",
            "sysadmin",
            "mailadmin",
            "mail system",
            "mail gateway",
        ];
        if has(&sure) || self.from.trim_end().ends_with("<>") {
            Daemon::Surely
        } else if has(&perhaps) || path.starts_with("postmaster") {
            Daemon::Perhaps
        } else {
            Daemon::No
        }
    }

    /// Somebody answers or passes on: what the subject says was said by another.
    pub(super) fn is_answer_or_forward(&self) -> bool {
        const MARKS: [&str; 14] = [
            "re:", "fwd:", "fw:", "aw:", "wg:", "tr:", "rv:", "enc:", "sv:", "vs:", "antw:",
            "odp:", "res:", "rif:",
        ];
        MARKS.iter().any(|mark| self.subject.starts_with(mark))
    }
}

fn bare(path: &str) -> &str {
    path.trim().trim_matches(['<', '>']).trim()
}
