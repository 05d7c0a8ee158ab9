//! Warnings of promises, and whom they reach.
//!
//! Owns: the recipients of a warning, the notice that waits for them and follows the clocks, putting
//! it away. Must not know: when a clock warns, pages.
//!
//! Warnings are working state: what the clocks did stands in the history, whom it was told to does
//! not. Whatever brings a clock to a step tells of it, be it a look at the clocks or a change; and
//! whatever takes the promise away takes its warnings along.

mod mail;

pub use mail::MailWarnings;

use super::recount::Folded;
use crate::cx::{Cx, Note, Query, Verb};
use crate::error::DeskError;
use crate::people::access_of_person;
use candor_domain::id::{PersonId, TicketId};
use candor_domain::level::{Clock, Metric, TicketClocks, TicketPromise, Warns};
use candor_domain::people::Person;
use candor_domain::permission::Permission;
use candor_domain::ticket::Ticket;
use candor_store::Tx;
use candor_store::level::{Warning, WarningReader};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// Most warnings on a page.
const MOST_SHOWN: i64 = 20;
/// What happened longer ago and is only read or brought in now warns nobody.
const TOO_LATE: SignedDuration = SignedDuration::from_hours(1);

/// How far a promise has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stage {
    cycle: u32,
    /// 0 at first, 1 and 2 before the end, 3 at it.
    step: i64,
    due: Option<Timestamp>,
}

/// What is owed on a ticket.
fn stages(clocks: &TicketClocks) -> BTreeMap<Metric, Stage> {
    let owed = |clock: &&Clock| clock.is_active() && clock.target.is_some();
    let of_clock = |clock: &Clock| {
        let step = clock.breached_at.map_or(i64::from(clock.warned), |_| 3);
        let stage = Stage {
            cycle: clock.cycle,
            step,
            due: clock.breached_at.or(clock.due),
        };
        (clock.metric, stage)
    };
    let given = clocks.given.map(|given| {
        let reminded = i64::from(given.reminded);
        let stage = Stage {
            cycle: given.cycle,
            step: given.breached_at.map_or(reminded, |_| 3),
            due: Some(given.due),
        };
        (Metric::Promised, stage)
    });
    let clocks = clocks.clocks.iter().filter(owed).map(of_clock);
    clocks.chain(given).collect()
}

/// Warnings follow the clocks of a ticket: each step is told, a promise that nobody owes any more
/// or that begins anew is forgotten, and another end is written where the old one stood.
pub(super) fn warnings_follow(
    tx: &mut Tx<'_>,
    cx: &Cx,
    before: &TicketClocks,
    folded: &Folded,
) -> Result<(), DeskError> {
    let (before, after) = (stages(before), stages(&folded.clocks));
    let ticket = folded.promise.ticket;
    let mut reached = Vec::new();
    for &metric in Metric::ALL {
        let now = after.get(&metric);
        let was = before.get(&metric).filter(|was| was.step > 0);
        let goes_on = was.is_some_and(|was| {
            let same = |now: &Stage| now.cycle == was.cycle && now.step > 0;
            now.is_some_and(same)
        });
        if was.is_some() && !goes_on {
            tx.drop_warnings(ticket, metric)?;
        }
        let Some(now) = now.filter(|now| now.step > 0) else {
            continue;
        };
        match was.filter(|_| goes_on) {
            Some(was) if was == now => {}
            Some(was) if now.step <= was.step => {
                tx.move_warnings(ticket, metric, (now.step, now.due))?;
            }
            _ => reached.push((metric, *now)),
        }
    }
    if reached.is_empty() || cx.age_of(folded.clocks.seen()) > TOO_LATE {
        return Ok(());
    }
    tell(tx, cx, &folded.promise, &reached)
}

fn tell(
    tx: &mut Tx<'_>,
    cx: &Cx,
    promise: &TicketPromise,
    reached: &[(Metric, Stage)],
) -> Result<(), DeskError> {
    let ticket = tx.ticket(promise.ticket)?;
    let ticket = ticket.ok_or(DeskError::NotFound("ticket"))?;
    let warns = warns_of(tx, promise)?;
    for &(metric, stage) in reached {
        for person in recipients(tx, &ticket, (&warns, metric))? {
            let warning = Warning {
                person,
                ticket: ticket.id,
                metric,
                step: stage.step,
                due: stage.due,
                at: cx.now(),
                subject: String::new(),
            };
            tx.keep_warning(&warning, warns.mail)?;
        }
    }
    Ok(())
}

