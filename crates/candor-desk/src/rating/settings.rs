//! Which mailboxes ask their customers.
//!
//! Owns: the setting of each mailbox. Off until somebody switches it on: nobody's customers get
//! mail that nobody asked for.

use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::people::staff_only;
use crate::setting::{Known, keep, value};
use candor_domain::id::{MailboxId, PersonId};
use candor_domain::permission::Permission;
use candor_store::Tx;
use serde::{Deserialize, Serialize};

/// Whether a mailbox asks, and who hears of a bad answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RatingSettings {
    /// Whether its customers are asked after a ticket is solved.
    pub asks: bool,
    /// Who gets a mail when somebody was not happy.
    pub alert: Option<PersonId>,
}

fn name_of(mailbox: MailboxId) -> String {
    format!("rating.mailbox.{mailbox}")
}

fn known(name: &str) -> Known<'_> {
    Known {
        name,
        default: "",
        secret: false,
    }
}

/// The settings of a mailbox.
pub(super) fn settings_of(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
) -> Result<RatingSettings, DeskError> {
    let kept = value(tx, cx, &known(&name_of(mailbox)))?;
    Ok(serde_json::from_str(&kept).unwrap_or_default())
}

/// Asks how a mailbox is set.
#[derive(Debug, Clone, Copy)]
pub struct RatingSettingsOf {
    /// Which.
    pub mailbox: MailboxId,
}

impl Query for RatingSettingsOf {
    type Output = RatingSettings;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<RatingSettings, DeskError> {
        staff_only(cx)?;
        settings_of(tx, cx, self.mailbox)
    }
}

/// Sets whether a mailbox asks.
#[derive(Debug, Clone)]
pub struct ChangeRatingSettings {
    /// Which.
    pub mailbox: MailboxId,
    /// How.
    pub settings: RatingSettings,
}

impl Verb for ChangeRatingSettings {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let mailbox = tx.mailbox(self.mailbox)?;
        let mailbox = mailbox.ok_or(DeskError::NotFound("mailbox"))?;
        if let Some(person) = self.settings.alert {
            let active = tx.person(person)?.is_some_and(|person| person.active);
            if !active {
                return Err(DeskError::invalid(
                    "alert",
                    "error-assignee-gone",
                    "nobody active has this id",
                ));
            }
        }
        let kept = serde_json::to_string(&self.settings).expect("settings become JSON");
        keep(tx, cx, &known(&name_of(mailbox.id)), &kept)
    }
}
