//! Clocks follow each change, in its transaction.
//!
//! Owns: which level a ticket has now, and what an event does to the stored clocks. Must not know:
//! which verb made the event.

use super::recount::{Folded, recounted};
use super::shelf::learn;
use super::warn::{hand_over, warnings_follow};
use crate::contract::contract_of_ticket;
use crate::cx::Cx;
use crate::error::DeskError;
use crate::journal::record_ticket_by;
use candor_domain::contract::Contract;
use candor_domain::event::TicketEvent;
use candor_domain::id::TicketId;
use candor_domain::level::{
    KeptLevel, LevelChoice, LevelReason, TermsBook, TicketClocks, TicketPromise, TicketTraits,
};
use candor_domain::ticket::Change;
use candor_store::Tx;

/// Brings the clocks of a ticket up to date with an event that was just recorded.
pub(crate) fn follow(tx: &mut Tx<'_>, cx: &Cx, event: &TicketEvent) -> Result<(), DeskError> {
    let ticket = event.ticket();
    match event {
        TicketEvent::Opened { .. } => reconsider(tx, cx, ticket).map(|_| ()),
        TicketEvent::PromiseSet { terms, .. } => match tx.clocks_of(ticket)? {
            None => begin(tx, cx, ticket),
            Some(row) => {
                let mut book = TermsBook::new();
                learn(tx, cx, &mut book, row.promise.terms)?;
                learn(tx, cx, &mut book, *terms)?;
                go_on(tx, cx, Folded::of(row.promise, row.clocks), event, &book)
            }
        },
        // The first promise of a ticket that no level promises anything.
        TicketEvent::PromiseGiven { .. } if tx.clocks_of(ticket)?.is_none() => {
            begin(tx, cx, ticket)
        }
        _ => {
            if let Some(row) = tx.clocks_of(ticket)? {
                if cx.now() < row.clocks.seen() {
                    return count_anew(tx, cx, ticket, &row.clocks);
                }
                let mut book = TermsBook::new();
                learn(tx, cx, &mut book, row.promise.terms)?;
                go_on(tx, cx, Folded::of(row.promise, row.clocks), event, &book)?;
            }
            match event {
                TicketEvent::Changed { to, .. } => after_change(tx, cx, ticket, to),
                _ => Ok(()),
            }
        }
    }
}

/// The kind chooses the level, and warnings are of whoever has the ticket.
fn after_change(tx: &mut Tx<'_>, cx: &Cx, ticket: TicketId, to: &Change) -> Result<(), DeskError> {
    match to {
        Change::Kind(_) => reconsider(tx, cx, ticket).map(|_| ()),
        Change::Assign { .. } => hand_over(tx, cx, ticket),
        _ => Ok(()),
    }
}

/// The first promise of a ticket: its clocks begin with all that happened before.
fn begin(tx: &mut Tx<'_>, cx: &Cx, ticket: TicketId) -> Result<(), DeskError> {
    match recounted(tx, cx, ticket)? {
        Some((folded, book)) => keep(tx, cx, &TicketClocks::default(), &folded, &book),
        None => Ok(()),
    }
}

/// An event that happened before what the clocks have seen, such as an answer that was sent from a
/// telephone and is read an hour later: they are counted from the history, in the order of time.
fn count_anew(
    tx: &mut Tx<'_>,
    cx: &Cx,
    ticket: TicketId,
    before: &TicketClocks,
) -> Result<(), DeskError> {
    let Some((folded, book)) = recounted(tx, cx, ticket)? else {
        return Ok(());
    };
    tx.forget_outcomes(ticket)?;
    keep(tx, cx, before, &folded, &book)
}

fn go_on(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mut folded: Folded,
    event: &TicketEvent,
    book: &TermsBook,
) -> Result<(), DeskError> {
    let before = folded.clocks.clone();
    folded.take(cx.now(), event, None, book)?;
    keep(tx, cx, &before, &folded, book)
}

fn keep(
    tx: &mut Tx<'_>,
    cx: &Cx,
    before: &TicketClocks,
    folded: &Folded,
    book: &TermsBook,
) -> Result<(), DeskError> {
    tx.keep_clocks(&folded.row(book)?)?;
    for outcome in &folded.outcomes {
        tx.keep_outcome(outcome)?;
    }
    warnings_follow(tx, cx, before, folded)
}

/// Chooses the level of a ticket anew and records it where it is another. Says whether it was.
pub(super) fn reconsider(tx: &mut Tx<'_>, cx: &Cx, ticket: TicketId) -> Result<bool, DeskError> {
    let levels = tx.levels()?;
    let kept = tx.clocks_of(ticket)?.map(|row| row.promise);
    if levels.is_empty() && kept.is_none() {
        return Ok(false);
    }
    let wanted = chosen(tx, ticket, &levels, kept.as_ref())?;
    let same = match kept {
        Some(kept) => kept == wanted,
        None => wanted.level.is_none(),
    };
    if same {
        return Ok(false);
    }
    record_promise(tx, cx, "system", wanted)?;
    Ok(true)
}

/// Records what a ticket is promised from now on.
pub(super) fn record_promise(
    tx: &mut Tx<'_>,
    cx: &Cx,
    by: &str,
    promise: TicketPromise,
) -> Result<(), DeskError> {
    let event = TicketEvent::PromiseSet {
        ticket: promise.ticket,
        level: promise.level,
        reason: promise.reason,
        terms: promise.terms,
        contract: promise.contract,
    };
    record_ticket_by(tx, cx, by, &event, &[&promise])
}

fn chosen(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    levels: &[KeptLevel],
    kept: Option<&TicketPromise>,
) -> Result<TicketPromise, DeskError> {
    let explicit = kept.filter(|kept| kept.reason == Some(LevelReason::Explicit));
    // Chosen by hand stays so, in the wording of today.
    let (choice, contract) = if let Some(kept) = explicit {
        (kept.level.map(|level| (level, LevelReason::Explicit)), None)
    } else {
        let (traits, contract) = traits(tx, ticket)?;
        (LevelChoice::among(levels).choose(&traits), contract)
    };
    let level = choice.and_then(|(id, _)| levels.iter().find(|level| level.id == id));
    // A contract's wording holds its own hours.
    let wording = contract.as_ref().map(|contract| contract.terms);
    Ok(TicketPromise {
        ticket,
        level: level.map(|level| level.id),
        reason: choice
            .map(|(_, reason)| reason)
            .or(explicit.and_then(|kept| kept.reason)),
        terms: level.map(|level| wording.unwrap_or(level.terms)),
        contract: contract.map(|contract| contract.id),
    })
}

fn traits(
    tx: &mut Tx<'_>,
    ticket: TicketId,
) -> Result<(TicketTraits, Option<Contract>), DeskError> {
    let ticket = tx.ticket(ticket)?.ok_or(DeskError::NotFound("ticket"))?;
    let customer = tx.customer(ticket.customer)?;
    let customer = customer.ok_or(DeskError::NotFound("customer"))?;
    let tier = tx.tier_of(&customer)?;
    let contract = contract_of_ticket(tx, &ticket, customer.organization)?;
    let traits = TicketTraits {
        explicit: None,
        contract: contract.as_ref().map(|contract| contract.level),
        organization: customer.organization,
        tier: tier.map(|tier| tier.id),
        mailbox: Some(ticket.mailbox),
        kind: ticket.kind,
    };
    Ok((traits, contract))
}
