//! A promise that somebody gave in a reply: "I'll write by 11:00".
//!
//! Owns: its one moment, the reminder before it, what became of it. Must not know: how it was read
//! from a text. Its time is a moment on the wall: no status and no closing time moves it.

use super::Metric;
use super::fact::{ClockEvent, Happening};
use super::outcome::{Foremost, Outcome};
use crate::id::{PersonId, TicketId};
use crate::record::{Content, Recorded};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What somebody promised, while it is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// Which one of its ticket, from 1.
    pub cycle: u32,
    /// When it was given.
    pub since: Timestamp,
    /// By when.
    pub due: Timestamp,
    /// When whoever gave it is reminded.
    pub remind: Timestamp,
    /// Whether they were.
    pub reminded: bool,
    /// When it was broken.
    pub breached_at: Option<Timestamp>,
}

impl Given {
    pub(super) fn begin(
        cycle: u32,
        since: Timestamp,
        (due, remind): (Timestamp, Timestamp),
        log: &mut Vec<ClockEvent>,
    ) -> Self {
        tell(log, since, Happening::Activate);
        Self {
            cycle,
            since,
            due,
            remind,
            reminded: false,
            breached_at: None,
        }
    }

    /// Lets time pass up to an instant.
    pub(super) fn pass(&mut self, to: Timestamp, log: &mut Vec<ClockEvent>) {
        if !self.reminded && self.remind <= to {
            self.reminded = true;
            tell(log, self.remind, Happening::Warn { step: 1 });
        }
        if self.breached_at.is_none() && self.due <= to {
            self.breached_at = Some(self.due);
            tell(log, self.due, Happening::Breach);
        }
    }

    pub(super) fn fulfil(self, at: Timestamp, log: &mut Vec<ClockEvent>) {
        let in_time = self.breached_at.is_none();
        tell(log, at, Happening::Fulfil { in_time });
    }

    pub(super) fn withdraw(at: Timestamp, log: &mut Vec<ClockEvent>) {
        tell(log, at, Happening::Withdraw);
    }

    /// The next instant at which it reminds or is due.
    pub(super) fn next_moment(&self) -> Option<Timestamp> {
        match (self.reminded, self.breached_at) {
            (false, _) => Some(self.remind),
            (true, None) => Some(self.due),
            (true, Some(_)) => None,
        }
    }

    pub(super) fn owed(&self, seen: Timestamp) -> Foremost {
        let micros = |from: Timestamp| self.due.duration_since(from).as_micros() as i64;
        Foremost {
            metric: Metric::Promised,
            due: Some(self.due),
            left_us: micros(seen),
            allowed_us: micros(self.since),
        }
    }

    /// What became of it while one fact was taken in; `self` as it was before.
    pub(super) fn outcome(&self, log: &[ClockEvent]) -> Option<Outcome> {
        let mut own = log.iter().filter(|event| event.metric == Metric::Promised);
        let done = own.clone().find_map(|event| match event.happening {
            Happening::Fulfil { .. } => Some(event.at),
            _ => None,
        });
        let broken = own.any(|event| event.happening == Happening::Breach);
        let broken = broken || self.breached_at.is_some();
        if done.is_none() && (!broken || self.breached_at.is_some()) {
            return None;
        }
        let kept = !broken;
        let left = done.map_or(0, |at| self.due.duration_since(at).as_micros() as i64);
        Some(Outcome {
            metric: Metric::Promised,
            cycle: self.cycle,
            since: Some(self.since),
            decided: done.filter(|_| kept).unwrap_or(self.due),
            done,
            kept,
            left_us: if kept { left.max(0) } else { 0 },
        })
    }
}

fn tell(log: &mut Vec<ClockEvent>, at: Timestamp, happening: Happening) {
    log.push(ClockEvent {
        at,
        metric: Metric::Promised,
        happening,
    });
}

/// A promise of somebody with its row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenPromise {
    /// On which ticket.
    pub ticket: TicketId,
    /// Which one of the ticket, from 1.
    pub cycle: u32,
    /// Who gave it.
    pub by: PersonId,
    /// The words in which it was given.
    pub words: String,
    /// When.
    pub given_at: Timestamp,
    /// By when.
    pub due: Timestamp,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
    /// Why it was. Staff only.
    pub reason: String,
    /// 16 random bytes.
    pub salt: Vec<u8>,
}

impl GivenPromise {
    /// Longest words and longest reason, in characters.
    pub const MAX_CHARS: usize = 400;
}

impl Recorded for GivenPromise {
    fn subject(&self) -> String {
        format!("given:{}.{}", self.ticket, self.cycle)
    }
    fn facts(&self) -> Value {
        json!({
            "ticket": self.ticket, "by": self.by, "given": self.given_at.as_microsecond(),
            "due": self.due.as_microsecond(),
            "withdrawn": self.withdrawn_at.map(Timestamp::as_microsecond),
        })
    }
    fn content(&self) -> Option<Content> {
        Some(Content::new(&self.salt, &json!([self.words, self.reason])))
    }
}
