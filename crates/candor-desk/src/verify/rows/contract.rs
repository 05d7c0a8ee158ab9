//! Contracts and their statements against the history.
//!
//! Owns: that part of the walk. Must not know: what a statement says.

use super::{CHUNK, Walk, place_of};
use crate::contract::hash_of;
use crate::error::DeskError;
use candor_domain::id::{ContractId, MaintenanceId};
use candor_domain::record::Recorded;
use candor_store::Tx;

impl Walk<'_, '_> {
    /// What was agreed, and approved statements: their bytes must be those that were approved.
    pub(super) fn contracts(&mut self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        for row in tx.contracts()? {
            self.compare(tx, &row, None)?;
        }
        let mut after = MaintenanceId(0);
        loop {
            let rows = tx.maintenance_after(after, CHUNK)?;
            let Some(last) = rows.last() else {
                break;
            };
            after = last.id;
            for row in &rows {
                self.compare(tx, row, None)?;
            }
        }
        let mut after = (ContractId(0), String::new());
        loop {
            let rows = tx.statements_after((after.0, &after.1), CHUNK)?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = (last.contract, last.month.to_string());
            for row in &rows {
                self.compare(tx, row, None)?;
                if hash_of(&row.document) != row.hash {
                    let what = "it is not the document that was approved";
                    let place = place_of(&row.subject(), None);
                    self.inspection.findings.add(place, what, None);
                }
            }
        }
    }
}
