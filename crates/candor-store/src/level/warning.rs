//! What people were warned of.
//!
//! Owns: the table `warning`. Must not know: whom a level names.

use crate::ticket::word;
use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{PersonId, TicketId};
use candor_domain::level::Metric;
use jiff::Timestamp;

const KEEP: Sql = Sql::Same(
    "insert into warning (person_id, ticket_id, metric, step, due_at, at, mail)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (person_id, ticket_id, metric) do update
        set step = excluded.step, due_at = excluded.due_at, at = excluded.at, seen_at = null,
            mail = excluded.mail",
);
const OF: Sql = Sql::Same(
    "select w.person_id, w.ticket_id, w.metric, w.step, w.due_at, w.at, t.subject
       from warning w
       join ticket t on t.id = w.ticket_id
      where w.person_id = $1 and w.seen_at is null and t.place = 0
      order by w.at desc
      limit $2",
);
const TO_MAIL: Sql = Sql::Same(
    "select w.person_id, w.ticket_id, w.metric, w.step, w.due_at, w.at, t.subject
       from warning w
       join ticket t on t.id = w.ticket_id
      where w.mail = 1 and w.person_id = $1
      order by w.at
      limit $2",
);
const WHO_WAITS: Sql = Sql::Same(
    "select distinct person_id
       from warning
      where mail = 1
      order by person_id",
);
const LAST_MAIL: Sql = Sql::Same("select max(mailed_at) from warning where person_id = $1");
const MAILED: Sql =
    Sql::Same("update warning set mail = 2, mailed_at = $2 where person_id = $1 and mail = 1");
const SEEN: Sql =
    Sql::Same("update warning set seen_at = $2 where person_id = $1 and seen_at is null");
const DROP: Sql = Sql::Same("delete from warning where ticket_id = $1 and metric = $2");

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
        self.execute(KEEP, &values).map(|_| ())
    }

    /// What a person was warned of and has not put away, the newest first.
    pub fn warnings_of(
        &mut self,
        person: PersonId,
        limit: i64,
    ) -> Result<Vec<Warning>, StoreError> {
        self.query(OF, &params![person, limit], read_warning)
    }

    /// What a person is still to be told by mail, the oldest first.
    pub fn warnings_to_mail(
        &mut self,
        person: PersonId,
        limit: i64,
    ) -> Result<Vec<Warning>, StoreError> {
        self.query(TO_MAIL, &params![person, limit], read_warning)
    }

    /// Who is to be told something by mail.
    pub fn who_waits_for_warnings(&mut self) -> Result<Vec<PersonId>, StoreError> {
        self.query(WHO_WAITS, &[], |row| row.get(0))
    }

    /// When a person was last sent warnings, as far as one of them is still there.
    pub fn last_warning_mail(&mut self, person: PersonId) -> Result<Option<Timestamp>, StoreError> {
        self.query_one(LAST_MAIL, &params![person], |row| row.get(0))
    }

    /// Notes that a person was sent all that waited.
    pub fn warnings_mailed(&mut self, person: PersonId, at: Timestamp) -> Result<(), StoreError> {
        self.execute(MAILED, &params![person, at]).map(|_| ())
    }

    /// Notes that a person has read all of it.
    pub fn warnings_seen(&mut self, person: PersonId, at: Timestamp) -> Result<(), StoreError> {
        self.execute(SEEN, &params![person, at]).map(|_| ())
    }

    /// Forgets the warnings of a promise that is kept.
    pub fn drop_warnings(&mut self, ticket: TicketId, metric: Metric) -> Result<(), StoreError> {
        self.execute(DROP, &params![ticket, metric.as_str()])
            .map(|_| ())
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
