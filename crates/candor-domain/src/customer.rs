//! Customers, their identities, organizations and tiers.
//!
//! Owns: what we know about whoever writes to the shop. Must not know: their tickets.

use crate::id::{CustomerId, IdentityId, OrganizationId, TierId};
use crate::word::words;
use jiff::Timestamp;

words! {
    /// What kind of address an identity is.
    IdentityKind {
        /// An e-mail address.
        Email = "email",
        /// A telephone number.
        Phone = "phone",
    }
}

/// Somebody who writes to the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The row.
    pub id: CustomerId,
    /// As they write it themselves; empty when they never told.
    pub name: String,
    /// Their class.
    pub tier: Option<TierId>,
    /// Their company.
    pub organization: Option<OrganizationId>,
    /// `en`, `de` or another language tag; `None` until known.
    pub language: Option<String>,
    /// What staff should know; staff-only.
    pub note: String,
    /// First seen.
    pub created_at: Timestamp,
}

/// One address of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The row.
    pub id: IdentityId,
    /// Whose it is.
    pub customer: CustomerId,
    /// What it is.
    pub kind: IdentityKind,
    /// The address in its compared form.
    pub value: String,
    /// Whether the customer has shown that it is theirs.
    pub verified: bool,
}

/// A company that customers belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organization {
    /// The row.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// The class of all its customers that have none of their own.
    pub tier: Option<TierId>,
}

/// A class of customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tier {
    /// The row.
    pub id: TierId,
    /// Its name, such as "Club".
    pub name: String,
    /// Position in lists, the most important first.
    pub rank: i64,
}

impl Customer {
    /// The name, or the address where no name is known.
    pub fn display_name<'a>(&'a self, address: &'a str) -> &'a str {
        if self.name.is_empty() {
            address
        } else {
            &self.name
        }
    }
}

/// The name that a person is called by in a short line: the first word of what they wrote,
/// whatever it is. Never a guess at a gender or a title.
pub fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}
