//! What mail servers told about mails of ours.
//!
//! Owns: the table `delivery`. Must not know: how a report is read.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{IncomingId, MessageId, TicketId};
use jiff::Timestamp;

const ADD_DELIVERY: Sql = Sql::Same(
    "insert into delivery (message_id, incoming_id, at, recipient, action, status, cause,
            diagnostic, mailbox_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8,
             (select t.mailbox_id
                from message m
                join ticket t on t.id = m.ticket_id
               where m.id = $1))
     returning id",
);
pub(crate) const DELIVERIES_OF_TICKET: Sql = Sql::Same(
    "select d.message_id, d.incoming_id, d.at, d.recipient, d.action, d.status, d.cause,
            d.diagnostic
       from message m
       join delivery d on d.message_id = m.id
      where m.ticket_id = $1
      order by d.id",
);
const NEWEST_RETURNS: Sql = Sql::Same(
    "select message_id, incoming_id, at, recipient, action, status, cause, diagnostic
       from delivery
      where id < $1 and action in ('failed', 'complained')
      order by id desc
      limit $2",
);

/// What became of one of our mails at one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The message that the mail carried, or that it answered by itself.
    pub message: MessageId,
    /// The raw mail that told it.
    pub incoming: IncomingId,
    /// When we heard of it.
    pub at: Timestamp,
    /// Who did not get it; empty where nobody is named.
    pub recipient: String,
    /// `failed`, `delayed`, `complained`, or another word of RFC 3464.
    pub action: String,
    /// The status code such as `5.1.1`; empty where none is told.
    pub status: String,
    /// The code in a word, such as `mailbox_full`.
    pub cause: String,
    /// What the other side said, on one line.
    pub diagnostic: String,
}

impl Tx<'_> {
    /// Keeps what was told.
    pub fn add_delivery(&mut self, delivery: &Delivery) -> Result<(), StoreError> {
        let values = params![
            delivery.message,
            delivery.incoming,
            delivery.at,
            delivery.recipient.as_str(),
            delivery.action.as_str(),
            delivery.status.as_str(),
            delivery.cause.as_str(),
            delivery.diagnostic.as_str(),
        ];
        self.query_one(ADD_DELIVERY, &values, |row| row.get::<i64>(0))
            .map(|_| ())
    }

    /// What was told about the mails of a ticket, oldest first.
    pub fn deliveries_of_ticket(&mut self, ticket: TicketId) -> Result<Vec<Delivery>, StoreError> {
        self.query(DELIVERIES_OF_TICKET, &params![ticket], read_delivery)
    }

    /// Mails that did not arrive or were complained about, newest first.
    pub fn newest_returns(&mut self, limit: i64) -> Result<Vec<Delivery>, StoreError> {
        self.query(NEWEST_RETURNS, &params![i64::MAX, limit], read_delivery)
    }
}

pub(crate) fn read_delivery(row: &Row<'_>) -> Result<Delivery, StoreError> {
    Ok(Delivery {
        message: row.get(0)?,
        incoming: row.get(1)?,
        at: row.get(2)?,
        recipient: row.get(3)?,
        action: row.get(4)?,
        status: row.get(5)?,
        cause: row.get(6)?,
        diagnostic: row.get(7)?,
    })
}
