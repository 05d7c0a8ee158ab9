//! Why a message did not arrive, in a word.
//!
//! Owns: what a status code and a server's words come down to. Must not know: what the desk does
//! about it.

use super::EnhancedStatus;

/// Why a message did not arrive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// There is no such mailbox.
    NoSuchMailbox,
    /// There is no such domain, or it takes no mail.
    NoSuchDomain,
    /// The mailbox is switched off.
    MailboxDisabled,
    /// The mailbox is full.
    MailboxFull,
    /// The message is larger than the other side takes.
    TooLarge,
    /// The other side could not be reached, or not in time.
    Unreachable,
    /// The message went in circles.
    Loop,
    /// The other side does not want it: policy, reputation, content.
    Refused,
    /// The report does not say, or nothing that we know.
    Unknown,
}

/// Words of servers, in the order in which they decide. All in lower case.
const WORDS: &[(Cause, &[&str])] = &[
    (
        Cause::MailboxFull,
        &[
            "mailbox full",
            "mailbox is full",
            "over quota",
            "quota exceeded",
            "exceeded storage",
            "out of storage",
            "exceeded the local limit",
            "insufficient disk space",
        ],
    ),
    (
        Cause::TooLarge,
        &[
            "too large",
            "too big",
            "message size exceeds",
            "length exceeds",
        ],
    ),
    (
        Cause::MailboxDisabled,
        &[
            "account is disabled",
            "mailbox disabled",
            "is inactive",
            "inactive email",
        ],
    ),
    (
        Cause::Loop,
        &["too many hops", "hop count", "mail loop", "maximum hop"],
    ),
    (
        Cause::Refused,
        &[
            "spam",
            "blacklist",
            "blocklist",
            "block list",
            "blocked",
            "denied",
            "policy",
            "rejected for",
            "virus",
            "relaying",
            "dmarc",
            "unauthenticated",
        ],
    ),
    (
        Cause::NoSuchDomain,
        &[
            "host not found",
            "domain not found",
            "host unknown",
            "unknown host",
            "no mx record",
            "name service error",
            "domain name not found",
            "no such domain",
        ],
    ),
    (
        Cause::NoSuchMailbox,
        &[
            "user unknown",
            "unknown user",
            "no such user",
            "no such mailbox",
            "no mailbox",
            "unknown recipient",
            "recipient unknown",
            "does not exist",
            "doesn't exist",
            "doesn't have",
            "invalid recipient",
            "not recognized",
            "not listed in",
            "unknown local",
            "not found",
        ],
    ),
    (
        Cause::Unreachable,
        &[
            "timed out",
            "timeout",
            "could not connect",
            "connection refused",
            "not reachable",
            "accept our requests to connect",
            "no route",
            "giving up",
            "expired",
        ],
    ),
];

impl Cause {
    /// A stable word for logs and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoSuchMailbox => "no_such_mailbox",
            Self::NoSuchDomain => "no_such_domain",
            Self::MailboxDisabled => "mailbox_disabled",
            Self::MailboxFull => "mailbox_full",
            Self::TooLarge => "too_large",
            Self::Unreachable => "unreachable",
            Self::Loop => "loop",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }

    /// By the code (RFC 3463, 3.2 to 3.8), else by the words.
    pub(super) fn of(status: EnhancedStatus, words: &str) -> Self {
        match (status.subject, status.detail) {
            (1, 1 | 3 | 4 | 6) => Self::NoSuchMailbox,
            (1, 2) | (4, 4) => Self::NoSuchDomain,
            (2, 1) => Self::MailboxDisabled,
            (2, 2) => Self::MailboxFull,
            (2, 3) | (3, 4) => Self::TooLarge,
            (4, 6) => Self::Loop,
            (4, 0..=3 | 5 | 7) => Self::Unreachable,
            (7, _) => Self::Refused,
            _ => Self::in_words(words),
        }
    }

    fn in_words(words: &str) -> Self {
        let lower = words.to_lowercase();
        let found = WORDS
            .iter()
            .find(|(_, phrases)| phrases.iter().any(|phrase| lower.contains(phrase)));
        found.map_or(Self::Unknown, |&(cause, _)| cause)
    }
}
