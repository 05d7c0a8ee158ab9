//! Brands and the mailboxes that belong to them.
//!
//! Owns: the nouns. Must not know: servers and passwords of outgoing mail.

use crate::address::EmailAddress;
use crate::id::{BrandId, MailboxId, TeamId};

/// A name under which the shop appears.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    /// The row.
    pub id: BrandId,
    /// What customers read on top of the page and in the sender of a mail.
    pub name: String,
    /// The language of texts that go to somebody whose language is not known.
    pub language: String,
    /// The zone of times that customers read, by IANA name.
    pub zone: String,
}

/// An address that takes mail in and sends it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// The row.
    pub id: MailboxId,
    /// The address, without a detail.
    pub address: EmailAddress,
    /// What staff call it.
    pub name: String,
    /// The brand it speaks for.
    pub brand: BrandId,
    /// The team that new tickets go to.
    pub team: Option<TeamId>,
    /// Days after which a solved ticket closes by itself; 0 means never.
    pub close_after_days: i64,
    /// Text below each reply.
    pub signature: String,
    /// False once it takes in no mail any more.
    pub active: bool,
}

impl Mailbox {
    /// Days after which a solved ticket closes where nothing is set.
    pub const DEFAULT_CLOSE_AFTER_DAYS: i64 = 7;
}
