//! Of what somebody wants mail.
//!
//! Owns: choosing it for oneself. Must not know: who hears of which event.

use super::MailWish;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::journal::record;
use candor_domain::record::Recorded;
use candor_store::Tx;
use serde_json::{Value, json};

/// Asks of what the reader wants mail: of nothing, until they choose.
#[derive(Debug, Clone, Copy)]
pub struct MailWishOf;

impl Query for MailWishOf {
    type Output = MailWish;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<MailWish, DeskError> {
        let person = cx.access()?.person;
        Ok(tx.mail_wish(person)?.unwrap_or(MailWish {
            person,
            assigned: false,
            answered: false,
            team: false,
        }))
    }
}

/// Chooses for oneself. Nobody chooses for somebody else.
#[derive(Debug, Clone, Copy)]
pub struct ChangeMailWish {
    /// A ticket was given to me.
    pub assigned: bool,
    /// A customer wrote again in a ticket of mine.
    pub answered: bool,
    /// A ticket is new in a team of mine.
    pub team: bool,
}

impl Verb for ChangeMailWish {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let wish = MailWish {
            person: cx.access()?.person,
            assigned: self.assigned,
            answered: self.answered,
            team: self.team,
        };
        if tx.mail_wish(wish.person)? == Some(wish) {
            return Ok(());
        }
        tx.keep_mail_wish(wish)?;
        let wish = WishRecord(wish);
        record(tx, cx, "person.mail_chosen", wish.facts(), &[&wish])
    }
}

/// A wish as the history names it.
pub(crate) struct WishRecord(pub(crate) MailWish);

impl Recorded for WishRecord {
    fn subject(&self) -> String {
        format!("mail_wish:{}", self.0.person)
    }
    fn facts(&self) -> Value {
        let wish = self.0;
        json!({ "assigned": wish.assigned, "answered": wish.answered, "team": wish.team })
    }
}
