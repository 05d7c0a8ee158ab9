//! The figures: how customers left, week by week, and how far to trust that.
//!
//! Owns: rates with their intervals, and the agreement of moods with customers' own ratings. Must
//! not know: how a page draws them. Nobody of the team is named in them.

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use candor_domain::permission::Permission;
use candor_domain::ticket::Kind;
use candor_store::Tx;
use candor_store::rating::{MoodWeek, RatingWeek};
use candor_tone::mood::{Interval, MoodLevel, cohens_kappa, wilson_interval};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};

/// Weeks of a report.
const WEEKS: i64 = 12;
/// Pairs of judgements below which their agreement says nothing.
const FEWEST_PAIRS: i64 = 10;

/// Asks for the last twelve weeks.
#[derive(Debug, Clone, Copy)]
pub struct MoodReport;

/// The last weeks, oldest first, and all of them together.
#[derive(Debug, Clone)]
pub struct MoodReportView {
    /// The weeks in which anything happened.
    pub weeks: Vec<WeekReport>,
    /// All weeks together.
    pub all: WeekReport,
    /// Conversations that were rated too: both say upset, only the mood, only the rating, neither.
    pub pairs: [i64; 4],
    /// Cohen's kappa of moods and ratings; `None` with too few of both.
    pub kappa: Option<f64>,
}

/// One week.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WeekReport {
    /// Its Monday.
    pub monday: Option<Date>,
    /// Conversations that came to their end.
    pub conversations: i64,
    /// Those with two turns or more, so that a change can be seen.
    pub measured: i64,
    /// Those among them that left their customer more upset.
    pub upset: i64,
    /// Moods by what customers wanted.
    pub kinds: Vec<KindMood>,
    /// How many customers were asked.
    pub asked: i64,
    /// How many were happy, found it fine, were not happy.
    pub answers: [i64; 3],
}

/// How customers with one kind of matter left.
#[derive(Debug, Clone, PartialEq)]
pub struct KindMood {
    /// What they wanted.
    pub kind: Option<Kind>,
    /// How many.
    pub conversations: i64,
    /// The sum of their moods, in thousandths.
    score: i64,
}

impl KindMood {
    /// The mood in which they left, on average.
    pub fn level(&self) -> MoodLevel {
        MoodLevel::of(self.mean())
    }

    /// The mean of their moods, from -1 to 1.
    pub fn mean(&self) -> f64 {
        self.score as f64 / 1000.0 / self.conversations.max(1) as f64
    }
}

impl WeekReport {
    /// The share that left more upset; `None` where nothing could be measured.
    pub fn rate(&self) -> Option<f64> {
        (self.measured > 0).then(|| self.upset as f64 / self.measured as f64)
    }

    /// Where that share lies with 95 % confidence.
    pub fn interval(&self) -> Interval {
        wilson_interval(self.upset.unsigned_abs(), self.measured.unsigned_abs())
    }

    /// How many answered.
    pub fn answered(&self) -> i64 {
        self.answers.iter().sum()
    }

    /// The share of the happy among those who answered.
    pub fn happy(&self) -> Option<f64> {
        let answered = self.answered();
        (answered > 0).then(|| self.answers[0] as f64 / answered as f64)
    }

    /// The share of those who answered among those who were asked.
    pub fn response(&self) -> Option<f64> {
        (self.asked > 0).then(|| self.answered() as f64 / self.asked as f64)
    }

    fn add_moods(&mut self, row: &MoodWeek) {
        self.conversations += row.conversations;
        self.measured += row.measured;
        self.upset += row.upset;
        let known = self.kinds.iter_mut().find(|kind| kind.kind == row.kind);
        if let Some(kind) = known {
            kind.conversations += row.conversations;
            kind.score += row.score;
        } else {
            self.kinds.push(KindMood {
                kind: row.kind,
                conversations: row.conversations,
                score: row.score,
            });
        }
    }

    fn add_ratings(&mut self, row: &RatingWeek) {
        self.asked += row.asked;
        for (sum, count) in self.answers.iter_mut().zip(row.answers) {
            *sum += count;
        }
    }
}

impl Query for MoodReport {
    type Output = MoodReportView;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<MoodReportView, DeskError> {
        cx.may_at_all(Permission::ReadTickets)?;
        let since = beginning(cx.now());
        let moods = tx.mood_weeks(&cx.visibility(), since)?;
        let ratings = tx.rating_weeks(&cx.visibility(), since)?;
        Ok(report(&moods, &ratings))
    }
}

