//! The open tickets as the rule of order sees them.
//!
//! Owns: weight, target and time left of each, in the time of its own promise; whom each is for.
//! Must not know: who takes which.

use super::MOST;
use super::page::QueueCursor;
use crate::cx::Cx;
use crate::error::DeskError;
use crate::level::learn;
use crate::roster::{book_now, leads};
use crate::skill::skill_book;
use crate::workload::handle_time;
use candor_domain::id::{PersonId, TicketId};
use candor_domain::level::{Counted, Metric, Terms, TermsBook, Weight, urgency_weight};
use candor_domain::people::Team;
use candor_domain::permission::{Access, Permission, Whereabouts};
use candor_domain::skill::{Skill, SkillBook};
use candor_domain::ticket::Urgency;
use candor_staffing::order::{Candidate, Rule, mean_handle, order, rule::Group};
use candor_store::Tx;
use candor_store::level::{QueueFilter, QueueRow};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

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
    /// What somebody has to be able to do for it, by name.
    pub skills: Vec<String>,
    /// The team that it is for, where the person is not in it. Only who leads sees such lines.
    pub other_team: Option<String>,
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

/// An open ticket and what somebody has to be able to do for it.
pub(super) struct Offer<'a> {
    /// The ticket.
    pub(super) row: &'a QueueRow,
    /// The skills.
    pub(super) skills: Vec<&'a Skill>,
}

impl Offer<'_> {
    /// Whether somebody may be given it.
    pub(super) fn may_go_to(&self, access: &Access) -> bool {
        let at = Whereabouts {
            mailbox: self.row.mailbox,
            team: self.row.team,
            assignee: self.row.assignee,
        };
        self.is_for(access)
            && access.may(Permission::Assign, &at)
            && access.may(Permission::Reply, &at)
    }

    /// Whether it is for their team, and they can do what it takes.
    fn is_for(&self, access: &Access) -> bool {
        let can = |skill: &&Skill| skill.people.contains(&access.person);
        is_of_team(self.row, access) && self.skills.iter().all(can)
    }
}

/// Whether it is for a team of theirs, or for none.
fn is_of_team(row: &QueueRow, access: &Access) -> bool {
    row.team.is_none_or(|team| access.teams.contains(&team))
}

/// The open tickets with their marks.
pub(super) struct Candidates {
    rows: Vec<QueueRow>,
    marks: Vec<Candidate>,
    book: TermsBook,
    skills: SkillBook,
    tags: HashMap<TicketId, Vec<String>>,
    access: Option<Access>,
    leads: bool,
    teams: Vec<Team>,
    away: Vec<(PersonId, String)>,
}

impl Candidates {
    /// Loads what nobody has.
    pub(super) fn load(tx: &mut Tx<'_>, cx: &Cx) -> Result<Self, DeskError> {
        Self::load_at(tx, cx, None, cx.now())
    }

    /// Loads what nobody has and what somebody has, for a moment, by what is stored now.
    pub(super) fn load_at(
        tx: &mut Tx<'_>,
        cx: &Cx,
        access: Option<&Access>,
        at: Timestamp,
    ) -> Result<Self, DeskError> {
        let person = access.map(|access| access.person);
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
        let handle = handle_time(tx, at)?.minutes;
        let mark = |row: &QueueRow| mark(at, row, &book, handle);
        let marks = rows.iter().map(mark).collect();
        let skills = skill_book(tx, cx.now())?;
        let leads = leads(cx);
        Ok(Self {
            rows,
            marks,
            book,
            tags: if skills.looks_at_tags() {
                tags_of_open(tx)?
            } else {
                HashMap::new()
            },
            skills,
            access: access.cloned(),
            leads,
            teams: if leads { tx.teams()? } else { Vec::new() },
            away,
        })
    }

    /// How many there are for the person, and how many for others alone.
    pub(super) fn counts(&self) -> (usize, usize) {
        let own = (0..self.rows.len()).filter(|&position| self.is_shown(position));
        let own = own.count();
        (own, self.rows.len() - own)
    }

    /// Whether a ticket stands in the queue of the person: one of theirs, or one that is for their
    /// team and needs nothing that they cannot do. Who leads sees all of them.
    fn is_shown(&self, position: usize) -> bool {
        let access = self.access.as_ref();
        self.leads
            || self.rows[position].assignee.is_some()
            || access.is_none_or(|access| self.offer(position).is_for(access))
    }

