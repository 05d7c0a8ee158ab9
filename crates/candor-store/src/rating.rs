//! What customers said of solved tickets, and what is done about those who left more upset.
//!
//! Owns: the tables `rating` and `upset_review`, and the sums over both and over moods. Must not
//! know: when somebody is asked, what a sum means.

mod figures;

pub use figures::{About, MoodSum, RatingSum};

use crate::ticket::{optional_word, visible, visible_sql};
use crate::{Row, Sql, StoreError, Tx, Value, params};
use candor_domain::id::{MailboxId, PersonId, RatingId, TicketId};
use candor_domain::rating::{Grade, Rating, UpsetReview};
use candor_domain::ticket::Kind;
use candor_domain::visibility::Visibility;
use jiff::Timestamp;
use jiff::civil::Date;

pub(crate) const RATING_OF: Sql = Sql::Same(
    "select id, ticket_id, asked_at, answered_at, grade, words, salt
       from rating
      where ticket_id = $1",
);
const RATINGS_AFTER: Sql = Sql::Same(
    "select id, ticket_id, asked_at, answered_at, grade, words, salt
       from rating
      where id > $1
      order by id
      limit $2",
);
const INSERT_RATING: Sql = Sql::Same(
    "insert into rating (ticket_id, asked_at, answered_at, grade, words, salt)
     values ($1, $2, $3, $4, $5, $6)
     returning id",
);
const ANSWER_RATING: Sql =
    Sql::Same("update rating set answered_at = $2, grade = $3, words = $4 where id = $1");
const NOT_ASKED: Sql = Sql::Same(
    "select t.id
       from ticket t
      where t.place = 3 and t.solved_at > $1 and t.solved_at <= $2 and t.mailbox_id in ($3)
        and not exists (select 1 from rating g where g.ticket_id = t.id)
      order by t.solved_at
      limit $4",
);
const REVIEW_OF: Sql = Sql::Same(
    "select ticket_id, action, owner_id, due_on, done_at, salt
       from upset_review
      where ticket_id = $1",
);
const REVIEWS_AFTER: Sql = Sql::Same(
    "select ticket_id, action, owner_id, due_on, done_at, salt
       from upset_review
      where ticket_id > $1
      order by ticket_id
      limit $2",
);
const KEEP_REVIEW: Sql = Sql::Same(
    "insert into upset_review (ticket_id, action, owner_id, due_on, done_at, salt)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (ticket_id) do update set action = excluded.action, owner_id = excluded.owner_id,
            due_on = excluded.due_on, done_at = excluded.done_at, salt = excluded.salt",
);
const UPSET: Sql = Sql::Same(concat!(
    "select t.id, t.subject, t.kind,
            case when c.name <> '' then c.name else coalesce((select i.value from identity i
               where i.customer_id = c.id order by i.id limit 1), '') end,
            mood.outcome, mood.last_at, g.grade, coalesce(g.words, ''), coalesce(v.action, ''),
            v.owner_id, coalesce(v.due_on, ''), v.done_at
       from ticket_mood mood
       join ticket t on t.id = mood.ticket_id
       join customer c on c.id = t.customer_id
       left join rating g on g.ticket_id = t.id
       left join upset_review v on v.ticket_id = t.id
       left join ticket_clock clock on clock.ticket_id = t.id
      where mood.upset = 1 and t.place in (3, 4)
        and ",
    visible!(),
    "   and ($5 = 0 or $5 = 1 and v.done_at is null or $5 = 2 and v.done_at is not null)
        and ($6 = 0 or v.owner_id = $6)
        and (mood.last_at, mood.ticket_id) < ($7, $8)
        and ($10 = '' or t.kind = $10)
        and ($11 = 0 or clock.level_id = $11)
      order by mood.last_at desc, mood.ticket_id desc
      limit $9"
));

#[cfg(test)]
pub(crate) fn statements() -> impl Iterator<Item = &'static Sql> {
    std::iter::once(&UPSET).chain(figures::STATEMENTS)
}

/// Which reviews a list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reviewed {
    /// All of them.
    All = 0,
    /// Those where something is left to do.
    #[default]
    Open = 1,
    /// Those that are done.
    Done = 2,
}

/// What a list of customers who left more upset asks for.
#[derive(Debug, Clone)]
pub struct UpsetFilter {
    /// Who may see what.
    pub visibility: Visibility,
    /// Done or not.
    pub reviewed: Reviewed,
    /// Only what this person looks after.
    pub owner: Option<PersonId>,
    /// Only of customers who wanted this, and of tickets of this service level.
    pub about: About,
    /// Goes on after this row.
    pub after: Option<(Timestamp, TicketId)>,
    /// Most rows.
    pub limit: i64,
}

/// A customer who left more upset than they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpsetRow {
    /// The ticket.
    pub ticket: TicketId,
    /// Its subject line.
    pub subject: String,
    /// What the customer wanted.
    pub kind: Option<Kind>,
    /// The customer's name, or the address where no name is known.
    pub customer: String,
    /// Last minus first turn, in thousandths.
    pub outcome: Option<i64>,
    /// When the customer last wrote.
    pub last_at: Timestamp,
    /// What they said of it.
    pub grade: Option<Grade>,
    /// Their own words.
    pub words: String,
    /// What is to be done.
    pub action: String,
    /// Who does it.
    pub owner: Option<PersonId>,
    /// By when.
    pub due: Option<Date>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
}

