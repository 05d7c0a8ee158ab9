//! Mails that came and went against the logs in which they stand.
//!
//! Owns: that each stands in the log of its ticket's mailbox. Must not know: what else is said of a
//! mail: on its way it is working state.

use super::super::Progress;
use super::super::words::place_of;
use super::{CHUNK, Walk};
use crate::error::DeskError;
use candor_store::Tx;
use candor_store::mail_log::LogTable;

const TABLES: [LogTable; 4] = [
    LogTable::Read,
    LogTable::Sent,
    LogTable::Automatic,
    LogTable::Told,
];

impl Walk<'_, '_> {
    pub(super) fn mail_log(&mut self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        for table in TABLES {
            let mut after = 0;
            loop {
                let rows = tx.logged_under(table, after, CHUNK)?;
                let Some(last) = rows.last() else {
                    break;
                };
                after = last.row;
                for row in rows.iter().filter(|row| row.mailbox != Some(row.right)) {
                    let place = place_of(&row.ticket.subject(), None);
                    let what = "a mail of it is missing in the mail log of its mailbox";
                    self.inspection.findings.add(place, what, None);
                }
                self.rows += rows.len() as i64;
                (self.inspection.progress)(Progress::Rows(self.rows));
            }
        }
        Ok(())
    }
}
