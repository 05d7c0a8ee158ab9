//! One clock.
//!
//! Owns: time spent, time allowed, due, breach, warnings. Must not know: tickets; it is told when
//! to begin, to run and to end.

use super::fact::{ClockEvent, Happening};
use super::target::{Counted, Target};
use super::{Metric, Terms};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// What part of a target remains at least when a change would leave less: a quarter. A change
/// never breaks a promise at once.
const LEAST_REMAINING: i32 = 4;

/// What a clock is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// There is nothing to watch.
    #[default]
    Idle,
    /// Time counts.
    Running,
    /// Time does not count; what remains is kept.
    Paused,
    /// What was promised has happened.
    Met,
}

/// The clock of one metric of one ticket. A reply clock begins anew for each question, as another
/// cycle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// What it watches.
    pub metric: Metric,
    /// What it is doing.
    pub phase: Phase,
    /// Since when this cycle watches.
    pub since: Option<Timestamp>,
    /// What is promised; `None` when nothing is.
    pub target: Option<Target>,
    /// Time that counted in this cycle, in microseconds.
    pub spent_us: i64,
    /// Time that may count in this cycle, in microseconds: the target, or more after a change.
    pub allowed_us: i64,
    /// When it is due if nothing changes; only while it runs, or when it was broken.
    pub due: Option<Timestamp>,
    /// When this cycle's promise was broken.
    pub breached_at: Option<Timestamp>,
    /// When this cycle's promise was kept, late or not.
    pub fulfilled_at: Option<Timestamp>,
    /// How many warnings were reached: 0 to 2.
    pub warned: u8,
    /// How often a change left more time than the target alone would have.
    pub eased: u32,
    /// How many times it began.
    pub cycle: u32,
    /// Promises kept in time.
    pub kept: u32,
    /// Promises broken.
    pub broken: u32,
}

impl Clock {
    pub(super) fn new(metric: Metric) -> Self {
        Self {
            metric,
            phase: Phase::Idle,
            since: None,
            target: None,
            spent_us: 0,
            allowed_us: 0,
            due: None,
            breached_at: None,
            fulfilled_at: None,
            warned: 0,
            eased: 0,
            cycle: 0,
            kept: 0,
            broken: 0,
        }
    }

    /// Whether it watches something, running or paused.
    pub fn is_active(&self) -> bool {
        matches!(self.phase, Phase::Running | Phase::Paused)
    }

    /// What remains before it is due; `None` when nothing is promised, zero when it was broken.
    pub fn remaining(&self) -> Option<SignedDuration> {
        self.target?;
        Some(SignedDuration::from_micros(
            (self.allowed_us - self.spent_us).max(0),
        ))
    }

    fn tell(&self, log: &mut Vec<ClockEvent>, at: Timestamp, happening: Happening) {
        let metric = self.metric;
        log.push(ClockEvent {
            at,
            metric,
            happening,
        });
    }

    /// Lets time pass up to an instant, by the terms that held meanwhile.
    pub(super) fn pass(
        &mut self,
        from: Timestamp,
        to: Timestamp,
        terms: &Terms,
        log: &mut Vec<ClockEvent>,
    ) {
        let (Phase::Running, Some(target)) = (self.phase, self.target) else {
            return;
        };
        let before = self.spent_us;
        self.spent_us += count(target, terms, from, to);
        for (step, threshold) in self.thresholds(terms).into_iter().enumerate() {
            if step == usize::from(self.warned) && threshold <= self.spent_us {
                self.warned += 1;
                let at = after(target, terms, from, threshold - before).unwrap_or(to);
                self.tell(log, at, Happening::Warn { step: self.warned });
            }
        }
        if self.breached_at.is_none()
            && let Some(due) = self.due.filter(|due| *due <= to)
        {
            self.breached_at = Some(due);
            self.broken += 1;
            self.tell(log, due, Happening::Breach);
        }
    }

    /// Spent time at which the two warnings are due.
    fn thresholds(&self, terms: &Terms) -> [i64; 2] {
        let share = |percent: u8| self.allowed_us * i64::from(percent) / 100;
        terms.level.warn_at().map(share)
    }

    /// Begins a cycle. With `carry`, what was spent before counts on.
    pub(super) fn activate(&mut self, since: Timestamp, carry: bool, log: &mut Vec<ClockEvent>) {
        if self.is_active() {
            return;
        }
        self.phase = Phase::Paused;
        self.since = Some(since);
        self.cycle += 1;
        if !carry {
            self.spent_us = 0;
        }
        // What is promised now is settled right after, as after every change.
        self.target = None;
        self.allowed_us = 0;
        self.due = None;
        self.breached_at = None;
        self.fulfilled_at = None;
        self.warned = 0;
        self.eased = 0;
        self.tell(log, since, Happening::Activate);
    }

