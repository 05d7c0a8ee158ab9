//! Who looks at which ticket just now.
//!
//! Owns: the table `presence`, shared by all nodes through the database. Working state, never
//! journalled. Must not know: how it is shown.

use crate::{Sql, StoreError, Tx, params};
use candor_domain::id::{PersonId, TicketId};
use jiff::Timestamp;

const SET: Sql = Sql::Same(
    "insert into presence (ticket_id, person_id, doing, until, since) values ($1, $2, $3, $4, $5)
     on conflict (ticket_id, person_id) do update set doing = excluded.doing, until = excluded.until,
        since = case when presence.until < $5 then $5 else presence.since end",
);
const LEAVE: Sql = Sql::Same("delete from presence where ticket_id = $1 and person_id = $2");
pub(crate) const AT: Sql = Sql::Same(
    "select p.person_id, q.name, p.doing, p.ticket_id
       from presence p
       join person q on q.id = p.person_id
      where p.ticket_id = $1 and p.until > $2
      order by p.person_id",
);
const EVERYWHERE: Sql = Sql::Same(
    "select p.person_id, q.name, p.doing, p.ticket_id
       from presence p
       join person q on q.id = p.person_id
      where p.until > $1
      order by p.ticket_id, p.person_id",
);
const DROP_OLD: Sql = Sql::Same("delete from presence where until <= $1");

/// Somebody at a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// `reading` or `writing`.
    pub doing: String,
    /// Where.
    pub ticket: TicketId,
}

impl Tx<'_> {
    /// Says that somebody reads or writes from now until a moment.
    pub fn set_presence(
        &mut self,
        ticket: TicketId,
        person: PersonId,
        doing: &str,
        (now, until): (Timestamp, Timestamp),
    ) -> Result<(), StoreError> {
        self.put(SET, &params![ticket, person, doing, until, now])
    }

    /// Says that somebody left.
    pub fn leave(&mut self, ticket: TicketId, person: PersonId) -> Result<(), StoreError> {
        self.put(LEAVE, &params![ticket, person])
    }

    /// Everybody at a ticket.
    pub fn present_at(
        &mut self,
        ticket: TicketId,
        now: Timestamp,
    ) -> Result<Vec<Present>, StoreError> {
        self.query(AT, &params![ticket, now], read)
    }

    /// Everybody anywhere.
    pub fn present(&mut self, now: Timestamp) -> Result<Vec<Present>, StoreError> {
        self.query(EVERYWHERE, &params![now], read)
    }

    /// Forgets what is over.
    pub fn drop_old_presence(&mut self, now: Timestamp) -> Result<u64, StoreError> {
        self.execute(DROP_OLD, &params![now])
    }
}

fn read(row: &crate::Row<'_>) -> Result<Present, StoreError> {
    Ok(Present {
        person: row.get(0)?,
        name: row.get(1)?,
        doing: row.get(2)?,
        ticket: row.get(3)?,
    })
}
