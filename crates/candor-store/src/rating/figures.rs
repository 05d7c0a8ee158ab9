//! Sums by week over moods and ratings.
//!
//! Owns: two statements. A week begins on Monday, 00:00 UTC, and is counted from the first Monday
//! of 1970. Must not know: rates and intervals.

use crate::ticket::{optional_word, visible, visible_sql};
use crate::{Sql, StoreError, Tx, params};
use candor_domain::ticket::Kind;
use candor_domain::visibility::Visibility;
use jiff::Timestamp;

const MOODS: Sql = Sql::Same(concat!(
    "select (mood.last_at - 345600000000) / 604800000000 as week, t.kind, count(*),
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
       left join rating g on g.ticket_id = t.id
      where mood.last_at >= $5 and t.place in (3, 4) and ",
    visible!(),
    " group by 1, 2
      order by 1, 2"
));
const RATINGS: Sql = Sql::Same(concat!(
    "select (g.asked_at - 345600000000) / 604800000000 as week, count(*),
            cast(sum(case when g.grade = 'happy' then 1 else 0 end) as bigint),
            cast(sum(case when g.grade = 'fine' then 1 else 0 end) as bigint),
            cast(sum(case when g.grade = 'unhappy' then 1 else 0 end) as bigint)
       from rating g
       join ticket t on t.id = g.ticket_id
      where g.asked_at >= $5 and ",
    visible!(),
    " group by 1
      order by 1"
));

#[cfg(test)]
pub(super) const STATEMENTS: &[Sql] = &[MOODS, RATINGS];

/// The conversations of one week and kind that came to their end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoodWeek {
    /// Weeks since the first Monday of 1970.
    pub week: i64,
    /// What the customers wanted.
    pub kind: Option<Kind>,
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

/// The questions that were asked in one week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatingWeek {
    /// Weeks since the first Monday of 1970.
    pub week: i64,
    /// How many were asked.
    pub asked: i64,
    /// How many were happy, found it fine, were not happy.
    pub answers: [i64; 3],
}

impl Tx<'_> {
    /// Moods by week and kind, of conversations whose customer wrote last after a moment.
    pub fn mood_weeks(
        &mut self,
        visibility: &Visibility,
        since: Timestamp,
    ) -> Result<Vec<MoodWeek>, StoreError> {
        let mut values = visible_sql(visibility).to_vec();
        values.extend(params![since]);
        self.query(MOODS, &values, |row| {
            Ok(MoodWeek {
                week: row.get(0)?,
                kind: optional_word(row, 1, Kind::parse)?,
                conversations: row.get(2)?,
                score: row.get(3)?,
                measured: row.get(4)?,
                upset: row.get(5)?,
                agreement: [row.get(6)?, row.get(7)?, row.get(8)?, row.get(9)?],
            })
        })
    }

    /// Questions and answers by the week in which they were asked.
    pub fn rating_weeks(
        &mut self,
        visibility: &Visibility,
        since: Timestamp,
    ) -> Result<Vec<RatingWeek>, StoreError> {
        let mut values = visible_sql(visibility).to_vec();
        values.extend(params![since]);
        self.query(RATINGS, &values, |row| {
            Ok(RatingWeek {
                week: row.get(0)?,
                asked: row.get(1)?,
                answers: [row.get(2)?, row.get(3)?, row.get(4)?],
            })
        })
    }
}
