//! Service levels: what is promised to whom, and the clocks that watch it.
//!
//! Owns: targets, weights, which level a ticket gets, and the clocks as a fold of facts. Must not
//! know: storage, the current time, who is told of a warning.

mod choice;
mod clock;
mod fact;
mod given;
mod kept;
mod outcome;
mod rule;
mod target;
mod ticket_clocks;

pub use choice::{LevelChoice, LevelReason, TicketTraits};
pub use clock::{Clock, Phase};
pub use fact::{ClockEvent, Fact, Happening, ReplyBy};
pub use given::{Given, GivenPromise};
pub use kept::{Coverage, KeptCalendar, KeptLevel, KeptTerms, TicketPromise, Warns};
pub use outcome::{Foremost, Outcome};
pub use target::{Counted, Target, Weight};
pub use ticket_clocks::{LevelError, TicketClocks};

use crate::calendar::Calendar;
use crate::id::TermsId;
use crate::ticket::Urgency;
use crate::word::words;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

words! {
    /// What a clock measures.
    Metric {
        /// From the first message to the first answer that a person wrote.
        FirstReply = "first_reply",
        /// From the oldest message without an answer to the next answer; after the first.
        NextReply = "next_reply",
        /// From one answer to the next while it is our turn.
        PeriodicUpdate = "periodic_update",
        /// Time as new, open and on hold.
        RequesterWait = "requester_wait",
        /// Time as new and open.
        AgentWork = "agent_work",
        /// From the first message to the solution.
        Resolution = "resolution",
        /// Until the moment that somebody named in a reply. People give it, no level does.
        Promised = "promised",
    }
}

impl Metric {
    /// What levels promise: everything but what people promise themselves.
    pub const OF_LEVELS: &'static [Self] = &[
        Self::FirstReply,
        Self::NextReply,
        Self::PeriodicUpdate,
        Self::RequesterWait,
        Self::AgentWork,
        Self::Resolution,
    ];
}

/// Targets by metric; what is not there is not promised.
pub type Targets = BTreeMap<Metric, Target>;

/// What is promised, for each urgency, to those who have this level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "LevelForm", into = "LevelForm")]
pub struct ServiceLevel {
    name: String,
    tier_weight: Weight,
    targets: BTreeMap<Urgency, Targets>,
    warn_at: [u8; 2],
}

/// A service level as it is written in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelForm {
    /// What people call it.
    pub name: String,
    /// How much its tickets weigh beside those of other levels.
    #[serde(default)]
    pub tier_weight: Weight,
    /// Per cent of a target after which people are warned, twice.
    #[serde(default = "usual_warnings")]
    pub warn_at: [u8; 2],
    /// The targets by urgency.
    #[serde(default)]
    pub targets: BTreeMap<Urgency, Targets>,
}

fn usual_warnings() -> [u8; 2] {
    [50, 80]
}

/// Why a service level or a target is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LevelRule {
    /// Nobody could name it.
    #[error("a service level needs a name")]
    NoName,
    /// Warnings in the wrong order, or not before the end.
    #[error("warn_at needs two rising numbers from 1 to 99, such as [50, 80]")]
    Warnings,
    /// A target that is not understood.
    #[error("\"{text}\" is no target: {reason}")]
    Target {
        /// As it was written, cut to 40 characters.
        text: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// A target for what only people promise.
    #[error("\"promised\" is what people promise in replies; a level has no target for it")]
    Promised,
    /// A weight that weighs nothing, or too much.
    #[error("a weight is a number from 0.01 to 1000")]
    Weight,
}

impl TryFrom<LevelForm> for ServiceLevel {
    type Error = LevelRule;

    fn try_from(form: LevelForm) -> Result<Self, LevelRule> {
        let [first, second] = form.warn_at;
        if first == 0 || first >= second || second > 99 {
            return Err(LevelRule::Warnings);
        }
        let name = crate::text::one_line(&form.name, 80);
        if name.is_empty() {
            return Err(LevelRule::NoName);
        }
        let mut metrics = form.targets.values().flat_map(BTreeMap::keys);
        if metrics.any(|metric| *metric == Metric::Promised) {
            return Err(LevelRule::Promised);
        }
        Ok(Self {
            name,
            tier_weight: form.tier_weight,
            targets: form.targets,
            warn_at: form.warn_at,
        })
    }
}

impl From<ServiceLevel> for LevelForm {
    fn from(level: ServiceLevel) -> Self {
        Self {
            name: level.name,
            tier_weight: level.tier_weight,
            warn_at: level.warn_at,
            targets: level.targets,
        }
    }
}

impl ServiceLevel {
    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is promised for a metric at an urgency.
    pub fn target(&self, urgency: Urgency, metric: Metric) -> Option<Target> {
        self.targets.get(&urgency)?.get(&metric).copied()
    }

    /// Everything that is promised: urgency, metric, target, in their order.
    pub fn targets(&self) -> impl Iterator<Item = (Urgency, Metric, Target)> {
        self.targets.iter().flat_map(|(urgency, targets)| {
            let of = targets.iter();
            of.map(|(metric, target)| (*urgency, *metric, *target))
        })
    }

    /// How much its tickets weigh beside those of other levels.
    pub fn tier_weight(&self) -> Weight {
        self.tier_weight
    }

    /// Per cent of a target after which people are warned.
    pub fn warn_at(&self) -> [u8; 2] {
        self.warn_at
    }

    /// The weight of a ticket in the queue: tier times urgency.
    pub fn weight(&self, urgency: Urgency) -> f64 {
        self.tier_weight.as_f64() * urgency_weight(urgency).as_f64()
    }
}

/// How much an urgency weighs: 8, 3 and 1.
pub fn urgency_weight(urgency: Urgency) -> Weight {
    match urgency {
        Urgency::Urgent => Weight::whole(8),
        Urgency::Normal => Weight::whole(3),
        Urgency::CanWait => Weight::whole(1),
    }
}

/// A service level with the calendar that its business hours are counted in. What a clock ran by
/// is never changed: another wording, or other opening hours, are other terms with another id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// What is promised.
    pub level: ServiceLevel,
    /// When time counts.
    pub calendar: Arc<Calendar>,
}

/// All terms that facts may name.
pub type TermsBook = BTreeMap<TermsId, Terms>;
