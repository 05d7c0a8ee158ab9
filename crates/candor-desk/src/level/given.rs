//! Promises that people give in replies.
//!
//! Owns: finding one in a draft, keeping it with the draft, giving it with the reply, withdrawing it,
//! and what became of each. Must not know: how a text is read; the domain does. The clock is one of
//! the ticket's, so that queue, lists and the recount know it without more.

use super::shelf::learn;
use crate::check::Check;
use crate::cx::{Cx, Desk, Query, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record_ticket_by;
use crate::ticket::{allowed_ticket, visible_ticket};
use candor_domain::actor::Actor;
use candor_domain::calendar::Calendar;
use candor_domain::event::TicketEvent;
use candor_domain::id::{DraftId, PersonId, TicketId};
use candor_domain::level::{GivenPromise, TermsBook, TicketPromise};
use candor_domain::permission::Permission;
use candor_domain::promise::{Ground, read, reminder};
use candor_domain::text::one_line;
use candor_store::Tx;
use candor_store::level::{KeptOutcome, OwedPromise};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

/// Farther ahead nobody is held to an hour.
const FARTHEST: SignedDuration = SignedDuration::from_hours(24 * 62);

/// A promise of time in a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftPromise {
    /// The words in which it stands.
    pub words: String,
    /// By when.
    pub due: Timestamp,
}

/// Finds the promise in a draft and stores nothing.
///
/// # Errors
/// `NotFound` for a ticket that the writer may not see.
pub async fn promise_in(
    desk: &Desk,
    writer: &Actor,
    ticket: TicketId,
    body: &str,
) -> Result<Option<DraftPromise>, DeskError> {
    let (zone, calendar) = desk.ask(writer, GroundOf { ticket }).await?;
    let ground = Ground {
        now: desk.now(),
        zone: &zone,
        calendar: calendar.as_deref(),
    };
    Ok(read(body, &ground).map(|found| DraftPromise {
        words: one_line(&body[found.span], GivenPromise::MAX_CHARS),
        due: found.due,
    }))
}

struct GroundOf {
    ticket: TicketId,
}

impl Query for GroundOf {
    /// The zone in which the writer names times, and the hours of the ticket.
    type Output = (TimeZone, Option<Arc<Calendar>>);
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        let ticket = visible_ticket(tx, cx, self.ticket)?;
        let person = tx.person(cx.access()?.person)?;
        let zone = person.and_then(|person| TimeZone::get(&person.zone).ok());
        let calendar = calendar_of(tx, cx, ticket.id)?;
        Ok((zone.unwrap_or(TimeZone::UTC), calendar))
    }
}

/// The hours in which a ticket's promises are counted.
pub(crate) fn calendar_of(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: TicketId,
) -> Result<Option<Arc<Calendar>>, DeskError> {
    let terms = tx.clocks_of(ticket)?.and_then(|row| row.promise.terms);
    let mut book = TermsBook::new();
    learn(tx, cx, &mut book, terms)?;
    let terms = book.into_values().next();
    Ok(terms.map(|terms| terms.calendar))
}

/// Keeps with a draft what its writer wants to be held to once it goes out; `None` forgets it.
#[derive(Debug, Clone)]
pub struct KeepDraftPromise {
    /// The actor's own draft.
    pub draft: DraftId,
    /// What they promise in it.
    pub promise: Option<DraftPromise>,
}

impl Verb for KeepDraftPromise {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let person = cx.access()?.person;
        let draft = tx.draft(self.draft)?;
        let draft = draft.filter(|draft| draft.person == person);
        let draft = draft.ok_or(DeskError::NotFound("draft"))?;
        visible_ticket(tx, cx, draft.ticket)?;
        let promise = self.promise.as_ref();
        if let Some(promise) = promise {
            checked(cx, promise)?;
        }
        let promise = promise.map(|promise| (promise.words.as_str(), promise.due));
        Ok(tx.keep_draft_promise(draft.id, promise)?)
    }
}

fn checked(cx: &Cx, promise: &DraftPromise) -> Result<(), DeskError> {
    let mut check = Check::default();
    let ahead = promise.due.duration_since(cx.now());
    if ahead <= SignedDuration::ZERO || ahead > FARTHEST {
        let words = "choose a time within the next 62 days";
        check.refuse("due_at", "error-promise-due", words);
    }
    check.done()
}

/// Promises the customer of a ticket to be in touch. The next reply by a person keeps it.
#[derive(Debug, Clone)]
pub struct GivePromise {
    /// On which ticket.
    pub ticket: TicketId,
    /// What is promised.
    pub promise: DraftPromise,
}

impl Verb for GivePromise {
    /// Its number on the ticket.
    type Output = u32;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<u32, DeskError> {
        let ticket = allowed_ticket(tx, cx, self.ticket, Permission::Reply)?;
        ticket.check_reply()?;
        checked(cx, &self.promise)?;
        let row = tx.clocks_of(ticket.id)?;
        if row.is_some_and(|row| row.clocks.given.is_some()) {
            // What was promised first is kept or withdrawn first.
            return Err(DeskError::Conflict(Conflict::Taken("promise")));
        }
        give(tx, cx, (ticket.id, cx.access()?.person), &self.promise)
    }
}

/// Gives what was kept with a draft, once its reply is out. A moment that passed while the reply
/// waited binds nobody.
pub(crate) fn give_with_reply(
    tx: &mut Tx<'_>,
    cx: &Cx,
    place: (TicketId, PersonId),
    promise: Option<(String, Timestamp)>,
) -> Result<(), DeskError> {
    match promise {
        Some((words, due)) if due > cx.now() => {
            give(tx, cx, place, &DraftPromise { words, due }).map(|_| ())
        }
        _ => Ok(()),
    }
}

