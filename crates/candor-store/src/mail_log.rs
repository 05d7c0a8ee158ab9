//! The mail log of a mailbox: its lines from three tables, in the order of time.
//!
//! Owns: which rows stand in whose log, finding them kind by kind and putting them together. Must
//! not know: what a line means to its reader.
//!
//! Each kind is one statement along its own index and reads no more rows than a page shows; so a
//! kind of which there are few is found as fast as one of which there are millions.

use crate::delivery::{Delivery, read_delivery};
use crate::intake::{Incoming, IncomingState, incoming_of};
use crate::outbox::{OutboxMail, OutboxState, outbox_of};
use crate::{Row, Sql, StoreError, Stretch, Tx, Value, params};
use candor_domain::id::{IncomingId, MailboxId, MessageId, TicketId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

const INCOMING_ON: Sql = Sql::Same(
    "select id, received_at, via, mail_from, recipients, blob, size, mail_id, state, error,
            message_id, peer, hello
       from incoming
      where mailbox_id = $1 and state = $2 and (received_at, id) < ($3, $4)
      order by received_at desc, id desc
      limit $5",
);
const INCOMING_BACK: Sql = Sql::Same(
    "select id, received_at, via, mail_from, recipients, blob, size, mail_id, state, error,
            message_id, peer, hello
       from incoming
      where mailbox_id = $1 and state = $2 and (received_at, id) > ($3, $4)
      order by received_at, id
      limit $5",
);
const OUTBOX_ON: Sql = Sql::Same(
    "select id, message_id, purpose, mail_from, recipients, subject, body, blob, mail_id, state,
            attempts, last_error, created_at, sent_at, secret
       from outbox
      where mailbox_id = $1 and state = $2 and (created_at, id) < ($3, $4)
      order by created_at desc, id desc
      limit $5",
);
const OUTBOX_BACK: Sql = Sql::Same(
    "select id, message_id, purpose, mail_from, recipients, subject, body, blob, mail_id, state,
            attempts, last_error, created_at, sent_at, secret
       from outbox
      where mailbox_id = $1 and state = $2 and (created_at, id) > ($3, $4)
      order by created_at, id
      limit $5",
);
const TOLD_ON: Sql = Sql::Same(
    "select message_id, incoming_id, at, recipient, action, status, cause, diagnostic, id
       from delivery
      where mailbox_id = $1 and action = $2 and (at, id) < ($3, $4)
      order by at desc, id desc
      limit $5",
);
const TOLD_BACK: Sql = Sql::Same(
    "select message_id, incoming_id, at, recipient, action, status, cause, diagnostic, id
       from delivery
      where mailbox_id = $1 and action = $2 and (at, id) > ($3, $4)
      order by at, id
      limit $5",
);
const SET_MAILBOX: Sql = Sql::Same("update incoming set mailbox_id = $2 where id = $1");
const HEADS: Sql =
    Sql::Same("select id, ticket_id, sender_address from message where id in ($1) order by id");
// Rows whose mailbox follows from a ticket, for whoever checks that it does.
const READ_PLACES: Sql = Sql::Same(
    "select r.message_id, t.id, i.mailbox_id, t.mailbox_id
       from reading r
       join incoming i on i.id = r.incoming_id
       join message m on m.id = r.message_id
       join ticket t on t.id = m.ticket_id
      where r.message_id > $1
      order by r.message_id
      limit $2",
);
const SENT_PLACES: Sql = Sql::Same(
    "select o.id, t.id, o.mailbox_id, t.mailbox_id
       from outbox o
       join message m on m.id = o.message_id
       join ticket t on t.id = m.ticket_id
      where o.id > $1
      order by o.id
      limit $2",
);
const AUTOMATIC_PLACES: Sql = Sql::Same(
    "select a.id, t.id, o.mailbox_id, t.mailbox_id
       from automatic_mail a
       join outbox o on o.id = a.outbox_id
       join ticket t on t.id = a.ticket_id
      where a.id > $1
      order by a.id
      limit $2",
);
const TOLD_PLACES: Sql = Sql::Same(
    "select d.id, t.id, d.mailbox_id, t.mailbox_id
       from delivery d
       join message m on m.id = d.message_id
       join ticket t on t.id = m.ticket_id
      where d.id > $1
      order by d.id
      limit $2",
);

/// Where a line stands in a log: its moment, then its table and row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LogPlace {
    /// When a mail came, was queued, or was told about.
    pub at: Timestamp,
    source: Source,
    id: i64,
}

/// The table of a line. Of one moment, what was told follows what was sent, and that what came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Incoming,
    Outbox,
    Delivery,
}

/// Lines of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogOf {
    /// Mails that came, in one state.
    Came(IncomingState),
    /// Mails that went out or are to, in one state.
    Went(OutboxState),
    /// What mail servers told, with one action such as `failed`.
    Told(&'static str),
}

/// A line of a log.
#[derive(Debug, Clone)]
pub enum LogRow {
    /// A mail that came.
    Came(Box<Incoming>),
    /// A mail that went out or is to.
    Went(Box<OutboxMail>),
    /// What a mail server told.
    Told(i64, Box<Delivery>),
}

/// Which row's mailbox is compared with that of its ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogTable {
    /// Mails that became messages; the row is the message.
    Read,
    /// Mails that carry replies.
    Sent,
    /// Mails that the desk sent by itself.
    Automatic,
    /// What mail servers told.
    Told,
}

