//! Counting a month of a contract.
//!
//! Owns: the figures of a statement, from what became of its promises. Must not know: approvals,
//! pages, files.

use super::wait::{Stretch, common, counted_us, within};
use crate::cx::Cx;
use crate::error::DeskError;
use crate::level::{Course, End, Time, learn};
use candor_domain::contract::{
    Contract, Delays, Document, Maintenance, Missed, Month, TargetLine, Window, apart, attainment,
};
use candor_domain::id::TicketId;
use candor_domain::level::{Metric, Terms, TermsBook};
use candor_domain::ticket::Urgency;
use candor_staffing::statistics::wilson;
use candor_store::Tx;
use candor_store::level::KeptOutcome;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::rc::Rc;

/// Counts a month. Also gives the instant at which it is over.
pub(super) fn draw_up(
    tx: &mut Tx<'_>,
    cx: &Cx,
    contract: &Contract,
    month: Month,
) -> Result<(Document, Timestamp), DeskError> {
    let calendar = tx.calendar(contract.calendar)?;
    let calendar = calendar.ok_or(DeskError::NotFound("calendar"))?.calendar;
    let span = month.instants(calendar.zone());
    let mut book = TermsBook::new();
    learn(tx, cx, &mut book, Some(contract.terms))?;
    let outcomes = tx.outcomes_of_contract(contract.id, span.0, span.1)?;
    let end = span.1.min(cx.now());
    let broken: Vec<_> = outcomes.iter().filter(|kept| !kept.outcome.kept).collect();
    let mut known = BTreeMap::new();
    let delayed = broken
        .iter()
        .map(|kept| Delayed::of(tx, cx, kept, &mut known));
    let delayed = delayed.collect::<Result<Vec<_>, _>>()?;
    let owed: Vec<Stretch> = delayed.iter().map(|one| one.owed(end)).collect();
    // A promise may begin before the month and be kept after it; so may what delayed it.
    let around = owed
        .iter()
        .fold(span, |all, one| (all.0.min(one.0), all.1.max(one.1)));
    let mut windows = tx.maintenance_of(contract.id, around)?;
    windows.retain(|window| {
        let touches = |span: &Stretch| window.begins_at < span.1 && window.ends_at > span.0;
        window.counts() && (touches(&span) || owed.iter().any(touches))
    });
    let missed = delayed.iter().zip(owed);
    let missed: Vec<Missed> = missed
        .map(|(delayed, owed)| delayed.missed(owed, &windows))
        .collect();
    let lines = lines(&outcomes, &missed, book.get(&contract.terms));
    let organization = tx.organization(contract.organization)?;
    let level = tx.level(contract.level)?;
    let document = Document {
        version: Document::VERSION,
        month,
        language: contract.language().to_owned(),
        zone: calendar.zone_name().to_owned(),
        provider: tx
            .brands()?
            .into_iter()
            .next()
            .map_or(String::new(), |one| one.name),
        organization: organization.map_or(String::new(), |one| one.name),
        number: contract.id,
        contract: contract.name.clone(),
        first_day: contract.first_day,
        last_day: contract.last_day,
        level: level.map_or(String::new(), |one| one.level.name().to_owned()),
        hours: calendar.name().to_owned(),
        includes: contract.agreed.includes.clone(),
        excludes: contract.agreed.excludes.clone(),
        remedy: contract.agreed.remedy.clone(),
        totals: attainment(&lines, &missed, &contract.agreed.remedy),
        targets: lines,
        missed,
        maintenance: windows.iter().map(window).collect(),
        corrects: None,
    };
    Ok((document, span.1))
}

fn window(one: &Maintenance) -> Window {
    Window {
        announced: one.announced_at,
        begins: one.begins_at,
        ends: one.ends_at,
        reason: one.reason.clone(),
    }
}

/// A missed promise with what its ticket went through.
struct Delayed<'a> {
    kept: &'a KeptOutcome,
    terms: Option<Terms>,
    course: Rc<Course>,
    done: Option<Timestamp>,
    /// When its ticket ended without it.
    ended: Option<Timestamp>,
}

