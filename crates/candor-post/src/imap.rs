//! Fetching mail from an inbox elsewhere.
//!
//! Owns: one connection to an IMAP server: login, reading what is new in a folder, waiting for
//! more, and marking or moving a mail once it is kept. Must not know: storage, mailboxes of the
//! desk, when to try again.
//!
//! A mail is marked or moved only after its [`MailSink`] said that it is durable; nothing is ever
//! deleted. A connection that breaks in between leads to the same mail being handed over again,
//! which the desk recognises.

mod account;
mod failure;
mod folder;
pub(crate) mod opening;
mod past;
mod sent;

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::intake::BoxFuture;

pub use account::{AfterReading, ImapAccount, ImapLogin, ImapTls};
pub use failure::ImapFailure;
pub use past::{PastHead, PastReader};

/// How far a folder was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FolderPlace {
    /// The server's word that its numbers still mean the same (RFC 9051, 2.3.1.1).
    pub uid_validity: u32,
    /// The first number that was not read yet.
    pub next_uid: u32,
    /// From this number on nobody counted yet which mails came and left unread. It begins with
    /// those that are given out after the folder was opened for the first time.
    pub counts_from: u32,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is durable.
    Stored,
    /// It is larger than we take; it stays in the folder as it is.
    TooLarge,
    /// It could not be stored at the moment; the connection ends and the mail is fetched again.
    TryLater,
}

/// Where fetched mail goes.
pub trait MailSink: Send + Sync {
    /// The largest mail that is taken, in bytes. A larger one is not even fetched.
    fn largest(&self) -> u32;

    /// Keeps a raw mail; returns once it is durable.
    fn keep(&self, raw: Vec<u8>) -> BoxFuture<'_, Kept>;

    /// A mail of this many bytes was left in the folder because it is too large.
    fn left_behind(&self, bytes: u32) -> BoxFuture<'_, ()>;

    /// The folder was read to its end, and its numbers were compared with what was read: so many
    /// mails came and left it again before they could be read.
    fn compared(&self, gone: u32);

    /// Remembers how far the folder was read, after each mail and after each look; false when that
    /// failed.
    fn reached(&self, place: FolderPlace) -> BoxFuture<'_, bool>;
}

/// How long is waited for an answer, and for new mail.
#[derive(Clone, Copy, Debug)]
pub struct ImapTimes {
    /// Time to connect, and for a command's answer.
    pub answer: Duration,
    /// How long one wait for news lasts before the folder is looked at anyway. Servers and routers
    /// forget connections that are silent for longer.
    pub wait: Duration,
    /// Between two looks where the server cannot tell news by itself.
    pub poll: Duration,
    /// Between two comparisons of the folder's numbers with what was read.
    pub compare: Duration,
}

impl Default for ImapTimes {
    fn default() -> Self {
        Self {
            answer: Duration::from_mins(1),
            wait: Duration::from_mins(9),
            poll: Duration::from_mins(1),
            compare: Duration::from_hours(24),
        }
    }
}

/// What a look at an account found, for whoever sets it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImapLook {
    /// The folders that can be read, in the server's order.
    pub folders: Vec<String>,
    /// Mails in the chosen folder.
    pub mails: u32,
    /// Those of them that would be fetched.
    pub to_fetch: u32,
    /// Whether the server tells news by itself.
    pub tells_news: bool,
    /// The folder with what was sent: as the server marks it (RFC 6154), else by a usual name.
    pub sent: Option<String>,
}

/// Looks at an account and changes nothing.
///
/// # Errors
/// Says in which step it failed and why.
pub async fn look(account: &ImapAccount, times: ImapTimes) -> Result<ImapLook, ImapFailure> {
    let mut session = opening::begin(account, times).await?;
    let found = folder::look(&mut session, account, times).await?;
    session.leave(times).await;
    Ok(found)
}

/// Reads what is new in the folder, then waits for more, until `stop` or until something fails.
/// `place` is how far it was read before; `None` for the first time.
///
/// # Errors
/// Says why the connection ended; whoever called tries again later.
pub async fn follow(
    account: &ImapAccount,
    place: Option<FolderPlace>,
    times: ImapTimes,
    sink: &dyn MailSink,
    stop: &CancellationToken,
) -> Result<(), ImapFailure> {
    let session = opening::begin(account, times).await?;
    let reader = folder::Reader {
        account,
        times,
        sink,
        stop,
    };
    reader.follow(session, place).await
}
