//! Contracts as pages show them.
//!
//! Owns: the list, one contract with its months, the one that a card names. Must not know: HTML.

use super::change::found;
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::level::{Levels, LevelsView};
use candor_domain::contract::{Contract, Maintenance, Month, Standing};
use candor_domain::id::{ContractId, OrganizationId};
use candor_domain::permission::Permission;
use candor_store::Tx;
use candor_store::contract::Approval;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Months that a page of a contract lists.
const PAGE: usize = 12;

/// A contract with the names of what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractSeen {
    /// The contract.
    pub contract: Contract,
    /// With whom.
    pub organization: String,
    /// The name of its level.
    pub level: String,
    /// The name of its hours.
    pub hours: String,
    /// The zone of its days, by its IANA name.
    pub zone: String,
    /// Today, there.
    pub today: Date,
    /// How it stands today.
    pub standing: Standing,
    /// Whether a statement of it was approved, so that it cannot be taken away.
    pub is_settled: bool,
}

/// Asks for every contract.
#[derive(Debug, Clone, Copy)]
pub struct ContractsView;

/// Every contract, with what one can be made of.
#[derive(Debug, Clone)]
pub struct Contracts {
    /// Those that run or are planned first, by their end; then those that are over, then those that
    /// were taken away.
    pub contracts: Vec<ContractSeen>,
    /// Levels, calendars and organizations.
    pub levels: Levels,
}

impl Query for ContractsView {
    type Output = Contracts;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Contracts, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let all = tx.contracts()?;
        let seen = all.into_iter().map(|contract| seen(tx, cx, contract));
        let mut contracts = seen.collect::<Result<Vec<_>, _>>()?;
        contracts.sort_by_key(|seen| {
            let last = seen.contract.last_day.unwrap_or(Date::MAX);
            let group = match seen.standing {
                Standing::Withdrawn => 2,
                Standing::Ended => 1,
                _ => 0,
            };
            (group, last, seen.contract.id)
        });
        Ok(Contracts {
            contracts,
            levels: LevelsView.read(tx, cx)?,
        })
    }
}

/// Asks for the contracts of an organization, by their first day.
#[derive(Debug, Clone, Copy)]
pub struct ContractsOf(pub OrganizationId);

impl Query for ContractsOf {
    type Output = Vec<ContractSeen>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<ContractSeen>, DeskError> {
        cx.may_at_all(Permission::ReadCustomers)?;
        let all = tx.contracts_of(self.0)?;
        all.into_iter()
            .map(|contract| seen(tx, cx, contract))
            .collect()
    }
}

/// Asks for one contract.
#[derive(Debug, Clone, Copy)]
pub struct ContractView {
    /// Which.
    pub contract: ContractId,
    /// The newest month to list; `None` for the newest there is.
    pub until: Option<Month>,
}

impl ContractView {
    /// A contract with its newest months.
    pub const fn of(contract: ContractId) -> Self {
        Self {
            contract,
            until: None,
        }
    }
}

/// A month of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthSeen {
    /// Which.
    pub month: Month,
    /// The statements that were approved of it, the last one first; all but the first are
    /// corrections.
    pub approvals: Vec<Approval>,
    /// Whether it is over, so that its statement can be approved.
    pub over: bool,
}

/// A page of the months of a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Months {
    /// The newest first.
    pub months: Vec<MonthSeen>,
    /// With which month the page with newer ones begins.
    pub newer: Option<Month>,
    /// With which month the page with older ones begins.
    pub older: Option<Month>,
}

impl Query for ContractView {
    /// The contract, its months with the newest first, and the maintenance of a year back and all
    /// that is announced.
    type Output = (ContractSeen, Months, Vec<Maintenance>);
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageLevels)?;
        let contract = found(tx, self.contract)?;
        let seen = seen(tx, cx, contract)?;
        let months = months(tx, &seen, self.until)?;
        let year = jiff::SignedDuration::from_hours(24 * 366);
        let from = cx.now().saturating_sub(year);
        let from = from.unwrap_or(Timestamp::UNIX_EPOCH);
        let maintenance = tx.maintenance_of(seen.contract.id, (from, Timestamp::MAX))?;
        Ok((seen, months, maintenance))
    }
}