impl Tx<'_> {
    /// The question about a ticket, with its answer; `None` while nobody asked.
    pub fn rating_of(&mut self, ticket: TicketId) -> Result<Option<Rating>, StoreError> {
        self.query_opt(RATING_OF, &params![ticket], read_rating)
    }

    /// Ratings by number after one; for walks over all of them.
    pub fn ratings_after(
        &mut self,
        after: RatingId,
        limit: i64,
    ) -> Result<Vec<Rating>, StoreError> {
        self.query(RATINGS_AFTER, &params![after, limit], read_rating)
    }

    /// Stores a new question and sets its id.
    pub fn insert_rating(&mut self, rating: &mut Rating) -> Result<(), StoreError> {
        let values = params![
            rating.ticket,
            rating.asked_at,
            rating.answered_at,
            rating.grade.map(Grade::as_str),
            rating.words.as_str(),
            rating.salt.as_slice()
        ];
        rating.id = self.query_one(INSERT_RATING, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores an answer.
    pub fn save_rating(&mut self, rating: &Rating) -> Result<(), StoreError> {
        let values = params![
            rating.id,
            rating.answered_at,
            rating.grade.map(Grade::as_str),
            rating.words.as_str()
        ];
        self.put(ANSWER_RATING, &values)
    }

    /// Tickets of these mailboxes that were solved between two moments, and nobody asked about.
    pub fn solved_and_not_asked(
        &mut self,
        (from, to): (Timestamp, Timestamp),
        mailboxes: &[MailboxId],
        limit: i64,
    ) -> Result<Vec<TicketId>, StoreError> {
        let mailboxes = Value::Ids(mailboxes.iter().map(|id| id.0).collect());
        let mut values = params![from, to].to_vec();
        values.push(mailboxes);
        values.extend(params![limit]);
        self.query(NOT_ASKED, &values, |row| row.get(0))
    }

    /// What is done about the customer of a ticket.
    pub fn upset_review(&mut self, ticket: TicketId) -> Result<Option<UpsetReview>, StoreError> {
        self.query_opt(REVIEW_OF, &params![ticket], read_review)
    }

    /// Reviews by ticket after one; for walks over all of them.
    pub fn upset_reviews_after(
        &mut self,
        after: TicketId,
        limit: i64,
    ) -> Result<Vec<UpsetReview>, StoreError> {
        self.query(REVIEWS_AFTER, &params![after, limit], read_review)
    }

    /// Stores what is done, in place of what was planned before.
    pub fn keep_upset_review(&mut self, review: &UpsetReview) -> Result<(), StoreError> {
        let due = review.due.map(|due| due.to_string()).unwrap_or_default();
        let values = params![
            review.ticket,
            review.action.as_str(),
            review.owner,
            due,
            review.done_at,
            review.salt.as_slice()
        ];
        self.put(KEEP_REVIEW, &values)
    }

    /// Customers who left more upset, newest first.
    pub fn left_upset(&mut self, filter: &UpsetFilter) -> Result<Vec<UpsetRow>, StoreError> {
        let (at, ticket) = filter
            .after
            .map_or((i64::MAX, i64::MAX), |(at, id)| (at.as_microsecond(), id.0));
        let owner = filter.owner.map_or(0, |owner| owner.0);
        let kind = filter.about.kind.map_or("", Kind::as_str);
        let level = filter.about.level.map_or(0, |level| level.0);
        let mut values = visible_sql(&filter.visibility).to_vec();
        values.extend(params![
            filter.reviewed as i64,
            owner,
            at,
            ticket,
            filter.limit,
            kind,
            level
        ]);
        self.query(UPSET, &values, |row| {
            Ok(UpsetRow {
                ticket: row.get(0)?,
                subject: row.get(1)?,
                kind: optional_word(row, 2, Kind::parse)?,
                customer: row.get(3)?,
                outcome: row.get(4)?,
                last_at: row.get(5)?,
                grade: optional_word(row, 6, Grade::parse)?,
                words: row.get(7)?,
                action: row.get(8)?,
                owner: row.get(9)?,
                due: date(&row.get::<String>(10)?),
                done_at: row.get(11)?,
            })
        })
    }
}

fn date(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn read_rating(row: &Row<'_>) -> Result<Rating, StoreError> {
    Ok(Rating {
        id: row.get(0)?,
        ticket: row.get(1)?,
        asked_at: row.get(2)?,
        answered_at: row.get(3)?,
        grade: optional_word(row, 4, Grade::parse)?,
        words: row.get(5)?,
        salt: row.get(6)?,
    })
}

fn read_review(row: &Row<'_>) -> Result<UpsetReview, StoreError> {
    Ok(UpsetReview {
        ticket: row.get(0)?,
        action: row.get(1)?,
        owner: row.get(2)?,
        due: date(&row.get::<String>(3)?),
        done_at: row.get(4)?,
        salt: row.get(5)?,
    })
}
