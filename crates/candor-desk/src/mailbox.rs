//! Mailboxes, and the brands that they speak for.
//!
//! Owns: adding and changing them, and which address is ours. Must not know: how mail is carried.

mod brand;
mod log;

pub use brand::{AddBrand, BrandOf, Brands, ChangeBrand};
pub use candor_store::mail_log::LogPlace;
pub use log::{LineAbout, MailKinds, MailboxLine, MailboxLog, MailboxLogWhat};

use crate::check::{self, Check};
use crate::cx::{Cx, Query, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use crate::people::staff_only;
use candor_domain::address::EmailAddress;
use candor_domain::id::{BrandId, MailboxId, TeamId};
use candor_domain::mailbox::{Brand, Mailbox};
use candor_domain::permission::Permission;
use candor_store::Tx;
use serde_json::json;

/// Longest signature, in bytes.
const LONGEST_SIGNATURE: usize = 4000;
/// Longest time after which a solved ticket closes by itself, in days.
const MOST_DAYS: i64 = 365;

/// The mailbox that takes mail for an address: `help@shop.example`, and `help+TOKEN@shop.example`
/// too. An address that stands as a mailbox with its detail wins over the one without. `None` for
/// addresses that are not ours and for mailboxes that rest.
pub fn our_mailbox(tx: &mut Tx<'_>, address: &EmailAddress) -> Result<Option<Mailbox>, DeskError> {
    let exact = tx.mailbox_by_address(address)?;
    let found = match exact {
        Some(mailbox) => Some(mailbox),
        None => tx.mailbox_by_address(&address.without_detail())?,
    };
    Ok(found.filter(|mailbox| mailbox.active))
}

/// What can be set about a mailbox.
#[derive(Debug, Clone)]
pub struct MailboxFields {
    /// What staff call it.
    pub name: String,
    /// The team that new tickets go to.
    pub team: Option<TeamId>,
    /// Days after which a solved ticket closes by itself; 0 means never.
    pub close_after_days: i64,
    /// Text below each reply.
    pub signature: String,
}

impl MailboxFields {
    fn put_into(
        &self,
        tx: &mut Tx<'_>,
        mut check: Check,
        mailbox: &mut Mailbox,
    ) -> Result<(), DeskError> {
        mailbox.name = check.name("name", &self.name);
        check.between("close_after_days", self.close_after_days, (0, MOST_DAYS));
        check.text("signature", &self.signature, LONGEST_SIGNATURE);
        check.done()?;
        if let Some(team) = self.team {
            tx.team(team)?.ok_or(DeskError::NotFound("team"))?;
        }
        mailbox.team = self.team;
        mailbox.close_after_days = self.close_after_days;
        mailbox.signature = check::lines(&self.signature);
        Ok(())
    }
}

/// Adds a mailbox to a brand.
#[derive(Debug, Clone)]
pub struct AddMailbox {
    /// Its address; a detail behind a plus is cut.
    pub address: String,
    /// The brand it speaks for; `None` for the first one.
    pub brand: Option<BrandId>,
    /// Everything else.
    pub fields: MailboxFields,
}

impl Verb for AddMailbox {
    type Output = MailboxId;
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<MailboxId, DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let brand = found_brand(tx, self.brand)?;
        let mut check = Check::default();
        let Some(address) = check.email("address", &self.address) else {
            return check.done().map(|()| MailboxId(0));
        };
        let mut mailbox = Mailbox {
            id: MailboxId(0),
            address: address.without_detail(),
            name: String::new(),
            brand: brand.id,
            team: None,
            close_after_days: Mailbox::DEFAULT_CLOSE_AFTER_DAYS,
            signature: String::new(),
            active: true,
        };
        self.fields.put_into(tx, check, &mut mailbox)?;
        if tx.mailbox_by_address(&mailbox.address)?.is_some() {
            return Err(DeskError::Conflict(Conflict::Taken("address")));
        }
        tx.insert_mailbox(&mut mailbox)?;
        record(tx, cx, "mailbox.added", json!({}), &[&mailbox])?;
        Ok(mailbox.id)
    }
}

/// Changes a mailbox. Its address stays: customers answer to it for years.
#[derive(Debug, Clone)]
pub struct ChangeMailbox {
    /// Which.
    pub mailbox: MailboxId,
    /// The brand it speaks for; `None` leaves it as it is.
    pub brand: Option<BrandId>,
    /// What it is now.
    pub fields: MailboxFields,
}

impl Verb for ChangeMailbox {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let mut mailbox = tx
            .mailbox(self.mailbox)?
            .ok_or(DeskError::NotFound("mailbox"))?;
        if self.brand.is_some() {
            mailbox.brand = found_brand(tx, self.brand)?.id;
        }
        self.fields.put_into(tx, Check::default(), &mut mailbox)?;
        tx.save_mailbox(&mailbox)?;
        record(tx, cx, "mailbox.changed", json!({}), &[&mailbox])
    }
}

/// Lets a mailbox rest, or takes it into use again. One that rests takes in no mail; its tickets
/// stay and can be answered.
#[derive(Debug, Clone, Copy)]
pub struct RestMailbox {
    /// Which.
    pub mailbox: MailboxId,
    /// Whether it rests.
    pub rests: bool,
}

impl Verb for RestMailbox {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let mut mailbox = tx
            .mailbox(self.mailbox)?
            .ok_or(DeskError::NotFound("mailbox"))?;
        if mailbox.active != self.rests {
            return Ok(());
        }
        mailbox.active = !self.rests;
        tx.save_mailbox(&mailbox)?;
        let kind = if self.rests {
            "mailbox.deactivated"
        } else {
            "mailbox.reactivated"
        };
        record(tx, cx, kind, json!({}), &[&mailbox])
    }
}

pub(crate) fn found_brand(tx: &mut Tx<'_>, id: Option<BrandId>) -> Result<Brand, DeskError> {
    let found = match id {
        Some(id) => tx.brand(id)?,
        None => tx.brands()?.into_iter().next(),
    };
    found.ok_or(DeskError::NotFound("brand"))
}

/// Every mailbox, oldest first, those that rest included.
pub struct Mailboxes;

impl Query for Mailboxes {
    type Output = Vec<Mailbox>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<Mailbox>, DeskError> {
        staff_only(cx)?;
        Ok(tx.mailboxes()?)
    }
}

/// Whether a mailbox of ours takes mail for an address: for whoever stands at the door and decides
/// between 250 and 550. Everybody may ask; the answer is what a mail would tell anyway.
pub struct OurMailbox {
    /// The address.
    pub address: EmailAddress,
}

impl Query for OurMailbox {
    type Output = Option<Mailbox>;
    fn read(&self, tx: &mut Tx<'_>, _cx: &Cx) -> Result<Option<Mailbox>, DeskError> {
        our_mailbox(tx, &self.address)
    }
}
