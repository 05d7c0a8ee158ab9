//! Whether the desk can do its work.
//!
//! Owns: the question. Must not know: who asks and how often.

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use candor_store::Tx;

/// Reads from the database. Everybody may ask; the answer tells nothing but that it works.
#[derive(Debug, Clone, Copy)]
pub struct Ready;

impl Query for Ready {
    type Output = ();
    fn read(&self, tx: &mut Tx<'_>, _cx: &Cx) -> Result<(), DeskError> {
        tx.last_position()?;
        Ok(())
    }
}
