//! Rows against the history.
//!
//! Owns: one walk over every table that people see. Must not know: the entries' codes.

mod contract;
mod mail_log;

use super::state::Standing;
use super::words::{difference, place_of};
use super::{Inspection, Progress};
use crate::auth::{KeptPassword, PasswordHash};
use crate::cx::Cx;
use crate::error::DeskError;
use crate::journal::state_of;
use crate::level::clocks_are_right;
use crate::staff_mail::WishRecord;
use candor_domain::id::{
    AbsenceId, AdoptionId, CustomerId, IdentityId, MessageId, PersonId, RatingId, SuppressionId,
    SwapId, TicketId,
};
use candor_domain::record::{MessageWithFiles, Recorded, Salted};
use candor_store::Tx;
use candor_store::journal::Entry;
use serde_json::Value;

/// Rows read at a time.
const CHUNK: i64 = 500;

/// Compares every row. Returns how many there were.
pub(super) fn walk(
    tx: &mut Tx<'_>,
    cx: &Cx,
    inspection: &mut Inspection<'_>,
) -> Result<i64, DeskError> {
    let mut walk = Walk {
        inspection,
        rows: 0,
    };
    walk.small_tables(tx)?;
    walk.people(tx)?;
    walk.customers(tx)?;
    walk.tickets(tx)?;
    walk.promises(tx, cx)?;
    walk.urgency_choices(tx)?;
    walk.given_promises(tx)?;
    walk.messages(tx)?;
    walk.suppressions(tx)?;
    walk.ratings(tx)?;
    walk.contracts(tx)?;
    walk.mail_log(tx)?;
    Ok(walk.rows)
}

struct Walk<'w, 'a> {
    inspection: &'w mut Inspection<'a>,
    rows: i64,
}

impl Walk<'_, '_> {
    fn small_tables(&mut self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        for row in tx.roles()? {
            self.compare(tx, &row, None)?;
        }
        for row in tx.teams()? {
            self.compare(tx, &row, None)?;
        }
        for row in tx.brands()? {
            self.compare(tx, &row, None)?;
        }
        for row in tx.mailboxes()? {
            self.compare(tx, &row, None)?;
        }
        for row in tx.skills()? {
            self.compare(tx, &row, None)?;
        }
        for row in tx.tiers()? {
            self.compare(tx, &row, None)?;
        }
        for row in tx.organizations()? {
            self.compare(tx, &row, None)?;
        }
        for wish in tx.mail_wishes()? {
            self.compare(tx, &WishRecord(wish), None)?;
        }
        for row in tx.settings()? {
            self.compare(tx, &row, None)?;
        }
        for row in tx.calendars()? {
            self.compare(tx, &row, None)?;
        }
        for row in tx.levels()? {
            self.compare(tx, &row, None)?;
        }
        for row in tx.every_terms()? {
            self.compare(tx, &row, None)?;
        }
        for row in tx.tokens()? {
            self.compare(tx, &row, None)?;
        }
        self.passwords(tx)?;
        self.roster(tx)
    }

    fn roster(&mut self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        for row in tx.shifts()? {
            self.compare(tx, &row, None)?;
        }
        let mut after = AdoptionId(0);
        loop {
            let rows = tx.adoptions_after(after, CHUNK)?;
            let Some(last) = rows.last() else {
                break;
            };
            after = last.id;
            for row in &rows {
                self.compare(tx, row, None)?;
            }
        }
        let mut after = AbsenceId(0);
        loop {
            let rows = tx.absences_after(after, CHUNK)?;
            let Some(last) = rows.last() else {
                break;
            };
            after = last.id;
            for row in &rows {
                self.compare(tx, row, None)?;
            }
        }
        let mut after = SwapId(0);
        loop {
            let rows = tx.swaps_after(after, CHUNK)?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.id;
            for row in &rows {
                self.compare(tx, row, None)?;
            }
        }
    }

    /// Their hashes: whoever exchanged one could log in as somebody else.
    fn passwords(&mut self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        for (person, hash, salt) in tx.passwords()? {
            let row = KeptPassword {
                person,
                hash: &PasswordHash::stored(hash),
                salt: &salt,
            };
            self.compare(tx, &row, None)?;
        }
        Ok(())
    }

    fn people(&mut self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        let mut after = PersonId(0);
        loop {
            let rows = tx.people_after(after, CHUNK)?;
            let Some((last, _)) = rows.last() else {
                return Ok(());
            };
            after = last.id;
            for (noun, salt) in &rows {
                self.compare(tx, &Salted { noun, salt }, None)?;
            }
        }
    }

    fn customers(&mut self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        let mut after = CustomerId(0);
        loop {
            let rows = tx.customers_after(after, CHUNK)?;
            let Some((last, _)) = rows.last() else {
                break;
            };
            after = last.id;
            for (noun, salt) in &rows {
                self.compare(tx, &Salted { noun, salt }, None)?;
            }
        }
        let mut after = IdentityId(0);
        loop {
            let rows = tx.identities_after(after, CHUNK)?;
            let Some((last, _)) = rows.last() else {
                return Ok(());
            };
            after = last.id;
            for (noun, salt) in &rows {
                self.compare(tx, &Salted { noun, salt }, None)?;
            }
        }
    }

