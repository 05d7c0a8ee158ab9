//! What became of promises.
//!
//! Owns: the table `promise_outcome` and its sums. Must not know: which share is good.

use crate::ticket::word;
use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{ContractId, LevelId, TicketId};
use candor_domain::level::{Metric, Outcome};
use candor_domain::ticket::Urgency;
use jiff::Timestamp;

const FORGET_OUTCOMES: Sql = Sql::Same("delete from promise_outcome where ticket_id = $1");
const KEEP_OUTCOME: Sql = Sql::Same(
    "insert into promise_outcome (ticket_id, metric, cycle, level_id, urgency, since_at,
            decided_at, done_at, kept, left_us, contract_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (ticket_id, metric, cycle) do update
        set since_at = excluded.since_at, decided_at = excluded.decided_at,
            done_at = excluded.done_at, kept = excluded.kept, left_us = excluded.left_us",
);
const OUTCOMES_OF: Sql = Sql::Same(
    "select ticket_id, metric, cycle, level_id, urgency, since_at, decided_at, done_at, kept,
            left_us, contract_id
       from promise_outcome
      where ticket_id = $1
      order by metric, cycle",
);
const OUTCOMES_OF_CONTRACT: Sql = Sql::Same(
    "select ticket_id, metric, cycle, level_id, urgency, since_at, decided_at, done_at, kept,
            left_us, contract_id
       from promise_outcome
      where contract_id = $1 and decided_at >= $2 and decided_at < $3
      order by decided_at, ticket_id, metric, cycle",
);
const LAST_OF_CONTRACT: Sql =
    Sql::Same("select max(decided_at) from promise_outcome where contract_id = $1");
const TALLIES: Sql = Sql::Same(
    "select level_id, urgency, metric, count(*), cast(sum(kept) as bigint),
            cast(sum(case when kept = 1 then left_us else 0 end) as bigint)
       from promise_outcome
      where decided_at >= $1 and decided_at <= $2 and level_id is not null
      group by level_id, urgency, metric
      order by level_id, urgency, metric",
);
const BY_CONTRACT: Sql = Sql::Same(
    "select c.name, o.metric, count(*), cast(sum(o.kept) as bigint),
            cast(sum(case when o.kept = 1 then o.left_us else 0 end) as bigint)
       from promise_outcome o
       join contract c on c.id = o.contract_id
      where o.decided_at >= $1 and o.decided_at <= $2 and o.level_id is not null
      group by c.name, o.metric",
);
const BY_TEAM: Sql = Sql::Same(
    "select m.name, o.metric, count(*), cast(sum(o.kept) as bigint),
            cast(sum(case when o.kept = 1 then o.left_us else 0 end) as bigint)
       from promise_outcome o
       join ticket t on t.id = o.ticket_id
       left join team m on m.id = t.team_id
      where o.decided_at >= $1 and o.decided_at <= $2 and o.level_id is not null
      group by m.name, o.metric",
);
const BY_TAG: Sql = Sql::Same(
    "select g.tag, o.metric, count(*), cast(sum(o.kept) as bigint),
            cast(sum(case when o.kept = 1 then o.left_us else 0 end) as bigint)
       from promise_outcome o
       left join ticket_tag g on g.ticket_id = o.ticket_id
      where o.decided_at >= $1 and o.decided_at <= $2 and o.level_id is not null
      group by g.tag, o.metric",
);
const GIVEN_TALLY: Sql = Sql::Same(
    "select count(*), cast(coalesce(sum(kept), 0) as bigint),
            cast(coalesce(sum(case when kept = 1 then left_us else 0 end), 0) as bigint)
       from promise_outcome
      where decided_at >= $1 and decided_at <= $2 and metric = $3",
);
const LEVEL_SPANS: Sql = Sql::Same(
    "select since_at, done_at
       from promise_outcome
      where decided_at >= $1 and metric = $2 and level_id = $3 and urgency = $4
        and done_at is not null and since_at is not null
      order by decided_at desc
      limit $5",
);
const SPANS: Sql = Sql::Same(
    "select since_at, done_at
       from promise_outcome
      where decided_at >= $1 and metric = $2 and done_at is not null and since_at is not null
      order by decided_at desc
      limit $3",
);

/// What became of one promise of one ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptOutcome {
    /// Which ticket.
    pub ticket: TicketId,
    /// The level that promised it; `None` for what somebody promised in a reply.
    pub level: Option<LevelId>,
    /// The contract that it belongs to.
    pub contract: Option<ContractId>,
    /// The urgency when it was decided.
    pub urgency: Urgency,
    /// What became of it.
    pub outcome: Outcome,
}

/// Promises of one kind, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The level.
    pub level: LevelId,
    /// The urgency.
    pub urgency: Urgency,
    /// What was promised.
    pub metric: Metric,
    /// How many were decided.
    pub promises: i64,
    /// How many of them were kept.
    pub kept: i64,
    /// What was left of the time of all that were kept, in microseconds.
    pub left_us: i64,
}

/// What promises are counted by, beside their level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TallyBy {
    /// The contract that they belong to; those of none are left out.
    Contract,
    /// The team that has the ticket now.
    Team,
    /// Each tag that the ticket has now.
    Tag,
}

/// Promises of one contract, team or tag, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedTally {
    /// Its name; `None` for tickets of no team, or without a tag.
    pub name: Option<String>,
    /// What was promised.
    pub metric: Metric,
    /// How many were decided.
    pub promises: i64,
    /// How many of them were kept.
    pub kept: i64,
    /// What was left of the time of all that were kept, in microseconds.
    pub left_us: i64,
}