/// The Monday of the first week that is shown.
fn beginning(now: Timestamp) -> Timestamp {
    let day = 24 * 3600;
    let week = (now.as_second() - 4 * day).div_euclid(7 * day);
    let second = (week - WEEKS + 1) * 7 * day + 4 * day;
    Timestamp::from_second(second.max(0)).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn report(moods: &[MoodWeek], ratings: &[RatingWeek]) -> MoodReportView {
    let mut numbers: Vec<i64> = moods.iter().map(|row| row.week).collect();
    numbers.extend(ratings.iter().map(|row| row.week));
    numbers.sort_unstable();
    numbers.dedup();
    let week = |number: &i64| {
        let mut week = WeekReport {
            monday: monday(*number),
            ..WeekReport::default()
        };
        for row in moods.iter().filter(|row| row.week == *number) {
            week.add_moods(row);
        }
        for row in ratings.iter().filter(|row| row.week == *number) {
            week.add_ratings(row);
        }
        week
    };
    let mut all = WeekReport::default();
    for row in moods {
        all.add_moods(row);
    }
    for row in ratings {
        all.add_ratings(row);
    }
    let mut pairs = [0; 4];
    for row in moods {
        for (sum, count) in pairs.iter_mut().zip(row.agreement) {
            *sum += count;
        }
    }
    let enough = pairs.iter().sum::<i64>() >= FEWEST_PAIRS;
    MoodReportView {
        weeks: numbers.iter().map(week).collect(),
        all,
        kappa: enough
            .then(|| cohens_kappa(pairs.map(i64::unsigned_abs)))
            .flatten(),
        pairs,
    }
}

/// The Monday with which a week begins, counted from the first Monday of 1970.
fn monday(week: i64) -> Option<Date> {
    date(1970, 1, 5).checked_add((week * 7).days()).ok()
}

#[cfg(test)]
mod tests {
    use super::{beginning, monday, report};
    use candor_domain::ticket::Kind;
    use candor_store::rating::{MoodWeek, RatingWeek};

    fn moods(week: i64, kind: Kind, [measured, upset]: [i64; 2], agreement: [i64; 4]) -> MoodWeek {
        MoodWeek {
            week,
            kind: Some(kind),
            conversations: measured + 1,
            score: -300 * (measured + 1),
            measured,
            upset,
            agreement,
        }
    }

    #[test]
    fn weeks_begin_on_mondays() {
        assert_eq!(monday(0).unwrap().to_string(), "1970-01-05");
        assert_eq!(monday(2967).unwrap().to_string(), "2026-11-16");
        let since = beginning("2026-11-22T12:00:00Z".parse().unwrap());
        assert_eq!(since.to_string(), "2026-08-31T00:00:00Z");
    }

    #[test]
    fn a_rate_comes_with_its_interval_and_its_agreement() {
        let moods = [
            moods(2960, Kind::Complaint, [20, 5], [2, 1, 1, 6]),
            moods(2960, Kind::Inquiry, [20, 1], [0, 0, 0, 0]),
            moods(2961, Kind::Inquiry, [0, 0], [0, 0, 0, 0]),
        ];
        let ratings = [RatingWeek {
            week: 2961,
            asked: 40,
            answers: [6, 2, 2],
        }];

        let view = report(&moods, &ratings);

        assert_eq!(view.weeks.len(), 2);
        assert_eq!((view.all.measured, view.all.upset), (40, 6));
        // Wilson, 6 of 40: 7.1 % to 29.1 %.
        let interval = view.weeks[0].interval();
        assert!((interval.low - 0.0706).abs() < 0.001, "{interval:?}");
        assert!((interval.high - 0.2907).abs() < 0.001, "{interval:?}");
        assert_eq!(view.weeks[1].rate(), None, "nothing could be measured");
        assert_eq!(
            (view.all.happy(), view.all.response()),
            (Some(0.6), Some(0.25))
        );
        // po = .8, pe = .3 * .3 + .7 * .7 = .58.
        assert!(
            (view.kappa.unwrap() - 0.5238).abs() < 0.001,
            "{:?}",
            view.kappa
        );
    }
}
