//! The open tickets as the rule of order sees them.
//!
//! Owns: weight, target and time left of each, in the time of its own promise. Must not know: who
//! takes which.

use super::MOST;
use crate::cx::Cx;
use crate::error::DeskError;
use crate::level::learn;
use crate::roster::book_now;
use crate::workload::handle_time;
use candor_domain::id::{PersonId, TicketId};
use candor_domain::level::{Counted, Metric, Terms, TermsBook, Weight, urgency_weight};
use candor_domain::ticket::Urgency;
use candor_staffing::order::{Candidate, Rule, mean_handle, order, rule::Group};
use candor_store::Tx;
use candor_store::level::{QueueFilter, QueueRow};
use jiff::{SignedDuration, Timestamp};

/// What a customer may expect where nothing is promised, so that their tickets have a place too:
/// three days.
const UNPROMISED_MINUTES: f64 = 3.0 * 24.0 * 60.0;

/// A line of somebody's queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueLine {
    /// The number.
    pub ticket: TicketId,
    /// The subject line.
    pub subject: String,
    /// The customer.
    pub customer: String,
    /// Whether the person has it already.
    pub mine: bool,
    /// Who has it and is away, where the person stands in for them.
    pub stands_in_for: Option<String>,
    /// The level, where one promises something.
    pub level: Option<String>,
    /// How much time there is.
    pub urgency: Urgency,
    /// What is promised first.
    pub metric: Option<Metric>,
    /// By when.
    pub due: Option<Timestamp>,
    /// What is left in the promise's own time; below zero when it is late.
    pub left: SignedDuration,
    /// Since when the customer waits.
    pub waiting_since: Option<Timestamp>,
    /// Whether it goes first because it waited so long.
    pub starving: bool,
    /// What the order was worked out from.
    pub sum: Sum,
}

/// The arithmetic behind a place in the queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sum {
    /// What the level weighs.
    pub tier: f64,
    /// What the urgency weighs.
    pub urgency: f64,
    /// Minutes promised.
    pub target: f64,
    /// Minutes waited, on the same clock.
    pub waited: f64,
    /// What the rule makes of it; the larger goes first among those that can still be kept.
    pub index: f64,
}

/// The open tickets with their marks.
pub(super) struct Candidates {
    rows: Vec<QueueRow>,
    marks: Vec<Candidate>,
    book: TermsBook,
    person: Option<PersonId>,
    away: Vec<(PersonId, String)>,
}

