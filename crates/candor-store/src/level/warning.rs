//! What people were warned of.
//!
//! Owns: the tables `warning` and `warning_mail`. Must not know: whom a level names.

use crate::ticket::{visible, visible_sql, word};
use crate::{Row, Sql, StoreError, Tx, Value, params};
use candor_domain::id::{PersonId, TicketId};
use candor_domain::level::Metric;
use candor_domain::visibility::Visibility;
use jiff::Timestamp;

const KEEP: Sql = Sql::Same(
    "insert into warning (person_id, ticket_id, metric, step, due_at, at, mail)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (person_id, ticket_id, metric) do update
        set step = excluded.step, due_at = excluded.due_at, at = excluded.at, seen_at = null,
            mail = excluded.mail",
);
// Not done and no spam: a reply and a solution are owed while the customer or somebody else has
// their turn as well.
const OF: Sql = Sql::Same(concat!(
    "select w.person_id, w.ticket_id, w.metric, w.step, w.due_at, w.at, t.subject
       from warning w
       join ticket t on t.id = w.ticket_id
      where w.person_id = $5 and w.seen_at is null and t.place <= 2 and ",
    visible!(),
    " order by w.at desc, w.ticket_id, w.metric
      limit $6"
));
const COUNT: Sql = Sql::Same(concat!(
    "select count(*)
       from (select 1
               from warning w
               join ticket t on t.id = w.ticket_id
              where w.person_id = $5 and w.seen_at is null and t.place <= 2 and ",
    visible!(),
    "         limit $6) capped"
));
const TO_MAIL: Sql = Sql::Same(concat!(
    "select w.person_id, w.ticket_id, w.metric, w.step, w.due_at, w.at, t.subject
       from warning w
       join ticket t on t.id = w.ticket_id
      where w.person_id = $5 and w.mail = 1 and w.seen_at is null and w.due_at is not null
        and w.at >= $6 and t.place <= 2 and ",
    visible!(),
    " order by w.at, w.ticket_id, w.metric
      limit $7"
));
const WHO_WAITS: Sql = Sql::Same(
    "select distinct w.person_id
       from warning w
       join ticket t on t.id = w.ticket_id
      where w.mail = 1 and w.seen_at is null and w.due_at is not null and w.at >= $1
        and t.place <= 2
      order by w.person_id",
);
const LAST_MAIL: Sql = Sql::Same("select at from warning_mail where person_id = $1");
const KEEP_LAST_MAIL: Sql = Sql::Same(
    "insert into warning_mail (person_id, at)
     values ($1, $2)
     on conflict (person_id) do update set at = excluded.at",
);
const MAILED: Sql = Sql::Same(
    "update warning set mail = 2 where person_id = $1 and ticket_id = $2 and metric = $3",
);
const SEEN: Sql = Sql::Same(
    "update warning
        set seen_at = $5
      where person_id = $1 and ticket_id = $2 and metric = $3 and at = $4 and seen_at is null",
);
const OF_TICKET: Sql = Sql::Same(
    "select w.person_id, w.ticket_id, w.metric, w.step, w.due_at, w.at, t.subject
       from warning w
       join ticket t on t.id = w.ticket_id
      where w.ticket_id = $1
      order by w.metric, w.person_id",
);
const MOVE: Sql =
    Sql::Same("update warning set step = $3, due_at = $4 where ticket_id = $1 and metric = $2");
const DROP: Sql = Sql::Same("delete from warning where ticket_id = $1 and metric = $2");
const DROP_OF: Sql =
    Sql::Same("delete from warning where person_id = $1 and ticket_id = $2 and metric = $3");

#[cfg(test)]
pub(crate) const STATEMENTS: &[Sql] = &[OF, COUNT, TO_MAIL];

/// What somebody was warned of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Who.
    pub person: PersonId,
    /// Of which ticket.
    pub ticket: TicketId,
    /// What is promised.
    pub metric: Metric,
    /// 1 and 2 before the end, 3 at it.
    pub step: i64,
    /// By when it is due; `None` while its clock stands.
    pub due: Option<Timestamp>,
    /// When they were warned.
    pub at: Timestamp,
    /// The ticket's subject line; empty for a new one.
    pub subject: String,
}

/// Somebody with the tickets that they may see now.
#[derive(Debug, Clone, Copy)]
pub struct WarningReader<'a> {
    /// Who.
    pub person: PersonId,
    /// What they may see.
    pub visibility: &'a Visibility,
}

