//! Whether somebody vouched for the sender of a mail: rows.
//!
//! Owns: the table `sender_check`. Must not know: what the words mean.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{MessageId, TicketId};

const ADD_SENDER_CHECK: Sql =
    Sql::Same("insert into sender_check (message_id, vouched, found) values ($1, $2, $3)");
pub(crate) const SENDER_CHECKS_OF: Sql = Sql::Same(
    "select m.id, c.vouched, c.found
       from message m
       join sender_check c on c.message_id = m.id
      where m.ticket_id = $1",
);

/// What the checks of a mail found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SenderCheck {
    /// The message that the mail became.
    pub message: MessageId,
    /// What it adds up to, in one word.
    pub vouched: String,
    /// What was found, in one line.
    pub found: String,
}

impl Tx<'_> {
    /// Keeps what the checks of a mail found.
    pub fn add_sender_check(&mut self, check: &SenderCheck) -> Result<(), StoreError> {
        let values = params![check.message, check.vouched.as_str(), check.found.as_str()];
        self.put(ADD_SENDER_CHECK, &values)
    }

    /// What was found about the messages of a ticket, by message.
    pub fn sender_checks_of(&mut self, ticket: TicketId) -> Result<Vec<SenderCheck>, StoreError> {
        self.query(SENDER_CHECKS_OF, &params![ticket], |row: &Row<'_>| {
            Ok(SenderCheck {
                message: row.get(0)?,
                vouched: row.get(1)?,
                found: row.get(2)?,
            })
        })
    }
}
