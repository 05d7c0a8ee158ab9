//! The one list of ways in which a request can fail.
//!
//! Owns: kinds of failure with status and text key. Must not know: how a page or an API answer
//! shows them, and never the technical source: that was logged where it happened.

use std::borrow::Cow;

use axum::http::StatusCode;

use crate::i18n::Texts;

mod conflict;
mod desk;

pub use conflict::Conflict;

/// Why a request was not done. The first eight mirror the desk's errors, the rest are the web's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// It is not there, or the asker may not know that it is.
    NotFound,
    /// The asker may not do this.
    NotAllowed,
    /// Some fields cannot be taken as they are.
    Invalid(Vec<FieldFault>),
    /// It was possible a moment ago, or never in this state.
    Conflict(Conflict),
    /// More than the way in allows.
    TooLarge,
    /// Too many tries.
    SlowDown {
        /// When the next try may succeed.
        retry_after_s: u32,
    },
    /// The database or a disk cannot be used for the moment.
    Unavailable,
    /// Our mistake.
    Internal,
    /// Nobody is logged in.
    SignIn,
    /// The host name is not ours.
    Misdirected,
    /// A form that another site sent.
    ForeignOrigin,
    /// The address exists, but not for this method.
    WrongMethod,
    /// The request cannot be read.
    Unreadable,
    /// A body that is no JSON.
    BrokenJson {
        /// Where it breaks off, from 1.
        line: usize,
        /// Where in the line, from 1.
        column: usize,
    },
    /// It was changed since the version that the request names.
    Precondition,
    /// A content type that nobody understands here.
    WrongMediaType,
}

impl Failure {
    /// The HTTP status.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotAllowed | Self::ForeignOrigin => StatusCode::FORBIDDEN,
            Self::Invalid(_) | Self::Conflict(Conflict::KeyReused) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::Precondition => StatusCode::PRECONDITION_FAILED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::SlowDown { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unreadable | Self::BrokenJson { .. } => StatusCode::BAD_REQUEST,
            Self::WrongMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        }
    }

    /// The word that names this failure in text ids (`error-<key>-what`, `-safe`, `-next`) and in
    /// problem types.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::NotAllowed => "not-allowed",
            Self::Invalid(_) => "invalid",
            Self::Conflict(conflict) => conflict.key(),
            Self::TooLarge => "too-large",
            Self::SlowDown { .. } => "slow-down",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
            Self::SignIn => "sign-in",
            Self::Misdirected => "misdirected",
            Self::ForeignOrigin => "foreign-origin",
            Self::WrongMethod => "wrong-method",
            Self::Unreadable => "unreadable",
            Self::BrokenJson { .. } => "broken-json",
            Self::Precondition => "precondition",
            Self::WrongMediaType => "wrong-media-type",
        }
    }

    /// The values that its sentences name.
    pub fn values(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::BrokenJson { line, column } => {
                vec![("line", line.to_string()), ("column", column.to_string())]
            }
            _ => Vec::new(),
        }
    }

    /// One of each kind; for tests of the texts.
    pub fn every_kind() -> Vec<Self> {
        let conflicts = Conflict::ALL.into_iter().map(Self::Conflict);
        let others = [
            Self::NotFound,
            Self::NotAllowed,
            Self::Invalid(Vec::new()),
            Self::TooLarge,
            Self::SlowDown { retry_after_s: 60 },
            Self::Unavailable,
            Self::Internal,
            Self::SignIn,
            Self::Misdirected,
            Self::ForeignOrigin,
            Self::WrongMethod,
            Self::Unreadable,
            Self::BrokenJson { line: 1, column: 1 },
            Self::Precondition,
            Self::WrongMediaType,
        ];
        others.into_iter().chain(conflicts).collect()
    }

    /// The failure that a bare status stands for, as axum's own answers carry it.
    pub fn from_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND | StatusCode::GONE => Self::NotFound,
            StatusCode::FORBIDDEN => Self::NotAllowed,
            StatusCode::UNAUTHORIZED => Self::SignIn,
            StatusCode::METHOD_NOT_ALLOWED => Self::WrongMethod,
            StatusCode::CONFLICT | StatusCode::PRECONDITION_FAILED => {
                Self::Conflict(Conflict::Stale)
            }
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::URI_TOO_LONG => Self::TooLarge,
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::WrongMediaType,
            StatusCode::UNPROCESSABLE_ENTITY => Self::Invalid(Vec::new()),
            StatusCode::MISDIRECTED_REQUEST => Self::Misdirected,
            StatusCode::TOO_MANY_REQUESTS => Self::SlowDown { retry_after_s: 60 },
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => Self::Unavailable,
            _ if status.is_client_error() => Self::Unreadable,
            _ => Self::Internal,
        }
    }
}

/// One field and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// The field's name in the form or the JSON body.
    pub field: Cow<'static, str>,
    /// The text id that says what is wrong.
    pub text: Cow<'static, str>,
    /// Values for the text, for example a limit.
    pub values: Vec<(&'static str, String)>,
}

impl FieldFault {
    /// A fault whose text needs no values.
    pub const fn new(field: &'static str, text: &'static str) -> Self {
        Self {
            field: Cow::Borrowed(field),
            text: Cow::Borrowed(text),
            values: Vec::new(),
        }
    }

    /// Adds a value for the text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &dyn ToString) -> Self {
        self.values.push((name, value.to_string()));
        self
    }

    /// What is wrong, in the reader's words.
    pub fn words(&self, t: &Texts) -> String {
        let values: Vec<_> = self
            .values
            .iter()
            .map(|(name, value)| (*name, value as &dyn crate::i18n::Argument))
            .collect();
        t.args(&self.text, &values)
    }
}

/// The faults of one form, looked up by field while it is shown again.
#[derive(Debug, Clone, Default)]
pub struct Faults(pub Vec<FieldFault>);

impl Faults {
    /// What is wrong with a field, if anything.
    pub fn of(&self, field: &str, t: &Texts) -> Option<String> {
        let fault = self.0.iter().find(|fault| fault.field == field)?;
        Some(fault.words(t))
    }

    /// Whether the form is fine.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
