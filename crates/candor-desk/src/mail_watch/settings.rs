//! Who hears when no mail comes.
//!
//! Owns: the setting of each mailbox. Must not know: when that is.

use crate::check::Check;
use crate::cx::{Cx, Query, Verb};
use crate::error::DeskError;
use crate::setting::{Known, keep, value};
use candor_domain::id::MailboxId;
use candor_domain::permission::Permission;
use candor_store::Tx;
use serde::{Deserialize, Serialize};

/// Most addresses that hear of it.
const MOST: usize = 10;

/// Who hears of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WatchSettings {
    /// Addresses that get a mail by another account.
    pub addresses: Vec<String>,
    /// An address on the web that is told, with `https://`; empty where none.
    pub hook: String,
}

fn name_of(mailbox: MailboxId) -> String {
    format!("watch.{mailbox}")
}

/// Encrypted, because addresses on the web that take alarms often hold a key.
const fn known(name: &str) -> Known<'_> {
    Known {
        name,
        default: "",
        secret: true,
    }
}

/// The settings of a mailbox.
pub(super) fn settings_of(
    tx: &mut Tx<'_>,
    cx: &Cx,
    mailbox: MailboxId,
) -> Result<WatchSettings, DeskError> {
    let kept = value(tx, cx, &known(&name_of(mailbox)))?;
    Ok(serde_json::from_str(&kept).unwrap_or_default())
}

/// Asks how a mailbox is set.
#[derive(Debug, Clone, Copy)]
pub struct WatchSettingsOf {
    /// Which.
    pub mailbox: MailboxId,
}

impl Query for WatchSettingsOf {
    type Output = WatchSettings;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<WatchSettings, DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        settings_of(tx, cx, self.mailbox)
    }
}

/// Sets who hears of it.
#[derive(Debug, Clone)]
pub struct ChangeWatchSettings {
    /// Of which mailbox.
    pub mailbox: MailboxId,
    /// Who.
    pub settings: WatchSettings,
}

impl Verb for ChangeWatchSettings {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageMailboxes)?;
        let mailbox = tx.mailbox(self.mailbox)?;
        let mailbox = mailbox.ok_or(DeskError::NotFound("mailbox"))?;
        let mut check = Check::default();
        let mut addresses = Vec::new();
        for text in &self.settings.addresses {
            let address = check.email("addresses", text);
            addresses.extend(address.map(|address| address.to_string()));
        }
        if addresses.len() > MOST {
            check.refuse("addresses", "error-watch-many", "name at most 10 addresses");
        }
        if addresses.contains(&mailbox.address.to_string()) {
            let words = "name another address than the one whose mail is watched";
            check.refuse("addresses", "error-watch-itself", words);
        }
        let hook = self.settings.hook.trim().to_owned();
        check.web_address("hook", "error-watch-hook", &hook);
        check.done()?;
        let kept = WatchSettings { addresses, hook };
        let kept = serde_json::to_string(&kept).expect("settings become JSON");
        keep(tx, cx, &known(&name_of(mailbox.id)), &kept)
    }
}
