//! Contracts and their statements against the history.
//!
//! Owns: that part of the walk. Must not know: what a statement says.

use super::{CHUNK, Walk, place_of};
use crate::contract::{document_of, hash_of, seal_of};
use crate::error::DeskError;
use candor_domain::contract::Statement;
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
        self.statements(tx)
    }

    fn statements(&mut self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        let mut before: Option<Statement> = None;
        loop {
            let after = before
                .as_ref()
                .map_or((ContractId(0), String::new(), 0), |one| {
                    (one.contract, one.month.to_string(), one.version)
                });
            let rows = tx.statements_after((after.0, &after.1, after.2), CHUNK)?;
            if rows.is_empty() {
                return Ok(());
            }
            for row in rows {
                self.compare(tx, &row, None)?;
                for what in faults(&row, before.as_ref()) {
                    let place = place_of(&row.subject(), None);
                    self.inspection.findings.add(place, what, None);
                }
                before = Some(row);
            }
        }
    }
}

/// What is wrong with an approved statement; `before` is the row before it.
fn faults(row: &Statement, before: Option<&Statement>) -> Vec<&'static str> {
    let mut faults = Vec::new();
    if hash_of(&row.document) != row.hash {
        faults.push("it is not the document that was approved");
    }
    if !row.seal.is_empty() && seal_of(&row.approver, &row.paper) != row.seal {
        faults.push("its words on paper, or who approved it, are not those that were approved");
    }
    if row.version > 1 && !corrects(row, before) {
        faults.push("the statement that it corrects is not the one before it");
    }
    faults
}

/// Whether a correction names the statement before it.
fn corrects(row: &Statement, before: Option<&Statement>) -> bool {
    let Some(before) = before else { return false };
    let follows = (before.contract, before.month, before.version + 1);
    let corrects = document_of(row).ok().and_then(|document| document.corrects);
    (row.contract, row.month, row.version) == follows
        && corrects.is_some_and(|one| one.version == before.version && one.sha256 == before.hash)
}
