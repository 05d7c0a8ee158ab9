//! The mail server that the settings name.
//!
//! Owns: from settings to a relay. Must not know: how settings are stored.

use super::courier::Relay;
use crate::cx::Desk;
use crate::error::DeskError;

/// The server that staff set up; `None` where nobody did.
pub(super) async fn relay_in_settings(_: &Desk) -> Result<Option<Relay>, DeskError> {
    Ok(None)
}