/// What people promised in replies, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GivenTally {
    /// How many were decided.
    pub promises: i64,
    /// How many of them were kept.
    pub kept: i64,
    /// What was left of the time of all that were kept, in microseconds.
    pub left_us: i64,
}

impl Tx<'_> {
    /// Stores what became of a promise. A later word on the same one says when it was done; whose
    /// promise it was stays: another level afterwards does not take a miss out of a contract.
    pub fn keep_outcome(&mut self, kept: &KeptOutcome) -> Result<(), StoreError> {
        let outcome = &kept.outcome;
        let values = params![
            kept.ticket,
            outcome.metric.as_str(),
            i64::from(outcome.cycle),
            kept.level,
            kept.urgency.as_str(),
            outcome.since,
            outcome.decided,
            outcome.done,
            outcome.kept,
            outcome.left_us,
            kept.contract
        ];
        self.put(KEEP_OUTCOME, &values)
    }

    /// Forgets what became of the promises of a ticket, to be counted anew.
    pub fn forget_outcomes(&mut self, ticket: TicketId) -> Result<(), StoreError> {
        self.put(FORGET_OUTCOMES, &params![ticket])
    }

    /// What became of the promises of one ticket.
    pub fn outcomes_of(&mut self, ticket: TicketId) -> Result<Vec<KeptOutcome>, StoreError> {
        self.query(OUTCOMES_OF, &params![ticket], read_outcome)
    }

    /// What became of a contract's promises from one instant until before another, the earliest
    /// decided first.
    pub fn outcomes_of_contract(
        &mut self,
        contract: ContractId,
        from: Timestamp,
        before: Timestamp,
    ) -> Result<Vec<KeptOutcome>, StoreError> {
        let values = params![contract, from, before];
        self.query(OUTCOMES_OF_CONTRACT, &values, read_outcome)
    }

    /// When the last of a contract's promises was decided.
    pub fn last_outcome_of_contract(
        &mut self,
        contract: ContractId,
    ) -> Result<Option<Timestamp>, StoreError> {
        self.query_one(LAST_OF_CONTRACT, &params![contract], |row| row.get(0))
    }

    /// Promises decided from one instant to another, counted by level, urgency and what was
    /// promised.
    pub fn tallies(&mut self, from: Timestamp, to: Timestamp) -> Result<Vec<Tally>, StoreError> {
        self.query(TALLIES, &params![from, to], |row| {
            Ok(Tally {
                level: row.get(0)?,
                urgency: word(row, 1, Urgency::parse)?,
                metric: word(row, 2, Metric::parse)?,
                promises: row.get(3)?,
                kept: row.get(4)?,
                left_us: row.get(5)?,
            })
        })
    }

    /// Promises decided from one instant to another, counted by contract, team or tag and by what
    /// was promised, in no order. What people promised in replies is left out.
    pub fn named_tallies(
        &mut self,
        by: TallyBy,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<NamedTally>, StoreError> {
        let statement = match by {
            TallyBy::Contract => BY_CONTRACT,
            TallyBy::Team => BY_TEAM,
            TallyBy::Tag => BY_TAG,
        };
        self.query(statement, &params![from, to], |row| {
            Ok(NamedTally {
                name: row.get(0)?,
                metric: word(row, 1, Metric::parse)?,
                promises: row.get(2)?,
                kept: row.get(3)?,
                left_us: row.get(4)?,
            })
        })
    }

    /// What people promised in replies and was decided from one instant to another.
    pub fn given_tally(
        &mut self,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<GivenTally, StoreError> {
        let values = params![from, to, Metric::Promised.as_str()];
        self.query_one(GIVEN_TALLY, &values, |row| {
            Ok(GivenTally {
                promises: row.get(0)?,
                kept: row.get(1)?,
                left_us: row.get(2)?,
            })
        })
    }

    /// From when to when a promise of one level at one urgency was owed, newest first.
    pub fn owed_spans_of(
        &mut self,
        from: Timestamp,
        (level, urgency, metric): (LevelId, Urgency, Metric),
        limit: i64,
    ) -> Result<Vec<(Timestamp, Timestamp)>, StoreError> {
        let values = params![from, metric.as_str(), level, urgency.as_str(), limit];
        self.query(LEVEL_SPANS, &values, |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// From when to when promises of one kind were owed, newest first.
    pub fn owed_spans(
        &mut self,
        from: Timestamp,
        metric: Metric,
        limit: i64,
    ) -> Result<Vec<(Timestamp, Timestamp)>, StoreError> {
        self.query(SPANS, &params![from, metric.as_str(), limit], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }
}

fn read_outcome(row: &Row<'_>) -> Result<KeptOutcome, StoreError> {
    let cycle: i64 = row.get(2)?;
    Ok(KeptOutcome {
        ticket: row.get(0)?,
        level: row.get(3)?,
        contract: row.get(10)?,
        urgency: word(row, 4, Urgency::parse)?,
        outcome: Outcome {
            metric: word(row, 1, Metric::parse)?,
            cycle: u32::try_from(cycle).unwrap_or_default(),
            since: row.get(5)?,
            decided: row.get(6)?,
            done: row.get(7)?,
            kept: row.get(8)?,
            left_us: row.get(9)?,
        },
    })
}
