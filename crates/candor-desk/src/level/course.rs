//! What a ticket went through, as far as a missed promise asks.
//!
//! Owns: when a ticket waited for its customer, when each of its clocks ran, how each ended. Must
//! not know: what that excuses.

use super::recount::{Folded, read};
use super::shelf::learn;
use crate::cx::Cx;
use crate::error::DeskError;
use candor_domain::event::TicketEvent;
use candor_domain::id::TicketId;
use candor_domain::level::{Metric, Phase, TermsBook, TicketClocks};
use candor_domain::ticket::Status;
use candor_store::Tx;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// From when to when; without an end while it goes on.
pub(crate) type Time = (Timestamp, Option<Timestamp>);

type Times = Vec<Time>;

/// How a clock ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// What was promised was done.
    Done(Timestamp),
    /// There was nothing to watch any more: it never was.
    Over(Timestamp),
}

/// The course of a ticket.
#[derive(Debug, Clone, Default)]
pub(crate) struct Course {
    /// When it waited for its customer. It does so while the last word is ours: the status alone,
    /// set while the customer waits for us, is no question to them.
    pub(crate) waits: Times,
    runs: BTreeMap<Metric, Times>,
    ends: Vec<(Metric, End)>,
    /// Since when it is solved, closed, spam or part of another.
    over: Option<Timestamp>,
}

impl Course {
    /// Reads it from the history of a ticket.
    pub(crate) fn of(tx: &mut Tx<'_>, cx: &Cx, ticket: TicketId) -> Result<Self, DeskError> {
        let mut entries = tx.entries_of(&ticket.subject(), i64::MAX)?;
        // What was read late counts when it happened.
        entries.sort_by_key(|entry| entry.at);
        let mut course = Self::default();
        let mut folded = Folded::new(ticket);
        let mut book = TermsBook::new();
        for entry in &entries {
            let Some((event, opened)) = read(entry) else {
                continue;
            };
            if let TicketEvent::PromiseSet { terms, .. } = &event {
                learn(tx, cx, &mut book, *terms)?;
            }
            let before = folded.clocks.clone();
            folded.take(entry.at, &event, opened, &book)?;
            course.note(entry.at, &before, &folded.clocks);
        }
        Ok(course)
    }

    fn note(&mut self, at: Timestamp, before: &TicketClocks, after: &TicketClocks) {
        let waits = |clocks: &TicketClocks| {
            clocks.status == Status::Waiting && clocks.waiting_since.is_none()
        };
        turn(&mut self.waits, at, (waits(before), waits(after)));
        for metric in Metric::OF_LEVELS.iter().copied() {
            let (old, new) = (before.clock(metric), after.clock(metric));
            let runs = (old.phase == Phase::Running, new.phase == Phase::Running);
            turn(self.runs.entry(metric).or_default(), at, runs);
            if old.is_active() && new.phase == Phase::Met {
                self.ends.push((metric, End::Done(at)));
            } else if old.is_active() && new.phase == Phase::Idle {
                self.ends.push((metric, End::Over(at)));
            }
        }
        self.over = match (after.is_over(), self.over) {
            (true, None) => Some(at),
            (true, since) => since,
            (false, _) => None,
        };
    }

    /// When the clock of a promise ran.
    pub(crate) fn ran(&self, metric: Metric) -> &[Time] {
        self.runs.get(&metric).map_or(&[], Vec::as_slice)
    }

    /// How a promise ended that was missed at an instant; `None` while it is still owed.
    pub(crate) fn end_of(&self, metric: Metric, missed: Timestamp) -> Option<End> {
        let after = |end: End| match end {
            End::Done(at) | End::Over(at) => at >= missed,
        };
        let ended = self.ends.iter().find(|one| one.0 == metric && after(one.1));
        let over = || self.over.map(|at| End::Over(at.max(missed)));
        ended.map(|one| one.1).or_else(over)
    }
}

/// Notes that something began or ended.
fn turn(times: &mut Times, at: Timestamp, (before, after): (bool, bool)) {
    if !before && after {
        times.push((at, None));
    } else if before
        && !after
        && let Some(last) = times.last_mut()
    {
        last.1 = Some(at);
    }
}
