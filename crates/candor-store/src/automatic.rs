//! Mails that the desk sent by itself.
//!
//! Owns: the table `automatic_mail`. Must not know: how many are too many.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{MessageId, OutboxId, TicketId};
use jiff::Timestamp;

const ADD: Sql = Sql::Same(
    "insert into automatic_mail (outbox_id, ticket_id, message_id, address, at)
     values ($1, $2, $3, $4, $5)
     returning id",
);
const TO_ADDRESS: Sql = Sql::Same(
    "select at, ticket_id from automatic_mail where address = $1 and at > $2 order by at",
);
const SINCE: Sql = Sql::Same("select count(*) from automatic_mail where at > $1");
const BY_OUTBOX: Sql = Sql::Same(
    "select outbox_id, ticket_id, message_id, address, at from automatic_mail where outbox_id = $1",
);
const OF_TICKET: Sql = Sql::Same(
    "select outbox_id, ticket_id, message_id, address, at
       from automatic_mail
      where ticket_id = $1
      order by id",
);

/// One mail that the desk sent by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AutomaticMail {
    /// The mail.
    pub outbox: OutboxId,
    /// The ticket it is about.
    pub ticket: TicketId,
    /// The message it answers.
    pub message: MessageId,
    /// Who gets it.
    pub address: String,
    /// When it was queued.
    pub at: Timestamp,
}

impl Tx<'_> {
    /// Remembers one.
    pub fn add_automatic_mail(&mut self, mail: &AutomaticMail) -> Result<(), StoreError> {
        let values = params![
            mail.outbox,
            mail.ticket,
            mail.message,
            mail.address.as_str(),
            mail.at
        ];
        self.query_one(ADD, &values, |row| row.get::<i64>(0))
            .map(|_| ())
    }

    /// When an address got mail by itself since a moment, and about which ticket.
    pub fn automatic_mail_to(
        &mut self,
        address: &str,
        since: Timestamp,
    ) -> Result<Vec<(Timestamp, TicketId)>, StoreError> {
        self.query(TO_ADDRESS, &params![address, since], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// How many there were since a moment.
    pub fn automatic_mails_since(&mut self, since: Timestamp) -> Result<i64, StoreError> {
        self.query_one(SINCE, &params![since], |row| row.get(0))
    }

    /// What an automatic mail is about.
    pub fn automatic_mail(
        &mut self,
        outbox: OutboxId,
    ) -> Result<Option<AutomaticMail>, StoreError> {
        self.query_opt(BY_OUTBOX, &params![outbox], read_automatic)
    }

    /// Those of a ticket, oldest first.
    pub fn automatic_mails_of(
        &mut self,
        ticket: TicketId,
    ) -> Result<Vec<AutomaticMail>, StoreError> {
        self.query(OF_TICKET, &params![ticket], read_automatic)
    }
}

fn read_automatic(row: &Row<'_>) -> Result<AutomaticMail, StoreError> {
    Ok(AutomaticMail {
        outbox: row.get(0)?,
        ticket: row.get(1)?,
        message: row.get(2)?,
        address: row.get(3)?,
        at: row.get(4)?,
    })
}
