//! Customers, their addresses, organizations and tiers.
//!
//! Owns: who a mail is from, and what staff may change about them. Must not know: tickets, beyond
//! how many there are.

mod change;
mod organization;
mod page;

pub use candor_store::customer::{CustomerRow, TicketsOfCustomer};
pub use change::{AddCustomer, AddIdentity, ChangeCustomer};
pub use organization::{
    AddOrganization, AddTier, ChangeOrganization, ChangeTier, Organizations, Tiers,
};
pub use page::{CustomerCard, CustomerCards, CustomersPage, CustomersShown};

use crate::cx::Cx;
use crate::error::DeskError;
use crate::journal::record;
use candor_domain::address::EmailAddress;
use candor_domain::customer::{Customer, Identity, IdentityKind};
use candor_domain::id::{CustomerId, IdentityId};
use candor_domain::record::Salted;
use candor_domain::text::one_line;
use candor_store::Tx;
use serde_json::json;

/// Longest name of a customer, in characters; a longer one is cut, because it comes from outside.
pub(crate) const LONGEST_NAME: usize = 200;

/// The customer behind an address, made when the address is new. A name is taken over only where
/// none is known: whoever writes from an address says nothing about who they were before. The
/// address counts as unverified until the customer has shown that it is theirs.
pub fn find_or_make_customer(
    tx: &mut Tx<'_>,
    cx: &Cx,
    email: &EmailAddress,
    name: &str,
) -> Result<Customer, DeskError> {
    let name = one_line(name, LONGEST_NAME);
    let Some(identity) = tx.identity_by_value(IdentityKind::Email, email.as_str())? else {
        return make_customer(tx, cx, email, name);
    };
    let found = tx.customer_with_salt(identity.customer)?;
    let (mut customer, salt) = found.ok_or(DeskError::NotFound("customer"))?;
    if customer.name.is_empty() && !name.is_empty() {
        customer.name = name;
        tx.save_customer(&customer)?;
        let row = Salted {
            noun: &customer,
            salt: &salt,
        };
        record(tx, cx, "customer.named", json!({}), &[&row])?;
    }
    Ok(customer)
}

/// Remembers the language that a customer reads, where none is known.
pub(crate) fn learn_language(
    tx: &mut Tx<'_>,
    cx: &Cx,
    customer: CustomerId,
    language: &str,
) -> Result<(), DeskError> {
    let found = tx.customer_with_salt(customer)?;
    let (mut customer, salt) = found.ok_or(DeskError::NotFound("customer"))?;
    if customer.language.is_some() {
        return Ok(());
    }
    customer.language = Some(language.to_owned());
    tx.save_customer(&customer)?;
    let row = Salted {
        noun: &customer,
        salt: &salt,
    };
    record(tx, cx, "customer.language", json!({}), &[&row])
}

fn make_customer(
    tx: &mut Tx<'_>,
    cx: &Cx,
    email: &EmailAddress,
    name: String,
) -> Result<Customer, DeskError> {
    let mut customer = Customer {
        id: CustomerId(0),
        name,
        tier: None,
        organization: None,
        language: None,
        note: String::new(),
        created_at: cx.now(),
    };
    let salt = cx.salt(&format!("customer:{email}"));
    tx.insert_customer(&mut customer, &salt)?;
    let identity_salt = cx.salt(&format!("identity:{email}"));
    let identity = insert_identity(
        tx,
        &customer,
        (IdentityKind::Email, email.as_str()),
        &identity_salt,
    )?;
    tx.index_customer(&customer)?;
    let row = Salted {
        noun: &customer,
        salt: &salt,
    };
    let address = Salted {
        noun: &identity,
        salt: &identity_salt,
    };
    let event = json!({ "customer": customer.id });
    record(tx, cx, "customer.added", event, &[&row, &address])?;
    Ok(customer)
}

/// Stores an unverified address of a customer.
fn insert_identity(
    tx: &mut Tx<'_>,
    customer: &Customer,
    (kind, value): (IdentityKind, &str),
    salt: &[u8],
) -> Result<Identity, DeskError> {
    let mut identity = Identity {
        id: IdentityId(0),
        customer: customer.id,
        kind,
        value: value.to_owned(),
        verified: false,
    };
    tx.insert_identity(&mut identity, salt)?;
    Ok(identity)
}
