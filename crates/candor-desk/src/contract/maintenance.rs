//! Announcing maintenance.
//!
//! Owns: writing down when the provider works on its own house, and calling it off. Must not know:
//! what it excuses.

use super::change::holding;
use crate::check::Check;
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use candor_domain::contract::Maintenance;
use candor_domain::id::{ContractId, MaintenanceId};
use candor_domain::permission::Permission;
use candor_domain::text::one_line;
use candor_store::Tx;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// Longest maintenance.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 14);
/// Longest reason, in characters.
const LONGEST_REASON: usize = 200;

/// Maintenance as it is typed; times are those of the contract's zone.
#[derive(Debug, Clone, Default)]
pub struct MaintenanceText {
    /// Such as `2026-11-28T22:00`.
    pub begins: String,
    /// Such as `2026-11-29T02:00`.
    pub ends: String,
    /// What for, as the customer reads it.
    pub reason: String,
}

/// Announces maintenance. It is announced now: what began already excuses nothing, so it is
/// refused.
#[derive(Debug, Clone)]
pub struct AnnounceMaintenance {
    /// Of which contract.
    pub contract: ContractId,
    /// As it was typed.
    pub text: MaintenanceText,
}

impl Verb for AnnounceMaintenance {
    type Output = MaintenanceId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<MaintenanceId, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let contract = holding(tx, self.contract)?;
        let calendar = tx.calendar(contract.calendar)?;
        let calendar = calendar.ok_or(DeskError::NotFound("calendar"))?;
        let mut new = self.text.read(cx, contract.id, calendar.calendar.zone())?;
        tx.insert_maintenance(&mut new)?;
        record(tx, cx, "maintenance.announced", json!({}), &[&new])?;
        Ok(new.id)
    }
}

impl MaintenanceText {
    fn read(
        &self,
        cx: &Cx,
        contract: ContractId,
        zone: &TimeZone,
    ) -> Result<Maintenance, DeskError> {
        let mut check = Check::default();
        let begins_at = moment(&mut check, "begins", &self.begins, zone);
        let ends_at = moment(&mut check, "ends", &self.ends, zone);
        let reason = one_line(&self.reason, usize::MAX);
        if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
            let words = "say what for, in at most 200 characters";
            check.refuse("reason", "error-maintenance-reason", words);
        }
        check.done()?;
        let mut check = Check::default();
        if begins_at <= cx.now() {
            let words = "announce it before it begins";
            check.refuse("begins", "error-maintenance-late", words);
        }
        if ends_at <= begins_at || ends_at.duration_since(begins_at) > LONGEST {
            let words = "it ends after it begins, within 14 days";
            check.refuse("ends", "error-maintenance-ends", words);
        }
        check.done()?;
        Ok(Maintenance {
            id: MaintenanceId(0),
            contract,
            announced_at: cx.now(),
            begins_at,
            ends_at,
            reason,
            withdrawn_at: None,
        })
    }
}

fn moment(check: &mut Check, field: &'static str, text: &str, zone: &TimeZone) -> Timestamp {
    let local = text.trim().parse::<DateTime>().ok();
    let local = local.filter(|at| (2000..=2200).contains(&at.year()));
    let zoned = local.and_then(|at| zone.to_ambiguous_zoned(at).compatible().ok());
    if let Some(zoned) = zoned {
        return zoned.timestamp();
    }
    let words = "write a day and a time such as 2026-11-28T22:00";
    check.refuse(field, "error-maintenance-time", words);
    Timestamp::UNIX_EPOCH
}

/// Calls announced maintenance off, or puts it on again. Both only before it begins.
#[derive(Debug, Clone, Copy)]
pub struct CallMaintenanceOff {
    /// Which.
    pub maintenance: MaintenanceId,
    /// Whether it is off.
    pub off: bool,
}

impl Verb for CallMaintenanceOff {
    /// Its contract.
    type Output = ContractId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<ContractId, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let kept = tx.maintenance(self.maintenance)?;
        let mut kept = kept.ok_or(DeskError::NotFound("maintenance"))?;
        if kept.withdrawn_at.is_some() == self.off {
            return Ok(kept.contract);
        }
        if kept.begins_at <= cx.now() {
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        kept.withdrawn_at = self.off.then(|| cx.now());
        tx.withdraw_maintenance(&kept)?;
        let kind = if self.off {
            "maintenance.called_off"
        } else {
            "maintenance.on_again"
        };
        record(tx, cx, kind, json!({}), &[&kept])?;
        Ok(kept.contract)
    }
}
