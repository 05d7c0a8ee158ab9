//! How far inboxes elsewhere were read: rows.
//!
//! Owns: the table `folder_place`. Must not know: IMAP, which account leads where.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::MailboxId;
use jiff::Timestamp;

const FETCH_PLACE: Sql = Sql::Same(
    "select uid_validity, next_uid, kept, left_behind, looked_at, failure, failure_detail, gone,
            checked_at, counts_from
       from folder_place
      where mailbox_id = $1 and folder = $2",
);
const KEEP_FETCH_PLACE: Sql = Sql::Same(
    "insert into folder_place (mailbox_id, folder, uid_validity, next_uid, kept, left_behind,
                               looked_at, failure, failure_detail, gone, checked_at, counts_from)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (mailbox_id, folder) do update set
       uid_validity = excluded.uid_validity, next_uid = excluded.next_uid, kept = excluded.kept,
       left_behind = excluded.left_behind, looked_at = excluded.looked_at,
       failure = excluded.failure, failure_detail = excluded.failure_detail,
       gone = excluded.gone, checked_at = excluded.checked_at,
       counts_from = excluded.counts_from",
);
const FORGET_FETCH_PLACE: Sql =
    Sql::Same("delete from folder_place where mailbox_id = $1 and folder = $2");

/// Which folder of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FetchFolder {
    /// The one in which mail arrives.
    Inbox,
    /// The one with what was sent.
    Sent,
}

impl FetchFolder {
    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Sent => "sent",
        }
    }
}

/// How far the inbox of a mailbox was read, and how the last look at it went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FetchPlace {
    /// The server's word that its numbers still mean the same; 0 before the first mail.
    pub uid_validity: i64,
    /// The first number that was not read yet.
    pub next_uid: i64,
    /// Mails that were taken.
    pub kept: i64,
    /// Mails that were left in the folder because they are too large.
    pub left_behind: i64,
    /// When the folder was last looked at without trouble.
    pub looked_at: Option<Timestamp>,
    /// The id of what went wrong last; empty while all is well.
    pub failure: String,
    /// What the other side said about it, word for word.
    pub failure_detail: String,
    /// Mails that left the folder before they were read.
    pub gone: i64,
    /// When the folder's numbers were last compared with what was read.
    pub checked_at: Option<Timestamp>,
    /// From this number on nobody counted yet which mails came and left unread.
    pub counts_from: i64,
}

impl Tx<'_> {
    /// How far a folder of a mailbox's account was read; the default before the first look.
    pub fn fetch_place(
        &mut self,
        mailbox: MailboxId,
        folder: FetchFolder,
    ) -> Result<FetchPlace, StoreError> {
        let values = params![mailbox, folder.as_str()];
        let found = self.query_opt(FETCH_PLACE, &values, read_place)?;
        Ok(found.unwrap_or_default())
    }

    /// Remembers it.
    pub fn keep_fetch_place(
        &mut self,
        (mailbox, folder): (MailboxId, FetchFolder),
        place: &FetchPlace,
    ) -> Result<(), StoreError> {
        let values = params![
            mailbox,
            folder.as_str(),
            place.uid_validity,
            place.next_uid,
            place.kept,
            place.left_behind,
            place.looked_at,
            place.failure.as_str(),
            place.failure_detail.as_str(),
            place.gone,
            place.checked_at,
            place.counts_from
        ];
        self.put(KEEP_FETCH_PLACE, &values)
    }

    /// Forgets it: the account leads somewhere else now.
    pub fn forget_fetch_place(
        &mut self,
        mailbox: MailboxId,
        folder: FetchFolder,
    ) -> Result<(), StoreError> {
        self.put(FORGET_FETCH_PLACE, &params![mailbox, folder.as_str()])
    }
}

fn read_place(row: &Row<'_>) -> Result<FetchPlace, StoreError> {
    Ok(FetchPlace {
        uid_validity: row.get(0)?,
        next_uid: row.get(1)?,
        kept: row.get(2)?,
        left_behind: row.get(3)?,
        looked_at: row.get(4)?,
        failure: row.get(5)?,
        failure_detail: row.get(6)?,
        gone: row.get(7)?,
        checked_at: row.get(8)?,
        counts_from: row.get(9)?,
    })
}