    fn tickets(&mut self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        let mut after = TicketId(0);
        loop {
            let rows = tx.tickets_after(after, CHUNK)?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.id;
            for row in &rows {
                self.compare(tx, row, None)?;
            }
        }
    }

    /// What tickets are promised, and their clocks counted again from the history.
    fn promises(&mut self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        let mut after = TicketId(0);
        loop {
            let rows = tx.clocks_after(after, CHUNK)?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.promise.ticket;
            for row in &rows {
                let ticket = row.promise.ticket;
                self.compare(tx, &row.promise, Some(ticket))?;
                if !clocks_are_right(tx, cx, row)? {
                    let what = "its promises are not those that its history gives";
                    let place = place_of(&ticket.subject(), Some(ticket));
                    self.inspection.findings.add(place, what, None);
                }
            }
        }
    }

    /// What people decided against a suggestion.
    fn urgency_choices(&mut self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        let mut after = TicketId(0);
        loop {
            let rows = tx.urgency_choices_after(after, CHUNK)?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.ticket;
            for row in &rows {
                self.compare(tx, row, Some(row.ticket))?;
            }
        }
    }

    /// What people promised in replies.
    fn given_promises(&mut self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        let mut after = (TicketId(0), 0);
        loop {
            let rows = tx.given_after(after, CHUNK)?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = (last.ticket, last.cycle);
            for row in &rows {
                self.compare(tx, row, Some(row.ticket))?;
            }
        }
    }

    fn messages(&mut self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        let mut after = MessageId(0);
        loop {
            let rows = tx.messages_after(after, CHUNK)?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.id;
            let ids: Vec<MessageId> = rows.iter().map(|message| message.id).collect();
            let files = tx.attachments_of(&ids)?;
            for message in rows {
                let files: Vec<_> = files
                    .iter()
                    .filter(|file| file.message == Some(message.id))
                    .cloned()
                    .collect();
                self.inspection.files.note(&message, &files);
                let ticket = message.ticket;
                let row = MessageWithFiles { message, files };
                self.compare(tx, &row, Some(ticket))?;
            }
        }
    }

    fn suppressions(&mut self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        let mut after = SuppressionId(0);
        loop {
            let rows = tx.suppressions_after(after, CHUNK)?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.id;
            for row in &rows {
                self.compare(tx, row, None)?;
            }
        }
    }

    fn ratings(&mut self, tx: &mut Tx<'_>) -> Result<(), DeskError> {
        let mut after = RatingId(0);
        loop {
            let rows = tx.ratings_after(after, CHUNK)?;
            let Some(last) = rows.last() else {
                break;
            };
            after = last.id;
            for row in &rows {
                self.compare(tx, row, Some(row.ticket))?;
            }
        }
        let mut after = TicketId(0);
        loop {
            let rows = tx.upset_reviews_after(after, CHUNK)?;
            let Some(last) = rows.last() else {
                return Ok(());
            };
            after = last.ticket;
            for row in &rows {
                self.compare(tx, row, Some(row.ticket))?;
            }
        }
    }

    fn compare(
        &mut self,
        tx: &mut Tx<'_>,
        row: &dyn Recorded,
        ticket: Option<TicketId>,
    ) -> Result<(), DeskError> {
        let (subject, state) = (row.subject(), state_of(row));
        let place = || place_of(&subject, ticket);
        match self.inspection.known.meet(&subject, &state) {
            Standing::Same => {}
            Standing::Unknown => {
                let what = "it is in the database, but no entry of the history made it";
                self.inspection.findings.add(place(), what, None);
            }
            Standing::Differs(position) => {
                let entry = entry_at(tx, position)?;
                let said = entry
                    .as_ref()
                    .map(|entry| said_of(entry, &subject))
                    .unwrap_or_default();
                let what = difference(&subject, &state, &said);
                let at = entry.map(|entry| entry.at);
                self.inspection.findings.add(place(), what, at);
            }
        }
        self.rows += 1;
        if self.rows % 1_000 == 0 {
            (self.inspection.progress)(Progress::Rows(self.rows));
        }
        Ok(())
    }
}

/// Names rows that the history knows and the database does not.
pub(super) fn name_the_missing(
    tx: &mut Tx<'_>,
    inspection: &mut Inspection<'_>,
) -> Result<(), DeskError> {
    for position in inspection.known.missing() {
        let Some(entry) = entry_at(tx, position)? else {
            continue;
        };
        let facts: Value = serde_json::from_str(&entry.facts).unwrap_or_default();
        for subject in facts["state"]
            .as_object()
            .into_iter()
            .flat_map(|state| state.keys())
        {
            if inspection.known.is_missing(subject, position) {
                let ticket = facts["state"][subject]["ticket"].as_i64().map(TicketId);
                let what = "the history knows it, but it is gone from the database";
                inspection
                    .findings
                    .add(place_of(subject, ticket), what, Some(entry.at));
            }
        }
    }
    Ok(())
}

/// `None` for an entry that has no position yet.
fn entry_at(tx: &mut Tx<'_>, position: i64) -> Result<Option<Entry>, DeskError> {
    if position == 0 {
        return Ok(None);
    }
    Ok(tx.entries_after(position - 1, 1)?.into_iter().next())
}

fn said_of(entry: &Entry, subject: &str) -> Value {
    let mut facts: Value = serde_json::from_str(&entry.facts).unwrap_or_default();
    facts["state"][subject].take()
}
