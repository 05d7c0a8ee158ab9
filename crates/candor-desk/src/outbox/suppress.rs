//! Addresses that do not work: mail to them is held.
//!
//! Owns: putting an address on the list, releasing it and taking that back, and who reads the
//! list. Must not know: how a mail server says that an address is dead.

use crate::cx::{Cx, Query, Verb};
use crate::error::{Conflict, DeskError};
use crate::journal::record;
use candor_domain::id::{MessageId, SuppressionId};
use candor_domain::permission::Permission;
use candor_domain::suppression::Suppression;
use candor_store::{Paged, Stretch, Tx};
use serde_json::json;

/// Addresses on one page of the list.
const PAGE: usize = 50;

/// An address, and what a mail server said of it.
pub(crate) struct DeadAddress {
    pub(crate) address: String,
    pub(crate) cause: String,
    pub(crate) status: String,
    pub(crate) diagnostic: String,
    pub(crate) message: Option<MessageId>,
}

/// Puts an address on the list. One that stands there already stays as it is.
pub(crate) fn suppress(tx: &mut Tx<'_>, cx: &Cx, dead: &DeadAddress) -> Result<(), DeskError> {
    let before = tx.suppression_of(&dead.address)?;
    if before.is_some_and(|before| before.is_active()) {
        return Ok(());
    }
    let mut kept = Suppression {
        id: SuppressionId(0),
        address: dead.address.clone(),
        cause: dead.cause.clone(),
        status: dead.status.clone(),
        diagnostic: dead.diagnostic.clone(),
        message: dead.message,
        at: cx.now(),
        released_at: None,
        salt: cx.salt(&format!("suppression:{}", dead.address)),
    };
    tx.keep_suppression(&mut kept)?;
    let event = json!({ "address": kept.id, "message": kept.message });
    record(tx, cx, "address.suppressed", event, &[&kept])
}

/// Those of some addresses that mail is held for.
pub(crate) fn dead_among(tx: &mut Tx<'_>, addresses: &[String]) -> Result<Vec<String>, DeskError> {
    let mut dead = Vec::new();
    for address in addresses {
        let known = tx.suppression_of(address)?;
        if known.is_some_and(|known| known.is_active()) {
            dead.push(address.clone());
        }
    }
    Ok(dead)
}

/// Lets mail go to an address again, or takes that back.
#[derive(Debug, Clone, Copy)]
pub struct ReleaseAddress {
    /// Which.
    pub address: SuppressionId,
    /// False holds mail to it again.
    pub release: bool,
}

impl Verb for ReleaseAddress {
    type Output = ();

    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        let mut kept = tx
            .suppression(self.address)?
            .ok_or(DeskError::NotFound("address"))?;
        if kept.is_active() != self.release {
            return Err(DeskError::Conflict(Conflict::TooLate));
        }
        kept.released_at = self.release.then(|| cx.now());
        tx.keep_suppression(&mut kept)?;
        let kind = if self.release {
            "address.released"
        } else {
            "address.held_again"
        };
        record(tx, cx, kind, json!({ "address": kept.id }), &[&kept])
    }
}

/// The addresses that mail is held for, the newest first.
#[derive(Debug, Clone, Copy, Default)]
pub struct DeadAddresses {
    /// Which stretch of the list.
    pub stretch: Stretch<SuppressionId>,
}

impl Query for DeadAddresses {
    type Output = Paged<Suppression, SuppressionId>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        cx.may_at_all(Permission::ManageOutgoing)?;
        let read = |stretch, most| -> Result<Vec<Suppression>, DeskError> {
            Ok(tx.active_suppressions(stretch, most)?)
        };
        self.stretch.page(PAGE, |kept| kept.id, read)
    }
}
