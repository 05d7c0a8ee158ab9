//! Mail from before the desk: rows.
//!
//! Owns: the tables `past_mail`, `past_item` and `past_ticket`. Must not know: IMAP, what a mail
//! says.

use crate::fetch::FetchFolder;
use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{MailboxId, TicketId};
use jiff::Timestamp;

const PAST_MAIL: Sql = Sql::Same(
    "select mailbox_id, state, run, since, inbox_until, sent_until, with_sent, inbox_validity,
            sent_validity, mails, conversations, known, unreadable, too_large, brought, tickets,
            known_then, set_aside, left_out, failure, failure_detail, changed_at
       from past_mail
      where mailbox_id = $1",
);
const PAST_MAILS: Sql = Sql::Same(
    "select mailbox_id, state, run, since, inbox_until, sent_until, with_sent, inbox_validity,
            sent_validity, mails, conversations, known, unreadable, too_large, brought, tickets,
            known_then, set_aside, left_out, failure, failure_detail, changed_at
       from past_mail
      order by mailbox_id",
);
const KEEP_PAST_MAIL: Sql = Sql::Same(
    "insert into past_mail (mailbox_id, state, run, since, inbox_until, sent_until, with_sent,
            inbox_validity, sent_validity, mails, conversations, known, unreadable, too_large,
            brought, tickets, known_then, set_aside, left_out, failure, failure_detail, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
             $20, $21, $22)
     on conflict (mailbox_id) do update set
       state = excluded.state, run = excluded.run, since = excluded.since,
       inbox_until = excluded.inbox_until, sent_until = excluded.sent_until,
       with_sent = excluded.with_sent,
       inbox_validity = excluded.inbox_validity, sent_validity = excluded.sent_validity,
       mails = excluded.mails, conversations = excluded.conversations, known = excluded.known,
       unreadable = excluded.unreadable, too_large = excluded.too_large,
       brought = excluded.brought, tickets = excluded.tickets,
       known_then = excluded.known_then, set_aside = excluded.set_aside,
       left_out = excluded.left_out, failure = excluded.failure,
       failure_detail = excluded.failure_detail, changed_at = excluded.changed_at",
);
const DROP_PAST_MAIL: Sql = Sql::Same("delete from past_mail where mailbox_id = $1");
const DROP_ITEMS: Sql = Sql::Same(
    "delete from past_item
      where mailbox_id = $1
        and (run, folder, uid) in (
              select run, folder, uid
                from past_item
               where mailbox_id = $1 and run < $2
               order by run, folder, uid
               limit $3)",
);
const HAS_STALE_ITEMS: Sql =
    Sql::Same("select run from past_item where mailbox_id = $1 and run < $2 limit 1");
const ADD_ITEMS: Sql = Sql::Same(
    "insert into past_item (mailbox_id, run, folder, uid, conversation, at, size, attempts) values",
);
const NEXT_ITEMS: Sql = Sql::Same(
    "select folder, uid, conversation, at, size, attempts
       from past_item
      where mailbox_id = $1 and run = $2
      order by conversation, at, folder, uid
      limit $3",
);
const SETTLE_ITEMS: Sql = Sql::Same(
    "delete from past_item where mailbox_id = $1 and run = $2 and folder = $3 and uid in ($4)",
);
const TRIED_IN_VAIN: Sql = Sql::Same(
    "update past_item set attempts = attempts + 1
      where mailbox_id = $1 and run = $2 and folder = $3 and uid in ($4)",
);
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
    /// Which count this is. Whatever an earlier one still writes is refused.
    pub run: i64,
    /// The first day, as `2026-01-31`.
    pub since: String,
    /// The first days that belong to fetching, of the inbox and of the folder of sent mail; empty
    /// where nothing of the folder belongs to the past.
    pub until: (String, String),
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
    /// How often it was tried in vain.
    pub attempts: i64,
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

