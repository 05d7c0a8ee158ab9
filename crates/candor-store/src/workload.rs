//! How much comes in, how urgent it is, and how long answers take.
//!
//! Owns: counts over tickets, and the table `handle_time`. Must not know: what a count means. It
//! holds no word of who wrote an answer.

use crate::ticket::word;
use crate::{Sql, StoreError, Tx, params};
use candor_domain::id::{MessageId, PersonId, TicketId};
use candor_domain::ticket::Urgency;
use jiff::Timestamp;

const URGENCIES: Sql = Sql::Same(
    "select urgency, count(*)
       from ticket
      where created_at >= $1 and created_at < $2 and spam = 0
      group by urgency
      order by urgency",
);
const NEWEST: Sql =
    Sql::Same("select urgency from ticket where spam = 0 order by created_at desc limit $1");
const ARRIVALS: Sql = Sql::Same(
    "select created_at
       from ticket
      where created_at >= $1 and created_at < $2 and spam = 0
      order by created_at
      limit $3",
);
const FIRST_ARRIVAL: Sql = Sql::Same("select created_at from ticket order by created_at limit 1");
const KEEP_HANDLE: Sql = Sql::Same(
    "insert into handle_time (message_id, at, seconds)
     values ($1, $2, $3)
     on conflict (message_id) do nothing",
);
const HANDLES: Sql =
    Sql::Same("select seconds from handle_time where at >= $1 order by at desc limit $2");
const OPENED_AT: Sql =
    Sql::Same("select since from presence where ticket_id = $1 and person_id = $2");

impl Tx<'_> {
    /// How many tickets of each urgency came in a span of time; spam left out.
    pub fn urgencies(
        &mut self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(Urgency, i64)>, StoreError> {
        self.query(URGENCIES, &params![from, to], |row| {
            Ok((word(row, 0, Urgency::parse)?, row.get(1)?))
        })
    }

    /// How many there are among the newest tickets, at most so many, and how many of them are
    /// urgent.
    pub fn last_urgent(&mut self, newest: i64) -> Result<(i64, i64), StoreError> {
        let all = self.query(NEWEST, &params![newest], |row| word(row, 0, Urgency::parse))?;
        let urgent = all.iter().filter(|one| **one == Urgency::Urgent).count();
        Ok((all.len() as i64, urgent as i64))
    }

    /// When tickets came in a span of time, oldest first; spam left out.
    pub fn arrivals(
        &mut self,
        from: Timestamp,
        to: Timestamp,
        limit: i64,
    ) -> Result<Vec<Timestamp>, StoreError> {
        self.query(ARRIVALS, &params![from, to, limit], |row| row.get(0))
    }

    /// When the first ticket came.
    pub fn first_arrival(&mut self) -> Result<Option<Timestamp>, StoreError> {
        self.query_opt(FIRST_ARRIVAL, &[], |row| row.get(0))
    }

    /// Keeps how long an answer took.
    pub fn keep_handle_time(
        &mut self,
        answer: MessageId,
        at: Timestamp,
        seconds: i64,
    ) -> Result<(), StoreError> {
        self.put(KEEP_HANDLE, &params![answer, at, seconds])
    }

    /// How long answers took since an instant, in seconds, newest first.
    pub fn handle_times(&mut self, since: Timestamp, limit: i64) -> Result<Vec<i64>, StoreError> {
        self.query(HANDLES, &params![since, limit], |row| row.get(0))
    }

    /// Since when somebody has had a ticket open; `None` where they do not at the moment.
    pub fn opened_at(
        &mut self,
        ticket: TicketId,
        person: PersonId,
    ) -> Result<Option<Timestamp>, StoreError> {
        let since: Option<Option<Timestamp>> =
            self.query_opt(OPENED_AT, &params![ticket, person], |row| row.get(0))?;
        Ok(since.flatten())
    }
}
