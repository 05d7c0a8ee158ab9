//! The open tickets that somebody could take next.
//!
//! Owns: the statement of the queue, the table `queue_turn`. Must not know: which of them comes first.

use crate::ticket::{known_word, visible, visible_sql, word};
use crate::{Row, Sql, StoreError, Tx, Value, params};
use candor_domain::id::{LevelId, MailboxId, PersonId, TeamId, TermsId, TicketId};
use candor_domain::level::Metric;
use candor_domain::ticket::Urgency;
use candor_domain::visibility::Visibility;
use jiff::Timestamp;

const QUEUE: Sql = Sql::Same(concat!(
    "select t.id, t.subject, t.urgency, t.mailbox_id, t.team_id, t.assignee_id, t.waiting_since,
            c.level_id, c.terms_id, c.metric, c.due_at, c.left_us, c.allowed_us, u.name, u.language
       from ticket t
       join customer u on u.id = t.customer_id
       left join ticket_clock c on c.ticket_id = t.id
      where t.place = 0 and (t.assignee_id is null or t.assignee_id in ($5)) and ",
    visible!(),
    " order by t.updated_at
      limit $6"
));
const OPEN_TAGS: Sql = Sql::Same(
    "select g.ticket_id, g.tag
       from ticket t
       join ticket_tag g on g.ticket_id = t.id
      where t.place = 0",
);
const OUR_TURN: Sql = Sql::Same("select count(*) from ticket where assignee_id = $1 and place = 0");

const TURN: Sql = Sql::Same("select person_id from queue_turn where one = 1");
const KEEP_TURN: Sql = Sql::Same(
    "insert into queue_turn (one, person_id)
     values (1, $1)
     on conflict (one) do update set person_id = excluded.person_id",
);

#[cfg(test)]
pub(crate) const STATEMENTS: &[Sql] = &[QUEUE];

/// Whose queue.
#[derive(Debug, Clone)]
pub struct QueueFilter {
    /// What they may see.
    pub visibility: Visibility,
    /// Whose tickets stand in it beside those that nobody has.
    pub people: Vec<PersonId>,
    /// Most rows; those that changed longest ago come first.
    pub limit: i64,
}

/// An open ticket with the promise that comes first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// The number.
    pub ticket: TicketId,
    /// The subject line.
    pub subject: String,
    /// The customer's name; empty where none is known.
    pub customer: String,
    /// The language that the customer reads; `None` while unknown.
    pub language: Option<String>,
    /// How much time there is.
    pub urgency: Urgency,
    /// Where it came in.
    pub mailbox: MailboxId,
    /// The team that has it.
    pub team: Option<TeamId>,
    /// Who has it.
    pub assignee: Option<PersonId>,
    /// Since when the customer waits.
    pub waiting_since: Option<Timestamp>,
    /// The level.
    pub level: Option<LevelId>,
    /// The wording that its clocks run by.
    pub terms: Option<TermsId>,
    /// What is promised first.
    pub metric: Option<Metric>,
    /// By when; `None` while that clock stands.
    pub due: Option<Timestamp>,
    /// What was left when the clock was last brought up to date, in microseconds.
    pub left_us: Option<i64>,
    /// All the time there was, in microseconds.
    pub allowed_us: Option<i64>,
}

impl Tx<'_> {
    /// Every open ticket that somebody could take or has.
    pub fn queue(&mut self, filter: &QueueFilter) -> Result<Vec<QueueRow>, StoreError> {
        let mut values: Vec<Value> = visible_sql(&filter.visibility).to_vec();
        values.extend(params![filter.people, filter.limit]);
        self.query(QUEUE, &values, read_row)
    }

    /// The tags of all open tickets, one a row.
    pub fn open_tags(&mut self) -> Result<Vec<(TicketId, String)>, StoreError> {
        self.query(OPEN_TAGS, &[], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Who was handed a ticket last: working state.
    pub fn queue_turn(&mut self) -> Result<Option<PersonId>, StoreError> {
        self.query_opt(TURN, &[], |row| row.get(0))
    }

    /// Notes who was handed a ticket last.
    pub fn keep_queue_turn(&mut self, person: PersonId) -> Result<(), StoreError> {
        self.put(KEEP_TURN, &params![person])
    }

    /// How many open tickets of a person wait for us.
    pub fn our_turn_of(&mut self, person: PersonId) -> Result<i64, StoreError> {
        self.query_one(OUR_TURN, &params![person], |row| row.get(0))
    }
}

fn read_row(row: &Row<'_>) -> Result<QueueRow, StoreError> {
    let metric: Option<String> = row.get(9)?;
    Ok(QueueRow {
        ticket: row.get(0)?,
        subject: row.get(1)?,
        urgency: word(row, 2, Urgency::parse)?,
        mailbox: row.get(3)?,
        team: row.get(4)?,
        assignee: row.get(5)?,
        waiting_since: row.get(6)?,
        level: row.get(7)?,
        terms: row.get(8)?,
        metric: metric
            .map(|text| known_word(&text, Metric::parse))
            .transpose()?,
        due: row.get(10)?,
        left_us: row.get(11)?,
        allowed_us: row.get(12)?,
        customer: row.get(13)?,
        language: row.get(14)?,
    })
}
