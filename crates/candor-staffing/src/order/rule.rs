//! The rules by which a queue can be ordered.
//!
//! Owns: each rule's index. Must not know: where tickets are stored; how weights come about.
//!
//! All times are minutes, counted on the clock of the promise (open hours, or around the clock).

use core::cmp::Ordering;

/// A ticket that waits, as a rule sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// What being late costs: tier x urgency.
    pub weight: f64,
    /// Minutes promised, from arrival to due time. Must be above zero.
    pub target: f64,
    /// Minutes until it is due; below zero when it is late.
    pub left: f64,
    /// Minutes of work expected. Must be above zero.
    pub handle: f64,
    /// Minutes of that work which must be done by the due time: none when a first reply keeps the
    /// promise, all of it when the solution does.
    pub lead: f64,
}

impl Candidate {
    /// Minutes waited.
    pub fn waited(&self) -> f64 {
        self.target - self.left
    }

    /// Minutes that it may still wait.
    pub fn slack(&self) -> f64 {
        self.left - self.lead
    }
}

/// A rule of order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    /// As they came.
    FirstIn,
    /// The larger part of its target used first, as common desks do.
    ShareUsed,
    /// Earliest due time first (EDF): meets all due times whenever one server can (Jackson 1955).
    DueTime,
    /// Accumulating priority: weight x wait / target (Kleinrock 1964).
    Accumulating,
    /// The heaviest first, whatever its due time; with equal handle times the c-mu rule.
    Strict,
    /// Weight over handle time (Smith 1956): least weighted mean wait.
    WeightOverTime,
    /// Apparent tardiness cost (Vepsalainen and Morton 1987): (w/p) exp(-slack / (kappa p)), the last p being the mean;
    /// a late ticket keeps w/p.
    Cost {
        /// How early a due time is felt, in mean handle times; 2 to 8 is usual.
        kappa: f64,
    },
    /// The same, but late tickets come after those that can still be kept, by weight x wait / target.
    CostLateLast {
        /// As above.
        kappa: f64,
    },
    /// Ours: late tickets come after those that can still be kept, until they have waited `age_cap`
    /// targets; then they come before everything, so that nobody starves.
    CostAgeCapped {
        /// As above.
        kappa: f64,
        /// Targets after which a ticket goes first.
        age_cap: f64,
    },
}

impl Rule {
    /// Ours, with the settings that the comparison in docs/queue-order.md supports.
    pub const CANDOR: Self = Self::CostAgeCapped {
        kappa: 8.0,
        age_cap: 5.0,
    };

    /// Every rule with its usual settings, the plain ones first.
    pub const ALL: [Self; 9] = [
        Self::FirstIn,
        Self::ShareUsed,
        Self::DueTime,
        Self::Accumulating,
        Self::Strict,
        Self::WeightOverTime,
        Self::Cost { kappa: 2.0 },
        Self::CostAgeCapped {
            kappa: 8.0,
            age_cap: 5.0,
        },
        Self::CostLateLast { kappa: 8.0 },
    ];

    /// Its name in files and on the command line.
    pub fn name(&self) -> &'static str {
        match self {
            Self::FirstIn => "fifo",
            Self::ShareUsed => "fraction",
            Self::DueTime => "edf",
            Self::Accumulating => "apq",
            Self::Strict => "strict",
            Self::WeightOverTime => "wspt",
            Self::Cost { .. } => "atc",
            Self::CostLateLast { .. } => "atc_demoted",
            Self::CostAgeCapped { .. } => "atc_capped",
        }
    }

    /// The rule of that name with its usual settings.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }

    /// Whether time alone never changes the order of two tickets.
    pub fn is_static(&self) -> bool {
        matches!(
            self,
            Self::FirstIn | Self::DueTime | Self::Strict | Self::WeightOverTime
        )
    }

    /// Where a ticket stands among others; `mean_handle` is the mean of all that wait, in minutes.
    pub fn standing(&self, ticket: &Candidate, mean_handle: f64) -> Standing {
        let urge = ticket.weight * ticket.waited() / ticket.target;
        let (group, index) = match *self {
            Self::FirstIn => (Group::InTime, ticket.waited()),
            Self::ShareUsed => (Group::InTime, ticket.waited() / ticket.target),
            Self::DueTime => (Group::InTime, -ticket.left),
            Self::Accumulating => (Group::InTime, urge),
            Self::Strict => (Group::InTime, ticket.weight),
            Self::WeightOverTime => (Group::InTime, ticket.weight / ticket.handle),
            Self::CostAgeCapped { age_cap, .. } if ticket.waited() > age_cap * ticket.target => {
                (Group::Starving, urge)
            }
            Self::CostAgeCapped { .. } | Self::CostLateLast { .. } if ticket.slack() < 0.0 => {
                (Group::Late, urge)
            }
            Self::Cost { kappa }
            | Self::CostAgeCapped { kappa, .. }
            | Self::CostLateLast { kappa } => {
                (Group::InTime, log_cost(ticket, kappa * mean_handle))
            }
        };
        Standing { group, index }
    }
}

/// ln of (w/p) exp(-slack / reach): the order is the same, and far due times stay distinct.
fn log_cost(ticket: &Candidate, reach: f64) -> f64 {
    libm::log(ticket.weight / ticket.handle) - ticket.slack().max(0.0) / reach
}

/// Groups of which all of one go before any of the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Waited so long that nothing goes before it.
    Starving,
    /// Its promise can still be kept.
    InTime,
    /// Its promise is broken already.
    Late,
}

/// What a rule says of one ticket.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The group decides first.
    pub group: Group,
    /// Within the group, the larger goes first.
    pub index: f64,
}

impl Standing {
    /// `Less` when this ticket goes before the other.
    pub fn compare(&self, other: &Self) -> Ordering {
        let by_index = || other.index.total_cmp(&self.index);
        self.group.cmp(&other.group).then_with(by_index)
    }
}

/// Mean handle time in minutes; 1 for an empty queue, where it does not matter.
pub fn mean_handle(tickets: &[Candidate]) -> f64 {
    if tickets.is_empty() {
        return 1.0;
    }
    tickets.iter().map(|ticket| ticket.handle).sum::<f64>() / tickets.len() as f64
}

/// The positions of all tickets in the order of a rule; equals by waiting time, then as given.
pub fn order(rule: Rule, tickets: &[Candidate]) -> Vec<usize> {
    let mean = mean_handle(tickets);
    let mut keys: Vec<(Standing, f64, usize)> = tickets
        .iter()
        .enumerate()
        .map(|(position, ticket)| (rule.standing(ticket, mean), ticket.waited(), position))
        .collect();
    keys.sort_unstable_by(|a, b| {
        let by_wait = || b.1.total_cmp(&a.1).then(a.2.cmp(&b.2));
        a.0.compare(&b.0).then_with(by_wait)
    });
    keys.into_iter().map(|(_, _, position)| position).collect()
}
