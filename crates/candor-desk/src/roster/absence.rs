//! Being away: asking, deciding, taking back.
//!
//! Owns: who may do which, and who hears of it. Must not know: what becomes of tickets meanwhile.
//!
//! Leave is asked for and decided by a lead; whoever is ill is, and nobody approves that. What a
//! lead writes for somebody holds at once.

use super::absence_text::{AbsenceText, check_deputy};
use super::notice::{Told, tell, tell_leads};
use super::{leads, own_or_lead};
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use crate::journal::record;
use candor_domain::id::{AbsenceId, PersonId};
use candor_domain::permission::Permission;
use candor_domain::roster::{Absence, AbsenceKind, AbsenceState};
use candor_store::Tx;
use serde_json::json;

/// Asks for days off, or says that somebody is ill.
#[derive(Debug, Clone)]
pub struct AskForAbsence(pub AbsenceText);

impl Verb for AskForAbsence {
    type Output = AbsenceId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<AbsenceId, DeskError> {
        own_or_lead(cx, self.0.person)?;
        let mut absence = self.0.read(tx, cx)?;
        let holds = leads(cx) || absence.kind == AbsenceKind::Sick;
        if holds {
            absence.decide(true)?;
        }
        tx.insert_absence(&mut absence)?;
        let kind = if holds {
            "absence.noted"
        } else {
            "absence.asked"
        };
        record(tx, cx, kind, json!({}), &[&absence])?;
        if holds {
            tell_deputy(tx, cx, &absence)?;
        } else {
            tell_leads(tx, cx, Told::AbsenceAsked(&absence))?;
        }
        Ok(absence.id)
    }
}

/// A lead approves an absence or declines it.
#[derive(Debug, Clone, Copy)]
pub struct DecideAbsence {
    /// Which.
    pub absence: AbsenceId,
    /// What they say; `None` takes the decision back.
    pub approve: Option<bool>,
}

impl Verb for DecideAbsence {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let mut absence = found(tx, self.absence)?;
        let before = absence.state;
        let kind = if let Some(approve) = self.approve {
            absence.decide(approve)?;
            if approve {
                "absence.approved"
            } else {
                "absence.declined"
            }
        } else {
            absence.ask_again()?;
            "absence.asked_again"
        };
        if absence.state == before {
            return Ok(());
        }
        save(tx, cx, kind, &absence)?;
        tell(tx, cx, absence.person, Told::AbsenceDecided(&absence))?;
        if absence.state == AbsenceState::Approved {
            tell_deputy(tx, cx, &absence)?;
        }
        Ok(())
    }
}

/// Takes an absence back: one's own, or a lead does.
#[derive(Debug, Clone, Copy)]
pub struct WithdrawAbsence(pub AbsenceId);

impl Verb for WithdrawAbsence {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let mut absence = own(tx, cx, self.0)?;
        absence.withdraw()?;
        save(tx, cx, "absence.withdrawn", &absence)?;
        tell_other(tx, cx, &absence)
    }
}

/// Brings an absence back that was taken back: it is asked for again, or holds where nobody needs
/// to decide.
#[derive(Debug, Clone, Copy)]
pub struct RestoreAbsence(pub AbsenceId);

impl Verb for RestoreAbsence {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let mut absence = own(tx, cx, self.0)?;
        if absence.state != AbsenceState::Withdrawn {
            return Ok(());
        }
        absence.ask_again()?;
        if leads(cx) || absence.kind == AbsenceKind::Sick {
            absence.decide(true)?;
        }
        save(tx, cx, "absence.brought_back", &absence)?;
        tell_other(tx, cx, &absence)
    }
}

/// Names who stands in, or nobody.
#[derive(Debug, Clone, Copy)]
pub struct KeepDeputy {
    /// During which absence.
    pub absence: AbsenceId,
    /// Who.
    pub deputy: Option<PersonId>,
}

impl Verb for KeepDeputy {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let mut absence = own(tx, cx, self.absence)?;
        if let Some(deputy) = self.deputy {
            check_deputy(tx, absence.person, deputy)?;
        }
        if absence.deputy == self.deputy {
            return Ok(());
        }
        absence.deputy = self.deputy;
        save(tx, cx, "absence.deputy_named", &absence)?;
        tell_deputy(tx, cx, &absence)
    }
}

fn found(tx: &mut Tx<'_>, id: AbsenceId) -> Result<Absence, DeskError> {
    tx.absence(id)?.ok_or(DeskError::NotFound("absence"))
}

/// An absence that the actor may change; others' are not there for them.
fn own(tx: &mut Tx<'_>, cx: &Cx, id: AbsenceId) -> Result<Absence, DeskError> {
    let absence = found(tx, id)?;
    own_or_lead(cx, absence.person).map_err(|_| DeskError::NotFound("absence"))?;
    Ok(absence)
}

fn save(tx: &mut Tx<'_>, cx: &Cx, kind: &'static str, absence: &Absence) -> Result<(), DeskError> {
    tx.save_absence(absence)?;
    record(tx, cx, kind, json!({}), &[absence])
}

fn tell_deputy(tx: &mut Tx<'_>, cx: &Cx, absence: &Absence) -> Result<(), DeskError> {
    match absence
        .deputy
        .filter(|_| absence.state == AbsenceState::Approved)
    {
        Some(deputy) => tell(tx, cx, deputy, Told::Deputy(absence)),
        None => Ok(()),
    }
}

/// Leads hear of what a person changed, the person of what a lead changed.
fn tell_other(tx: &mut Tx<'_>, cx: &Cx, absence: &Absence) -> Result<(), DeskError> {
    if cx.actor.person() == Some(absence.person) {
        tell_leads(tx, cx, Told::AbsenceAsked(absence))
    } else {
        tell(tx, cx, absence.person, Told::AbsenceDecided(absence))
    }
}
