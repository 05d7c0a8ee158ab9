//! An absence as somebody typed it.
//!
//! Owns: reading it. Must not know: what becomes of it.

use super::shift::day;
use super::somebody_active;
use crate::check::Check;
use crate::cx::Cx;
use crate::error::DeskError;
use candor_domain::id::{AbsenceId, PersonId};
use candor_domain::roster::{Absence, AbsenceKind, AbsenceState, RosterRule};
use candor_store::Tx;
use jiff::ToSpan;

/// Longest note, in bytes.
const LONGEST_NOTE: usize = 500;
/// Longest absence, in days.
const LONGEST: i64 = 731;

/// An absence as somebody typed it.
#[derive(Debug, Clone)]
pub struct AbsenceText {
    /// Who is away.
    pub person: PersonId,
    /// Who looks after their tickets.
    pub deputy: Option<PersonId>,
    /// The first day, such as `2026-12-21`.
    pub first: String,
    /// The last day; empty is the first.
    pub last: String,
    /// Why.
    pub kind: AbsenceKind,
    /// What they want to say about it.
    pub note: String,
}

impl AbsenceText {
    pub(super) fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Absence, DeskError> {
        somebody_active(tx, "person", self.person)?;
        if let Some(deputy) = self.deputy {
            check_deputy(tx, self.person, deputy)?;
        }
        let mut check = Check::default();
        check.text("note", &self.note, LONGEST_NOTE);
        let first = day(&mut check, "first", &self.first);
        let last = match self.last.trim() {
            "" => first,
            text => day(&mut check, "last", text),
        };
        if last < first {
            check.refuse("last", "error-days-backwards", "it ends before it begins");
        } else if last > first.saturating_add(LONGEST.days()) {
            check.refuse("last", "error-days-long", "two years are the most");
        }
        check.done()?;
        Ok(Absence {
            id: AbsenceId(0),
            person: self.person,
            deputy: self.deputy,
            first,
            last,
            state: AbsenceState::Asked,
            kind: self.kind,
            note: self.note.trim().to_owned(),
            salt: cx.salt(&format!("absence of {} from {first}", self.person)),
        })
    }
}

/// Somebody else who works here.
pub(super) fn check_deputy(
    tx: &mut Tx<'_>,
    person: PersonId,
    deputy: PersonId,
) -> Result<(), DeskError> {
    if deputy == person {
        return Err(RosterRule::Oneself.into());
    }
    somebody_active(tx, "deputy", deputy)
}
