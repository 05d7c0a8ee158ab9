//! Customers, their addresses, organizations and tiers.
//!
//! Owns: who a mail is from, and what staff may change about them. Must not know: tickets, beyond
//! how many there are.

mod change;
mod organization;
mod page;

pub use candor_store::customer::{CustomerRow, TicketsOfCustomer};
pub(crate) use change::phone;
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
use candor_domain::record::{Recorded, Salted};
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
    find_or_make(tx, cx, (IdentityKind::Email, email.as_str()), name)
}

/// The customer who called from a number. Without a number nobody can be found again: each call is
/// somebody new then.
pub(crate) fn find_or_make_caller(
    tx: &mut Tx<'_>,
    cx: &Cx,
    phone: Option<&str>,
    name: &str,
) -> Result<Customer, DeskError> {
    match phone {
        Some(phone) => find_or_make(tx, cx, (IdentityKind::Phone, phone), name),
        None => make_customer(tx, cx, None, one_line(name, LONGEST_NAME)),
    }
}

/// Remembers the number of a customer, unless it is somebody's already.
pub(crate) fn learn_phone(
    tx: &mut Tx<'_>,
    cx: &Cx,
    customer: CustomerId,
    phone: &str,
) -> Result<(), DeskError> {
    if tx.identity_by_value(IdentityKind::Phone, phone)?.is_some() {
        return Ok(());
    }
    change::add_identity(tx, cx, customer, (IdentityKind::Phone, phone)).map(|_| ())
}

fn find_or_make(
    tx: &mut Tx<'_>,
    cx: &Cx,
    (kind, value): (IdentityKind, &str),
    name: &str,
) -> Result<Customer, DeskError> {
    let name = one_line(name, LONGEST_NAME);
    let Some(identity) = tx.identity_by_value(kind, value)? else {
        return make_customer(tx, cx, Some((kind, value)), name);
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
    contact: Option<(IdentityKind, &str)>,
    name: String,
) -> Result<Customer, DeskError> {
    let value = contact.map_or(name.as_str(), |(_, value)| value);
    let salt = cx.salt(&format!("customer:{value}"));
    let identity_salt = cx.salt(&format!("identity:{value}"));
    let mut customer = Customer {
        id: CustomerId(0),
        name,
        tier: None,
        organization: None,
        language: None,
        note: String::new(),
        created_at: cx.now(),
    };
    tx.insert_customer(&mut customer, &salt)?;
    let identity = match contact {
        Some(contact) => Some(insert_identity(tx, &customer, contact, &identity_salt)?),
        None => None,
    };
    tx.index_customer(&customer)?;
    let row = Salted {
        noun: &customer,
        salt: &salt,
    };
    let address = identity.as_ref().map(|identity| Salted {
        noun: identity,
        salt: &identity_salt,
    });
    let mut rows: Vec<&dyn Recorded> = vec![&row];
    rows.extend(address.as_ref().map(|address| address as &dyn Recorded));
    let event = json!({ "customer": customer.id });
    record(tx, cx, "customer.added", event, &rows)?;
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
