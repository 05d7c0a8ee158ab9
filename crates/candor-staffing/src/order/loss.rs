//! What no order can save.
//!
//! Owns: the least weight that must be late, the fewest tickets that must be late. Must not know: by
//! which rule the queue is really worked.
//!
//! For one server the answer is exact: the dynamic program of Lawler and Moore (1969), kept as a list
//! of states that no other state beats, in whole milliseconds (times up to 1e8 minutes). For several servers the promise that a
//! person works on one ticket at a time is relaxed to one server of their joint speed, which can only
//! save more; what that server loses, c people lose at least.

use core::cmp::Reverse;
use std::collections::BinaryHeap;

/// A ticket of which the end is promised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Job {
    /// Minutes of work.
    pub minutes: f64,
    /// Minutes from now until it is due.
    pub due: f64,
    /// What being late costs.
    pub weight: f64,
}

/// What must be lost.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss {
    /// At least this weight will be late.
    pub weight: f64,
    /// Whether an order exists that loses no more than that.
    pub exact: bool,
    /// An order of that kind: the tickets that are kept by due time, then the others by weight.
    /// Only when exact, and when the queue was small enough to remember how it came about.
    pub order: Option<Vec<usize>>,
}

/// States kept at once; beyond it neighbours are merged in favour of a smaller loss.
const MOST_STATES: usize = 50_000;

/// Decisions remembered for the order.
const MOST_DECISIONS: usize = 8_000_000;

/// The moment at which a set of kept tickets is done, its weight, and the last decision taken.
#[derive(Debug, Clone, Copy)]
struct State {
    busy: u64,
    weight: f64,
    decision: u32,
}

/// A kept ticket and the decision before it.
#[derive(Debug, Clone, Copy)]
struct Decision {
    before: u32,
    job: u32,
}

struct Program {
    states: Vec<State>,
    decisions: Vec<Decision>,
    remembers: bool,
    exact: bool,
}

/// The least weight that `servers` people must finish late, working without a pause from now on.
pub fn unavoidable_loss(jobs: &[Job], servers: usize) -> Loss {
    let servers = servers.max(1);
    let mut by_due: Vec<usize> = (0..jobs.len())
        .filter(|&position| jobs[position].minutes <= jobs[position].due + 1.0 / 60_000.0)
        .collect();
    by_due.sort_by(|&a, &b| jobs[a].due.total_cmp(&jobs[b].due));
    let mut program = Program::new();
    for position in by_due {
        program.consider(position, &jobs[position], servers as u64);
    }
    let total: f64 = jobs.iter().map(|job| job.weight).sum();
    let best = program.states[program.states.len() - 1];
    let exact = program.exact && servers == 1;
    let order = (exact && program.remembers).then(|| program.order(best, jobs));
    Loss {
        weight: (total - best.weight).max(0.0),
        exact,
        order,
    }
}

impl Program {
    fn new() -> Self {
        let nothing = State {
            busy: 0,
            weight: 0.0,
            decision: u32::MAX,
        };
        Self {
            states: vec![nothing],
            decisions: Vec::new(),
            remembers: true,
            exact: true,
        }
    }

    /// Adds the states in which this ticket is kept too. States stand by rising time and weight.
    fn consider(&mut self, position: usize, job: &Job, servers: u64) {
        let (length, due) = (milliseconds(job.minutes), milliseconds(job.due) * servers);
        if job.weight <= 0.0 {
            return;
        }
        let without = core::mem::take(&mut self.states);
        let mut with = Vec::with_capacity(without.len());
        for state in without
            .iter()
            .take_while(|state| state.busy + length <= due)
        {
            with.push(State {
                busy: state.busy + length,
                weight: state.weight + job.weight,
                decision: self.remember(state.decision, position),
            });
        }
        self.states = unbeaten(&without, &with);
        if self.states.len() > MOST_STATES {
            self.states = thinned(&self.states);
            self.exact = false;
        }
    }

    fn remember(&mut self, before: u32, job: usize) -> u32 {
        if self.decisions.len() >= MOST_DECISIONS {
            self.remembers = false;
            return u32::MAX;
        }
        self.decisions.push(Decision {
            before,
            job: job as u32,
        });
        self.decisions.len() as u32 - 1
    }

    fn order(&self, best: State, jobs: &[Job]) -> Vec<usize> {
        let mut kept = Vec::new();
        let mut decision = best.decision;
        while let Some(taken) = self.decisions.get(decision as usize) {
            kept.push(taken.job as usize);
            decision = taken.before;
        }
        kept.reverse();
        let mut is_kept = vec![false; jobs.len()];
        for &position in &kept {
            is_kept[position] = true;
        }
        let mut late: Vec<usize> = (0..jobs.len())
            .filter(|&position| !is_kept[position])
            .collect();
        late.sort_by(|&a, &b| jobs[b].weight.total_cmp(&jobs[a].weight));
        kept.extend(late);
        kept
    }
}

/// Merges two lists by time and drops each state that an earlier one equals or beats in weight.
fn unbeaten(left: &[State], right: &[State]) -> Vec<State> {
    let mut merged = Vec::with_capacity(left.len() + right.len());
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    let mut heaviest = f64::NEG_INFINITY;
    loop {
        let take_left = match (left.peek(), right.peek()) {
            (Some(a), Some(b)) => {
                (a.busy, Reverse(Ordered(a.weight))) <= (b.busy, Reverse(Ordered(b.weight)))
            }
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => return merged,
        };
        let next = if take_left { left.next() } else { right.next() };
        if let Some(state) = next.filter(|state| state.weight > heaviest) {
            heaviest = state.weight;
            merged.push(*state);
        }
    }
}

/// Every pair becomes one state with the earlier time and the larger weight: never worse than either,
/// so that the loss that comes out is still one that nobody can avoid.
fn thinned(states: &[State]) -> Vec<State> {
    let pair = |two: &[State]| State {
        busy: two[0].busy,
        weight: two[two.len() - 1].weight,
        decision: u32::MAX,
    };
    states.chunks(2).map(pair).collect()
}

/// The fewest tickets that one server must finish late (Moore and Hodgson 1968).
pub fn fewest_late(jobs: &[Job]) -> usize {
    let mut by_due: Vec<&Job> = jobs.iter().collect();
    by_due.sort_by(|a, b| a.due.total_cmp(&b.due));
    let mut kept: BinaryHeap<i64> = BinaryHeap::new();
    let mut busy = 0;
    for job in by_due {
        let length = milliseconds(job.minutes) as i64;
        kept.push(length);
        busy += length;
        if busy as f64 > libm::round(job.due * 60_000.0) {
            busy -= kept.pop().unwrap_or(0);
        }
    }
    jobs.len() - kept.len()
}

fn milliseconds(minutes: f64) -> u64 {
    libm::round(minutes.max(0.0) * 60_000.0) as u64
}

/// A weight that can be compared; weights are never NaN here.
#[derive(PartialEq)]
struct Ordered(f64);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}