/// A page of months. Nothing is left out: a promise that was given within the contract may be
/// decided long after its last day.
fn months(tx: &mut Tx<'_>, seen: &ContractSeen, until: Option<Month>) -> Result<Months, DeskError> {
    let contract = seen.contract.id;
    let first = Month::of(seen.contract.first_day);
    let this = Month::of(seen.today);
    let last = last_month(tx, seen)?;
    let top = until.map_or(last, |month| month.min(last).max(first.min(last)));
    let listed = std::iter::successors(Some(top), |month| Some(month.before()));
    let listed: Vec<Month> = listed
        .take_while(|month| *month >= first)
        .take(PAGE)
        .collect();
    let Some(&bottom) = listed.last() else {
        return Ok(Months {
            months: Vec::new(),
            newer: None,
            older: None,
        });
    };
    let approved = tx.approvals_of(contract, (bottom, top))?;
    let month = |month: Month| MonthSeen {
        month,
        approvals: approved
            .iter()
            .filter(|one| one.month == month)
            .copied()
            .collect(),
        over: month < this,
    };
    let newer = (0..PAGE).fold(top, |month, _| month.after()).min(last);
    Ok(Months {
        months: listed.iter().copied().map(month).collect(),
        newer: (top < last).then_some(newer),
        older: (bottom > first).then(|| bottom.before()),
    })
}

/// The last month that a contract lists: this one while it runs; afterwards the one in which the
/// last of its promises was decided, and the one after its end at least.
fn last_month(tx: &mut Tx<'_>, seen: &ContractSeen) -> Result<Month, DeskError> {
    let this = Month::of(seen.today);
    let Some(day) = seen.contract.last_day else {
        return Ok(this);
    };
    let zone = TimeZone::get(&seen.zone).unwrap_or(TimeZone::UTC);
    let decided = tx.last_outcome_of_contract(seen.contract.id)?;
    let decided = decided.map(|at| Month::of(zone.to_datetime(at).date()));
    let approved = tx.last_approved(seen.contract.id)?;
    let after = Month::of(day).after();
    let last = [decided, approved]
        .into_iter()
        .flatten()
        .fold(after, Month::max);
    Ok(last.min(this))
}

fn seen(tx: &mut Tx<'_>, cx: &Cx, contract: Contract) -> Result<ContractSeen, DeskError> {
    let organization = tx.organization(contract.organization)?;
    let level = tx.level(contract.level)?;
    let calendar = tx.calendar(contract.calendar)?;
    let calendar = calendar.ok_or(DeskError::NotFound("calendar"))?.calendar;
    let today = calendar.zone().to_datetime(cx.now()).date();
    Ok(ContractSeen {
        organization: organization.map(|one| one.name).unwrap_or_default(),
        level: level
            .map(|one| one.level.name().to_owned())
            .unwrap_or_default(),
        hours: calendar.name().to_owned(),
        zone: calendar.zone_name().to_owned(),
        standing: contract.standing(today),
        is_settled: tx.last_approved(contract.id)?.is_some(),
        today,
        contract,
    })
}

/// The contract that a card names: the one that runs, else the next one, else the last.
pub(crate) fn contract_of_organization(
    tx: &mut Tx<'_>,
    cx: &Cx,
    organization: Option<OrganizationId>,
) -> Result<Option<ContractSeen>, DeskError> {
    let Some(organization) = organization else {
        return Ok(None);
    };
    let all = tx.contracts_of(organization)?;
    let seen = all.into_iter().map(|contract| seen(tx, cx, contract));
    let all = seen.collect::<Result<Vec<_>, _>>()?;
    let rank = |seen: &ContractSeen| match seen.standing {
        Standing::Running | Standing::EndsSoon(_) => (0, 0),
        Standing::Planned => (1, days(seen.today, seen.contract.first_day)),
        Standing::Ended | Standing::Withdrawn => {
            let last = seen.contract.last_day.unwrap_or(seen.today);
            (2, days(last, seen.today))
        }
    };
    Ok(all.into_iter().min_by_key(rank))
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}
