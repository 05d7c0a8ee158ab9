//! The mail server that the settings name.
//!
//! Owns: from settings to a relay. Must not know: how settings are stored.

use super::courier::Relay;
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::setting::OutgoingSettings;
use candor_store::Tx;

/// The server that staff set up; `None` where nobody did.
pub(super) struct RelayInSettings;

impl Query for RelayInSettings {
    type Output = Option<Relay>;

    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Self::Output, DeskError> {
        Ok(OutgoingSettings::read(tx, cx)?.relay())
    }
}
