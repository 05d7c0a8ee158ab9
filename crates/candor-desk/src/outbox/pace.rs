//! How much mail may leave in which time.
//!
//! Owns: the limits of the mail provider, and waiting until there is room. Must not know: why the
//! provider has them.

use super::way::Way;
use crate::check::Check;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::setting::{Known, keep, value};
use candor_domain::permission::Permission;
use candor_store::Tx;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::time::Duration;

const PER_MINUTE: Known<'static> = Known {
    name: "outgoing.per_minute",
    default: "0",
    secret: false,
};
const PER_DAY: Known<'static> = Known {
    name: "outgoing.per_day",
    default: "0",
    secret: false,
};
/// The largest limit that somebody may set.
const MOST: i64 = 1_000_000;
const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// How much mail may leave; 0 stands for as much as there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendLimits {
    /// In any minute.
    pub per_minute: i64,
    /// In any 24 hours.
    pub per_day: i64,
}

impl SendLimits {
    /// As much as there is.
    pub const NONE: Self = Self {
        per_minute: 0,
        per_day: 0,
    };

    pub(crate) fn read(tx: &mut Tx<'_>, cx: &Cx) -> Result<Self, DeskError> {
        Ok(Self {
            per_minute: value(tx, cx, &PER_MINUTE)?.parse().unwrap_or(0),
            per_day: value(tx, cx, &PER_DAY)?.parse().unwrap_or(0),
        })
    }

    /// Refuses what is no limit.
    pub(crate) fn check(&self, check: &mut Check) {
        check.between("per_minute", self.per_minute, (0, MOST));
        check.between("per_day", self.per_day, (0, MOST));
    }
}

/// The limits, for the settings page.
pub struct SendLimitsSet;

impl Query for SendLimitsSet {
    type Output = SendLimits;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<SendLimits, DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        SendLimits::read(tx, cx)
    }
}

/// Changes the limits.
pub struct ChangeSendLimits {
    /// What they shall be.
    pub limits: SendLimits,
}

impl Verb for ChangeSendLimits {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        let mut check = Check::default();
        self.limits.check(&mut check);
        check.done()?;
        keep(tx, cx, &PER_MINUTE, &self.limits.per_minute.to_string())?;
        keep(tx, cx, &PER_DAY, &self.limits.per_day.to_string())
    }
}

/// Takes a place for one mail, or says how long there is none. A place is taken before the mail
/// leaves, so that several that leave at once do not pass the limit together.
pub(super) struct TakePlace {
    way: String,
    limits: SendLimits,
}

impl TakePlace {
    /// A place on a way out: each account has limits of its own. `None` where there is no limit, so
    /// that nothing is written for it.
    pub(super) fn on(way: &Way) -> Option<Self> {
        (way.limits != SendLimits::NONE).then(|| Self {
            way: way.name(),
            limits: way.limits,
        })
    }
}

impl Verb for TakePlace {
    type Output = Option<Duration>;

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        let limits = self.limits;
        let now = cx.now();
        tx.forget_sent(now - DAY)?;
        let mut wait = SignedDuration::ZERO;
        for (limit, window) in [(limits.per_minute, MINUTE), (limits.per_day, DAY)] {
            let (count, first) = tx.sent_since(&self.way, now - window)?;
            if limit > 0 && count >= limit {
                wait = wait.max((first + window).duration_since(now));
            }
        }
        if wait.is_zero() {
            tx.mark_sent(&self.way, now)?;
            return Ok(None);
        }
        // Not before the first of them is out of the window.
        Ok(Some(wait.unsigned_abs() + Duration::from_millis(1)))
    }
}