impl Candidates {
    /// Loads what a person could take or has.
    pub(super) fn load(
        tx: &mut Tx<'_>,
        cx: &Cx,
        person: Option<PersonId>,
    ) -> Result<Self, DeskError> {
        let away = match person {
            Some(person) => stood_in_for(tx, cx, person)?,
            None => Vec::new(),
        };
        let others = away.iter().map(|(other, _)| *other);
        let rows = tx.queue(&QueueFilter {
            visibility: cx.visibility(),
            people: person.into_iter().chain(others).collect(),
            limit: MOST,
        })?;
        let mut book = TermsBook::new();
        for row in &rows {
            learn(tx, cx, &mut book, row.terms)?;
        }
        let handle = handle_time(tx, cx.now())?.minutes;
        let mark = |row: &QueueRow| mark(cx, row, &book, handle);
        let marks = rows.iter().map(mark).collect();
        Ok(Self {
            rows,
            marks,
            book,
            person,
            away,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn marks(&self) -> &[Candidate] {
        &self.marks
    }

    /// The rows in their order, the next one first.
    pub(super) fn in_order(&self) -> impl Iterator<Item = &QueueRow> {
        let order = order(Rule::CANDOR, &self.marks);
        order.into_iter().map(|position| &self.rows[position])
    }

    /// The first lines.
    pub(super) fn lines(&self, limit: usize) -> Vec<QueueLine> {
        let mean = mean_handle(&self.marks);
        let order = order(Rule::CANDOR, &self.marks);
        let first = order.into_iter().take(limit);
        first.map(|position| self.line(position, mean)).collect()
    }

    fn stands_in_for(&self, row: &QueueRow) -> Option<String> {
        let away = self.away.iter();
        let mut own = away.filter(|(person, _)| row.assignee == Some(*person));
        own.next().map(|(_, name)| name.clone())
    }

    fn line(&self, position: usize, mean: f64) -> QueueLine {
        let (row, mark) = (&self.rows[position], &self.marks[position]);
        let standing = Rule::CANDOR.standing(mark, mean);
        let terms = row.terms.and_then(|id| self.book.get(&id));
        QueueLine {
            ticket: row.ticket,
            subject: row.subject.clone(),
            customer: row.customer.clone(),
            mine: row.assignee.is_some() && row.assignee == self.person,
            stands_in_for: self.stands_in_for(row),
            level: terms.map(|terms| terms.level.name().to_owned()),
            urgency: row.urgency,
            metric: row.metric,
            due: row.due,
            left: minutes_to_span(mark.left),
            waiting_since: row.waiting_since,
            starving: standing.group == Group::Starving,
            sum: Sum {
                tier: tier_weight(terms),
                urgency: urgency_weight(row.urgency).as_f64(),
                target: mark.target,
                waited: mark.waited(),
                index: standing.index,
            },
        }
    }
}

/// Whom a person stands in for today, with their names.
fn stood_in_for(
    tx: &mut Tx<'_>,
    cx: &Cx,
    person: PersonId,
) -> Result<Vec<(PersonId, String)>, DeskError> {
    let book = book_now(tx, cx.now())?;
    let mut away = Vec::new();
    for other in book.stands_in_for(person, book.date(cx.now())) {
        if let Some(other) = tx.person(other)? {
            away.push((other.id, other.name));
        }
    }
    Ok(away)
}

fn minutes_to_span(minutes: f64) -> SignedDuration {
    SignedDuration::from_secs((minutes * 60.0) as i64)
}

fn tier_weight(terms: Option<&Terms>) -> f64 {
    terms
        .map_or(Weight::default(), |terms| terms.level.tier_weight())
        .as_f64()
}

fn mark(cx: &Cx, row: &QueueRow, book: &TermsBook, handle: f64) -> Candidate {
    let terms = row.terms.and_then(|id| book.get(&id));
    let weight = tier_weight(terms) * urgency_weight(row.urgency).as_f64();
    let promised = terms.zip(row.metric).zip(row.allowed_us);
    let (target, left, metric) = if let Some(((terms, metric), allowed)) = promised {
        let target = minutes(SignedDuration::from_micros(allowed)).max(1.0);
        let left = left(cx.now(), row, terms, metric);
        (target, minutes(left), Some(metric))
    } else {
        let since = row.waiting_since.unwrap_or_else(|| cx.now());
        let waited = minutes(cx.now().duration_since(since));
        (UNPROMISED_MINUTES, UNPROMISED_MINUTES - waited, None)
    };
    let by_solution = matches!(
        metric,
        Some(Metric::Resolution | Metric::AgentWork | Metric::RequesterWait)
    );
    Candidate {
        weight,
        target,
        left,
        handle,
        lead: if by_solution { handle } else { 0.0 },
    }
}

/// What is left of a promise, in its own time.
fn left(now: Timestamp, row: &QueueRow, terms: &Terms, metric: Metric) -> SignedDuration {
    let Some(due) = row.due else {
        return SignedDuration::from_micros(row.left_us.unwrap_or_default());
    };
    let target = terms.level.target(row.urgency, metric);
    let counted = target.map_or(Counted::Calendar, |target| target.counted());
    match counted {
        Counted::Calendar => due.duration_since(now),
        Counted::Business if due >= now => terms.calendar.between(now, due),
        // Late is late, also while the shop is closed.
        Counted::Business => -terms
            .calendar
            .between(due, now)
            .max(SignedDuration::from_secs(1)),
    }
}

fn minutes(length: SignedDuration) -> f64 {
    length.as_secs_f64() / 60.0
}
