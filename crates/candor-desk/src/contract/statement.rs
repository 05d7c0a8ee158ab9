//! The monthly statement of a contract: drawn up, approved, frozen.
//!
//! Owns: counting a month from what became of its promises, and the approval after which nothing
//! counts it again. Must not know: pages and files.

use super::change::found;
use super::wait::{Stretch, counted_us, within};
use crate::cx::{Cx, Query, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use crate::level::{learn, waits_of};
use candor_domain::contract::{
    Contract, Delays, Document, Maintenance, Missed, Month, Statement, TargetLine, Window, apart,
    attainment,
};
use candor_domain::id::{ContractId, TicketId};
use candor_domain::level::{Metric, Terms, TermsBook};
use candor_domain::permission::Permission;
use candor_domain::ticket::Urgency;
use candor_staffing::statistics::wilson;
use candor_store::Tx;
use candor_store::level::KeptOutcome;
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Asks for the statement of a month.
#[derive(Debug, Clone, Copy)]
pub struct StatementView {
    /// Of which contract.
    pub contract: ContractId,
    /// Of which month.
    pub month: Month,
}

/// Who approved a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approved {
    /// Their name.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A statement, as it was approved or as it would be now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementSeen {
    /// What it says.
    pub document: Document,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub hash: String,
    /// `None` for a draft.
    pub approved: Option<Approved>,
    /// Whether the month is over.
    pub over: bool,
}

impl Query for StatementView {
    type Output = StatementSeen;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<StatementSeen, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let contract = found(tx, self.contract)?;
        if let Some(kept) = tx.statement(contract.id, self.month)? {
            let by = tx.person(kept.approved_by)?;
            let document = serde_json::from_str(&kept.document)
                .map_err(|error| DeskError::Internal(error.to_string()))?;
            return Ok(StatementSeen {
                document,
                hash: kept.hash,
                approved: Some(Approved {
                    by: by.map(|person| person.name).unwrap_or_default(),
                    at: kept.approved_at,
                }),
                over: true,
            });
        }
        let (document, end) = draw_up(tx, cx, &contract, self.month)?;
        let (_, hash) = written(&document)?;
        Ok(StatementSeen {
            document,
            hash,
            approved: None,
            over: end <= cx.now(),
        })
    }
}

/// Approves a statement as somebody read it. From then on it stands as it is: it is never counted
/// again, and the history holds the hash of its bytes.
#[derive(Debug, Clone)]
pub struct ApproveStatement {
    /// Of which contract.
    pub contract: ContractId,
    /// Of which month.
    pub month: Month,
    /// The hash of what they read.
    pub hash: String,
}

impl Verb for ApproveStatement {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let approved_by = cx.access()?.person;
        let contract = found(tx, self.contract)?;
        if tx.statement(contract.id, self.month)?.is_some() {
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        let (document, end) = draw_up(tx, cx, &contract, self.month)?;
        if end > cx.now() {
            let words = "the month is not over";
            return Err(DeskError::invalid("month", "error-statement-early", words));
        }
        let (document, hash) = written(&document)?;
        if hash != self.hash {
            let words = "a figure has changed since you opened the page";
            return Err(DeskError::invalid("month", "error-statement-moved", words));
        }
        let statement = Statement {
            contract: contract.id,
            month: self.month,
            document,
            hash,
            approved_by,
            approved_at: cx.now(),
        };
        tx.insert_statement(&statement)?;
        record(tx, cx, "statement.approved", json!({}), &[&statement])
    }
}

/// The bytes of a document and their hash.
fn written(document: &Document) -> Result<(String, String), DeskError> {
    let text = serde_json::to_string(document);
    let text = text.map_err(|error| DeskError::Internal(error.to_string()))?;
    let hash = hash_of(&text);
    Ok((text, hash))
}

/// SHA-256 of a document's bytes.
pub(crate) fn hash_of(document: &str) -> String {
    hex::encode(Sha256::digest(document.as_bytes()))
}

/// Counts a month. Also gives the instant at which it is over.
fn draw_up(
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
    let mut windows = tx.maintenance_of(contract.id, span)?;
    windows.retain(Maintenance::counts);
    let outcomes = tx.outcomes_of_contract(contract.id, span.0, span.1)?;
    let end = span.1.min(cx.now());
    let mut missed = Vec::new();
    for kept in outcomes.iter().filter(|kept| !kept.outcome.kept) {
        missed.push(why(tx, cx, kept, (&windows, end))?);
    }
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

/// A missed promise with what delayed it.
fn why(
    tx: &mut Tx<'_>,
    cx: &Cx,
    kept: &KeptOutcome,
    (windows, end): (&[Maintenance], Timestamp),
) -> Result<Missed, DeskError> {
    let outcome = &kept.outcome;
    let terms = terms_of(tx, cx, kept.ticket)?;
    let target = terms
        .as_ref()
        .and_then(|terms| terms.level.target(kept.urgency, outcome.metric));
    let until = outcome.done.unwrap_or(end).max(outcome.decided);
    let owed = (outcome.since.unwrap_or(outcome.decided), until);
    let count = |parts: &[Stretch]| counted_us(parts, terms.as_ref(), target);
    let works = windows.iter().map(|one| (one.begins_at, one.ends_at));
    let works = within(works, owed);
    let waits = waits_of(tx, cx, kept.ticket)?;
    let waits = waits
        .into_iter()
        .map(|(from, to)| (from, to.unwrap_or(until)));
    let maintenance_us = count(&works);
    let both = within(waits.chain(works.iter().copied()), owed);
    let delays = Delays {
        late_us: count(&[(outcome.decided, until)]),
        customer_us: count(&both) - maintenance_us,
        maintenance_us,
    };
    Ok(Missed {
        ticket: kept.ticket,
        urgency: kept.urgency,
        metric: outcome.metric,
        since: outcome.since,
        due: outcome.decided,
        done: outcome.done,
        delays,
        apart: apart(outcome.metric, &delays),
    })
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
