//! Giving a shift away for a day.
//!
//! Owns: offering, taking, deciding, each with its way back. Must not know: pages.

use super::notice::{Told, tell, tell_leads};
use super::{book_from, leads, zone};
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use crate::journal::record;
use candor_domain::id::{PersonId, ShiftId, SwapId};
use candor_domain::permission::Permission;
use candor_domain::roster::{RosterBook, RosterRule, Swap, SwapState};
use candor_store::Tx;
use jiff::civil::Date;
use serde_json::json;

/// Offers one day of one's shift to the others.
#[derive(Debug, Clone, Copy)]
pub struct OfferShift {
    /// Which shift.
    pub shift: ShiftId,
    /// On which day.
    pub date: Date,
}

impl Verb for OfferShift {
    type Output = SwapId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<SwapId, DeskError> {
        let person = cx.access()?.person;
        can_be_offered(tx, cx, (self.shift, self.date), person)?;
        let mut swap = Swap {
            id: SwapId(0),
            shift: self.shift,
            date: self.date,
            by: person,
            taker: None,
            state: SwapState::Offered,
        };
        tx.insert_swap(&mut swap)?;
        record(tx, cx, "swap.offered", json!({}), &[&swap])?;
        Ok(swap.id)
    }
}

/// Refuses a day that is over, that is not theirs, or that is on offer already.
fn can_be_offered(
    tx: &mut Tx<'_>,
    cx: &Cx,
    (shift, date): (ShiftId, Date),
    person: PersonId,
) -> Result<(), DeskError> {
    let book = book_from(tx, date)?;
    let mut days = book.days(date, date).into_iter();
    let day = days.find(|day| day.shift == shift && day.person == person);
    let day = day.ok_or(RosterRule::NoSuchDay)?;
    if day.span.1 <= cx.now() {
        return Err(RosterRule::NoSuchDay.into());
    }
    let same = |swap: &&Swap| swap.shift == shift && swap.date == date;
    if book.swaps.iter().filter(same).any(Swap::is_open) {
        return Err(RosterRule::Decided.into());
    }
    Ok(())
}

/// Would take a shift that somebody offers.
#[derive(Debug, Clone, Copy)]
pub struct TakeSwap(pub SwapId);

impl Verb for TakeSwap {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let person = cx.access()?.person;
        let mut swap = found(tx, self.0)?;
        swap.take(person)?;
        save(tx, cx, "swap.taken", &swap)?;
        tell(tx, cx, swap.by, Told::SwapTaken(&swap))?;
        tell_leads(tx, cx, Told::SwapTaken(&swap))
    }
}

/// Would rather not take it after all.
#[derive(Debug, Clone, Copy)]
pub struct GiveSwapBack(pub SwapId);

impl Verb for GiveSwapBack {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let person = cx.access()?.person;
        let mut swap = found(tx, self.0)?;
        swap.give_back(person)?;
        save(tx, cx, "swap.given_back", &swap)?;
        tell(tx, cx, swap.by, Told::SwapTaken(&swap))
    }
}

/// Keeps the shift after all.
#[derive(Debug, Clone, Copy)]
pub struct WithdrawSwap(pub SwapId);

impl Verb for WithdrawSwap {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let mut swap = found(tx, self.0)?;
        if cx.actor.person() != Some(swap.by) && !leads(cx) {
            return Err(DeskError::NotFound("swap"));
        }
        let taker = swap.taker;
        swap.withdraw()?;
        save(tx, cx, "swap.withdrawn", &swap)?;
        match taker {
            Some(taker) => tell(tx, cx, taker, Told::SwapDecided(&swap)),
            None => Ok(()),
        }
    }
}

/// Offers a shift after all that was kept: whoever would have taken it still would.
#[derive(Debug, Clone, Copy)]
pub struct OfferAgain(pub SwapId);

impl Verb for OfferAgain {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let mut swap = found(tx, self.0)?;
        if cx.actor.person() != Some(swap.by) && !leads(cx) {
            return Err(DeskError::NotFound("swap"));
        }
        if swap.state != SwapState::Withdrawn {
            return Err(RosterRule::Decided.into());
        }
        can_be_offered(tx, cx, (swap.shift, swap.date), swap.by)?;
        swap.reopen()?;
        save(tx, cx, "swap.offered_again", &swap)?;
        match swap.taker {
            Some(taker) => tell(tx, cx, taker, Told::SwapDecided(&swap)),
            None => Ok(()),
        }
    }
}

/// Lets the swaps follow a roster that changed: one whose shift is not there any more is off, one
/// whose shift is back is open again. Both sides hear of it.
pub(crate) fn follow_roster(tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
    let today = cx.now().to_zoned(zone(tx)?).date();
    let book = book_from(tx, today)?;
    for kept in &book.swaps {
        let mut swap = kept.clone();
        let kind = match (is_there(&book, &swap), swap.state) {
            (false, SwapState::Offered | SwapState::Taken) => {
                swap.lapse()?;
                "swap.lapsed"
            }
            (true, SwapState::Lapsed) => {
                swap.reopen()?;
                "swap.came_back"
            }
            _ => continue,
        };
        save(tx, cx, kind, &swap)?;
        tell_both(tx, cx, &swap)?;
    }
    Ok(())
}

/// Whether whoever offered a shift has it on that day.
fn is_there(book: &RosterBook, swap: &Swap) -> bool {
    let mut days = book.days(swap.date, swap.date).into_iter();
    days.any(|day| day.shift == swap.shift && day.person == swap.by)
}

/// A lead says yes or no.
#[derive(Debug, Clone, Copy)]
pub struct DecideSwap {
    /// To which swap.
    pub swap: SwapId,
    /// Yes or no.
    pub approve: bool,
}

impl Verb for DecideSwap {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let mut swap = found(tx, self.swap)?;
        swap.decide(self.approve)?;
        let kind = if self.approve {
            "swap.approved"
        } else {
            "swap.declined"
        };
        save(tx, cx, kind, &swap)?;
        tell_both(tx, cx, &swap)
    }
}

/// A lead takes a decision back.
#[derive(Debug, Clone, Copy)]
pub struct AskSwapAgain(pub SwapId);

impl Verb for AskSwapAgain {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let mut swap = found(tx, self.0)?;
        swap.ask_again()?;
        save(tx, cx, "swap.asked_again", &swap)?;
        tell_both(tx, cx, &swap)?;
        // The shift may have gone since it was decided.
        follow_roster(tx, cx)
    }
}

fn tell_both(tx: &mut Tx<'_>, cx: &Cx, swap: &Swap) -> Result<(), DeskError> {
    tell(tx, cx, swap.by, Told::SwapDecided(swap))?;
    match swap.taker {
        Some(taker) => tell(tx, cx, taker, Told::SwapDecided(swap)),
        None => Ok(()),
    }
}

fn found(tx: &mut Tx<'_>, id: SwapId) -> Result<Swap, DeskError> {
    tx.swap(id)?.ok_or(DeskError::NotFound("swap"))
}

fn save(tx: &mut Tx<'_>, cx: &Cx, kind: &'static str, swap: &Swap) -> Result<(), DeskError> {
    tx.save_swap(swap)?;
    record(tx, cx, kind, json!({}), &[swap])
}
