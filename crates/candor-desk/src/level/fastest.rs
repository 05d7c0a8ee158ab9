//! How many customers get the fastest times.
//!
//! Owns: which levels are the fastest, the share of customers who get one, the share that a desk
//! wants at the most. Must not know: pages, or what a ticket gets.
//!
//! When everybody is first, nobody is, and the team has to keep the fastest times for all of them.

use crate::check::Check;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::setting::{self, Known};
use candor_domain::contract::Contract;
use candor_domain::id::{LevelId, OrganizationId};
use candor_domain::level::{
    Counted, KeptCalendar, KeptLevel, LevelChoice, Metric, Target, TicketTraits,
};
use candor_domain::permission::Permission;
use candor_domain::ticket::Urgency;
use candor_store::Tx;
use candor_store::customer::CustomerGroup;
use std::collections::HashMap;

const SHARE: Known<'static> = Known {
    name: "level.fastest_share",
    default: "20",
    secret: false,
};
/// Minutes of a week.
const WEEK: u64 = 7 * 24 * 60;

/// Asks how many customers get the fastest times.
#[derive(Debug, Clone, Copy)]
pub struct FastestTimes;

/// How many customers get the fastest times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fastest {
    /// The levels that promise them; none while all levels are equally fast.
    pub levels: Vec<LevelId>,
    /// How many customers get one of them.
    pub customers: i64,
    /// How many customers there are.
    pub of: i64,
    /// The share of customers that the desk wants at the most, in percent.
    pub most: i64,
}

impl Fastest {
    /// The share of customers in percent, rounded up.
    pub fn percent(&self) -> i64 {
        match self.of {
            0 => 0,
            of => (self.customers * 100 + of - 1) / of,
        }
    }

    /// Whether more customers get them than the desk wants.
    pub fn is_too_many(&self) -> bool {
        self.customers * 100 > self.most * self.of
    }
}

impl Query for FastestTimes {
    type Output = Fastest;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Fastest, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let most = setting::value(tx, cx, &SHARE)?.parse().unwrap_or(20);
        let (levels, calendars) = (tx.levels()?, tx.calendars()?);
        let fastest = fastest(&levels, &calendars);
        let groups = if fastest.is_empty() {
            Vec::new()
        } else {
            tx.customer_groups()?
        };
        let choice = LevelChoice::among(&levels);
        let contracts = contracts_today(tx, cx, &calendars)?;
        let gets_one = |group: &&CustomerGroup| {
            let traits = TicketTraits {
                contract: group
                    .organization
                    .and_then(|id| contracts.get(&id).copied()),
                organization: group.organization,
                tier: group.tier,
                ..TicketTraits::default()
            };
            let level = choice.choose(&traits);
            level.is_some_and(|(level, _)| fastest.contains(&level))
        };
        let count = |group: &CustomerGroup| group.customers;
        Ok(Fastest {
            customers: groups.iter().filter(gets_one).map(count).sum(),
            of: groups.iter().map(count).sum(),
            levels: fastest,
            most,
        })
    }
}

/// Sets the share of customers who may get the fastest times, in percent.
#[derive(Debug, Clone, Copy)]
pub struct KeepFastestShare(pub i64);

impl Verb for KeepFastestShare {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let mut check = Check::default();
        check.between("share", self.0, (1, 100));
        check.done()?;
        setting::keep(tx, cx, &SHARE, &self.0.to_string())
    }
}

/// The levels in use whose first reply to a usual ticket comes soonest, where another level in use
/// is slower.
fn fastest(levels: &[KeptLevel], calendars: &[KeptCalendar]) -> Vec<LevelId> {
    let in_use = levels.iter().filter(|kept| kept.active);
    let times = in_use.filter_map(|kept| Some((kept.id, until_reply(kept, calendars)?)));
    let times: Vec<(LevelId, u64)> = times.collect();
    let soonest = times.iter().map(|(_, minutes)| *minutes).min();
    let latest = times.iter().map(|(_, minutes)| *minutes).max();
    if soonest == latest {
        return Vec::new();
    }
    let first = times
        .into_iter()
        .filter(|(_, minutes)| Some(*minutes) == soonest);
    first.map(|(id, _)| id).collect()
}

/// Minutes that pass on average until the first reply to a usual ticket is due: open hours are
/// stretched over the week that they are part of.
fn until_reply(kept: &KeptLevel, calendars: &[KeptCalendar]) -> Option<u64> {
    let mut targets = kept.level.targets();
    let (.., target): (_, _, Target) = targets.find(|(urgency, metric, _)| {
        (*urgency, *metric) == (Urgency::Normal, Metric::FirstReply)
    })?;
    let minutes = u64::from(target.minutes());
    if target.counted() == Counted::Calendar {
        return Some(minutes);
    }
    let calendar = calendars
        .iter()
        .find(|calendar| calendar.id == kept.calendar)?;
    let open = u64::from(calendar.calendar.week().minutes()).max(1);
    Some(minutes * WEEK / open)
}

/// The levels of the contracts that run today, by organization.
fn contracts_today(
    tx: &mut Tx<'_>,
    cx: &Cx,
    calendars: &[KeptCalendar],
) -> Result<HashMap<OrganizationId, LevelId>, DeskError> {
    let runs = |contract: &Contract| {
        let mut all = calendars.iter();
        let calendar = all.find(|calendar| calendar.id == contract.calendar);
        !contract.withdrawn
            && calendar.is_some_and(|kept| {
                contract.runs_on(kept.calendar.zone().to_datetime(cx.now()).date())
            })
    };
    let contracts = tx.contracts()?.into_iter().filter(runs);
    Ok(contracts
        .map(|contract| (contract.organization, contract.level))
        .collect())
}
