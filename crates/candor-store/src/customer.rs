//! Customers and their identities: rows.
//!
//! Owns: the tables `customer` and `identity`; the words of the look-up, organizations and tiers in
//! the files below. Must not know: who may change what.

mod list;
mod organization;
mod words;

pub use list::{CustomerRow, CustomersFound, TicketsOfCustomer};
pub use words::{folded, words_of};

use crate::ticket::word;
use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::customer::{Customer, Identity, IdentityKind};
use candor_domain::id::{CustomerId, IdentityId, OrganizationId, TierId};

pub(crate) const CUSTOMER: Sql = Sql::Same(
    "select id, name, tier_id, organization_id, language, note, created_at, salt
       from customer
      where id = $1",
);
const CUSTOMERS_AFTER: Sql = Sql::Same(
    "select id, name, tier_id, organization_id, language, note, created_at, salt
       from customer
      where id > $1
      order by id
      limit $2",
);
const CUSTOMER_GROUPS: Sql = Sql::Same(
    "select c.organization_id, coalesce(c.tier_id, o.tier_id), count(*)
       from customer c
       left join organization o on o.id = c.organization_id
      group by c.organization_id, coalesce(c.tier_id, o.tier_id)",
);
const INSERT_CUSTOMER: Sql = Sql::Same(
    "insert into customer (name, sort_name, tier_id, organization_id, language, note, created_at,
            salt)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     returning id",
);
const UPDATE_CUSTOMER: Sql = Sql::Same(
    "update customer
        set name = $2, sort_name = $3, tier_id = $4, organization_id = $5, language = $6, note = $7
      where id = $1",
);
pub(crate) const IDENTITIES_OF: Sql = Sql::Same(
    "select id, customer_id, kind, value, verified, salt
       from identity
      where customer_id = $1
      order by id",
);
const IDENTITIES_AFTER: Sql = Sql::Same(
    "select id, customer_id, kind, value, verified, salt
       from identity
      where id > $1
      order by id
      limit $2",
);
const IDENTITY_BY_VALUE: Sql = Sql::Same(
    "select id, customer_id, kind, value, verified, salt
       from identity
      where kind = $1 and value = $2",
);
const INSERT_IDENTITY: Sql = Sql::Same(
    "insert into identity (customer_id, kind, value, verified, salt)
     values ($1, $2, $3, $4, $5)
     returning id",
);
const UPDATE_IDENTITY: Sql =
    Sql::Same("update identity set value = $2, verified = $3 where id = $1");

/// Customers of one organization, or of none, and of one tier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CustomerGroup {
    /// Their organization.
    pub organization: Option<OrganizationId>,
    /// Their own tier, or that of their organization.
    pub tier: Option<TierId>,
    /// How many they are.
    pub customers: i64,
}

impl Tx<'_> {
    /// A customer.
    pub fn customer(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError> {
        Ok(self.customer_with_salt(id)?.map(|(customer, _)| customer))
    }

    /// A customer with the salt of their content.
    pub fn customer_with_salt(
        &mut self,
        id: CustomerId,
    ) -> Result<Option<(Customer, Vec<u8>)>, StoreError> {
        self.query_opt(CUSTOMER, &params![id], read_customer)
    }

    /// Customers by id after one, with their salts; for walks over all of them.
    pub fn customers_after(
        &mut self,
        after: CustomerId,
        limit: i64,
    ) -> Result<Vec<(Customer, Vec<u8>)>, StoreError> {
        self.query(CUSTOMERS_AFTER, &params![after, limit], read_customer)
    }

    /// How many customers there are of each organization and tier. Looks at all of them.
    pub fn customer_groups(&mut self) -> Result<Vec<CustomerGroup>, StoreError> {
        self.query(CUSTOMER_GROUPS, &[], |row| {
            Ok(CustomerGroup {
                organization: row.get(0)?,
                tier: row.get(1)?,
                customers: row.get(2)?,
            })
        })
    }

    /// Stores a new customer and sets `customer.id`. Their words follow with
    /// [`Tx::index_customer`], once the identities stand too.
    pub fn insert_customer(
        &mut self,
        customer: &mut Customer,
        salt: &[u8],
    ) -> Result<(), StoreError> {
        let values = params![
            customer.name.as_str(),
            folded(&customer.name),
            customer.tier,
            customer.organization,
            customer.language.as_deref(),
            customer.note.as_str(),
            customer.created_at,
            salt
        ];
        customer.id = self.query_one(INSERT_CUSTOMER, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores a changed customer, words included.
    pub fn save_customer(&mut self, customer: &Customer) -> Result<(), StoreError> {
        let values = params![
            customer.id,
            customer.name.as_str(),
            folded(&customer.name),
            customer.tier,
            customer.organization,
            customer.language.as_deref(),
            customer.note.as_str()
        ];
        self.put(UPDATE_CUSTOMER, &values)?;
        self.index_customer(customer)
    }

    /// The addresses of a customer, the first known first.
    pub fn identities_of(&mut self, customer: CustomerId) -> Result<Vec<Identity>, StoreError> {
        let found = self.query(IDENTITIES_OF, &params![customer], read_identity)?;
        Ok(found.into_iter().map(|(identity, _)| identity).collect())
    }

    /// The addresses of a customer with the salts of their content.
    pub fn identities_with_salt(
        &mut self,
        customer: CustomerId,
    ) -> Result<Vec<(Identity, Vec<u8>)>, StoreError> {
        self.query(IDENTITIES_OF, &params![customer], read_identity)
    }

    /// Identities by id after one, with their salts; for walks over all of them.
    pub fn identities_after(
        &mut self,
        after: IdentityId,
        limit: i64,
    ) -> Result<Vec<(Identity, Vec<u8>)>, StoreError> {
        self.query(IDENTITIES_AFTER, &params![after, limit], read_identity)
    }

    /// Whose address this is.
    pub fn identity_by_value(
        &mut self,
        kind: IdentityKind,
        value: &str,
    ) -> Result<Option<Identity>, StoreError> {
        let found = self.query_opt(
            IDENTITY_BY_VALUE,
            &params![kind.as_str(), value],
            read_identity,
        )?;
        Ok(found.map(|(identity, _)| identity))
    }

    /// Stores a new identity and sets `identity.id`.
    pub fn insert_identity(
        &mut self,
        identity: &mut Identity,
        salt: &[u8],
    ) -> Result<(), StoreError> {
        let values = params![
            identity.customer,
            identity.kind.as_str(),
            identity.value.as_str(),
            identity.verified,
            salt
        ];
        identity.id = self.query_one(INSERT_IDENTITY, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores a changed identity.
    pub fn save_identity(&mut self, identity: &Identity) -> Result<(), StoreError> {
        let values = params![identity.id, identity.value.as_str(), identity.verified];
        self.put(UPDATE_IDENTITY, &values)
    }
}

pub(crate) fn read_customer(row: &Row<'_>) -> Result<(Customer, Vec<u8>), StoreError> {
    let customer = Customer {
        id: row.get(0)?,
        name: row.get(1)?,
        tier: row.get(2)?,
        organization: row.get(3)?,
        language: row.get(4)?,
        note: row.get(5)?,
        created_at: row.get(6)?,
    };
    Ok((customer, row.get(7)?))
}

fn read_identity(row: &Row<'_>) -> Result<(Identity, Vec<u8>), StoreError> {
    let identity = Identity {
        id: row.get(0)?,
        customer: row.get(1)?,
        kind: word(row, 2, IdentityKind::parse)?,
        value: row.get(3)?,
        verified: row.get(4)?,
    };
    Ok((identity, row.get(5)?))
}
