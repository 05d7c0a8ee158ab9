//! Whether "urgent" still means something.
//!
//! Owns: shares by urgency, what inflation costs, the quota and its alarm. Must not know: who
//! marked what; nobody is counted here.

use super::busy::{Busy, busy};
use crate::check::Check;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::roster::{leads, monday_of, zone};
use crate::setting::{self, Known};
use candor_domain::permission::Permission;
use candor_domain::ticket::Urgency;
use candor_staffing::priority::{effective_levels, longer, quota};
use candor_store::Tx;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

const QUOTA: Known<'static> = Known {
    name: "priority.quota",
    default: "5",
    secret: false,
};
/// The quota where the setting cannot be read.
const USUAL_QUOTA: i64 = 5;
/// Tickets that the alarm looks at.
const NEWEST: i64 = 200;
/// Fewer tickets raise no alarm.
const LEAST: u64 = 50;
/// The alarm rings for what chance does less often.
const LEVEL: f64 = 0.05;
/// How busy a desk is assumed to be whose roster is not known.
const ASSUMED_BUSY: f64 = 0.9;
/// Utilisation from which a formula for steady desks says nothing more.
const FULL: f64 = 0.99;
/// Weeks that are shown.
const WEEKS: i64 = 8;

/// Asks how healthy the priorities are.
#[derive(Debug, Clone, Copy)]
pub struct PriorityHealthView {
    /// Days up to now, at most two years' worth.
    pub days: i64,
}

/// How healthy the priorities are.
#[derive(Debug, Clone, PartialEq)]
pub struct PriorityHealth {
    /// The share that may be urgent, in percent.
    pub quota: i64,
    /// The newest tickets, on which the alarm stands.
    pub last: LastTickets,
    /// The days that were asked for.
    pub span: Shares,
    /// Eight weeks from Monday to Sunday, oldest first; the last one is this week so far.
    pub weeks: Vec<Shares>,
    /// How busy the team is.
    pub busy: Busy,
    /// The utilisation that was calculated with.
    pub calculated_with: f64,
}

/// Urgencies of a span of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// The first day in the desk's zone.
    pub first: Date,
    /// By urgency, the most urgent first, with those that nobody used.
    pub counts: Vec<(Urgency, u64)>,
    /// By how much urgent tickets wait longer than they would at the quota: 0.47 is 47 %.
    pub longer: f64,
    /// How many levels are really in use (exp of the entropy).
    pub levels: f64,
    /// Whether more is urgent than the quota and chance allow.
    pub above: bool,
}

impl Shares {
    /// All tickets.
    pub fn tickets(&self) -> u64 {
        self.counts.iter().map(|(_, count)| count).sum()
    }

    /// The share of an urgency.
    pub fn share(&self, urgency: Urgency) -> f64 {
        let own = self.counts.iter().find(|(one, _)| *one == urgency);
        own.map_or(0.0, |(_, count)| *count as f64) / self.tickets().max(1) as f64
    }
}

/// The newest tickets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LastTickets {
    /// How many, at most 200.
    pub tickets: u64,
    /// How many of them are urgent.
    pub urgent: u64,
    /// The quota, in percent.
    pub quota: i64,
    /// The chance of so many or more, if the quota were kept.
    pub chance: f64,
    /// Whether that is rare enough to be told.
    pub alarm: bool,
}

impl Query for PriorityHealthView {
    type Output = PriorityHealth;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<PriorityHealth, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let zone = zone(tx)?;
        let busy = busy(tx, cx.now())?;
        let calculated_with = busy.utilisation().unwrap_or(ASSUMED_BUSY).clamp(0.0, FULL);
        let look = Look {
            quota: kept_quota(tx, cx)?,
            busy: calculated_with,
        };
        let days = SignedDuration::from_hours(24 * self.days.clamp(1, 731));
        let from = cx.now().saturating_sub(days).unwrap_or(cx.now());
        let first = from.to_zoned(zone.clone()).date();
        let span = look.shares(tx, first, (from, cx.now()))?;
        let this = monday_of(cx.now().to_zoned(zone.clone()).date());
        let mut weeks = Vec::new();
        for ago in (0..WEEKS).rev() {
            let monday = this.saturating_sub((7 * ago).days());
            let next = monday.saturating_add(7.days());
            let span = (midnight(monday, &zone), midnight(next, &zone));
            weeks.push(look.shares(tx, monday, span)?);
        }
        Ok(PriorityHealth {
            quota: look.quota,
            last: last(tx, look.quota)?,
            span,
            weeks,
            busy,
            calculated_with,
        })
    }
}

