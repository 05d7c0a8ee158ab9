//! Sums over moods and ratings of one period.
//!
//! Owns: two statements, by what customers wanted and by service level. Must not know: where a week
//! begins, rates and intervals.

use crate::ticket::{optional_word, visible, visible_sql};
use crate::{Row, Sql, StoreError, Tx, Value, params};
use candor_domain::id::LevelId;
use candor_domain::ticket::Kind;
use candor_domain::visibility::Visibility;
use jiff::Timestamp;

const MOODS: Sql = Sql::Same(concat!(
    "select t.kind, clock.level_id, count(*),
            cast(sum(mood.score) as bigint),
            cast(sum(case when mood.turns >= 2 then 1 else 0 end) as bigint),
            cast(sum(case when mood.turns >= 2 and mood.upset = 1 then 1 else 0 end) as bigint),
            cast(sum(case when mood.turns >= 2 and mood.outcome <= -200 and g.grade = 'unhappy'
                          then 1 else 0 end) as bigint),
            cast(sum(case when mood.turns >= 2 and mood.outcome <= -200 and g.grade <> 'unhappy'
                          then 1 else 0 end) as bigint),
            cast(sum(case when mood.turns >= 2 and mood.outcome > -200 and g.grade = 'unhappy'
                          then 1 else 0 end) as bigint),
            cast(sum(case when mood.turns >= 2 and mood.outcome > -200 and g.grade <> 'unhappy'
                          then 1 else 0 end) as bigint)
       from ticket_mood mood
       join ticket t on t.id = mood.ticket_id
       left join ticket_clock clock on clock.ticket_id = t.id
       left join rating g on g.ticket_id = t.id
      where mood.last_at >= $5 and mood.last_at < $6 and t.place in (3, 4) and ",
    visible!(),
    " group by t.kind, clock.level_id
      order by t.kind, clock.level_id"
));
const RATINGS: Sql = Sql::Same(concat!(
    "select t.kind, clock.level_id, count(*),
            cast(sum(case when g.grade = 'happy' then 1 else 0 end) as bigint),
            cast(sum(case when g.grade = 'fine' then 1 else 0 end) as bigint),
            cast(sum(case when g.grade = 'unhappy' then 1 else 0 end) as bigint)
       from rating g
       join ticket t on t.id = g.ticket_id
       left join ticket_clock clock on clock.ticket_id = t.id
      where g.asked_at >= $5 and g.asked_at < $6 and ",
    visible!(),
    " group by t.kind, clock.level_id
      order by t.kind, clock.level_id"
));

#[cfg(test)]
pub(super) const STATEMENTS: &[Sql] = &[MOODS, RATINGS];

/// What a sum is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct About {
    /// What the customers wanted.
    pub kind: Option<Kind>,
    /// The service level of their tickets.
    pub level: Option<LevelId>,
}

/// Conversations of one period that came to their end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MoodSum {
    /// Which of them.
    pub about: About,
    /// How many conversations.
    pub conversations: i64,
    /// The sum of their last moods, in thousandths.
    pub score: i64,
    /// Those with two turns or more, so that a change can be seen.
    pub measured: i64,
    /// Those among them that left their customer more upset.
    pub upset: i64,
    /// Of those that were rated too: both say upset, only the mood, only the rating, neither.
    pub agreement: [i64; 4],
}

/// Questions that were asked in one period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RatingSum {
    /// Which of them.
    pub about: About,
    /// How many were asked.
    pub asked: i64,
    /// How many were happy, found it fine, were not happy.
    pub answers: [i64; 3],
}

impl Tx<'_> {
    /// Moods of conversations whose customer wrote last from one moment until before another.
    pub fn mood_sums(
        &mut self,
        visibility: &Visibility,
        period: (Timestamp, Timestamp),
    ) -> Result<Vec<MoodSum>, StoreError> {
        self.query(MOODS, &values(visibility, period), |row| {
            Ok(MoodSum {
                about: about(row)?,
                conversations: row.get(2)?,
                score: row.get(3)?,
                measured: row.get(4)?,
                upset: row.get(5)?,
                agreement: [row.get(6)?, row.get(7)?, row.get(8)?, row.get(9)?],
            })
        })
    }

    /// Questions that were asked from one moment until before another, with their answers.
    pub fn rating_sums(
        &mut self,
        visibility: &Visibility,
        period: (Timestamp, Timestamp),
    ) -> Result<Vec<RatingSum>, StoreError> {
        self.query(RATINGS, &values(visibility, period), |row| {
            Ok(RatingSum {
                about: about(row)?,
                asked: row.get(2)?,
                answers: [row.get(3)?, row.get(4)?, row.get(5)?],
            })
        })
    }
}

fn values(visibility: &Visibility, (from, to): (Timestamp, Timestamp)) -> Vec<Value> {
    let mut values = visible_sql(visibility).to_vec();
    values.extend(params![from, to]);
    values
}

fn about(row: &Row<'_>) -> Result<About, StoreError> {
    Ok(About {
        kind: optional_word(row, 0, Kind::parse)?,
        level: row.get(1)?,
    })
}
