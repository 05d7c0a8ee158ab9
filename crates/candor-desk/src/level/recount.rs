//! Clocks from the history alone.
//!
//! Owns: what each entry of a ticket means for its clocks, and counting them again from the first.
//! Must not know: what is stored.

use super::shelf::learn;
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use candor_domain::event::TicketEvent;
use candor_domain::id::TicketId;
use candor_domain::level::{Fact, Metric, TermsBook, TicketClocks, TicketPromise};
use candor_domain::permission::Permission;
use candor_domain::ticket::Urgency;
use candor_store::Tx;
use candor_store::journal::Entry;
use candor_store::level::{ClockRow, KeptOutcome};
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A ticket's clocks on their way through its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Folded {
    pub(crate) promise: TicketPromise,
    pub(crate) clocks: TicketClocks,
    /// What became of promises, by metric and cycle; later words replace earlier ones.
    pub(crate) outcomes: Vec<KeptOutcome>,
}

impl Folded {
    pub(crate) fn new(ticket: TicketId) -> Self {
        Self::of(TicketPromise::none(ticket), TicketClocks::default())
    }

    pub(crate) fn of(promise: TicketPromise, clocks: TicketClocks) -> Self {
        Self {
            promise,
            clocks,
            outcomes: Vec::new(),
        }
    }

    /// Takes one event in. `opened` is the urgency that an opened ticket had.
    pub(crate) fn take(
        &mut self,
        at: Timestamp,
        event: &TicketEvent,
        opened: Option<Urgency>,
        book: &TermsBook,
    ) -> Result<(), DeskError> {
        let opening = opened.map(|urgency| Fact::Opened {
            asked: true,
            since: None,
            urgency,
            terms: None,
        });
        for fact in opening.into_iter().chain(Fact::of(event)) {
            let before = self.clocks.clone();
            let log = self.clocks.take(at, &fact, book);
            let log = log.map_err(|error| DeskError::Internal(error.to_string()))?;
            self.keep(&before, self.clocks.outcomes(&before, &log));
        }
        if let TicketEvent::PromiseSet {
            level,
            reason,
            terms,
            contract,
            ..
        } = *event
        {
            self.promise.level = level;
            self.promise.reason = reason;
            self.promise.terms = terms;
            self.promise.contract = contract;
        }
        Ok(())
    }

    fn keep(&mut self, before: &TicketClocks, found: Vec<candor_domain::level::Outcome>) {
        for outcome in found {
            let given = outcome.metric == Metric::Promised;
            let level = self.promise.level.filter(|_| !given);
            if level.is_none() && !given {
                continue;
            }
            let key = (outcome.metric, outcome.cycle);
            let same = |kept: &&mut KeptOutcome| (kept.outcome.metric, kept.outcome.cycle) == key;
            // Whose promise it was stays, whatever the ticket is promised by the time it is done.
            if let Some(kept) = self.outcomes.iter_mut().find(same) {
                kept.outcome = outcome;
                continue;
            }
            self.outcomes.push(KeptOutcome {
                ticket: self.promise.ticket,
                level,
                contract: self.promise.contract.filter(|_| !given),
                urgency: before.urgency,
                outcome,
            });
        }
    }

    /// The row that these clocks make.
    pub(crate) fn row(&self, book: &TermsBook) -> Result<ClockRow, DeskError> {
        let next = self.clocks.next_moment(book);
        Ok(ClockRow {
            promise: self.promise,
            clocks: self.clocks.clone(),
            next: next.map_err(|error| DeskError::Internal(error.to_string()))?,
        })
    }
}

#[derive(Deserialize)]
struct Facts {
    event: serde_json::Value,
    #[serde(default)]
    state: BTreeMap<String, serde_json::Value>,
}

/// What an entry of a ticket's history says, and the urgency where it opened the ticket.
pub(super) fn read(entry: &Entry) -> Option<(TicketEvent, Option<Urgency>)> {
    let facts: Facts = serde_json::from_str(&entry.facts).ok()?;
    let event: TicketEvent = serde_json::from_value(facts.event).ok()?;
    let opened = matches!(event, TicketEvent::Opened { .. }).then(|| {
        let row = facts.state.get(&entry.subject);
        let urgency = row.and_then(|row| row["urgency"].as_str());
        urgency.and_then(Urgency::parse).unwrap_or(Urgency::Normal)
    });
    Some((event, opened))
}

/// Counts the clocks of a ticket from its entries. A ticket that was never promised anything gives
/// none.
pub(crate) fn recounted(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: TicketId,
) -> Result<Option<(Folded, TermsBook)>, DeskError> {
    let mut entries = tx.entries_of(&ticket.subject(), i64::MAX)?;
    // What was read late counts when it happened.
    entries.sort_by_key(|entry| entry.at);
    let mut folded = Folded::new(ticket);
    let mut book = TermsBook::new();
    let mut promised = false;
    for entry in &entries {
        let Some((event, opened)) = read(entry) else {
            continue;
        };
        if let TicketEvent::PromiseSet { terms, .. } = &event {
            promised = true;
            learn(tx, cx, &mut book, *terms)?;
        }
        promised |= matches!(event, TicketEvent::PromiseGiven { .. });
        folded.take(entry.at, &event, opened, &book)?;
    }
    Ok(promised.then_some((folded, book)))
}

/// Asks whether the stored clocks are those that the history gives: the tickets of which they are
/// not, from one number on.
#[derive(Debug, Clone, Copy)]
pub struct Recount {
    /// Tickets after this one.
    pub after: TicketId,
    /// Most tickets.
    pub limit: i64,
}

impl Query for Recount {
    /// The last ticket that was looked at, and those whose clocks are wrong.
    type Output = Option<(TicketId, Vec<TicketId>)>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ReadHistory)?;
        let rows = tx.clocks_after(self.after, self.limit)?;
        let Some(last) = rows.last().map(|row| row.promise.ticket) else {
            return Ok(None);
        };
        let mut wrong = Vec::new();
        for row in &rows {
            if !clocks_are_right(tx, cx, row)? {
                wrong.push(row.promise.ticket);
            }
        }
        Ok(Some((last, wrong)))
    }
}

/// Whether a stored row, with its outcomes, is what the history gives.
pub(crate) fn clocks_are_right(
    tx: &mut Tx<'_>,
    cx: &Cx,
    row: &ClockRow,
) -> Result<bool, DeskError> {
    let ticket = row.promise.ticket;
    let Some((mut folded, book)) = recounted(tx, cx, ticket)? else {
        return Ok(false);
    };
    let key = |kept: &KeptOutcome| (kept.outcome.metric.as_str(), kept.outcome.cycle);
    folded.outcomes.sort_by_key(key);
    Ok(folded.row(&book)? == *row && folded.outcomes == tx.outcomes_of(ticket)?)
}
