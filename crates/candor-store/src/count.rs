//! How many tickets stand where, kept as they move.
//!
//! Owns: the table `ticket_count`, in which each move leaves a row of +1 or -1 and a fold now and
//! then sums them up, so that no row is written by every change. Must not know: which list a page
//! shows.

use crate::{Sql, StoreError, Tx, params};
use candor_domain::id::{MailboxId, PersonId, TeamId};
use candor_domain::permission::Whereabouts;
use candor_domain::ticket::{Place, Ticket};
use std::collections::BTreeMap;

const ADD: Sql =
    Sql::Same("insert into ticket_count (mailbox_id, team_id, assignee_id, place, n) values");
pub(crate) const COUNTS: Sql = Sql::PerEngine {
    // The rows are few after each fold, and summing them here spares a sort.
    sqlite: "select mailbox_id, team_id, assignee_id, place, n from ticket_count",
    // A row on the wire costs more.
    postgres: "select mailbox_id, team_id, assignee_id, place, cast(sum(n) as bigint)
       from ticket_count
      group by mailbox_id, team_id, assignee_id, place",
};
const RECOUNT: Sql = Sql::Same(
    "select mailbox_id, coalesce(team_id, 0), coalesce(assignee_id, 0), place, count(*)
       from ticket
      group by mailbox_id, coalesce(team_id, 0), coalesce(assignee_id, 0), place
      order by mailbox_id, coalesce(team_id, 0), coalesce(assignee_id, 0), place",
);
const NEWEST: Sql = Sql::Same("select coalesce(max(id), 0), count(*) from ticket_count");
const COUNTS_UP_TO: Sql = Sql::Same(
    "select mailbox_id, team_id, assignee_id, place, cast(sum(n) as bigint)
       from ticket_count
      where id <= $1
      group by mailbox_id, team_id, assignee_id, place
     having sum(n) <> 0",
);
const DROP_UP_TO: Sql = Sql::Same("delete from ticket_count where id <= $1");

const SIZE: Sql =
    Sql::Same("select coalesce((select max(id) from ticket), 0), (select count(*) from message)");

/// How many tickets stand in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Where, as far as grants look at it.
    pub at: Whereabouts,
    /// The number of the place (see [`Place`]).
    pub place: i64,
    /// How many.
    pub n: i64,
}

impl Tx<'_> {
    /// Counts a ticket in (+1) or out (-1).
    pub(crate) fn count_ticket(&mut self, ticket: &Ticket, n: i64) -> Result<(), StoreError> {
        self.insert_many(ADD, &[row(ticket, n)])
    }

    /// Moves a ticket from where it was to where it is.
    pub(crate) fn move_count(
        &mut self,
        before: &Ticket,
        ticket: &Ticket,
    ) -> Result<(), StoreError> {
        if before.whereabouts() == ticket.whereabouts() && before.place() == ticket.place() {
            return Ok(());
        }
        self.insert_many(ADD, &[row(before, -1), row(ticket, 1)])
    }

    /// The counts as kept, in the order of [`recount`](Self::recount).
    pub fn counts(&mut self) -> Result<Vec<Count>, StoreError> {
        let mut sums: BTreeMap<[i64; 4], i64> = BTreeMap::new();
        self.query(COUNTS, &[], |row| {
            let at = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?];
            *sums.entry(at).or_default() += row.get::<i64>(4)?;
            Ok(())
        })?;
        let counts = sums.into_iter().filter(|(_, n)| *n != 0);
        Ok(counts.map(|(at, n)| count(at, n)).collect())
    }

    /// The counts as counted anew from the tickets; slow, for checks.
    pub fn recount(&mut self) -> Result<Vec<Count>, StoreError> {
        self.query(RECOUNT, &[], read_count)
    }

    /// The newest ticket's number and the number of messages.
    pub fn size_of_desk(&mut self) -> Result<(i64, i64), StoreError> {
        self.query_one(SIZE, &[], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Sums up the rows there are. Returns how many rows went away.
    pub fn fold_counts(&mut self) -> Result<u64, StoreError> {
        let (newest, rows): (i64, i64) =
            self.query_one(NEWEST, &[], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let sums = self.query(COUNTS_UP_TO, &params![newest], read_count)?;
        if rows <= sums.len() as i64 {
            return Ok(0);
        }
        let gone = self.execute(DROP_UP_TO, &params![newest])?;
        let values: Vec<_> = sums
            .iter()
            .map(|sum| {
                let team = sum.at.team.map_or(0, |id| id.0);
                let assignee = sum.at.assignee.map_or(0, |id| id.0);
                params![sum.at.mailbox, team, assignee, sum.place, sum.n].to_vec()
            })
            .collect();
        if !values.is_empty() {
            self.insert_many(ADD, &values)?;
        }
        Ok(gone)
    }
}

fn row(ticket: &Ticket, n: i64) -> Vec<crate::Value> {
    let team = ticket.team.map_or(0, |id| id.0);
    let assignee = ticket.assignee.map_or(0, |id| id.0);
    let place: Place = ticket.place();
    params![ticket.mailbox, team, assignee, place as i64, n].to_vec()
}

fn read_count(row: &crate::Row<'_>) -> Result<Count, StoreError> {
    let at = [row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?];
    Ok(count(at, row.get(4)?))
}

/// A count by mailbox, team, assignee and place; 0 is nobody.
fn count([mailbox, team, assignee, place]: [i64; 4], n: i64) -> Count {
    let some = |id: i64| (id != 0).then_some(id);
    Count {
        at: Whereabouts {
            mailbox: MailboxId(mailbox),
            team: some(team).map(TeamId),
            assignee: some(assignee).map(PersonId),
        },
        place,
        n,
    }
}
