//! Tickets: rows, lists and the visibility rule in SQL.
//!
//! Owns: the tables `ticket`, `ticket_tag` and `conversation`. Must not know: who may change what.

mod ahead;
mod list;
mod visible;

pub use ahead::Look;
pub use list::{ListFilter, ListRow, TicketList};
pub(crate) use visible::visible;
pub use visible::visible_sql;

use crate::{ErrorKind, Row, Sql, StoreError, Tx, params};
use candor_domain::id::{ConversationId, CustomerId, MessageId, TicketId};
use candor_domain::message::{Audience, Channel};
use candor_domain::ticket::{Kind, Status, Ticket, Urgency};
use jiff::Timestamp;

/// Statements that macros put together, for the test that prepares each.
#[cfg(test)]
pub(crate) fn statements() -> impl Iterator<Item = &'static Sql> {
    list::STATEMENTS.iter().flatten().chain(visible::STATEMENTS)
}

const TICKET: Sql = Sql::Same(
    "select id, subject, customer_id, conversation_id, mailbox_id, channel, status, kind, urgency,
            team_id, assignee_id, spam, follows_id, created_at, updated_at, waiting_since,
            solved_at, last_public_message_id, link_epoch, version, salt
       from ticket
      where id = $1",
);
const TICKETS_AFTER: Sql = Sql::Same(
    "select id, subject, customer_id, conversation_id, mailbox_id, channel, status, kind, urgency,
            team_id, assignee_id, spam, follows_id, created_at, updated_at, waiting_since,
            solved_at, last_public_message_id, link_epoch, version, salt
       from ticket
      where id > $1
      order by id
      limit $2",
);
const TAGS: Sql = Sql::Same("select tag from ticket_tag where ticket_id = $1 order by tag");
const INSERT_TICKET: Sql = Sql::Same(
    "insert into ticket (subject, customer_id, conversation_id, mailbox_id, channel, status, kind,
            urgency, team_id, assignee_id, spam, place, follows_id, created_at, updated_at,
            waiting_since, solved_at, last_public_message_id, link_epoch, version, salt)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
            $20, $21)
     returning id",
);
const UPDATE_TICKET: Sql = Sql::Same(
    "update ticket
        set subject = $2, customer_id = $3, conversation_id = $4, mailbox_id = $5, status = $6,
            kind = $7, urgency = $8, team_id = $9, assignee_id = $10, spam = $11, place = $12,
            updated_at = $13, waiting_since = $14, solved_at = $15, last_public_message_id = $16,
            link_epoch = $17, version = $18
      where id = $1",
);
const DROP_TAGS: Sql = Sql::Same("delete from ticket_tag where ticket_id = $1");
const INSERT_TAGS: Sql = Sql::Same("insert into ticket_tag (ticket_id, tag) values");
const INSERT_CONVERSATION: Sql =
    Sql::Same("insert into conversation (ticket_id, audience) values ($1, $2) returning id");
const BY_MAIL_ID: Sql = Sql::Same(
    "select ticket_id, id from message where mail_id = $1 and mail_id <> '' order by id desc limit 5",
);
const SOLVED_LONG_AGO: Sql = Sql::Same(
    "select t.id
       from ticket t
       join mailbox m on m.id = t.mailbox_id
      where t.place = 3
        and m.close_after_days > 0
        and t.solved_at <= $1 - m.close_after_days * cast(86400000000 as bigint)
      order by t.solved_at
      limit $2",
);
const OF_CUSTOMER: Sql = Sql::Same(
    "select id, subject, status, spam, updated_at
       from ticket
      where customer_id = $1 and id <> $2
      order by id desc
      limit $3",
);
const FOLLOWED_BY: Sql =
    Sql::Same("select id from ticket where follows_id = $1 order by id desc limit 1");

/// A line about an earlier ticket of the same customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierTicket {
    /// Its number.
    pub id: TicketId,
    /// Its subject line.
    pub subject: String,
    /// Where it stands.
    pub status: Status,
    /// Marked as spam.
    pub spam: bool,
    /// Last change.
    pub updated_at: Timestamp,
}

