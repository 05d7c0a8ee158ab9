//! The figures: how customers left, week by week, by what they wanted and by service level, and how
//! far to trust that.
//!
//! Owns: the weeks of the house, and what each figure is summed over. Must not know: how a rate is
//! made, how a page draws it. Nobody of the team is named in them.

mod sum;
#[cfg(test)]
mod tests;

pub use sum::Figures;

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use candor_domain::id::LevelId;
use candor_domain::permission::Permission;
use candor_domain::ticket::Kind;
use candor_store::Tx;
use candor_store::rating::{About, MoodSum, RatingSum};
use candor_tone::mood::cohens_kappa;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// Weeks of a report.
const WEEKS: i64 = 12;
/// Pairs of judgements below which their agreement says nothing.
const FEWEST_PAIRS: i64 = 10;

/// Asks for the last twelve weeks.
#[derive(Debug, Clone, Copy, Default)]
pub struct MoodReport {
    /// Only of customers who wanted this, and of tickets of this service level.
    pub about: About,
}

/// The last weeks, oldest first, and all of them together.
#[derive(Debug, Clone)]
pub struct MoodReportView {
    /// The weeks in which anything happened.
    pub weeks: Vec<WeekReport>,
    /// All weeks together.
    pub all: Figures,
    /// All weeks together by what customers wanted.
    pub kinds: Vec<(Option<Kind>, Figures)>,
    /// All weeks together by service level.
    pub levels: Vec<(Option<LevelId>, Figures)>,
    /// Every service level by name, those that are not offered any more too.
    pub level_names: Vec<(LevelId, String)>,
    /// Conversations that were rated too: both say upset, only the mood, only the rating, neither.
    pub pairs: [i64; 4],
    /// Cohen's kappa of moods and ratings; `None` with too few of both.
    pub kappa: Option<f64>,
}

/// One week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeekReport {
    /// Its Monday, in the zone of the house.
    pub monday: Date,
    /// What happened in it.
    pub figures: Figures,
}

impl Query for MoodReport {
    type Output = MoodReportView;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<MoodReportView, DeskError> {
        cx.may_at_all(Permission::ReadTickets)?;
        let mut sums = Vec::new();
        for monday in mondays(cx.now(), &house_zone(tx)?) {
            let moods = tx.mood_sums(&cx.visibility(), monday.period)?;
            let ratings = tx.rating_sums(&cx.visibility(), monday.period)?;
            sums.push(WeekSums {
                monday: monday.date,
                moods: self.of(moods, |sum| sum.about),
                ratings: self.of(ratings, |sum| sum.about),
            });
        }
        let levels = tx.levels()?.into_iter();
        let names = levels.map(|level| (level.id, level.level.name().to_owned()));
        Ok(report(&sums, names.collect()))
    }
}

impl MoodReport {
    fn of<T>(self, mut sums: Vec<T>, about: fn(&T) -> About) -> Vec<T> {
        let wanted = self.about;
        sums.retain(|sum| {
            let about = about(sum);
            let kind = wanted.kind.is_none() || about.kind == wanted.kind;
            kind && (wanted.level.is_none() || about.level == wanted.level)
        });
        sums
    }
}

/// The sums of one week.
struct WeekSums {
    monday: Date,
    moods: Vec<MoodSum>,
    ratings: Vec<RatingSum>,
}

/// The zone in which the house counts its weeks: that of its first brand, so that everybody of the
/// team reads the same figures.
fn house_zone(tx: &mut Tx<'_>) -> Result<TimeZone, DeskError> {
    let brands = tx.brands()?;
    let zone = brands.first().map(|brand| TimeZone::get(&brand.zone));
    Ok(zone.and_then(Result::ok).unwrap_or(TimeZone::UTC))
}

/// A week from its Monday until before the next one.
struct Monday {
    date: Date,
    period: (Timestamp, Timestamp),
}

/// The Mondays of the weeks that are shown, oldest first; a week has an hour more or less where
/// clocks are changed.
fn mondays(now: Timestamp, zone: &TimeZone) -> Vec<Monday> {
    let today = now.to_zoned(zone.clone()).date();
    let since_monday = i64::from(today.weekday().to_monday_zero_offset());
    let week = |back: i64| {
        let date = today.checked_sub((since_monday + 7 * back).days()).ok()?;
        let start = |date: Date| Some(date.to_zoned(zone.clone()).ok()?.timestamp());
        let period = (start(date)?, start(date.checked_add(7.days()).ok()?)?);
        Some(Monday { date, period })
    };
    (0..WEEKS).rev().filter_map(week).collect()
}

fn report(weeks: &[WeekSums], level_names: Vec<(LevelId, String)>) -> MoodReportView {
    let mut view = MoodReportView {
        weeks: Vec::new(),
        all: Figures::default(),
        kinds: Vec::new(),
        levels: Vec::new(),
        level_names,
        pairs: [0; 4],
        kappa: None,
    };
    for week in weeks {
        let mut figures = Figures::default();
        for sum in &week.moods {
            figures.add_mood(sum);
            part(&mut view.kinds, sum.about.kind).add_mood(sum);
            part(&mut view.levels, sum.about.level).add_mood(sum);
            for (pairs, count) in view.pairs.iter_mut().zip(sum.agreement) {
                *pairs += count;
            }
        }
        for sum in &week.ratings {
            figures.add_rating(sum);
            part(&mut view.kinds, sum.about.kind).add_rating(sum);
            part(&mut view.levels, sum.about.level).add_rating(sum);
        }
        view.all.add(&figures);
        if !figures.is_empty() {
            view.weeks.push(WeekReport {
                monday: week.monday,
                figures,
            });
        }
    }
    // What nobody sorted comes last.
    view.kinds.sort_by_key(|(kind, _)| (kind.is_none(), *kind));
    view.levels
        .sort_by_key(|(level, _)| (level.is_none(), *level));
    let enough = view.pairs.iter().sum::<i64>() >= FEWEST_PAIRS;
    view.kappa = enough
        .then(|| cohens_kappa(view.pairs.map(i64::unsigned_abs)))
        .flatten();
    view
}

/// The figures of one part, which begins with nothing.
fn part<K: PartialEq>(parts: &mut Vec<(K, Figures)>, key: K) -> &mut Figures {
    let at = parts.iter().position(|(known, _)| *known == key);
    let at = at.unwrap_or_else(|| {
        parts.push((key, Figures::default()));
        parts.len() - 1
    });
    &mut parts[at].1
}
