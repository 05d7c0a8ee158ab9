//! What people promised in replies.
//!
//! Owns: the tables `given_promise` and `draft_promise`. Must not know: whether a promise was kept;
//! that stands with the outcomes.

use super::outcome::KeptOutcome;
use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{DraftId, PersonId, TicketId};
use candor_domain::level::{GivenPromise, Metric};
use jiff::Timestamp;

pub(crate) const GIVEN_OF: Sql = Sql::Same(
    "select ticket_id, cycle, person_id, words, given_at, due_at, withdrawn_at, reason, salt
       from given_promise
      where ticket_id = $1
      order by cycle",
);
const GIVEN_AFTER: Sql = Sql::Same(
    "select ticket_id, cycle, person_id, words, given_at, due_at, withdrawn_at, reason, salt
       from given_promise
      where (ticket_id, cycle) > ($1, $2)
      order by ticket_id, cycle
      limit $3",
);
const OWED_BY: Sql = Sql::Same(
    "select g.ticket_id, t.subject, g.words, g.due_at
       from given_promise g
       join ticket t on t.id = g.ticket_id
       left join promise_outcome o
         on o.ticket_id = g.ticket_id and o.metric = $2 and o.cycle = g.cycle
      where g.person_id = $1 and g.due_at > $3 and g.withdrawn_at is null and o.done_at is null
        and t.place <= 3
      order by g.due_at
      limit $4",
);
const INSERT_GIVEN: Sql = Sql::Same(
    "insert into given_promise (ticket_id, cycle, person_id, words, given_at, due_at, withdrawn_at,
            reason, salt)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);
const WITHDRAW: Sql = Sql::Same(
    "update given_promise set withdrawn_at = $3, reason = $4, salt = $5
      where ticket_id = $1 and cycle = $2",
);
const DRAFT_PROMISE: Sql = Sql::Same("select words, due_at from draft_promise where draft_id = $1");
const KEEP_DRAFT_PROMISE: Sql = Sql::Same(
    "insert into draft_promise (draft_id, words, due_at)
     values ($1, $2, $3)
     on conflict (draft_id) do update set words = excluded.words, due_at = excluded.due_at",
);
const DROP_DRAFT_PROMISE: Sql = Sql::Same("delete from draft_promise where draft_id = $1");

/// A promise that a person still owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedPromise {
    /// On which ticket.
    pub ticket: TicketId,
    /// The subject line.
    pub subject: String,
    /// The words in which it was given.
    pub words: String,
    /// By when.
    pub due: Timestamp,
}

impl Tx<'_> {
    /// What was promised on a ticket, in the order in which it was.
    pub fn given_of(&mut self, ticket: TicketId) -> Result<Vec<GivenPromise>, StoreError> {
        self.query(GIVEN_OF, &params![ticket], read_given)
    }

    /// Promises by ticket and number after one; for walks over all of them.
    pub fn given_after(
        &mut self,
        (ticket, cycle): (TicketId, u32),
        limit: i64,
    ) -> Result<Vec<GivenPromise>, StoreError> {
        self.query(GIVEN_AFTER, &params![ticket, cycle, limit], read_given)
    }

    /// What a person still owes of promises that were due after an instant, the next one first.
    pub fn owed_by(
        &mut self,
        person: PersonId,
        after: Timestamp,
        limit: i64,
    ) -> Result<Vec<OwedPromise>, StoreError> {
        let values = params![person, Metric::Promised.as_str(), after, limit];
        self.query(OWED_BY, &values, |row| {
            Ok(OwedPromise {
                ticket: row.get(0)?,
                subject: row.get(1)?,
                words: row.get(2)?,
                due: row.get(3)?,
            })
        })
    }

    /// Stores a new promise.
    pub fn insert_given(&mut self, given: &GivenPromise) -> Result<(), StoreError> {
        let values = params![
            given.ticket,
            given.cycle,
            given.by,
            given.words.as_str(),
            given.given_at,
            given.due,
            given.withdrawn_at,
            given.reason.as_str(),
            given.salt.as_slice()
        ];
        self.put(INSERT_GIVEN, &values)
    }

    /// Stores that a promise does not hold any more.
    pub fn withdraw_given(&mut self, given: &GivenPromise) -> Result<(), StoreError> {
        let values = params![
            given.ticket,
            given.cycle,
            given.withdrawn_at,
            given.reason.as_str(),
            given.salt.as_slice()
        ];
        self.put(WITHDRAW, &values)
    }

    /// What became of the promises that people gave on a ticket.
    pub fn given_outcomes(&mut self, ticket: TicketId) -> Result<Vec<KeptOutcome>, StoreError> {
        let mut outcomes = self.outcomes_of(ticket)?;
        outcomes.retain(|kept| kept.outcome.metric == Metric::Promised);
        Ok(outcomes)
    }

    /// What the writer of a draft wants to be held to: the words, and by when.
    pub fn draft_promise(
        &mut self,
        draft: DraftId,
    ) -> Result<Option<(String, Timestamp)>, StoreError> {
        self.query_opt(DRAFT_PROMISE, &params![draft], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Stores what the writer of a draft wants to be held to; `None` forgets it.
    pub fn keep_draft_promise(
        &mut self,
        draft: DraftId,
        promise: Option<(&str, Timestamp)>,
    ) -> Result<(), StoreError> {
        match promise {
            Some((words, due)) => self.put(KEEP_DRAFT_PROMISE, &params![draft, words, due]),
            None => self.put(DROP_DRAFT_PROMISE, &params![draft]),
        }
    }
}

fn read_given(row: &Row<'_>) -> Result<GivenPromise, StoreError> {
    Ok(GivenPromise {
        ticket: row.get(0)?,
        cycle: row.get(1)?,
        by: row.get(2)?,
        words: row.get(3)?,
        given_at: row.get(4)?,
        due: row.get(5)?,
        withdrawn_at: row.get(6)?,
        reason: row.get(7)?,
        salt: row.get(8)?,
    })
}
