//! Mail from before the desk: rows.
//!
//! Owns: the tables `past_mail`, `past_item` and `past_ticket`. Must not know: IMAP, what a mail
//! says.

use crate::fetch::FetchFolder;
use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{MailboxId, TicketId};
use jiff::Timestamp;

const PAST_MAIL: Sql = Sql::Same(
    "select mailbox_id, state, since, with_sent, inbox_validity, sent_validity, mails,
            conversations, known, unreadable, too_large, brought, tickets, known_then, set_aside,
            left_out, failure, failure_detail, changed_at
       from past_mail
      where mailbox_id = $1",
);
const PAST_MAILS: Sql = Sql::Same(
    "select mailbox_id, state, since, with_sent, inbox_validity, sent_validity, mails,
            conversations, known, unreadable, too_large, brought, tickets, known_then, set_aside,
            left_out, failure, failure_detail, changed_at
       from past_mail
      order by mailbox_id",
);
const KEEP_PAST_MAIL: Sql = Sql::Same(
    "insert into past_mail (mailbox_id, state, since, with_sent, inbox_validity, sent_validity,
            mails, conversations, known, unreadable, too_large, brought, tickets, known_then,
            set_aside, left_out, failure, failure_detail, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
     on conflict (mailbox_id) do update set
       state = excluded.state, since = excluded.since, with_sent = excluded.with_sent,
       inbox_validity = excluded.inbox_validity, sent_validity = excluded.sent_validity,
       mails = excluded.mails, conversations = excluded.conversations, known = excluded.known,
       unreadable = excluded.unreadable, too_large = excluded.too_large,
       brought = excluded.brought, tickets = excluded.tickets,
       known_then = excluded.known_then, set_aside = excluded.set_aside,
       left_out = excluded.left_out, failure = excluded.failure,
       failure_detail = excluded.failure_detail, changed_at = excluded.changed_at",
);
const DROP_PAST_MAIL: Sql = Sql::Same("delete from past_mail where mailbox_id = $1");
const DROP_ITEMS: Sql = Sql::Same("delete from past_item where mailbox_id = $1");
const ADD_ITEMS: Sql =
    Sql::Same("insert into past_item (mailbox_id, folder, uid, conversation, at, size) values");
const NEXT_ITEMS: Sql = Sql::Same(
    "select folder, uid, conversation, at, size
       from past_item
      where mailbox_id = $1
      order by conversation, at, folder, uid
      limit $2",
);
const SETTLE_ITEMS: Sql =
    Sql::Same("delete from past_item where mailbox_id = $1 and folder = $2 and uid in ($3)");
const MARK_TICKET: Sql = Sql::Same("insert into past_ticket (ticket_id) values ($1)");
const IS_PAST_TICKET: Sql = Sql::Same("select count(*) from past_ticket where ticket_id = $1");

/// Where bringing in stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PastState {
    /// The folders are counted.
    Counting,
    /// They are counted; a person decides.
    Counted,
    /// Mails are brought in.
    Running,
    /// Somebody stopped it, or something that a person has to mend.
    Stopped,
    /// All are in.
    Done,
}

/// What a mailbox's past holds, and how far it was brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastMail {
    /// Whose.
    pub mailbox: MailboxId,
    /// Where it stands.
    pub state: PastState,
    /// The first day, as `2026-01-31`.
    pub since: String,
    /// Whether the folder of sent mail belongs to it.
    pub with_sent: bool,
    /// The servers' words that their numbers still mean the same: inbox, folder of sent mail.
    pub validity: (i64, i64),
    /// What counting found.
    pub found: PastFound,
    /// What came of it so far.
    pub came: PastCame,
    /// The id of what went wrong last; empty while all is well.
    pub failure: String,
    /// What the other side said about it, word for word.
    pub failure_detail: String,
    /// When this row last changed.
    pub changed_at: Timestamp,
}

/// What counting found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PastFound {
    /// Mails in all.
    pub mails: i64,
    /// Conversations that they make.
    pub conversations: i64,
    /// Mails that are here already.
    pub known: i64,
    /// Mails without a sender or without a head.
    pub unreadable: i64,
    /// Mails that are larger than we take.
    pub too_large: i64,
}

/// What came of the mails that were brought in so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PastCame {
    /// Mails that became messages.
    pub brought: i64,
    /// Tickets that were made.
    pub tickets: i64,
    /// Mails that were here already.
    pub known: i64,
    /// Mails that were put aside for a person.
    pub set_aside: i64,
    /// Mails that stayed where they are: too large, gone meanwhile, or to nobody outside.
    pub left_out: i64,
}

/// A mail that is still to be brought in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastItem {
    /// In which folder.
    pub folder: FetchFolder,
    /// Under which number.
    pub uid: i64,
    /// The conversation that it belongs to, counted from 1 by its first mail.
    pub conversation: i64,
    /// When it was sent or received.
    pub at: Timestamp,
    /// Its size in bytes.
    pub size: i64,
}

impl PastState {
    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counting => "counting",
            Self::Counted => "counted",
            Self::Running => "running",
            Self::Stopped => "stopped",
            Self::Done => "done",
        }
    }

    fn parse(word: &str) -> Self {
        match word {
            "counting" => Self::Counting,
            "counted" => Self::Counted,
            "running" => Self::Running,
            "done" => Self::Done,
            // Whatever stands there, nothing goes on by itself.
            _ => Self::Stopped,
        }
    }
}

