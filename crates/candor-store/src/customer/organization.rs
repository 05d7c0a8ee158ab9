//! Organizations and tiers: rows.
//!
//! Owns: the tables `organization` and `tier`. Must not know: what a tier promises.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::customer::{Customer, Organization, Tier};
use candor_domain::id::{CustomerId, OrganizationId, TierId};

const ORGANIZATIONS: Sql =
    Sql::Same("select id, name, tier_id from organization order by name, id");
const ORGANIZATION: Sql = Sql::Same("select id, name, tier_id from organization where id = $1");
const ORGANIZATION_BY_NAME: Sql =
    Sql::Same("select id, name, tier_id from organization where name = $1");
const INSERT_ORGANIZATION: Sql =
    Sql::Same("insert into organization (name, tier_id) values ($1, $2) returning id");
const UPDATE_ORGANIZATION: Sql =
    Sql::Same("update organization set name = $2, tier_id = $3 where id = $1");
const CUSTOMERS_OF: Sql =
    Sql::Same("select id from customer where organization_id = $1 order by id limit $2");
const TIERS: Sql = Sql::Same("select id, name, rank from tier order by rank, id");
const TIER: Sql = Sql::Same("select id, name, rank from tier where id = $1");
const TIER_BY_NAME: Sql = Sql::Same("select id, name, rank from tier where name = $1");
const INSERT_TIER: Sql = Sql::Same("insert into tier (name, rank) values ($1, $2) returning id");
const UPDATE_TIER: Sql = Sql::Same("update tier set name = $2, rank = $3 where id = $1");

impl Tx<'_> {
    /// Every organization by name.
    pub fn organizations(&mut self) -> Result<Vec<Organization>, StoreError> {
        self.query(ORGANIZATIONS, &[], read_organization)
    }

    /// An organization.
    pub fn organization(&mut self, id: OrganizationId) -> Result<Option<Organization>, StoreError> {
        self.query_opt(ORGANIZATION, &params![id], read_organization)
    }

    /// The organization with this name.
    pub fn organization_by_name(&mut self, name: &str) -> Result<Option<Organization>, StoreError> {
        self.query_opt(ORGANIZATION_BY_NAME, &params![name], read_organization)
    }

    /// Stores a new organization and sets its id.
    pub fn insert_organization(&mut self, new: &mut Organization) -> Result<(), StoreError> {
        let values = params![new.name.as_str(), new.tier];
        new.id = self.query_one(INSERT_ORGANIZATION, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores a changed organization.
    pub fn save_organization(&mut self, changed: &Organization) -> Result<(), StoreError> {
        let values = params![changed.id, changed.name.as_str(), changed.tier];
        self.put(UPDATE_ORGANIZATION, &values)
    }

    /// The first customers of an organization.
    pub fn customers_of(
        &mut self,
        organization: OrganizationId,
        limit: i64,
    ) -> Result<Vec<CustomerId>, StoreError> {
        self.query(CUSTOMERS_OF, &params![organization, limit], |row| {
            row.get(0)
        })
    }

    /// Every tier, the most important first.
    pub fn tiers(&mut self) -> Result<Vec<Tier>, StoreError> {
        self.query(TIERS, &[], read_tier)
    }

    /// A tier.
    pub fn tier(&mut self, id: TierId) -> Result<Option<Tier>, StoreError> {
        self.query_opt(TIER, &params![id], read_tier)
    }

    /// The tier with this name.
    pub fn tier_by_name(&mut self, name: &str) -> Result<Option<Tier>, StoreError> {
        self.query_opt(TIER_BY_NAME, &params![name], read_tier)
    }

    /// The tier that counts for a customer: their own, else that of their organization.
    pub fn tier_of(&mut self, customer: &Customer) -> Result<Option<Tier>, StoreError> {
        let of_organization = match (customer.tier, customer.organization) {
            (None, Some(organization)) => self.organization(organization)?.and_then(|o| o.tier),
            _ => None,
        };
        customer
            .tier
            .or(of_organization)
            .map_or(Ok(None), |id| self.tier(id))
    }

    /// Stores a new tier and sets its id.
    pub fn insert_tier(&mut self, new: &mut Tier) -> Result<(), StoreError> {
        let values = params![new.name.as_str(), new.rank];
        new.id = self.query_one(INSERT_TIER, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores a changed tier.
    pub fn save_tier(&mut self, changed: &Tier) -> Result<(), StoreError> {
        let values = params![changed.id, changed.name.as_str(), changed.rank];
        self.put(UPDATE_TIER, &values)
    }
}

fn read_organization(row: &Row<'_>) -> Result<Organization, StoreError> {
    Ok(Organization {
        id: row.get(0)?,
        name: row.get(1)?,
        tier: row.get(2)?,
    })
}

fn read_tier(row: &Row<'_>) -> Result<Tier, StoreError> {
    Ok(Tier {
        id: row.get(0)?,
        name: row.get(1)?,
        rank: row.get(2)?,
    })
}
