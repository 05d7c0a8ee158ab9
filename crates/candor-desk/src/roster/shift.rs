//! Writing shifts.
//!
//! Owns: adding, changing and taking them away. Must not know: what days they make.

use super::somebody_active;
use super::swap::follow_roster;
use crate::check::Check;
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use crate::journal::record;
use candor_domain::calendar::Period;
use candor_domain::id::{PersonId, ShiftId};
use candor_domain::permission::Permission;
use candor_domain::roster::{Days, Shift, ShiftRule};
use candor_store::Tx;
use jiff::civil::Date;
use serde_json::json;

/// A shift as somebody typed it.
#[derive(Debug, Clone)]
pub struct ShiftText {
    /// Who works.
    pub person: PersonId,
    /// Every week on these days; none for one day alone.
    pub days: Days,
    /// The first day, such as `2026-11-23`.
    pub first: String,
    /// The last day; empty goes on and on.
    pub last: String,
    /// From when to when, such as `09:00-17:00`.
    pub hours: String,
}

impl ShiftText {
    fn read(&self, tx: &mut Tx<'_>, id: ShiftId) -> Result<Shift, DeskError> {
        somebody_active(tx, "person", self.person)?;
        let mut check = Check::default();
        let first = day(&mut check, "first", &self.first);
        let last = match self.last.trim() {
            "" => None,
            text => Some(day(&mut check, "last", text)),
        };
        let hours = self.hours.parse::<Period>();
        if let Err(error) = &hours {
            check.refuse("hours", "error-shift-hours", &error.to_string());
        }
        let shift = Shift {
            id,
            person: self.person,
            days: self.days,
            first,
            last: if self.days == Days::NONE {
                Some(first)
            } else {
                last
            },
            hours: hours.unwrap_or(Period::WHOLE_DAY),
            active: true,
        };
        check.done()?;
        let mut check = Check::default();
        match shift.check() {
            Ok(()) => {}
            Err(rule @ ShiftRule::Backwards) => {
                check.refuse("last", "error-days-backwards", &rule.to_string());
            }
            Err(rule @ ShiftRule::TooLong) => {
                check.refuse("hours", "error-shift-long", &rule.to_string());
            }
        }
        check.done()?;
        Ok(shift)
    }
}

/// A day as it is typed; one that cannot be read is refused.
pub(super) fn day(check: &mut Check, field: &'static str, text: &str) -> Date {
    let read = text.trim().parse::<Date>().ok();
    read.filter(|day| (2000..=2200).contains(&day.year()))
        .unwrap_or_else(|| {
            check.refuse(field, "error-day", "write a day such as 2026-11-23");
            Date::default()
        })
}

/// Adds a shift.
#[derive(Debug, Clone)]
pub struct AddShift(pub ShiftText);

impl Verb for AddShift {
    type Output = ShiftId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<ShiftId, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let mut shift = self.0.read(tx, ShiftId(0))?;
        tx.insert_shift(&mut shift)?;
        record(tx, cx, "shift.added", json!({}), &[&shift])?;
        Ok(shift.id)
    }
}

/// Changes a shift. Days that were worked already change with it: whoever wants to keep them ends
/// this one and adds another. One that was taken away stays so.
#[derive(Debug, Clone)]
pub struct ChangeShift {
    /// Which.
    pub shift: ShiftId,
    /// How it is to be.
    pub text: ShiftText,
}

impl Verb for ChangeShift {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let before = tx.shift(self.shift)?.ok_or(DeskError::NotFound("shift"))?;
        let mut shift = self.text.read(tx, before.id)?;
        shift.active = before.active;
        if shift == before {
            return Ok(());
        }
        tx.save_shift(&shift)?;
        record(tx, cx, "shift.changed", json!({}), &[&shift])?;
        follow_roster(tx, cx)
    }
}

/// Takes a shift away, or brings it back.
#[derive(Debug, Clone, Copy)]
pub struct TakeShiftAway {
    /// Which.
    pub shift: ShiftId,
    /// Whether it goes.
    pub goes: bool,
}

impl Verb for TakeShiftAway {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let mut shift = tx.shift(self.shift)?.ok_or(DeskError::NotFound("shift"))?;
        if shift.active != self.goes {
            return Ok(());
        }
        shift.active = !self.goes;
        tx.save_shift(&shift)?;
        let kind = if self.goes {
            "shift.removed"
        } else {
            "shift.brought_back"
        };
        record(tx, cx, kind, json!({}), &[&shift])?;
        follow_roster(tx, cx)
    }
}
