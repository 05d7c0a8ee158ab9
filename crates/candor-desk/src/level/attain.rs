//! What was promised and what was kept.
//!
//! Owns: the counts of a period with what they can say, for staff, and the part of it that
//! customers read. Must not know: how a page draws them.

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use candor_domain::level::{KeptCalendar, KeptLevel, Metric};
use candor_domain::permission::Permission;
use candor_domain::ticket::Urgency;
use candor_staffing::statistics::wilson;
use candor_store::Tx;
use candor_store::level::{GivenTally, NamedTally, Tally, TallyBy};
use jiff::{SignedDuration, Timestamp};
use std::cmp::Reverse;
use std::collections::HashMap;

/// What promises are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AttainmentBy {
    /// The level, and the urgency.
    #[default]
    Level,
    /// The contract that they belong to.
    Contract,
    /// The team that has the ticket now.
    Team,
    /// The reason: each tag that the ticket has now, so that a ticket with two counts for both.
    Reason,
}

impl AttainmentBy {
    /// All of them, as people choose among them.
    pub const ALL: [Self; 4] = [Self::Level, Self::Contract, Self::Team, Self::Reason];

    /// The word in addresses and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Level => "level",
            Self::Contract => "contract",
            Self::Team => "team",
            Self::Reason => "reason",
        }
    }

    /// Reads the word; `None` for any other.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.as_str() == word)
    }
}

/// Promises of one kind in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct AttainmentLine {
    /// What people call the level, contract, team or tag; `None` for tickets of no team, or without
    /// a tag.
    pub name: Option<String>,
    /// The urgency, where promises are counted by level.
    pub urgency: Option<Urgency>,
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
    /// By what was asked for and what was promised.
    pub lines: Vec<AttainmentLine>,
    /// What people promised in replies, where promises are counted by level; `None` where nothing
    /// was decided.
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
    /// What they are counted by.
    pub by: AttainmentBy,
}

impl Query for AttainmentView {
    type Output = Attainment;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Attainment, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let from = days_before(cx.now(), self.days.clamp(1, 731));
        let span = (from, cx.now());
        Ok(Attainment {
            from,
            to: cx.now(),
            lines: match self.by {
                AttainmentBy::Level => by_level(tx, span)?,
                AttainmentBy::Contract => by_name(tx, TallyBy::Contract, span)?,
                AttainmentBy::Team => by_name(tx, TallyBy::Team, span)?,
                AttainmentBy::Reason => by_name(tx, TallyBy::Tag, span)?,
            },
            given: if self.by == AttainmentBy::Level {
                given(&tx.given_tally(from, cx.now())?)
            } else {
                None
            },
        })
    }
}

fn by_level(
    tx: &mut Tx<'_>,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<AttainmentLine>, DeskError> {
    let levels = tx.levels()?;
    let mut tallies = tx.tallies(from, to)?;
    tallies.sort_by_key(|tally| (tally.level, tally.metric, tally.urgency));
    let lines = tallies.iter().filter_map(|one| line(one, &levels));
    Ok(lines.collect())
}

/// By name, that with the most promises first and those without a name last.
fn by_name(
    tx: &mut Tx<'_>,
    by: TallyBy,
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<AttainmentLine>, DeskError> {
    let mut tallies = tx.named_tallies(by, from, to)?;
    let mut promises: HashMap<Option<String>, i64> = HashMap::new();
    for tally in &tallies {
        *promises.entry(tally.name.clone()).or_default() += tally.promises;
    }
    tallies.sort_by_cached_key(|tally| {
        let most = Reverse(promises.get(&tally.name).copied());
        (tally.name.is_none(), most, tally.name.clone(), tally.metric)
    });
    let line = |tally: NamedTally| {
        let counts = (tally.promises, tally.kept, tally.left_us);
        counted(tally.name, None, tally.metric, counts)
    };
    Ok(tallies.into_iter().filter_map(line).collect())
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
    let name = Some(level.level.name().to_owned());
    let counts = (tally.promises, tally.kept, tally.left_us);
    counted(name, Some(tally.urgency), tally.metric, counts)
}

fn counted(
    name: Option<String>,
    urgency: Option<Urgency>,
    metric: Metric,
    (promises, kept, left_us): (i64, i64, i64),
) -> Option<AttainmentLine> {
    let beaten_by = SignedDuration::from_micros(left_us / kept.max(1));
    let (promises, kept) = (promises.try_into().ok()?, kept.try_into().ok()?);
    let interval = wilson(kept, promises, 0.95).ok()?;
    Some(AttainmentLine {
        name,
        urgency,
        metric,
        promises,
        kept,
        interval: (interval.low, interval.high),
        beaten_by,
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
