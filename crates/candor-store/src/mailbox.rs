//! Brands and mailboxes: rows.
//!
//! Owns: the tables `brand` and `mailbox`. Must not know: who may change them.

use crate::people::address;
use crate::ticket::word;
use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::address::EmailAddress;
use candor_domain::id::{BrandId, MailboxId};
use candor_domain::mailbox::{Brand, Mailbox};

const BRANDS: Sql = Sql::Same("select id, name, language, zone from brand order by id");
const BRAND: Sql = Sql::Same("select id, name, language, zone from brand where id = $1");
const INSERT_BRAND: Sql =
    Sql::Same("insert into brand (name, language, zone) values ($1, $2, $3) returning id");
const UPDATE_BRAND: Sql =
    Sql::Same("update brand set name = $2, language = $3, zone = $4 where id = $1");
const MAILBOXES: Sql = Sql::Same(
    "select id, address, name, brand_id, team_id, close_after_days, signature, active
       from mailbox
      order by id",
);
pub(crate) const MAILBOX: Sql = Sql::Same(
    "select id, address, name, brand_id, team_id, close_after_days, signature, active
       from mailbox
      where id = $1",
);
const MAILBOX_BY_ADDRESS: Sql = Sql::Same(
    "select id, address, name, brand_id, team_id, close_after_days, signature, active
       from mailbox
      where address = $1",
);
const INSERT_MAILBOX: Sql = Sql::Same(
    "insert into mailbox (address, name, brand_id, team_id, close_after_days, signature, active)
     values ($1, $2, $3, $4, $5, $6, $7)
     returning id",
);
const UPDATE_MAILBOX: Sql = Sql::Same(
    "update mailbox
        set address = $2, name = $3, brand_id = $4, team_id = $5, close_after_days = $6,
            signature = $7, active = $8
      where id = $1",
);

impl Tx<'_> {
    /// Every brand, oldest first.
    pub fn brands(&mut self) -> Result<Vec<Brand>, StoreError> {
        self.query(BRANDS, &[], read_brand)
    }

    /// A brand.
    pub fn brand(&mut self, id: BrandId) -> Result<Option<Brand>, StoreError> {
        self.query_opt(BRAND, &params![id], read_brand)
    }

    /// Stores a new brand and sets `brand.id`.
    pub fn insert_brand(&mut self, brand: &mut Brand) -> Result<(), StoreError> {
        let values = params![
            brand.name.as_str(),
            brand.language.as_str(),
            brand.zone.as_str()
        ];
        brand.id = self.query_one(INSERT_BRAND, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores a changed brand.
    pub fn save_brand(&mut self, brand: &Brand) -> Result<(), StoreError> {
        let values = params![
            brand.id,
            brand.name.as_str(),
            brand.language.as_str(),
            brand.zone.as_str()
        ];
        self.put(UPDATE_BRAND, &values)
    }

    /// Every mailbox, oldest first, those that rest included.
    pub fn mailboxes(&mut self) -> Result<Vec<Mailbox>, StoreError> {
        self.query(MAILBOXES, &[], read_mailbox)
    }

    /// A mailbox.
    pub fn mailbox(&mut self, id: MailboxId) -> Result<Option<Mailbox>, StoreError> {
        self.query_opt(MAILBOX, &params![id], read_mailbox)
    }

    /// The mailbox with exactly this address, active or not.
    pub fn mailbox_by_address(
        &mut self,
        address: &EmailAddress,
    ) -> Result<Option<Mailbox>, StoreError> {
        self.query_opt(MAILBOX_BY_ADDRESS, &params![address.as_str()], read_mailbox)
    }

    /// Stores a new mailbox and sets `mailbox.id`.
    pub fn insert_mailbox(&mut self, mailbox: &mut Mailbox) -> Result<(), StoreError> {
        let values = params![
            mailbox.address.as_str(),
            mailbox.name.as_str(),
            mailbox.brand,
            mailbox.team,
            mailbox.close_after_days,
            mailbox.signature.as_str(),
            mailbox.active
        ];
        mailbox.id = self.query_one(INSERT_MAILBOX, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores a changed mailbox.
    pub fn save_mailbox(&mut self, mailbox: &Mailbox) -> Result<(), StoreError> {
        let values = params![
            mailbox.id,
            mailbox.address.as_str(),
            mailbox.name.as_str(),
            mailbox.brand,
            mailbox.team,
            mailbox.close_after_days,
            mailbox.signature.as_str(),
            mailbox.active
        ];
        self.put(UPDATE_MAILBOX, &values)
    }
}

fn read_brand(row: &Row<'_>) -> Result<Brand, StoreError> {
    Ok(Brand {
        id: row.get(0)?,
        name: row.get(1)?,
        language: row.get(2)?,
        zone: row.get(3)?,
    })
}

fn read_mailbox(row: &Row<'_>) -> Result<Mailbox, StoreError> {
    Ok(Mailbox {
        id: row.get(0)?,
        address: word(row, 1, address)?,
        name: row.get(2)?,
        brand: row.get(3)?,
        team: row.get(4)?,
        close_after_days: row.get(5)?,
        signature: row.get(6)?,
        active: row.get(7)?,
    })
}