impl Tx<'_> {
    /// The ticket with its tags, whoever asks. Callers check the visibility.
    pub fn ticket(&mut self, id: TicketId) -> Result<Option<Ticket>, StoreError> {
        let of = params![id];
        self.send_ahead(vec![(TICKET, of.to_vec()), (TAGS, of.to_vec())])?;
        let Some(mut ticket) = self.query_opt(TICKET, &of, read_ticket)? else {
            return Ok(None);
        };
        ticket.tags = self.tags_of(id)?;
        Ok(Some(ticket))
    }

    /// Tickets by number after one, with their tags; for walks over all of them.
    pub fn tickets_after(
        &mut self,
        after: TicketId,
        limit: i64,
    ) -> Result<Vec<Ticket>, StoreError> {
        let mut tickets = self.query(TICKETS_AFTER, &params![after, limit], read_ticket)?;
        for ticket in &mut tickets {
            ticket.tags = self.tags_of(ticket.id)?;
        }
        Ok(tickets)
    }

    fn tags_of(&mut self, id: TicketId) -> Result<Vec<String>, StoreError> {
        self.query(TAGS, &params![id], |row| row.get(0))
    }

    /// Stores a new ticket with its conversation and gives both their ids. `ticket.id` and
    /// `ticket.conversation` are ignored and set.
    pub fn insert_ticket(&mut self, ticket: &mut Ticket) -> Result<(), StoreError> {
        let values = params![
            ticket.subject.as_str(),
            ticket.customer,
            0_i64,
            ticket.mailbox,
            ticket.channel.as_str(),
            ticket.status.as_str(),
            ticket.kind.map(Kind::as_str),
            ticket.urgency.as_str(),
            ticket.team,
            ticket.assignee,
            ticket.spam,
            ticket.place() as i64,
            ticket.follows,
            ticket.created_at,
            ticket.updated_at,
            ticket.waiting_since,
            ticket.solved_at,
            ticket.last_public_message,
            ticket.link_epoch,
            ticket.version,
            ticket.salt.as_slice()
        ];
        ticket.id = self.query_one(INSERT_TICKET, &values, |row| row.get(0))?;
        ticket.conversation = self.query_one(
            INSERT_CONVERSATION,
            &params![ticket.id, Audience::Customer.as_str()],
            |row| row.get::<ConversationId>(0),
        )?;
        self.insert_tags(ticket)?;
        self.count_ticket(ticket, 1)
    }

    /// Stores a changed ticket. `before` is what was loaded, so that the counts follow.
    pub fn save_ticket(&mut self, before: &Ticket, ticket: &Ticket) -> Result<(), StoreError> {
        let values = params![
            ticket.id,
            ticket.subject.as_str(),
            ticket.customer,
            ticket.conversation,
            ticket.mailbox,
            ticket.status.as_str(),
            ticket.kind.map(Kind::as_str),
            ticket.urgency.as_str(),
            ticket.team,
            ticket.assignee,
            ticket.spam,
            ticket.place() as i64,
            ticket.updated_at,
            ticket.waiting_since,
            ticket.solved_at,
            ticket.last_public_message,
            ticket.link_epoch,
            ticket.version
        ];
        self.put(UPDATE_TICKET, &values)?;
        if before.tags != ticket.tags {
            self.put(DROP_TAGS, &params![ticket.id])?;
            self.insert_tags(ticket)?;
        }
        self.move_count(before, ticket)
    }

    fn insert_tags(&mut self, ticket: &Ticket) -> Result<(), StoreError> {
        if ticket.tags.is_empty() {
            return Ok(());
        }
        let rows: Vec<_> = ticket
            .tags
            .iter()
            .map(|tag| params![ticket.id, tag.as_str()].to_vec())
            .collect();
        self.insert_many(INSERT_TAGS, &rows)
    }

    /// The tickets that hold a message with this Message-ID, newest first.
    pub fn tickets_by_mail_id(
        &mut self,
        mail_id: &str,
    ) -> Result<Vec<(TicketId, MessageId)>, StoreError> {
        self.query(BY_MAIL_ID, &params![mail_id], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Solved tickets whose mailbox says that they close by now.
    pub fn solved_long_ago(
        &mut self,
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<TicketId>, StoreError> {
        self.query(SOLVED_LONG_AGO, &params![now, limit], |row| row.get(0))
    }

    /// The newest tickets of a customer, without the given one. Callers check the visibility.
    pub fn tickets_of_customer(
        &mut self,
        customer: CustomerId,
        without: TicketId,
        limit: i64,
    ) -> Result<Vec<EarlierTicket>, StoreError> {
        self.query(OF_CUSTOMER, &params![customer, without, limit], |row| {
            Ok(EarlierTicket {
                id: row.get(0)?,
                subject: row.get(1)?,
                status: word(row, 2, Status::parse)?,
                spam: row.get(3)?,
                updated_at: row.get(4)?,
            })
        })
    }

    /// The ticket that goes on from this one.
    pub fn followed_by(&mut self, id: TicketId) -> Result<Option<TicketId>, StoreError> {
        self.query_opt(FOLLOWED_BY, &params![id], |row| row.get(0))
    }
}

fn read_ticket(row: &Row<'_>) -> Result<Ticket, StoreError> {
    Ok(Ticket {
        id: row.get(0)?,
        subject: row.get(1)?,
        customer: row.get(2)?,
        conversation: row.get(3)?,
        mailbox: row.get(4)?,
        channel: word(row, 5, Channel::parse)?,
        status: word(row, 6, Status::parse)?,
        kind: optional_word(row, 7, Kind::parse)?,
        urgency: word(row, 8, Urgency::parse)?,
        team: row.get(9)?,
        assignee: row.get(10)?,
        spam: row.get(11)?,
        follows: row.get(12)?,
        created_at: row.get(13)?,
        updated_at: row.get(14)?,
        waiting_since: row.get(15)?,
        solved_at: row.get(16)?,
        last_public_message: row.get(17)?,
        link_epoch: row.get(18)?,
        version: row.get(19)?,
        salt: row.get(20)?,
        tags: Vec::new(),
    })
}

/// Reads a word of an open vocabulary; a word that this version does not know is an error that
/// names it, not a guess.
pub(crate) fn word<T>(
    row: &Row<'_>,
    index: usize,
    parse: fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    let text: String = row.get(index)?;
    known_word(&text, parse)
}

/// As [`word`], for a text that was read already.
pub(crate) fn known_word<T>(text: &str, parse: fn(&str) -> Option<T>) -> Result<T, StoreError> {
    parse(text).ok_or_else(|| unknown_word(text))
}

/// As [`word`], for a column that may be empty.
pub(crate) fn optional_word<T>(
    row: &Row<'_>,
    index: usize,
    parse: fn(&str) -> Option<T>,
) -> Result<Option<T>, StoreError> {
    let text: Option<String> = row.get(index)?;
    text.map(|text| parse(&text).ok_or_else(|| unknown_word(&text)))
        .transpose()
}

fn unknown_word(text: &str) -> StoreError {
    StoreError::because(
        "read a word",
        ErrorKind::Broken,
        format!("{text} is no word of this version"),
    )
}