    /// A ticket with what it needs. One that waited too long needs nothing any more but somebody.
    fn offer(&self, position: usize) -> Offer<'_> {
        let (row, mark) = (&self.rows[position], &self.marks[position]);
        let tags = self.tags.get(&row.ticket);
        let tags = tags.map_or(&[][..], Vec::as_slice);
        let mut skills = self.skills.needed(tags, row.language.as_deref());
        let starves = || Rule::CANDOR.standing(mark, mark.handle).group == Group::Starving;
        if !skills.is_empty() && starves() {
            skills.clear();
        }
        Offer { row, skills }
    }

    pub(super) fn marks(&self) -> &[Candidate] {
        &self.marks
    }

    /// The tickets in their order, the next one first.
    pub(super) fn in_order(&self) -> impl Iterator<Item = Offer<'_>> {
        let order = order(Rule::CANDOR, &self.marks);
        order.into_iter().map(|position| self.offer(position))
    }

    fn other_team(&self, row: &QueueRow) -> Option<String> {
        let access = self.access.as_ref()?;
        if row.assignee.is_some() || is_of_team(row, access) {
            return None;
        }
        let mut teams = self.teams.iter();
        let team = teams.find(|team| Some(team.id) == row.team);
        team.map(|team| team.name.clone())
    }

    fn stands_in_for(&self, row: &QueueRow) -> Option<String> {
        let away = self.away.iter();
        let mut own = away.filter(|(person, _)| row.assignee == Some(*person));
        own.next().map(|(_, name)| name.clone())
    }

    /// The lines after a place, and where they end if there are more.
    pub(super) fn page(
        &self,
        at: Timestamp,
        limit: usize,
        after: Option<&QueueCursor>,
    ) -> (Vec<QueueLine>, Option<QueueCursor>) {
        let mean = mean_handle(&self.marks);
        let place = |position: usize| {
            let mark = &self.marks[position];
            let standing = Rule::CANDOR.standing(mark, mean);
            QueueCursor {
                at,
                group: standing.group as i64,
                index: standing.index,
                waited: mark.waited(),
                ticket: self.rows[position].ticket,
            }
        };
        let mut places: Vec<(QueueCursor, usize)> = (0..self.rows.len())
            .filter(|&position| self.is_shown(position))
            .map(|position| (place(position), position))
            .filter(|(place, _)| after.is_none_or(|after| after.is_before(place)))
            .collect();
        places.sort_unstable_by(|(one, _), (other, _)| {
            let (before, after) = (one.is_before(other), other.is_before(one));
            after.cmp(&before)
        });
        let more = places.len() > limit;
        places.truncate(limit);
        let next = places.last().filter(|_| more).map(|(place, _)| *place);
        let lines = places.iter();
        let lines = lines.map(|(_, position)| self.line(*position, mean));
        (lines.collect(), next)
    }

    fn line(&self, position: usize, mean: f64) -> QueueLine {
        let (row, mark) = (&self.rows[position], &self.marks[position]);
        let standing = Rule::CANDOR.standing(mark, mean);
        let terms = row.terms.and_then(|id| self.book.get(&id));
        let person = self.access.as_ref().map(|access| access.person);
        let skills = self.offer(position).skills.into_iter();
        QueueLine {
            ticket: row.ticket,
            subject: row.subject.clone(),
            customer: row.customer.clone(),
            mine: row.assignee.is_some() && row.assignee == person,
            stands_in_for: self.stands_in_for(row),
            level: terms.map(|terms| terms.level.name().to_owned()),
            urgency: row.urgency,
            metric: row.metric,
            due: row.due,
            left: minutes_to_span(mark.left),
            waiting_since: row.waiting_since,
            other_team: self.other_team(row),
            skills: skills.map(|skill| skill.name.clone()).collect(),
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

fn tags_of_open(tx: &mut Tx<'_>) -> Result<HashMap<TicketId, Vec<String>>, DeskError> {
    let mut tags: HashMap<TicketId, Vec<String>> = HashMap::new();
    for (ticket, tag) in tx.open_tags()? {
        tags.entry(ticket).or_default().push(tag);
    }
    Ok(tags)
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

fn mark(now: Timestamp, row: &QueueRow, book: &TermsBook, handle: f64) -> Candidate {
    let terms = row.terms.and_then(|id| book.get(&id));
    let weight = tier_weight(terms) * urgency_weight(row.urgency).as_f64();
    let promised = terms.zip(row.metric).zip(row.allowed_us);
    let given = row.metric == Some(Metric::Promised);
    let (target, left, metric) =
        if let Some((target, left)) = given_times(now, row, terms).filter(|_| given) {
            (target, left, row.metric)
        } else if let Some(((terms, metric), allowed)) = promised {
            let target = minutes(SignedDuration::from_micros(allowed)).max(1.0);
            let left = left(now, row, terms, metric);
            (target, minutes(left), Some(metric))
        } else {
            let since = row.waiting_since.unwrap_or(now);
            let waited = minutes(now.duration_since(since));
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

/// Minutes promised and left of what somebody gave in a reply: in open hours where the ticket has
/// some, so that it compares with what levels promise. A moment while the shop is closed leaves the
/// time on the wall.
fn given_times(now: Timestamp, row: &QueueRow, terms: Option<&Terms>) -> Option<(f64, f64)> {
    let due = row.due?;
    let since = due - SignedDuration::from_micros(row.allowed_us?);
    let open = |from: Timestamp, to: Timestamp| match terms {
        Some(terms) if terms.calendar.between(since, due) > SignedDuration::ZERO => {
            terms.calendar.between(from, to)
        }
        _ => to.duration_since(from),
    };
    let left = if due > now {
        minutes(open(now, due))
    } else {
        minutes(-open(due, now).max(SignedDuration::from_secs(1)))
    };
    Some((minutes(open(since, due)).max(1.0), left))
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