impl<'a> Delayed<'a> {
    /// The history of a ticket is read once.
    fn of(
        tx: &mut Tx<'_>,
        cx: &Cx,
        kept: &'a KeptOutcome,
        known: &mut BTreeMap<TicketId, Rc<Course>>,
    ) -> Result<Self, DeskError> {
        if let Entry::Vacant(place) = known.entry(kept.ticket) {
            place.insert(Rc::new(Course::of(tx, cx, kept.ticket)?));
        }
        let course = Rc::clone(&known[&kept.ticket]);
        let outcome = &kept.outcome;
        let end = course.end_of(outcome.metric, outcome.decided);
        let (done, ended) = match (outcome.done, end) {
            (Some(done), _) => (Some(done), None),
            (None, Some(End::Done(at))) => (Some(at), None),
            (None, Some(End::Over(at))) => (None, Some(at)),
            (None, None) => (None, None),
        };
        Ok(Self {
            kept,
            terms: terms_of(tx, cx, kept.ticket)?,
            course,
            done,
            ended,
        })
    }

    /// From when to when it was owed; `end` is where the month ends, or now.
    fn owed(&self, end: Timestamp) -> Stretch {
        let outcome = &self.kept.outcome;
        let until = self.done.or(self.ended).unwrap_or(end);
        let since = outcome.since.unwrap_or(outcome.decided);
        (since, until.max(outcome.decided))
    }

    /// What delayed it. Only time in which its clock ran is late, and only in such time maintenance
    /// or the customer can have held it up. One that was never done is nobody else's delay: nobody
    /// knows by how much it would have been late.
    fn missed(&self, owed: Stretch, windows: &[Maintenance]) -> Missed {
        let (kept, outcome) = (self.kept, &self.kept.outcome);
        let terms = self.terms.as_ref();
        let target = terms.and_then(|terms| terms.level.target(kept.urgency, outcome.metric));
        let ran = within(closed(self.course.ran(outcome.metric), owed.1), owed);
        let count = |parts: &[Stretch]| counted_us(&common(parts, &ran), terms, target);
        let works = windows.iter().map(|one| (one.begins_at, one.ends_at));
        let works = within(works, owed);
        let waits = match outcome.metric {
            Metric::Resolution => closed(&self.course.waits, owed.1),
            _ => Vec::new(),
        };
        let maintenance_us = count(&works);
        let both = within(waits.into_iter().chain(works.iter().copied()), owed);
        let delays = Delays {
            late_us: count(&[(outcome.decided, owed.1)]),
            customer_us: count(&both) - maintenance_us,
            maintenance_us,
        };
        Missed {
            ticket: kept.ticket,
            urgency: kept.urgency,
            metric: outcome.metric,
            since: outcome.since,
            due: outcome.decided,
            done: self.done,
            ended: self.ended,
            delays,
            apart: apart(outcome.metric, &delays).filter(|_| self.done.is_some()),
        }
    }
}

/// Times with an end: what still goes on lasts until then.
fn closed(times: &[Time], end: Timestamp) -> Vec<Stretch> {
    let times = times.iter();
    times.map(|&(from, to)| (from, to.unwrap_or(end))).collect()
}

/// The wording that a ticket's clocks run by.
fn terms_of(tx: &mut Tx<'_>, cx: &Cx, ticket: TicketId) -> Result<Option<Terms>, DeskError> {
    let terms = tx.clocks_of(ticket)?.and_then(|row| row.promise.terms);
    let mut book = TermsBook::new();
    learn(tx, cx, &mut book, terms)?;
    Ok(book.into_values().next())
}

/// What counts, by urgency and what was promised.
fn lines(outcomes: &[KeptOutcome], missed: &[Missed], terms: Option<&Terms>) -> Vec<TargetLine> {
    let mut counts: BTreeMap<(Urgency, Metric), (u64, u64)> = BTreeMap::new();
    for kept in outcomes.iter().filter(|kept| kept.outcome.kept) {
        let count = counts
            .entry((kept.urgency, kept.outcome.metric))
            .or_default();
        *count = (count.0 + 1, count.1 + 1);
    }
    for one in missed.iter().filter(|one| one.apart.is_none()) {
        counts.entry((one.urgency, one.metric)).or_default().0 += 1;
    }
    let line = |((urgency, metric), (due, kept)): ((Urgency, Metric), (u64, u64))| {
        let interval = wilson(kept, due, 0.95);
        let interval = interval.map_or((0.0, 1.0), |found| (found.low, found.high));
        TargetLine {
            urgency,
            metric,
            target: terms.and_then(|terms| terms.level.target(urgency, metric)),
            due,
            kept,
            interval_bp: (hundredths(interval.0), hundredths(interval.1)),
        }
    };
    counts.into_iter().map(line).collect()
}

/// A share in hundredths of a per cent.
fn hundredths(share: f64) -> u32 {
    (share.clamp(0.0, 1.0) * 10_000.0).round() as u32
}
