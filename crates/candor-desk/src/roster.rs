//! Who works when, who is away, who takes a shift for somebody.
//!
//! Owns: shifts, absences and swaps with their verbs, and the roster as pages and the queue read
//! it. Must not know: how many people a day needs, pages.
//!
//! Leads write the roster; everybody reads when whoever works, sets their own absences and gives
//! shifts away, which a lead approves. Why somebody is away is for leads and for themselves.

mod absence;
mod absence_text;
mod feed;
mod file;
mod notice;
mod shift;
mod swap;
mod view;

pub use absence::{AskForAbsence, DecideAbsence, KeepDeputy, RestoreAbsence, WithdrawAbsence};
pub use absence_text::AbsenceText;
pub use feed::{EndShiftFeed, MakeShiftFeed, MyShiftFeed, ShiftFeed};
pub use file::MyShiftsFile;
pub use shift::{AddShift, ChangeShift, ShiftText, TakeShiftAway};
pub use swap::{
    AskSwapAgain, DecideSwap, GiveSwapBack, OfferAgain, OfferShift, TakeSwap, WithdrawSwap,
};
pub use view::{AbsenceOf, MyShifts, MyShiftsView, RosterPage, RosterView, ShiftOf};

pub(crate) use swap::follow_roster;
pub(crate) use view::monday_of;

use crate::cx::Cx;
use crate::error::DeskError;
use candor_domain::id::PersonId;
use candor_domain::permission::Permission;
use candor_domain::roster::{Absence, RosterBook};
use candor_store::Tx;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// The zone of the desk's days and hours: that of its first brand.
pub(crate) fn zone(tx: &mut Tx<'_>) -> Result<TimeZone, DeskError> {
    let brand = tx.brands()?.into_iter().next();
    let zone = brand.and_then(|brand| TimeZone::get(&brand.zone).ok());
    Ok(zone.unwrap_or(TimeZone::UTC))
}

/// The roster from a day on: shifts, swaps and absences of people who work here.
pub(crate) fn book_from(tx: &mut Tx<'_>, first: Date) -> Result<RosterBook, DeskError> {
    let gone: Vec<PersonId> = tx
        .people()?
        .into_iter()
        .filter(|person| !person.active)
        .map(|person| person.id)
        .collect();
    let mut shifts = tx.shifts()?;
    shifts.retain(|shift| shift.active && !gone.contains(&shift.person));
    let mut absences = tx.absences_from(first)?;
    absences.retain(|absence| !gone.contains(&absence.person));
    for absence in &mut absences {
        absence.deputy = absence.deputy.filter(|deputy| !gone.contains(deputy));
    }
    Ok(RosterBook {
        zone: zone(tx)?,
        shifts,
        swaps: tx.swaps_from(first)?,
        absences,
        adoptions: tx.adoptions_from(first)?,
    })
}

/// The roster as it stands now: yesterday's nights included.
pub(crate) fn book_now(tx: &mut Tx<'_>, now: Timestamp) -> Result<RosterBook, DeskError> {
    let today = now.to_zoned(zone(tx)?).date();
    book_from(tx, today.saturating_sub(1.day()))
}

/// The absence of somebody that holds now.
pub(crate) fn absence_now(
    tx: &mut Tx<'_>,
    person: PersonId,
    now: Timestamp,
) -> Result<Option<Absence>, DeskError> {
    let today = now.to_zoned(zone(tx)?).date();
    Ok(tx.away(person, today)?)
}

/// Refuses whoever neither asks for themselves nor leads.
fn own_or_lead(cx: &Cx, person: PersonId) -> Result<(), DeskError> {
    if cx.actor.person() == Some(person) {
        return Ok(());
    }
    cx.may_at_all(Permission::ManageLevels)
}

/// Whether the actor leads: writes the roster and decides.
pub(crate) fn leads(cx: &Cx) -> bool {
    cx.may_at_all(Permission::ManageLevels).is_ok()
}

/// Refuses somebody who does not work here.
fn somebody_active(
    tx: &mut Tx<'_>,
    field: &'static str,
    person: PersonId,
) -> Result<(), DeskError> {
    if tx.person(person)?.is_some_and(|person| person.active) {
        return Ok(());
    }
    Err(DeskError::invalid(
        field,
        "error-assignee-gone",
        "nobody active has this id",
    ))
}
