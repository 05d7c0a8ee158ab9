//! What was promised and what was kept.
//!
//! Owns: the counts of a period with what they can say, for staff, and the part of it that
//! customers read. Must not know: how a page draws them.

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use candor_domain::id::LevelId;
use candor_domain::level::{KeptCalendar, KeptLevel, Metric};
use candor_domain::permission::Permission;
use candor_domain::ticket::Urgency;
use candor_staffing::statistics::wilson;
use candor_store::Tx;
use candor_store::level::{GivenTally, Tally};
use jiff::{SignedDuration, Timestamp};

/// Promises of one kind in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct AttainmentLine {
    /// The level.
    pub level: LevelId,
    /// What people call it.
    pub name: String,
    /// The urgency.
    pub urgency: Urgency,
    /// What was promised.
    pub metric: Metric,
    /// How many were decided: kept, or too late by now.
    pub promises: u64,
    /// How many were kept.
    pub kept: u64,
    /// Where the share of kept promises lies, with 95 % confidence (Wilson).
    pub interval: (f64, f64),
    /// By how much those that were kept were beaten, on average.
    pub beaten_by: SignedDuration,
}

impl AttainmentLine {
    /// The share that was kept.
    pub fn share(&self) -> f64 {
        self.kept as f64 / self.promises.max(1) as f64
    }
}

/// A period.
#[derive(Debug, Clone, PartialEq)]
pub struct Attainment {
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub to: Timestamp,
    /// By level, urgency and what was promised.
    pub lines: Vec<AttainmentLine>,
    /// What people promised in replies; `None` where nothing was decided.
    pub given: Option<GivenKept>,
}

/// What people promised in replies in a period, and kept.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GivenKept {
    /// How many were decided.
    pub promises: u64,
    /// How many were kept.
    pub kept: u64,
    /// Where the share of kept promises lies, with 95 % confidence (Wilson).
    pub interval: (f64, f64),
    /// By how much those that were kept were beaten, on average.
    pub beaten_by: SignedDuration,
}

/// Asks what was kept in the last so many days.
#[derive(Debug, Clone, Copy)]
pub struct AttainmentView {
    /// Days up to now, at most two years' worth.
    pub days: i64,
}

impl Query for AttainmentView {
    type Output = Attainment;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Attainment, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let from = days_before(cx.now(), self.days.clamp(1, 731));
        let levels = tx.levels()?;
        let mut tallies = tx.tallies(from, cx.now())?;
        tallies.sort_by_key(|tally| (tally.level, tally.metric, tally.urgency));
        Ok(Attainment {
            from,
            to: cx.now(),
            given: given(&tx.given_tally(from, cx.now())?),
            lines: tallies
                .iter()
                .filter_map(|one| line(one, &levels))
                .collect(),
        })
    }
}

fn given(tally: &GivenTally) -> Option<GivenKept> {
    let promises = u64::try_from(tally.promises).ok()?;
    let kept = u64::try_from(tally.kept).ok()?;
    let interval = wilson(kept, promises, 0.95).ok()?;
    Some(GivenKept {
        promises,
        kept,
        interval: (interval.low, interval.high),
        beaten_by: SignedDuration::from_micros(tally.left_us / tally.kept.max(1)),
    })
}

fn days_before(now: Timestamp, days: i64) -> Timestamp {
    let length = SignedDuration::from_hours(24 * days);
    now.saturating_sub(length).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn line(tally: &Tally, levels: &[KeptLevel]) -> Option<AttainmentLine> {
    let level = levels.iter().find(|level| level.id == tally.level)?;
    let promises = u64::try_from(tally.promises).ok()?;
    let kept = u64::try_from(tally.kept).ok()?;
    let interval = wilson(kept, promises, 0.95).ok()?;
    Some(AttainmentLine {
        level: level.id,
        name: level.level.name().to_owned(),
        urgency: tally.urgency,
        metric: tally.metric,
        promises,
        kept,
        interval: (interval.low, interval.high),
        beaten_by: SignedDuration::from_micros(tally.left_us / tally.kept.max(1)),
    })
}

/// Days that the public page counts.
const PUBLIC_DAYS: i64 = 90;
/// Fewer answers than this say nothing of how long one takes.
const LEAST_ANSWERS: usize = 5;

/// Asks what customers may read of the promises.
#[derive(Debug, Clone, Copy)]
pub struct PublicPromises;

/// What customers may read of the promises.
#[derive(Debug, Clone)]
pub struct PromisePage {
    /// Each public level with its hours and what was kept of it in 90 days.
    pub levels: Vec<PublicLevel>,
    /// How long the answers of the last week took: half of them less. `None` with too few.
    pub usual: Option<SignedDuration>,
}

/// A level that customers may read of.
#[derive(Debug, Clone)]
pub struct PublicLevel {
    /// The level.
    pub level: KeptLevel,
    /// Its hours.
    pub calendar: KeptCalendar,
    /// What was kept of its answers.
    pub lines: Vec<AttainmentLine>,
}

impl Query for PublicPromises {
    type Output = PromisePage;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<PromisePage, DeskError> {
        let levels = tx.levels()?;
        let shown = |level: &&KeptLevel| level.active && level.public;
        let open: Vec<KeptLevel> = levels.iter().filter(shown).cloned().collect();
        let mut page = PromisePage {
            levels: Vec::new(),
            usual: None,
        };
        if open.is_empty() {
            return Ok(page);
        }
        let tallies = tx.tallies(days_before(cx.now(), PUBLIC_DAYS), cx.now())?;
        for level in open {
            let calendar = tx.calendar(level.calendar)?;
            let own = tallies.iter().filter(|tally| tally.level == level.id);
            page.levels.push(PublicLevel {
                calendar: calendar.ok_or(DeskError::NotFound("calendar"))?,
                lines: own.filter_map(|one| line(one, &levels)).collect(),
                level,
            });
        }
        page.usual = usual(tx, cx)?;
        Ok(page)
    }
}

/// Asks whether customers may read of any promise.
#[derive(Debug, Clone, Copy)]
pub struct PromisesArePublic;

impl Query for PromisesArePublic {
    type Output = bool;
    fn read(&self, tx: &mut Tx<'_>, _cx: &Cx) -> Result<bool, DeskError> {
        let levels = tx.levels()?;
        Ok(levels.iter().any(|level| level.active && level.public))
    }
}

fn usual(tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<SignedDuration>, DeskError> {
    let from = days_before(cx.now(), 7);
    let spans = tx.owed_spans(from, Metric::FirstReply, 500)?;
    let mut waits: Vec<SignedDuration> = spans
        .into_iter()
        .map(|(since, done)| done.duration_since(since))
        .collect();
    waits.sort_unstable();
    Ok((waits.len() >= LEAST_ANSWERS).then(|| waits[waits.len() / 2]))
}