fn give(
    tx: &mut Tx<'_>,
    cx: &Cx,
    (ticket, by): (TicketId, PersonId),
    promise: &DraftPromise,
) -> Result<u32, DeskError> {
    let last = tx.given_of(ticket)?.last().map_or(0, |given| given.cycle);
    let calendar = calendar_of(tx, cx, ticket)?;
    let given = GivenPromise {
        ticket,
        cycle: last + 1,
        by,
        words: one_line(&promise.words, GivenPromise::MAX_CHARS),
        given_at: cx.now(),
        due: promise.due,
        withdrawn_at: None,
        reason: String::new(),
        salt: cx.salt(&format!("promise {} of {ticket}", last + 1)),
    };
    tx.insert_given(&given)?;
    let event = TicketEvent::PromiseGiven {
        ticket,
        cycle: given.cycle,
        due: given.due,
        remind: reminder(cx.now(), given.due, calendar.as_deref()),
    };
    let promised = promised(tx, ticket)?;
    record_ticket_by(tx, cx, &by.subject(), &event, &[&given, &promised])?;
    Ok(given.cycle)
}

/// What a level promises on a ticket, which may be nothing.
fn promised(tx: &mut Tx<'_>, ticket: TicketId) -> Result<TicketPromise, DeskError> {
    let row = tx.clocks_of(ticket)?;
    Ok(row.map_or(TicketPromise::none(ticket), |row| row.promise))
}

/// Withdraws a promise that is still owed, with a reason that colleagues read. One that was broken
/// stays broken.
#[derive(Debug, Clone)]
pub struct WithdrawPromise {
    /// On which ticket.
    pub ticket: TicketId,
    /// Which one.
    pub cycle: u32,
    /// Why.
    pub reason: String,
}

impl Verb for WithdrawPromise {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let ticket = allowed_ticket(tx, cx, self.ticket, Permission::Reply)?.id;
        let all = tx.given_of(ticket)?;
        let given = all.into_iter().find(|given| given.cycle == self.cycle);
        let mut given = given.ok_or(DeskError::NotFound("promise"))?;
        let open = tx.clocks_of(ticket)?.and_then(|row| row.clocks.given);
        if open.is_none_or(|open| open.cycle != given.cycle) {
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        let reason = one_line(&self.reason, GivenPromise::MAX_CHARS);
        if reason.is_empty() {
            return Err(DeskError::invalid(
                "reason",
                "error-reason-empty",
                "say why",
            ));
        }
        given.withdrawn_at = Some(cx.now());
        given.reason = reason;
        given.salt = cx.salt(&format!("withdrawal {} of {ticket}", given.cycle));
        tx.withdraw_given(&given)?;
        let event = TicketEvent::PromiseWithdrawn {
            ticket,
            cycle: given.cycle,
        };
        let by = cx.actor.journal_name();
        record_ticket_by(tx, cx, &by, &event, &[&given])
    }
}

/// What became of a promise that somebody gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenState {
    /// It is owed, and there is time.
    Open,
    /// It is owed, and it is too late.
    Late,
    /// It was kept.
    Kept {
        /// When.
        at: Timestamp,
    },
    /// It was done, too late.
    KeptLate {
        /// When.
        at: Timestamp,
    },
    /// It was withdrawn.
    Withdrawn {
        /// When.
        at: Timestamp,
        /// Whether it was broken before.
        broken: bool,
    },
}

/// A promise with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenSeen {
    /// The promise.
    pub promise: GivenPromise,
    /// What became of it.
    pub state: GivenState,
}

/// What was promised on a ticket, the oldest first.
pub(crate) fn given_seen(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: TicketId,
) -> Result<Vec<GivenSeen>, DeskError> {
    let all = tx.given_of(ticket)?;
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let outcomes = tx.given_outcomes(ticket)?;
    let seen = |promise: GivenPromise| {
        let of = |kept: &&KeptOutcome| kept.outcome.cycle == promise.cycle;
        let state = state(cx.now(), &promise, outcomes.iter().find(of));
        GivenSeen { promise, state }
    };
    Ok(all.into_iter().map(seen).collect())
}

fn state(now: Timestamp, promise: &GivenPromise, outcome: Option<&KeptOutcome>) -> GivenState {
    let outcome = outcome.map(|kept| kept.outcome);
    if let Some(at) = promise.withdrawn_at {
        let broken = outcome.is_some();
        return GivenState::Withdrawn { at, broken };
    }
    match outcome.map(|outcome| (outcome.done, outcome.kept)) {
        Some((Some(at), true)) => GivenState::Kept { at },
        Some((Some(at), false)) => GivenState::KeptLate { at },
        Some((None, _)) => GivenState::Late,
        None if promise.due <= now => GivenState::Late,
        None => GivenState::Open,
    }
}

/// Asks what the actor has promised and still owes, the next one first.
#[derive(Debug, Clone, Copy)]
pub struct MyPromises;

/// Most promises in a list.
const MOST_OWED: i64 = 20;
/// Longer ago they are an old story.
const LONG_AGO: SignedDuration = SignedDuration::from_hours(24 * 14);

impl Query for MyPromises {
    type Output = Vec<OwedPromise>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<OwedPromise>, DeskError> {
        let person = cx.access()?.person;
        let after = cx.now().saturating_sub(LONG_AGO);
        let after = after.unwrap_or(Timestamp::UNIX_EPOCH);
        let mut owed = tx.owed_by(person, after, MOST_OWED)?;
        let tickets: Vec<TicketId> = owed.iter().map(|owed| owed.ticket).collect();
        if !tickets.is_empty() {
            let seen = tx.seen_among(&cx.visibility(), &tickets)?;
            owed.retain(|owed| seen.contains(&owed.ticket));
        }
        Ok(owed)
    }
}
