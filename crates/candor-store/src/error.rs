//! What can go wrong below the seam.
//!
//! Owns: one error type for both engines and how their codes map to it. Must not know: how the
//! desk words it for a person.

use std::error::Error;
use std::fmt;

use rusqlite::ffi;
use tokio_postgres::error::SqlState;

/// The kind of a failure, the same on both engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// The one row that had to be there is not.
    NotFound,
    /// A unique or foreign key forbids the change.
    Conflict,
    /// Too much is going on; the same call may work a moment later.
    Busy,
    /// No space is left on the device.
    Full,
    /// The database cannot be reached at the moment.
    Unavailable,
    /// A defect: wrong SQL, a wrong type, a damaged file, a panic.
    Broken,
}

/// A failure below the seam.
#[derive(Debug)]
pub struct StoreError {
    /// What was tried: the first line of the statement, or a step such as `commit`. It holds no
    /// values, so it may be logged.
    pub op: &'static str,
    /// The kind, for callers that react.
    pub kind: ErrorKind,
    /// What the driver said. Never shown to a customer.
    pub source: Option<Box<dyn Error + Send + Sync>>,
    /// The engine asked for the transaction to be tried again.
    pub(crate) retry: bool,
}

/// Lets the seam see its own failure inside a caller's error type.
pub trait StoreFailure {
    /// The store's failure, when that is what this error carries.
    fn store_error(&self) -> Option<&StoreError>;
}

impl StoreFailure for StoreError {
    fn store_error(&self) -> Option<&StoreError> {
        Some(self)
    }
}

impl StoreError {
    /// A failure without a driver's error behind it.
    pub fn new(op: &'static str, kind: ErrorKind) -> Self {
        Self {
            op,
            kind,
            source: None,
            retry: false,
        }
    }

    /// A failure explained in words.
    pub fn because(op: &'static str, kind: ErrorKind, words: impl Into<String>) -> Self {
        Self::with(op, kind, words.into())
    }

    pub(crate) fn with(
        op: &'static str,
        kind: ErrorKind,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self {
            op,
            kind,
            source: Some(source.into()),
            retry: false,
        }
    }

    pub(crate) fn sqlite(op: &'static str, error: rusqlite::Error) -> Self {
        let kind = match &error {
            rusqlite::Error::QueryReturnedNoRows => ErrorKind::NotFound,
            rusqlite::Error::SqliteFailure(failure, _) => sqlite_kind(*failure),
            rusqlite::Error::SqlInputError { error, .. } => sqlite_kind(*error),
            _ => ErrorKind::Broken,
        };
        Self::with(op, kind, error)
    }

    pub(crate) fn postgres(op: &'static str, error: tokio_postgres::Error) -> Self {
        let (kind, retry) = match error.code() {
            Some(code) => postgres_kind(code),
            None if error.is_closed() || is_io(&error) => (ErrorKind::Unavailable, false),
            None => (ErrorKind::Broken, false),
        };
        Self {
            retry,
            ..Self::with(op, kind, error)
        }
    }

    pub(crate) fn io(op: &'static str, error: std::io::Error) -> Self {
        let kind = match error.kind() {
            std::io::ErrorKind::NotFound => ErrorKind::NotFound,
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => ErrorKind::Full,
            std::io::ErrorKind::ReadOnlyFilesystem | std::io::ErrorKind::PermissionDenied => {
                ErrorKind::Unavailable
            }
            _ => ErrorKind::Broken,
        };
        Self::with(op, kind, error)
    }
}

fn sqlite_kind(failure: ffi::Error) -> ErrorKind {
    use rusqlite::ErrorCode as Code;
    match failure.code {
        Code::DatabaseBusy | Code::DatabaseLocked => ErrorKind::Busy,
        Code::DiskFull => ErrorKind::Full,
        Code::ConstraintViolation => constraint_kind(failure.extended_code),
        Code::CannotOpen | Code::ReadOnly | Code::PermissionDenied | Code::SystemIoFailure => {
            ErrorKind::Unavailable
        }
        _ => ErrorKind::Broken,
    }
}

/// A missing value or a wrong type is our defect; a taken key is the caller's news.
fn constraint_kind(extended: i32) -> ErrorKind {
    match extended {
        ffi::SQLITE_CONSTRAINT_UNIQUE
        | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
        | ffi::SQLITE_CONSTRAINT_ROWID
        | ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ErrorKind::Conflict,
        _ => ErrorKind::Broken,
    }
}

fn postgres_kind(code: &SqlState) -> (ErrorKind, bool) {
    if *code == SqlState::T_R_SERIALIZATION_FAILURE || *code == SqlState::T_R_DEADLOCK_DETECTED {
        return (ErrorKind::Busy, true);
    }
    if *code == SqlState::UNIQUE_VIOLATION || *code == SqlState::FOREIGN_KEY_VIOLATION {
        return (ErrorKind::Conflict, false);
    }
    if *code == SqlState::DISK_FULL {
        return (ErrorKind::Full, false);
    }
    let kind = match &code.code()[..2] {
        "53" | "55" => ErrorKind::Busy,
        "57" if *code == SqlState::QUERY_CANCELED => ErrorKind::Busy,
        "08" | "28" | "3D" | "57" => ErrorKind::Unavailable,
        _ => ErrorKind::Broken,
    };
    (kind, false)
}

fn is_io(error: &tokio_postgres::Error) -> bool {
    error
        .source()
        .is_some_and(<dyn Error>::is::<std::io::Error>)
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self.kind {
            ErrorKind::NotFound => "nothing found",
            ErrorKind::Conflict => "a key forbids it",
            ErrorKind::Busy => "the database is busy",
            ErrorKind::Full => "the disk is full",
            ErrorKind::Unavailable => "the database cannot be reached",
            ErrorKind::Broken => "a defect",
        };
        write!(f, "{words} ({})", self.op)
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.source {
            Some(source) => Some(source.as_ref()),
            None => None,
        }
    }
}