fn midnight(date: Date, zone: &TimeZone) -> Timestamp {
    let start = date.to_zoned(zone.clone());
    start.map_or(Timestamp::UNIX_EPOCH, |start| start.timestamp())
}

fn kept_quota(tx: &mut Tx<'_>, cx: &Cx) -> Result<i64, DeskError> {
    let text = setting::value(tx, cx, &QUOTA)?;
    Ok(text.parse().unwrap_or(USUAL_QUOTA))
}

/// What shares are looked at with.
struct Look {
    quota: i64,
    busy: f64,
}

impl Look {
    fn shares(
        &self,
        tx: &mut Tx<'_>,
        first: Date,
        (from, to): (Timestamp, Timestamp),
    ) -> Result<Shares, DeskError> {
        let found = tx.urgencies(from, to)?;
        let of = |urgency: &Urgency| {
            let own = found.iter().find(|(one, _)| one == urgency);
            let count = own.map_or(0, |(_, count)| *count);
            (*urgency, u64::try_from(count).unwrap_or_default())
        };
        let mut shares = Shares {
            first,
            counts: Urgency::ALL.iter().map(of).collect(),
            longer: 0.0,
            levels: 0.0,
            above: false,
        };
        let tickets = shares.tickets();
        if tickets == 0 {
            return Ok(shares);
        }
        let urgent = shares.share(Urgency::Urgent);
        let parts: Vec<f64> = shares
            .counts
            .iter()
            .map(|(_, count)| *count as f64)
            .collect();
        let broken = |error: candor_staffing::StaffingError| DeskError::Internal(error.to_string());
        shares.levels = effective_levels(&parts).map_err(broken)?;
        shares.longer = longer(self.busy, urgent, self.quota as f64 / 100.0).map_err(broken)?;
        let count = (urgent * tickets as f64).round() as u64;
        shares.above = tested(count, tickets, self.quota)?.alarm;
        Ok(shares)
    }
}

fn last(tx: &mut Tx<'_>, quota: i64) -> Result<LastTickets, DeskError> {
    let (tickets, urgent) = tx.last_urgent(NEWEST)?;
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    tested(count(urgent), count(tickets), quota)
}

/// The binomial test of a count against the quota.
fn tested(urgent: u64, tickets: u64, percent: i64) -> Result<LastTickets, DeskError> {
    let mut last = LastTickets {
        tickets,
        urgent,
        quota: percent,
        chance: 1.0,
        alarm: false,
    };
    if tickets > 0 {
        let test = quota(urgent, tickets, percent as f64 / 100.0, LEVEL);
        let test = test.map_err(|error| DeskError::Internal(error.to_string()))?;
        last.chance = test.chance;
        last.alarm = test.alarm && tickets >= LEAST;
    }
    Ok(last)
}

/// Asks whether the alarm is on; nobody but leads learns it.
#[derive(Debug, Clone, Copy)]
pub struct PriorityAlarm;

impl Query for PriorityAlarm {
    type Output = Option<LastTickets>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<LastTickets>, DeskError> {
        alarm_for_leads(tx, cx)
    }
}

/// The newest tickets while the alarm is on, for leads.
pub(crate) fn alarm_for_leads(tx: &mut Tx<'_>, cx: &Cx) -> Result<Option<LastTickets>, DeskError> {
    if !leads(cx) {
        return Ok(None);
    }
    let quota = kept_quota(tx, cx)?;
    Ok(Some(last(tx, quota)?).filter(|last| last.alarm))
}

/// Sets which share may be urgent.
#[derive(Debug, Clone, Copy)]
pub struct KeepUrgentQuota(pub i64);

impl Verb for KeepUrgentQuota {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let mut check = Check::default();
        check.between("quota", self.0, (1, 50));
        check.done()?;
        setting::keep(tx, cx, &QUOTA, &self.0.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alarm_rings_for_eighteen_of_two_hundred_and_not_for_fifteen() {
        let fifteen = tested(15, 200, 5).unwrap();
        assert!(!fifteen.alarm && (fifteen.chance - 0.078).abs() < 0.001);
        let eighteen = tested(18, 200, 5).unwrap();
        assert!(eighteen.alarm && (eighteen.chance - 0.0121).abs() < 0.0001);
        // Ten of ten are rare too, but ten tickets say nothing of a habit.
        assert!(!tested(10, 10, 5).unwrap().alarm);
        assert!(!tested(0, 0, 5).unwrap().alarm);
    }
}
