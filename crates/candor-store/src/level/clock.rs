//! The clocks of tickets.
//!
//! Owns: the table `ticket_clock`. Must not know: what starts and stops a clock.

use super::{read, written};
use crate::ticket::optional_word;
use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{CustomerId, OrganizationId, TicketId};
use candor_domain::level::{Foremost, LevelReason, Metric, TicketClocks, TicketPromise};
use jiff::Timestamp;

pub(crate) const CLOCKS: Sql = Sql::Same(
    "select ticket_id, level_id, reason, terms_id, state, next_at, contract_id
       from ticket_clock
      where ticket_id = $1",
);
const CLOCKS_AFTER: Sql = Sql::Same(
    "select ticket_id, level_id, reason, terms_id, state, next_at, contract_id
       from ticket_clock
      where ticket_id > $1
      order by ticket_id
      limit $2",
);
const KEEP_CLOCKS: Sql = Sql::Same(
    "insert into ticket_clock (ticket_id, level_id, reason, terms_id, state, metric, due_at,
            left_us, allowed_us, next_at, contract_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (ticket_id) do update
        set level_id = excluded.level_id, reason = excluded.reason, terms_id = excluded.terms_id,
            state = excluded.state, metric = excluded.metric, due_at = excluded.due_at,
            left_us = excluded.left_us, allowed_us = excluded.allowed_us,
            next_at = excluded.next_at, contract_id = excluded.contract_id",
);
const CLOCKS_TO_LOOK_AT: Sql = Sql::Same(
    "select ticket_id
       from ticket_clock
      where next_at is not null and next_at <= $1
      order by next_at
      limit $2",
);
const DUE_OF: Sql = Sql::Same(
    "select ticket_id, metric, due_at, left_us, allowed_us
       from ticket_clock
      where ticket_id in ($1) and metric is not null",
);
const UNDONE_AFTER: Sql =
    Sql::Same("select id from ticket where place in (0, 1, 2) and id > $1 order by id limit $2");
const UNDONE_OF_CUSTOMER: Sql =
    Sql::Same("select id from ticket where customer_id = $1 and place <= 2 order by id");
pub(crate) const COUNT_UNDONE_OF: Sql =
    Sql::Same("select count(*) from ticket where customer_id = $1 and place <= 2");
const UNDONE_OF_ORGANIZATION: Sql = Sql::Same(
    "select t.id
       from customer c
       join ticket t on t.customer_id = c.id
      where c.organization_id = $1 and t.place <= 2 and t.id > $2
      order by t.id
      limit $3",
);

/// The clocks of a ticket with what it is promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockRow {
    /// What is promised, and why.
    pub promise: TicketPromise,
    /// The clocks.
    pub clocks: TicketClocks,
    /// When they want to be looked at.
    pub next: Option<Timestamp>,
}

/// The promise of a ticket that comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TicketDue {
    /// Which ticket.
    pub ticket: TicketId,
    /// What comes first, as its clock was when it was last brought up to date.
    pub first: Foremost,
}

impl Tx<'_> {
    /// The clocks of a ticket; `None` where nothing was ever promised.
    pub fn clocks_of(&mut self, ticket: TicketId) -> Result<Option<ClockRow>, StoreError> {
        self.query_opt(CLOCKS, &params![ticket], read_clocks)
    }

    /// Clocks by ticket after one; for walks over all of them.
    pub fn clocks_after(
        &mut self,
        after: TicketId,
        limit: i64,
    ) -> Result<Vec<ClockRow>, StoreError> {
        self.query(CLOCKS_AFTER, &params![after, limit], read_clocks)
    }

    /// Stores the clocks of a ticket.
    pub fn keep_clocks(&mut self, row: &ClockRow) -> Result<(), StoreError> {
        let first = row.clocks.foremost();
        let values = params![
            row.promise.ticket,
            row.promise.level,
            row.promise.reason.map(LevelReason::as_str),
            row.promise.terms,
            written(&row.clocks)?,
            first.map(|owed| owed.metric.as_str()),
            first.and_then(|owed| owed.due),
            first.map(|owed| owed.left_us),
            first.map(|owed| owed.allowed_us),
            row.next,
            row.promise.contract
        ];
        self.put(KEEP_CLOCKS, &values)
    }

    /// Tickets whose clocks reached a warning or their end by now.
    pub fn clocks_to_look_at(
        &mut self,
        now: Timestamp,
        limit: i64,
    ) -> Result<Vec<TicketId>, StoreError> {
        self.query(CLOCKS_TO_LOOK_AT, &params![now, limit], |row| row.get(0))
    }

    /// The promises of these tickets that come first.
    pub fn due_of(&mut self, tickets: &[TicketId]) -> Result<Vec<TicketDue>, StoreError> {
        self.query(DUE_OF, &params![tickets], read_due)
    }

    /// Tickets that are not done, by number after one.
    pub fn undone_after(
        &mut self,
        after: TicketId,
        limit: i64,
    ) -> Result<Vec<TicketId>, StoreError> {
        self.query(UNDONE_AFTER, &params![after, limit], |row| row.get(0))
    }

    /// Tickets of a customer that are not done.
    pub fn undone_of_customer(
        &mut self,
        customer: CustomerId,
    ) -> Result<Vec<TicketId>, StoreError> {
        self.query(UNDONE_OF_CUSTOMER, &params![customer], |row| row.get(0))
    }

    /// How many tickets of a customer are not done.
    pub fn count_undone_of(&mut self, customer: CustomerId) -> Result<usize, StoreError> {
        let n = self.query_one(COUNT_UNDONE_OF, &params![customer], |row| row.get::<i64>(0))?;
        Ok(usize::try_from(n).unwrap_or_default())
    }

    /// Tickets of an organization's customers that are not done, by number after one.
    pub fn undone_of_organization(
        &mut self,
        organization: OrganizationId,
        after: TicketId,
        limit: i64,
    ) -> Result<Vec<TicketId>, StoreError> {
        let values = params![organization, after, limit];
        self.query(UNDONE_OF_ORGANIZATION, &values, |row| row.get(0))
    }
}

fn read_due(row: &Row<'_>) -> Result<TicketDue, StoreError> {
    let metric: String = row.get(1)?;
    Ok(TicketDue {
        ticket: row.get(0)?,
        first: Foremost {
            metric: crate::ticket::known_word(&metric, Metric::parse)?,
            due: row.get(2)?,
            left_us: row.get(3)?,
            allowed_us: row.get(4)?,
        },
    })
}

fn read_clocks(row: &Row<'_>) -> Result<ClockRow, StoreError> {
    Ok(ClockRow {
        promise: TicketPromise {
            ticket: row.get(0)?,
            level: row.get(1)?,
            reason: optional_word(row, 2, LevelReason::parse)?,
            terms: row.get(3)?,
            contract: row.get(6)?,
        },
        clocks: read(&row.get::<String>(4)?)?,
        next: row.get(5)?,
    })
}