/// Whom the level of a ticket names; the usual where it has none.
fn warns_of(tx: &mut Tx<'_>, promise: &TicketPromise) -> Result<Warns, DeskError> {
    let level = promise.level.map(|id| tx.level(id)).transpose()?.flatten();
    Ok(level.map(|level| level.warns).unwrap_or_default())
}

/// After somebody else got a ticket, its warnings are those of whom they concern now. What a person
/// promised in a reply stays theirs.
pub(super) fn hand_over(tx: &mut Tx<'_>, cx: &Cx, id: TicketId) -> Result<(), DeskError> {
    let told = tx.warnings_of_ticket(id)?;
    let Some(row) = tx.clocks_of(id)?.filter(|_| !told.is_empty()) else {
        return Ok(());
    };
    let ticket = tx.ticket(id)?.ok_or(DeskError::NotFound("ticket"))?;
    let warns = warns_of(tx, &row.promise)?;
    let mut by_metric: BTreeMap<Metric, Vec<Warning>> = BTreeMap::new();
    for one in told {
        by_metric.entry(one.metric).or_default().push(one);
    }
    by_metric.remove(&Metric::Promised);
    for (metric, told) in by_metric {
        let mut concerned = recipients(tx, &ticket, (&warns, metric))?;
        for one in &told {
            if !concerned.remove(&one.person) {
                tx.drop_warning(one)?;
            }
        }
        let late = cx.age_of(cx.now()) > TOO_LATE;
        for person in concerned.into_iter().filter(|_| !late) {
            let warning = Warning {
                person,
                at: cx.now(),
                ..told[0].clone()
            };
            // Whoever took the ticket has it before their eyes.
            let by_mail = warns.mail && cx.actor.person() != Some(person);
            tx.keep_warning(&warning, by_mail)?;
        }
    }
    Ok(())
}

/// Everybody whom the level names and who may see the ticket. What somebody promised in a reply is
/// theirs alone. A ticket that nobody has is the leads' even where the level names its assignee
/// only: otherwise nobody would hear of it.
fn recipients(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    (warns, metric): (&Warns, Metric),
) -> Result<BTreeSet<PersonId>, DeskError> {
    let given = if metric == Metric::Promised {
        let given = tx.given_of(ticket.id)?;
        given.last().map(|given| given.by)
    } else {
        None
    };
    let to_leads = warns.leads || (warns.assignee && ticket.assignee.is_none());
    let mut found = BTreeSet::new();
    for person in tx.people()? {
        let Some(access) = access_of_person(tx, &person)? else {
            continue;
        };
        if !access.visibility().sees(&ticket.whereabouts()) {
            continue;
        }
        let wanted = match given {
            Some(by) => by == person.id,
            None => {
                (warns.assignee && ticket.assignee == Some(person.id))
                    || (to_leads && leads(&person, ticket, access.has(Permission::ManageLevels)))
                    || warns.people.contains(&person.id)
            }
        };
        if wanted {
            found.insert(person.id);
        }
    }
    Ok(found)
}

/// Whether somebody leads the team that has a ticket; one of no team is every lead's.
fn leads(person: &Person, ticket: &Ticket, is_lead: bool) -> bool {
    is_lead && ticket.team.is_none_or(|team| person.teams.contains(&team))
}

/// What the reader was warned of and has not put away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WarningsShown {
    /// The newest of them, newest first.
    pub newest: Vec<Warning>,
    /// How many there are in all.
    pub count: i64,
}

/// Asks what the reader was warned of and has not put away.
#[derive(Debug, Clone, Copy)]
pub struct MyWarnings;

impl Query for MyWarnings {
    type Output = WarningsShown;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<WarningsShown, DeskError> {
        let visibility = cx.visibility();
        let reader = WarningReader {
            person: cx.access()?.person,
            visibility: &visibility,
        };
        Ok(WarningsShown {
            newest: tx.warnings_of(reader, MOST_SHOWN)?,
            count: tx.count_warnings_of(reader, i64::MAX)?,
        })
    }
}

/// Puts warnings of the reader away: those that they saw, as they saw them.
#[derive(Debug, Clone, Default)]
pub struct PutWarningsAway {
    /// Of which ticket and promise, and when each was told. At most as many as a page shows count.
    pub shown: Vec<(TicketId, Metric, Timestamp)>,
}

impl Verb for PutWarningsAway {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let person = cx.access()?.person;
        for &shown in self.shown.iter().take(MOST_SHOWN as usize) {
            tx.warning_seen(person, shown, cx.now())?;
        }
        Ok(())
    }
}

impl Note for PutWarningsAway {}
