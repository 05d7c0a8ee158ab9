//! Whoever looks at an inbox elsewhere.
//!
//! Owns: the seam between the desk and the sockets. Must not know: IMAP.

use super::account::{Candidate, FetchAccount, FetchAccountFields};
use crate::cx::Desk;
use crate::error::DeskError;
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use std::pin::Pin;

/// A future as a value, so that the fetcher can be a trait object.
pub type Looking<'a> = Pin<Box<dyn Future<Output = Result<FetchLook, FetchFailure>> + Send + 'a>>;

/// What a look at an account found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchLook {
    /// The folders that can be read.
    pub folders: Vec<String>,
    /// Mails in the chosen folder.
    pub mails: u32,
    /// Those of them that would be fetched.
    pub to_fetch: u32,
    /// The folder with what was sent, where the server names one.
    pub sent: Option<String>,
}

/// Why an inbox cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{id} {detail}")]
pub struct FetchFailure {
    /// The id under which the sentence is translated, such as `imap-failure-login`.
    pub id: &'static str,
    /// What the other side said, word for word; empty where it said nothing.
    pub detail: String,
}

/// Looks at accounts. The binary implements it over sockets.
pub trait Fetcher: Send + Sync + 'static {
    /// Looks at the account of a mailbox and changes nothing.
    fn look<'a>(&'a self, mailbox: MailboxId, account: &'a FetchAccount) -> Looking<'a>;
}

/// Looks at the account that somebody is about to set for a mailbox.
///
/// # Errors
/// As setting it would; a server that says no is no error but a look that failed.
pub async fn look(
    desk: &Desk,
    actor: &Actor,
    fetcher: &dyn Fetcher,
    mailbox: MailboxId,
    fields: FetchAccountFields,
) -> Result<Result<FetchLook, FetchFailure>, DeskError> {
    let account = desk.ask(actor, Candidate { mailbox, fields }).await?;
    Ok(fetcher.look(mailbox, &account).await)
}
