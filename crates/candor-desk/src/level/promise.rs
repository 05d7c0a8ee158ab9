//! What one ticket is promised, as its page shows it.
//!
//! Owns: the level with its reason and the clocks, for staff; the answer that is owed, for the
//! customer. Must not know: words.

use super::due::DueOf;
use super::given::{GivenSeen, given_seen};
use crate::cx::Cx;
use crate::error::DeskError;
use candor_domain::id::{LevelId, TicketId};
use candor_domain::level::{Clock, KeptLevel, LevelReason, Metric, Phase, Weight};
use candor_store::Tx;
use candor_store::level::ClockRow;
use jiff::{SignedDuration, Timestamp};

/// What a ticket is promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseOf {
    /// The level; `None` promises nothing.
    pub level: Option<(LevelId, String)>,
    /// Why it has this level.
    pub reason: Option<LevelReason>,
    /// The name of the contract that gives it.
    pub contract: Option<String>,
    /// The clocks that have a target, in the order of the metrics, as they were last changed.
    pub clocks: Vec<Clock>,
    /// The one that comes first.
    pub first: Option<DueOf>,
    /// What people promised in replies, the oldest first.
    pub given: Vec<GivenSeen>,
    /// The levels that it can be given by hand.
    pub levels: Vec<(LevelId, String)>,
}

/// The level and the clocks of a ticket, read once for all that a page says of them.
#[derive(Debug)]
pub(crate) struct Standing {
    ticket: TicketId,
    levels: Vec<KeptLevel>,
    row: Option<ClockRow>,
}

impl Standing {
    pub(crate) fn of(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Self, DeskError> {
        Ok(Self {
            ticket,
            levels: tx.levels()?,
            row: tx.clocks_of(ticket)?,
        })
    }

    /// What the class of the customer weighs; 1 where nothing is promised.
    pub(crate) fn tier_weight(&self) -> Weight {
        let level = self.row.as_ref().and_then(|row| row.promise.level);
        let level = self.levels.iter().find(|kept| Some(kept.id) == level);
        level.map_or_else(Weight::default, |kept| kept.level.tier_weight())
    }

    /// The clocks that have a target.
    pub(crate) fn promises(&self) -> Vec<Clock> {
        let clocks = self.row.iter().flat_map(|row| &row.clocks.clocks);
        clocks.filter(|clock| is_shown(clock)).cloned().collect()
    }
}

/// What a ticket is promised; `None` in a shop that has no levels.
pub(crate) fn promise_of(
    tx: &mut Tx<'_>,
    cx: &Cx,
    standing: &Standing,
) -> Result<Option<PromiseOf>, DeskError> {
    let levels = &standing.levels;
    let given = given_seen(tx, cx, standing.ticket)?;
    if levels.is_empty() && given.is_empty() {
        return Ok(None);
    }
    let row = standing.row.as_ref();
    let promise = row.map(|row| row.promise);
    let named = |id: LevelId| {
        let level = levels.iter().find(|level| level.id == id)?;
        Some((id, level.level.name().to_owned()))
    };
    let contract = promise.and_then(|promise| promise.contract);
    let contract = contract.map(|id| tx.contract(id)).transpose()?.flatten();
    Ok(Some(PromiseOf {
        contract: contract.map(|contract| contract.name),
        level: promise.and_then(|promise| promise.level).and_then(named),
        reason: promise.and_then(|promise| promise.reason),
        clocks: standing.promises(),
        first: row
            .and_then(|row| row.clocks.foremost())
            .map(|first| DueOf::of(cx, &first)),
        given,
        levels: levels
            .iter()
            .filter(|level| level.active)
            .map(|level| (level.id, level.level.name().to_owned()))
            .collect(),
    }))
}

/// Whether a clock says anything: it watches a target, or did.
fn is_shown(clock: &Clock) -> bool {
    clock.target.is_some() && clock.phase != Phase::Idle
}

/// The answer that a customer waits for, or had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerOwed {
    /// They will hear from us by then.
    By(Timestamp),
    /// They should have heard from us by then.
    LateSince(Timestamp),
    /// They heard from us, this long after they wrote, and whether that was in time.
    Given {
        /// How long it took, by the clock on the wall.
        after: SignedDuration,
        /// Whether the promise was kept.
        in_time: bool,
    },
}

/// What a customer may know of the answer that they were promised.
pub fn answer_owed(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: TicketId,
) -> Result<Option<AnswerOwed>, DeskError> {
    let Some(row) = tx.clocks_of(ticket)? else {
        return Ok(None);
    };
    let replies = [Metric::NextReply, Metric::FirstReply];
    let clocks = replies.map(|metric| row.clocks.clock(metric).clone());
    let promised = || clocks.iter().filter(|clock| clock.target.is_some());
    if let Some(due) = promised().find(|clock| clock.is_active()).map(|c| c.due) {
        return Ok(due.map(|due| {
            if due <= cx.now() {
                AnswerOwed::LateSince(due)
            } else {
                AnswerOwed::By(due)
            }
        }));
    }
    let last = promised().filter(|clock| clock.phase == Phase::Met);
    let last = last.max_by_key(|clock| clock.fulfilled_at);
    Ok(last.and_then(|clock| {
        let after = clock.fulfilled_at?.duration_since(clock.since?);
        Some(AnswerOwed::Given {
            after,
            in_time: clock.breached_at.is_none(),
        })
    }))
}
