//! What staff change about a customer.
//!
//! Owns: name, tier, organization, language, note and addresses. Must not know: tickets.

use super::{LONGEST_NAME, insert_identity, make_customer};
use crate::check::{self, Check};
use crate::cx::{Cx, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use crate::level::{self, Whose};
use crate::skill::is_language_tag;
use candor_domain::customer::{Customer, IdentityKind};
use candor_domain::id::{CustomerId, IdentityId, OrganizationId, TierId};
use candor_domain::permission::Permission;
use candor_domain::record::Salted;
use candor_domain::text::one_line;
use candor_store::Tx;
use serde_json::json;

/// Longest note about a customer, in bytes.
const LONGEST_NOTE: usize = 20_000;

/// Adds a customer by hand.
#[derive(Debug, Clone)]
pub struct AddCustomer {
    /// As they write it themselves; empty when unknown.
    pub name: String,
    /// Their address.
    pub email: String,
}

impl Verb for AddCustomer {
    type Output = CustomerId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<CustomerId, DeskError> {
        cx.may_at_all(Permission::EditCustomers)?;
        let mut check = Check::default();
        let Some(email) = check.email("email", &self.email) else {
            return check.done().map(|()| CustomerId(0));
        };
        if tx
            .identity_by_value(IdentityKind::Email, email.as_str())?
            .is_some()
        {
            return Err(DeskError::Conflict(Conflict::Taken("email")));
        }
        let contact = (IdentityKind::Email, email.as_str());
        let name = one_line(&self.name, LONGEST_NAME);
        Ok(make_customer(tx, cx, Some(contact), name)?.id)
    }
}

/// Changes what staff know of a customer.
#[derive(Debug, Clone)]
pub struct ChangeCustomer {
    /// Which.
    pub customer: CustomerId,
    /// As they write it themselves; empty when unknown.
    pub name: String,
    /// Their class.
    pub tier: Option<TierId>,
    /// Their company.
    pub organization: Option<OrganizationId>,
    /// A language tag; `None` while unknown.
    pub language: Option<String>,
    /// What staff should know; staff-only.
    pub note: String,
}

impl Verb for ChangeCustomer {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::EditCustomers)?;
        let (mut customer, salt) = found(tx, self.customer)?;
        self.check(tx)?;
        customer.name = one_line(&self.name, LONGEST_NAME);
        customer.tier = self.tier;
        customer.organization = self.organization;
        customer.language.clone_from(&self.language);
        customer.note = check::lines(&self.note);
        tx.save_customer(&customer)?;
        let row = Salted {
            noun: &customer,
            salt: &salt,
        };
        record(tx, cx, "customer.changed", json!({}), &[&row])?;
        level::later(tx, cx, Whose::Customer(customer.id))
    }
}

impl ChangeCustomer {
    fn check(&self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        let mut check = Check::default();
        check.text("note", &self.note, LONGEST_NOTE);
        let language = self.language.as_deref();
        if language.is_some_and(|tag| !is_language_tag(tag)) {
            check.refuse(
                "language",
                "error-language",
                "this is no language tag, such as de",
            );
        }
        check.done()?;
        if let Some(tier) = self.tier {
            tx.tier(tier)?.ok_or(DeskError::NotFound("tier"))?;
        }
        if let Some(organization) = self.organization {
            tx.organization(organization)?
                .ok_or(DeskError::NotFound("organization"))?;
        }
        Ok(())
    }
}

/// Adds an address to a customer. It counts as unverified.
#[derive(Debug, Clone)]
pub struct AddIdentity {
    /// Whose.
    pub customer: CustomerId,
    /// What it is.
    pub kind: IdentityKind,
    /// The address or the number as typed.
    pub value: String,
}

impl Verb for AddIdentity {
    type Output = IdentityId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<IdentityId, DeskError> {
        cx.may_at_all(Permission::EditCustomers)?;
        let (customer, _) = found(tx, self.customer)?;
        let value = self.compared()?;
        if let Some(known) = tx.identity_by_value(self.kind, &value)? {
            let own = known.customer == customer.id;
            return if own {
                Ok(known.id)
            } else {
                Err(DeskError::Conflict(Conflict::Taken("value")))
            };
        }
        add_identity(tx, cx, customer.id, (self.kind, &value))
    }
}

/// Stores an address that nobody has yet.
pub(super) fn add_identity(
    tx: &mut Tx<'_>,
    cx: &Cx,
    customer: CustomerId,
    (kind, value): (IdentityKind, &str),
) -> Result<IdentityId, DeskError> {
    let (customer, salt) = found(tx, customer)?;
    let identity_salt = cx.salt(&format!("identity:{value}"));
    let identity = insert_identity(tx, &customer, (kind, value), &identity_salt)?;
    tx.index_customer(&customer)?;
    let address = Salted {
        noun: &identity,
        salt: &identity_salt,
    };
    let row = Salted {
        noun: &customer,
        salt: &salt,
    };
    let event = json!({ "customer": customer.id });
    record(tx, cx, "customer.identity_added", event, &[&address, &row])?;
    Ok(identity.id)
}

impl AddIdentity {
    fn compared(&self) -> Result<String, DeskError> {
        let mut check = Check::default();
        let value = match self.kind {
            IdentityKind::Email => check
                .email("value", &self.value)
                .map(|address| address.as_str().to_owned()),
            IdentityKind::Phone => phone(&self.value),
        };
        if value.is_none() && self.kind == IdentityKind::Phone {
            check.refuse(
                "value",
                "error-phone",
                "this is no telephone number, such as +49 30 123456",
            );
        }
        check.done()?;
        Ok(value.unwrap_or_default())
    }
}

/// A telephone number in the form in which two are compared: a plus and digits.
pub(crate) fn phone(text: &str) -> Option<String> {
    let text = text.trim();
    let allowed = |c: char| c.is_ascii_digit() || " +-/().".contains(c);
    if !text.chars().all(allowed) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plus = if text.starts_with('+') { "+" } else { "" };
    (3..=15)
        .contains(&digits.len())
        .then(|| format!("{plus}{digits}"))
}

fn found(tx: &mut Tx<'_>, id: CustomerId) -> Result<(Customer, Vec<u8>), DeskError> {
    tx.customer_with_salt(id)?
        .ok_or(DeskError::NotFound("customer"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_grouped() {
        assert_eq!(phone("+49 (30) 12-34/56").as_deref(), Some("+4930123456"));
        assert_eq!(phone(" 030 123456 ").as_deref(), Some("030123456"));
        for none in ["", "call me", "12", "+1234567890123456", "030x12345"] {
            assert_eq!(phone(none), None, "{none:?}");
        }
    }
}