impl WarningReader<'_> {
    fn values(&self) -> Vec<Value> {
        let mut values = visible_sql(self.visibility).to_vec();
        values.extend(params![self.person]);
        values
    }
}

impl Tx<'_> {
    /// Warns somebody; a later warning of the same promise replaces the earlier one.
    pub fn keep_warning(&mut self, warning: &Warning, by_mail: bool) -> Result<(), StoreError> {
        let values = params![
            warning.person,
            warning.ticket,
            warning.metric.as_str(),
            warning.step,
            warning.due,
            warning.at,
            i64::from(by_mail)
        ];
        self.put(KEEP, &values)
    }

    /// What a person was warned of and has not put away, the newest first.
    pub fn warnings_of(
        &mut self,
        reader: WarningReader<'_>,
        limit: i64,
    ) -> Result<Vec<Warning>, StoreError> {
        let mut values = reader.values();
        values.extend(params![limit]);
        self.query(OF, &values, read_warning)
    }

    /// How much a person was warned of and has not put away; counting ends at `most`.
    pub fn count_warnings_of(
        &mut self,
        reader: WarningReader<'_>,
        most: i64,
    ) -> Result<i64, StoreError> {
        let mut values = reader.values();
        values.extend(params![most]);
        self.query_one(COUNT, &values, |row| row.get(0))
    }

    /// What a person is still to be told by mail, the oldest first: not what they put away, nor
    /// what was told before `since`.
    pub fn warnings_to_mail(
        &mut self,
        reader: WarningReader<'_>,
        since: Timestamp,
        limit: i64,
    ) -> Result<Vec<Warning>, StoreError> {
        let mut values = reader.values();
        values.extend(params![since, limit]);
        self.query(TO_MAIL, &values, read_warning)
    }

    /// Who is to be told something by mail, of what was noticed since an instant.
    pub fn who_waits_for_warnings(
        &mut self,
        since: Timestamp,
    ) -> Result<Vec<PersonId>, StoreError> {
        self.query(WHO_WAITS, &params![since], |row| row.get(0))
    }

    /// When a person was last sent warnings.
    pub fn last_warning_mail(&mut self, person: PersonId) -> Result<Option<Timestamp>, StoreError> {
        self.query_opt(LAST_MAIL, &params![person], |row| row.get(0))
    }

    /// Notes that a person was sent these.
    pub fn warnings_mailed(
        &mut self,
        person: PersonId,
        sent: &[Warning],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        for one in sent {
            self.put(MAILED, &params![person, one.ticket, one.metric.as_str()])?;
        }
        self.put(KEEP_LAST_MAIL, &params![person, at])
    }

    /// Notes that a person has read a warning, unless another came in its place since.
    pub fn warning_seen(
        &mut self,
        person: PersonId,
        (ticket, metric, told): (TicketId, Metric, Timestamp),
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.put(SEEN, &params![person, ticket, metric.as_str(), told, at])
    }

    /// Everybody's warnings of a ticket.
    pub fn warnings_of_ticket(&mut self, ticket: TicketId) -> Result<Vec<Warning>, StoreError> {
        self.query(OF_TICKET, &params![ticket], read_warning)
    }

    /// A promise has another end now, and may be less far: nobody is told anew.
    pub fn move_warnings(
        &mut self,
        ticket: TicketId,
        metric: Metric,
        (step, due): (i64, Option<Timestamp>),
    ) -> Result<(), StoreError> {
        self.put(MOVE, &params![ticket, metric.as_str(), step, due])
    }

    /// Forgets the warnings of a promise that nobody owes any more.
    pub fn drop_warnings(&mut self, ticket: TicketId, metric: Metric) -> Result<(), StoreError> {
        self.put(DROP, &params![ticket, metric.as_str()])
    }

    /// Forgets a warning of somebody whose concern it is no more.
    pub fn drop_warning(&mut self, warning: &Warning) -> Result<(), StoreError> {
        let values = params![warning.person, warning.ticket, warning.metric.as_str()];
        self.put(DROP_OF, &values)
    }
}

fn read_warning(row: &Row<'_>) -> Result<Warning, StoreError> {
    Ok(Warning {
        person: row.get(0)?,
        ticket: row.get(1)?,
        metric: word(row, 2, Metric::parse)?,
        step: row.get(3)?,
        due: row.get(4)?,
        at: row.get(5)?,
        subject: row.get(6)?,
    })
}
