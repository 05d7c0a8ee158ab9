//! Organizations and tiers.
//!
//! Owns: adding and changing them. Must not know: what a tier promises.

use crate::check::Check;
use crate::cx::{Cx, Query, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use crate::level::{self, Whose};
use crate::people::staff_only;
use candor_domain::customer::{Organization, Tier};
use candor_domain::id::{OrganizationId, TierId};
use candor_domain::permission::Permission;
use candor_store::Tx;
use serde_json::json;

/// Most customers whose words follow a renamed organization at once.
const MOST_INDEXED: i64 = 500;

/// Adds an organization.
#[derive(Debug, Clone)]
pub struct AddOrganization {
    /// Its name, unique.
    pub name: String,
    /// The class of its customers that have none of their own.
    pub tier: Option<TierId>,
}

impl Verb for AddOrganization {
    type Output = OrganizationId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<OrganizationId, DeskError> {
        cx.may_at_all(Permission::EditCustomers)?;
        let id = OrganizationId(0);
        let mut organization = checked(tx, id, &self.name, self.tier)?;
        tx.insert_organization(&mut organization)?;
        record(tx, cx, "organization.added", json!({}), &[&organization])?;
        Ok(organization.id)
    }
}

/// Changes an organization.
#[derive(Debug, Clone)]
pub struct ChangeOrganization {
    /// Which.
    pub organization: OrganizationId,
    /// Its name, unique.
    pub name: String,
    /// The class of its customers that have none of their own.
    pub tier: Option<TierId>,
}

impl Verb for ChangeOrganization {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::EditCustomers)?;
        let before = tx
            .organization(self.organization)?
            .ok_or(DeskError::NotFound("organization"))?;
        let organization = checked(tx, before.id, &self.name, self.tier)?;
        tx.save_organization(&organization)?;
        if before.name != organization.name {
            for customer in tx.customers_of(organization.id, MOST_INDEXED)? {
                if let Some(customer) = tx.customer(customer)? {
                    tx.index_customer(&customer)?;
                }
            }
        }
        record(tx, cx, "organization.changed", json!({}), &[&organization])?;
        level::later(tx, cx, Whose::Organization(organization.id))
    }
}

fn checked(
    tx: &mut Tx<'_>,
    id: OrganizationId,
    name: &str,
    tier: Option<TierId>,
) -> Result<Organization, DeskError> {
    let mut check = Check::default();
    let name = check.name("name", name);
    check.done()?;
    if tx
        .organization_by_name(&name)?
        .is_some_and(|other| other.id != id)
    {
        return Err(DeskError::Conflict(Conflict::Taken("name")));
    }
    if let Some(tier) = tier {
        tx.tier(tier)?.ok_or(DeskError::NotFound("tier"))?;
    }
    Ok(Organization { id, name, tier })
}

/// Adds a class of customers.
#[derive(Debug, Clone)]
pub struct AddTier {
    /// Its name, unique.
    pub name: String,
    /// Position in lists, the most important first.
    pub rank: i64,
}

impl Verb for AddTier {
    type Output = TierId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<TierId, DeskError> {
        cx.may_at_all(Permission::EditCustomers)?;
        let mut tier = checked_tier(tx, TierId(0), &self.name, self.rank)?;
        tx.insert_tier(&mut tier)?;
        record(tx, cx, "tier.added", json!({}), &[&tier])?;
        Ok(tier.id)
    }
}

/// Changes a class of customers.
#[derive(Debug, Clone)]
pub struct ChangeTier {
    /// Which.
    pub tier: TierId,
    /// Its name, unique.
    pub name: String,
    /// Position in lists, the most important first.
    pub rank: i64,
}

impl Verb for ChangeTier {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::EditCustomers)?;
        let before = tx.tier(self.tier)?.ok_or(DeskError::NotFound("tier"))?;
        let tier = checked_tier(tx, before.id, &self.name, self.rank)?;
        tx.save_tier(&tier)?;
        record(tx, cx, "tier.changed", json!({}), &[&tier])
    }
}

fn checked_tier(tx: &mut Tx<'_>, id: TierId, name: &str, rank: i64) -> Result<Tier, DeskError> {
    let mut check = Check::default();
    let name = check.name("name", name);
    check.between("rank", rank, (0, 1000));
    check.done()?;
    if tx.tier_by_name(&name)?.is_some_and(|other| other.id != id) {
        return Err(DeskError::Conflict(Conflict::Taken("name")));
    }
    Ok(Tier { id, name, rank })
}

/// Every organization by name.
pub struct Organizations;

impl Query for Organizations {
    type Output = Vec<Organization>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<Organization>, DeskError> {
        cx.may_at_all(Permission::ReadCustomers)?;
        Ok(tx.organizations()?)
    }
}

/// Every tier, the most important first.
pub struct Tiers;

impl Query for Tiers {
    type Output = Vec<Tier>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<Tier>, DeskError> {
        staff_only(cx)?;
        Ok(tx.tiers()?)
    }
}
