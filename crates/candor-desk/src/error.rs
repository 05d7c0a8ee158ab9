//! The eight ways in which the desk says no.
//!
//! Owns: the errors of verbs and queries. Must not know: status codes and pages.

use candor_domain::id::MessageId;
use candor_domain::roster::RosterRule;
use candor_domain::ticket::TicketRule;
use candor_store::{ErrorKind, StoreError, StoreFailure};

/// Why a verb or a query did not happen. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// It is not there, or the actor may not know that it is.
    #[error("this {0} is not here")]
    NotFound(&'static str),
    /// The actor knows of it but may not do that.
    #[error("this is not allowed to you: {0}")]
    NotAllowed(&'static str),
    /// Fields that cannot be so.
    #[error("{}", fields_in_words(.0))]
    Invalid(Vec<FieldError>),
    /// It was possible a moment ago.
    #[error("{0}")]
    Conflict(Conflict),
    /// More than the desk takes.
    #[error("this is larger than the limit of {limit_bytes} bytes")]
    TooLarge {
        /// The limit.
        limit_bytes: u64,
    },
    /// Too often.
    #[error("too many tries; again in {retry_after_seconds} seconds")]
    SlowDown {
        /// When it is worth another try.
        retry_after_seconds: u64,
    },
    /// The database is busy, full or away. Nothing is lost; a later try may work.
    #[error("the desk cannot store anything at the moment: {0}")]
    Unavailable(StoreError),
    /// A fault of ours.
    #[error("something went wrong inside the desk: {0}")]
    Internal(String),
}

/// A field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// Its name in forms and in the API.
    pub field: &'static str,
    /// The Fluent id of the sentence that says it.
    pub id: &'static str,
    /// The sentence in English, for the API and the command line.
    pub message: String,
}

/// What came in between.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Somebody changed it since it was read.
    #[error("somebody changed this in the meantime (it is at version {current} now)")]
    Stale {
        /// The version that is stored.
        current: i64,
    },
    /// The thread moved on since the draft was begun.
    #[error("a newer message arrived since you began to write")]
    NewerMessage(MessageId),
    /// A rule of the ticket forbids it.
    #[error("{0}")]
    Rule(TicketRule),
    /// A rule of the roster forbids it.
    #[error("{0}")]
    Roster(RosterRule),
    /// Something else has that name or address.
    #[error("this {0} is taken")]
    Taken(&'static str),
    /// It cannot be undone any more.
    #[error("this cannot be undone any more")]
    TooLate,
    /// The last owner stays.
    #[error("somebody must stay owner of the desk")]
    LastOwner,
    /// Something else stands on it.
    #[error("this {0} is still in use")]
    InUse(&'static str),
    /// The same idempotency key with another request.
    #[error("this idempotency key was used for another request")]
    KeyReused,
}

impl DeskError {
    /// One field that cannot be so.
    pub fn invalid(field: &'static str, id: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError {
            field,
            id,
            message: message.into(),
        }])
    }
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> Self {
        match error.kind {
            ErrorKind::NotFound => Self::NotFound("row"),
            ErrorKind::Busy | ErrorKind::Full | ErrorKind::Unavailable | ErrorKind::Conflict => {
                Self::Unavailable(error)
            }
            ErrorKind::Broken => {
                tracing::error!(op = error.op, error = %error, "the store failed");
                Self::Internal(error.to_string())
            }
        }
    }
}

impl From<TicketRule> for DeskError {
    fn from(rule: TicketRule) -> Self {
        Self::Conflict(Conflict::Rule(rule))
    }
}

impl From<RosterRule> for DeskError {
    fn from(rule: RosterRule) -> Self {
        Self::Conflict(Conflict::Roster(rule))
    }
}

impl StoreFailure for DeskError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Unavailable(error) => Some(error),
            _ => None,
        }
    }
}

fn fields_in_words(fields: &[FieldError]) -> String {
    let sentences: Vec<String> = fields
        .iter()
        .map(|field| format!("{}: {}", field.field, field.message))
        .collect();
    sentences.join("; ")
}
