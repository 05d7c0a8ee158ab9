//! Brands: under which names the shop appears.
//!
//! Owns: adding, changing and listing them. Must not know: where the names are shown.

use super::found_brand;
use crate::check::Check;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::journal::record;
use crate::people::staff_only;
use candor_domain::id::BrandId;
use candor_domain::mailbox::Brand;
use candor_domain::permission::Permission;
use candor_store::Tx;
use serde_json::json;

/// Adds a brand. Mailboxes speak for it once they are given to it.
#[derive(Debug, Clone)]
pub struct AddBrand {
    /// What customers read.
    pub name: String,
    /// The language of texts to somebody whose language is not known.
    pub language: String,
    /// The zone of times that customers read.
    pub zone: String,
}

impl Verb for AddBrand {
    type Output = BrandId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<BrandId, DeskError> {
        cx.may_at_all(Permission::ManageBrand)?;
        let mut brand = Brand {
            id: BrandId(0),
            name: String::new(),
            language: String::new(),
            zone: String::new(),
        };
        put_into(&mut brand, [&self.name, &self.language, &self.zone])?;
        tx.insert_brand(&mut brand)?;
        record(tx, cx, "brand.added", json!({}), &[&brand])?;
        Ok(brand.id)
    }
}

/// Changes how the shop appears.
#[derive(Debug, Clone)]
pub struct ChangeBrand {
    /// Which; `None` for the first one.
    pub brand: Option<BrandId>,
    /// What customers read.
    pub name: String,
    /// The language of texts to somebody whose language is not known.
    pub language: String,
    /// The zone of times that customers read.
    pub zone: String,
}

impl Verb for ChangeBrand {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageBrand)?;
        let mut brand = found_brand(tx, self.brand)?;
        put_into(&mut brand, [&self.name, &self.language, &self.zone])?;
        tx.save_brand(&brand)?;
        record(tx, cx, "brand.changed", json!({}), &[&brand])
    }
}

fn put_into(brand: &mut Brand, [name, language, zone]: [&String; 3]) -> Result<(), DeskError> {
    let mut check = Check::default();
    brand.name = check.name("name", name);
    check.language("language", language);
    check.zone("zone", zone);
    check.done()?;
    brand.language.clone_from(language);
    brand.zone.clone_from(zone);
    Ok(())
}

/// Every brand, the first one first.
pub struct Brands;

impl Query for Brands {
    type Output = Vec<Brand>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<Brand>, DeskError> {
        staff_only(cx)?;
        Ok(tx.brands()?)
    }
}

/// The brand: `None` asks for the first one. It is public: customers read it.
pub struct BrandOf {
    /// Which.
    pub brand: Option<BrandId>,
}

impl Query for BrandOf {
    type Output = Brand;
    fn read(&self, tx: &mut Tx<'_>, _cx: &Cx) -> Result<Brand, DeskError> {
        found_brand(tx, self.brand)
    }
}