impl PastMail {
    /// Whether it was counted to its end: the servers' words are known since then.
    pub const fn is_counted(&self) -> bool {
        self.validity.0 != 0
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
            past.run,
            past.since.as_str(),
            past.until.0.as_str(),
            past.until.1.as_str(),
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
        self.put(KEEP_PAST_MAIL, &values)
    }

    /// Forgets it. What was brought in stays; the items go with [`Self::drop_past_items`].
    pub fn forget_past_mail(&mut self, mailbox: MailboxId) -> Result<(), StoreError> {
        self.put(DROP_PAST_MAIL, &params![mailbox])
    }

    /// Whether items of earlier counts than this one are left.
    pub fn has_past_items_before(
        &mut self,
        mailbox: MailboxId,
        run: i64,
    ) -> Result<bool, StoreError> {
        let found = self.query_opt(HAS_STALE_ITEMS, &params![mailbox, run], |row| {
            row.get::<i64>(0)
        })?;
        Ok(found.is_some())
    }

    /// Deletes at most so many items of earlier counts than this one.
    pub fn drop_past_items(
        &mut self,
        mailbox: MailboxId,
        run: i64,
        most: i64,
    ) -> Result<u64, StoreError> {
        self.execute(DROP_ITEMS, &params![mailbox, run, most])
    }

    /// Remembers mails that are to be brought in.
    pub fn add_past_items(
        &mut self,
        (mailbox, run): (MailboxId, i64),
        items: &[PastItem],
    ) -> Result<(), StoreError> {
        let rows = items.iter().map(|item| {
            params![
                mailbox,
                run,
                item.folder.as_str(),
                item.uid,
                item.conversation,
                item.at,
                item.size,
                item.attempts
            ]
            .to_vec()
        });
        self.insert_many(ADD_ITEMS, &rows.collect::<Vec<_>>())
    }

    /// The next mails to bring in: conversation by conversation, each in the order of its mails.
    pub fn next_past_items(
        &mut self,
        (mailbox, run): (MailboxId, i64),
        limit: i64,
    ) -> Result<Vec<PastItem>, StoreError> {
        self.query(NEXT_ITEMS, &params![mailbox, run, limit], |row| {
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
                attempts: row.get(5)?,
            })
        })
    }

    /// These mails are done.
    pub fn settle_past_items(
        &mut self,
        (mailbox, run): (MailboxId, i64),
        folder: FetchFolder,
        uids: &[i64],
    ) -> Result<(), StoreError> {
        let values = params![mailbox, run, folder.as_str(), uids];
        self.put(SETTLE_ITEMS, &values)
    }

    /// These mails were tried in vain once more.
    pub fn count_past_attempt(
        &mut self,
        (mailbox, run): (MailboxId, i64),
        folder: FetchFolder,
        uids: &[i64],
    ) -> Result<(), StoreError> {
        let values = params![mailbox, run, folder.as_str(), uids];
        self.put(TRIED_IN_VAIN, &values)
    }

    /// Marks a ticket as brought in.
    pub fn mark_past_ticket(&mut self, ticket: TicketId) -> Result<(), StoreError> {
        self.put(MARK_TICKET, &params![ticket])
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
        run: row.get(2)?,
        since: row.get(3)?,
        until: (row.get(4)?, row.get(5)?),
        with_sent: row.get(6)?,
        validity: (row.get(7)?, row.get(8)?),
        found: PastFound {
            mails: row.get(9)?,
            conversations: row.get(10)?,
            known: row.get(11)?,
            unreadable: row.get(12)?,
            too_large: row.get(13)?,
        },
        came: PastCame {
            brought: row.get(14)?,
            tickets: row.get(15)?,
            known: row.get(16)?,
            set_aside: row.get(17)?,
            left_out: row.get(18)?,
        },
        failure: row.get(19)?,
        failure_detail: row.get(20)?,
        changed_at: row.get(21)?,
    })
}