/// A row, its ticket, the mailbox that it names, and the ticket's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LoggedUnder {
    /// The row.
    pub row: i64,
    /// Its ticket.
    pub ticket: TicketId,
    /// The mailbox in whose log it stands.
    pub mailbox: Option<MailboxId>,
    /// The mailbox of the ticket.
    pub right: MailboxId,
}

impl LogRow {
    /// Where it stands.
    pub fn place(&self) -> LogPlace {
        let (at, source, id) = match self {
            Self::Came(mail) => (mail.received_at, Source::Incoming, mail.id.0),
            Self::Went(mail) => (mail.mail.created_at, Source::Outbox, mail.id.0),
            Self::Told(id, told) => (told.at, Source::Delivery, *id),
        };
        LogPlace { at, source, id }
    }
}

impl LogOf {
    const fn source(self) -> Source {
        match self {
            Self::Came(_) => Source::Incoming,
            Self::Went(_) => Source::Outbox,
            Self::Told(_) => Source::Delivery,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Came(state) => state.as_str(),
            Self::Went(state) => state.as_str(),
            Self::Told(action) => action,
        }
    }

    const fn sql(self, goes_back: bool) -> Sql {
        match (self, goes_back) {
            (Self::Came(_), false) => INCOMING_ON,
            (Self::Came(_), true) => INCOMING_BACK,
            (Self::Went(_), false) => OUTBOX_ON,
            (Self::Went(_), true) => OUTBOX_BACK,
            (Self::Told(_), false) => TOLD_ON,
            (Self::Told(_), true) => TOLD_BACK,
        }
    }

    fn row(self, row: &Row<'_>) -> Result<LogRow, StoreError> {
        Ok(match self {
            Self::Came(_) => LogRow::Came(Box::new(incoming_of(row)?)),
            Self::Went(_) => LogRow::Went(Box::new(outbox_of(row)?)),
            Self::Told(_) => LogRow::Told(row.get(8)?, Box::new(read_delivery(row)?)),
        })
    }
}

impl Tx<'_> {
    /// Lines of these kinds in the log of a mailbox, the newest first.
    pub fn mail_log(
        &mut self,
        mailbox: MailboxId,
        kinds: &[LogOf],
        stretch: Stretch<LogPlace>,
        limit: i64,
    ) -> Result<Vec<LogRow>, StoreError> {
        let goes_back = stretch.goes_back();
        let mut rows = Vec::new();
        for kind in kinds {
            let (at, id) = bound(stretch, kind.source());
            let values = params![mailbox, kind.word(), at, id, limit];
            rows.extend(self.query(kind.sql(goes_back), &values, |row| kind.row(row))?);
        }
        rows.sort_by_key(LogRow::place);
        let most = usize::try_from(limit).unwrap_or_default();
        if goes_back {
            rows.truncate(most);
        }
        rows.reverse();
        rows.truncate(most);
        Ok(rows)
    }

    /// Says in whose log a mail stands that is no message; `None` for none.
    pub fn log_incoming_under(
        &mut self,
        id: IncomingId,
        mailbox: Option<MailboxId>,
    ) -> Result<(), StoreError> {
        self.put(SET_MAILBOX, &params![id, mailbox])
    }

    /// Ticket and sender of some messages.
    pub fn message_heads(
        &mut self,
        messages: &[MessageId],
    ) -> Result<Vec<(MessageId, TicketId, String)>, StoreError> {
        let ids = Value::Ids(messages.iter().map(|id| id.0).collect());
        self.query(HEADS, &[ids], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
    }

    /// Rows of one table after a row, with the mailbox that they name and the right one.
    pub fn logged_under(
        &mut self,
        table: LogTable,
        after: i64,
        limit: i64,
    ) -> Result<Vec<LoggedUnder>, StoreError> {
        let sql = match table {
            LogTable::Read => READ_PLACES,
            LogTable::Sent => SENT_PLACES,
            LogTable::Automatic => AUTOMATIC_PLACES,
            LogTable::Told => TOLD_PLACES,
        };
        self.query(sql, &params![after, limit], |row| {
            Ok(LoggedUnder {
                row: row.get(0)?,
                ticket: row.get(1)?,
                mailbox: row.get(2)?,
                right: row.get(3)?,
            })
        })
    }
}

/// Moment and row of one table behind which a stretch begins.
fn bound(stretch: Stretch<LogPlace>, source: Source) -> (Timestamp, i64) {
    let Some(place) = stretch.cursor() else {
        return (Timestamp::MAX, i64::MAX);
    };
    let id = match source.cmp(&place.source) {
        std::cmp::Ordering::Less => i64::MAX,
        std::cmp::Ordering::Equal => place.id,
        std::cmp::Ordering::Greater => 0,
    };
    (place.at, id)
}

impl fmt::Display for LogPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = self.source as u8;
        write!(f, "{}-{source}-{}", self.at.as_microsecond(), self.id)
    }
}

impl From<LogPlace> for String {
    fn from(place: LogPlace) -> Self {
        place.to_string()
    }
}

impl TryFrom<String> for LogPlace {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl FromStr for LogPlace {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = || {
            let mut parts = text.split('-');
            let at = Timestamp::from_microsecond(parts.next()?.parse().ok()?).ok()?;
            let source = match parts.next()? {
                "0" => Source::Incoming,
                "1" => Source::Outbox,
                "2" => Source::Delivery,
                _ => return None,
            };
            let id = parts.next()?.parse().ok()?;
            parts.next().is_none().then_some(Self { at, source, id })
        };
        read().ok_or("this is no place in a mail log")
    }
}