impl PastCame {
    /// Mails that are settled.
    pub const fn mails(&self) -> i64 {
        self.brought + self.known + self.set_aside + self.left_out
    }

    /// Adds what came of some more.
    pub const fn add(&mut self, more: &Self) {
        self.brought += more.brought;
        self.tickets += more.tickets;
        self.known += more.known;
        self.set_aside += more.set_aside;
        self.left_out += more.left_out;
    }
}

impl Tx<'_> {
    /// What is known of a mailbox's past.
    pub fn past_mail(&mut self, mailbox: MailboxId) -> Result<Option<PastMail>, StoreError> {
        self.query_opt(PAST_MAIL, &params![mailbox], read_past)
    }

    /// The same of every mailbox whose past somebody looked at.
    pub fn past_mails(&mut self) -> Result<Vec<PastMail>, StoreError> {
        self.query(PAST_MAILS, &[], read_past)
    }

    /// Remembers it.
    pub fn keep_past_mail(&mut self, past: &PastMail) -> Result<(), StoreError> {
        let values = params![
            past.mailbox,
            past.state.as_str(),
            past.since.as_str(),
            past.with_sent,
            past.validity.0,
            past.validity.1,
            past.found.mails,
            past.found.conversations,
            past.found.known,
            past.found.unreadable,
            past.found.too_large,
            past.came.brought,
            past.came.tickets,
            past.came.known,
            past.came.set_aside,
            past.came.left_out,
            past.failure.as_str(),
            past.failure_detail.as_str(),
            past.changed_at
        ];
        self.execute(KEEP_PAST_MAIL, &values).map(|_| ())
    }

    /// Forgets it. What was brought in stays.
    pub fn forget_past_mail(&mut self, mailbox: MailboxId) -> Result<(), StoreError> {
        self.drop_past_items(mailbox)?;
        self.execute(DROP_PAST_MAIL, &params![mailbox]).map(|_| ())
    }

    /// Forgets which mails are still to be brought in.
    pub fn drop_past_items(&mut self, mailbox: MailboxId) -> Result<(), StoreError> {
        self.execute(DROP_ITEMS, &params![mailbox]).map(|_| ())
    }

    /// Remembers mails that are to be brought in.
    pub fn add_past_items(
        &mut self,
        mailbox: MailboxId,
        items: &[PastItem],
    ) -> Result<(), StoreError> {
        let rows = items.iter().map(|item| {
            params![
                mailbox,
                item.folder.as_str(),
                item.uid,
                item.conversation,
                item.at,
                item.size
            ]
            .to_vec()
        });
        self.insert_many(ADD_ITEMS, &rows.collect::<Vec<_>>())
            .map(|_| ())
    }

    /// The next mails to bring in: conversation by conversation, each in the order of its mails.
    pub fn next_past_items(
        &mut self,
        mailbox: MailboxId,
        limit: i64,
    ) -> Result<Vec<PastItem>, StoreError> {
        self.query(NEXT_ITEMS, &params![mailbox, limit], |row| {
            let folder: String = row.get(0)?;
            Ok(PastItem {
                folder: if folder == FetchFolder::Sent.as_str() {
                    FetchFolder::Sent
                } else {
                    FetchFolder::Inbox
                },
                uid: row.get(1)?,
                conversation: row.get(2)?,
                at: row.get(3)?,
                size: row.get(4)?,
            })
        })
    }

    /// These mails are done.
    pub fn settle_past_items(
        &mut self,
        mailbox: MailboxId,
        folder: FetchFolder,
        uids: &[i64],
    ) -> Result<(), StoreError> {
        self.execute(SETTLE_ITEMS, &params![mailbox, folder.as_str(), uids])
            .map(|_| ())
    }

    /// Marks a ticket as brought in.
    pub fn mark_past_ticket(&mut self, ticket: TicketId) -> Result<(), StoreError> {
        self.execute(MARK_TICKET, &params![ticket]).map(|_| ())
    }

    /// Whether a ticket was brought in.
    pub fn is_past_ticket(&mut self, ticket: TicketId) -> Result<bool, StoreError> {
        let found: i64 = self.query_one(IS_PAST_TICKET, &params![ticket], |row| row.get(0))?;
        Ok(found > 0)
    }
}

fn read_past(row: &Row<'_>) -> Result<PastMail, StoreError> {
    Ok(PastMail {
        mailbox: row.get(0)?,
        state: PastState::parse(&row.get::<String>(1)?),
        since: row.get(2)?,
        with_sent: row.get(3)?,
        validity: (row.get(4)?, row.get(5)?),
        found: PastFound {
            mails: row.get(6)?,
            conversations: row.get(7)?,
            known: row.get(8)?,
            unreadable: row.get(9)?,
            too_large: row.get(10)?,
        },
        came: PastCame {
            brought: row.get(11)?,
            tickets: row.get(12)?,
            known: row.get(13)?,
            set_aside: row.get(14)?,
            left_out: row.get(15)?,
        },
        failure: row.get(16)?,
        failure_detail: row.get(17)?,
        changed_at: row.get(18)?,
    })
}