    /// Counts time that passed before this clock knew of it.
    pub(super) fn backdate(
        &mut self,
        from: Timestamp,
        to: Timestamp,
        terms: &Terms,
        target: Target,
    ) {
        self.spent_us += count(target, terms, from, to);
        self.since = self.since.map(|since| since.min(from));
        if let Some(target) = self.target {
            self.ease(target);
        }
    }

    /// Leaves at least a part of the target, so that a change does not break it at once.
    fn ease(&mut self, target: Target) {
        let least = self.spent_us + micros(target.length() / LEAST_REMAINING);
        if least > self.allowed_us && self.breached_at.is_none() {
            self.allowed_us = least;
            self.eased += 1;
        }
    }

    /// What was promised happened.
    pub(super) fn fulfil(&mut self, at: Timestamp, log: &mut Vec<ClockEvent>) {
        if !self.is_active() {
            return;
        }
        let in_time = self.breached_at.is_none();
        self.phase = Phase::Met;
        self.fulfilled_at = Some(at);
        self.due = self.breached_at;
        if self.target.is_some() {
            self.kept += u32::from(in_time);
            self.tell(log, at, Happening::Fulfil { in_time });
        }
    }

    /// There is nothing to watch any more. A broken promise stays broken.
    pub(super) fn withdraw(&mut self, at: Timestamp, log: &mut Vec<ClockEvent>) {
        if self.is_active() {
            self.phase = Phase::Idle;
            self.due = self.breached_at;
            self.tell(log, at, Happening::Withdraw);
        }
    }

    /// Settles what is promised from now on. What was spent stays spent, as it was measured.
    pub(super) fn retarget(
        &mut self,
        at: Timestamp,
        target: Option<Target>,
        log: &mut Vec<ClockEvent>,
    ) {
        if !self.is_active() || self.target == target {
            return;
        }
        let had_one = self.target.is_some();
        self.target = target;
        if let Some(target) = target {
            self.allowed_us = micros(target.length());
            self.ease(target);
        }
        if had_one {
            self.tell(log, at, Happening::Retarget);
        }
    }

    /// Lets it run or stand, and works out when it is due.
    pub(super) fn run(
        &mut self,
        at: Timestamp,
        may_run: bool,
        terms: Option<&Terms>,
        log: &mut Vec<ClockEvent>,
    ) {
        if !self.is_active() {
            return;
        }
        let running = match (may_run, self.target, terms) {
            (true, Some(target), Some(terms)) => Some((target, terms)),
            _ => None,
        };
        match (self.phase, running.is_some()) {
            (Phase::Paused, true) => {
                self.phase = Phase::Running;
                self.tell(log, at, Happening::Resume);
            }
            (Phase::Running, false) => {
                self.phase = Phase::Paused;
                self.tell(log, at, Happening::Pause);
            }
            _ => {}
        }
        self.due = match (self.breached_at, running) {
            (Some(breach), _) => Some(breach),
            (None, Some((target, terms))) => {
                self.settle_warnings(at, terms, log);
                after(target, terms, at, self.allowed_us - self.spent_us)
            }
            (None, None) => None,
        };
    }

    /// After a change, warnings count by the time that is allowed now.
    fn settle_warnings(&mut self, at: Timestamp, terms: &Terms, log: &mut Vec<ClockEvent>) {
        let reached = self
            .thresholds(terms)
            .into_iter()
            .filter(|t| *t <= self.spent_us)
            .count() as u8;
        for step in self.warned + 1..=reached {
            self.tell(log, at, Happening::Warn { step });
        }
        self.warned = reached;
    }

    /// The next instant at which this clock warns or is due, after one that it was brought to.
    pub(super) fn next_moment(&self, at: Timestamp, terms: &Terms) -> Option<Timestamp> {
        let (Phase::Running, Some(target), None) = (self.phase, self.target, self.breached_at)
        else {
            return None;
        };
        let next = self
            .thresholds(terms)
            .into_iter()
            .nth(usize::from(self.warned));
        match next {
            Some(threshold) => after(target, terms, at, threshold - self.spent_us),
            None => self.due,
        }
    }
}

fn micros(length: SignedDuration) -> i64 {
    length.as_micros() as i64
}

/// Time that counts between two instants, in microseconds.
fn count(target: Target, terms: &Terms, from: Timestamp, to: Timestamp) -> i64 {
    micros(match target.counted() {
        Counted::Business => terms.calendar.between(from, to),
        Counted::Calendar => to.duration_since(from).max(SignedDuration::ZERO),
    })
}

/// When so many microseconds will have counted. A calendar that never opens gives none.
fn after(target: Target, terms: &Terms, from: Timestamp, micros: i64) -> Option<Timestamp> {
    let length = SignedDuration::from_micros(micros.max(0));
    match target.counted() {
        Counted::Business => terms.calendar.add(from, length).ok(),
        Counted::Calendar => from.checked_add(length).ok(),
    }
}
