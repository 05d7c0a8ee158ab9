//! Shifts, absences and swaps.
//!
//! Owns: the tables `shift`, `absence` and `shift_swap`, and that of adopted plans. Must not know: who may change them, what
//! they make of a day together.

mod adoption;
mod feed;

use crate::ticket::word;
use crate::{ErrorKind, Row, Sql, StoreError, Tx, params};
use candor_domain::calendar::Period;
use candor_domain::id::{AbsenceId, PersonId, ShiftId, SwapId};
use candor_domain::roster::{Absence, AbsenceKind, AbsenceState, Days, Shift, Swap, SwapState};
use jiff::civil::Date;
use std::str::FromStr;

const SHIFTS: Sql = Sql::Same(
    "select id, person_id, days, first_day, last_day, hours, active from shift order by id",
);
const SHIFT: Sql = Sql::Same(
    "select id, person_id, days, first_day, last_day, hours, active from shift where id = $1",
);
const INSERT_SHIFT: Sql = Sql::Same(
    "insert into shift (person_id, days, first_day, last_day, hours, active)
     values ($1, $2, $3, $4, $5, $6)
     returning id",
);
const SAVE_SHIFT: Sql = Sql::Same(
    "update shift
        set person_id = $2, days = $3, first_day = $4, last_day = $5, hours = $6, active = $7
      where id = $1",
);
const ABSENCE: Sql = Sql::Same(
    "select id, person_id, deputy_id, first_day, last_day, state, kind, note, salt
       from absence
      where id = $1",
);
const ABSENCES_FROM: Sql = Sql::Same(
    "select id, person_id, deputy_id, first_day, last_day, state, kind, note, salt
       from absence
      where last_day >= $1
      order by first_day, id
      limit $2",
);
const ABSENCES_AFTER: Sql = Sql::Same(
    "select id, person_id, deputy_id, first_day, last_day, state, kind, note, salt
       from absence
      where id > $1
      order by id
      limit $2",
);
const AWAY: Sql = Sql::Same(
    "select id, person_id, deputy_id, first_day, last_day, state, kind, note, salt
       from absence
      where person_id = $1 and last_day >= $2 and first_day <= $2 and state = 'approved'
      order by last_day desc
      limit 1",
);
const INSERT_ABSENCE: Sql = Sql::Same(
    "insert into absence (person_id, deputy_id, first_day, last_day, state, kind, note, salt)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     returning id",
);
const SAVE_ABSENCE: Sql = Sql::Same("update absence set deputy_id = $2, state = $3 where id = $1");
const SWAP: Sql =
    Sql::Same("select id, shift_id, day, by_id, taker_id, state from shift_swap where id = $1");
const SWAPS_FROM: Sql = Sql::Same(
    "select id, shift_id, day, by_id, taker_id, state
       from shift_swap
      where day >= $1
      order by day, id
      limit $2",
);
const SWAPS_AFTER: Sql = Sql::Same(
    "select id, shift_id, day, by_id, taker_id, state
       from shift_swap
      where id > $1
      order by id
      limit $2",
);
const INSERT_SWAP: Sql = Sql::Same(
    "insert into shift_swap (shift_id, day, by_id, taker_id, state)
     values ($1, $2, $3, $4, $5)
     returning id",
);
const SAVE_SWAP: Sql = Sql::Same("update shift_swap set taker_id = $2, state = $3 where id = $1");

/// Most rows that one look at the roster reads.
const MOST: i64 = 5_000;

impl Tx<'_> {
    /// Every shift there ever was, oldest first.
    pub fn shifts(&mut self) -> Result<Vec<Shift>, StoreError> {
        self.query(SHIFTS, &[], read_shift)
    }

    /// A shift.
    pub fn shift(&mut self, id: ShiftId) -> Result<Option<Shift>, StoreError> {
        self.query_opt(SHIFT, &params![id], read_shift)
    }

    /// Stores a new shift and sets its id.
    pub fn insert_shift(&mut self, new: &mut Shift) -> Result<(), StoreError> {
        let values = params![
            new.person,
            new.days.bits(),
            new.first.to_string(),
            new.last.map(|day| day.to_string()),
            new.hours.to_string(),
            new.active
        ];
        new.id = self.query_one(INSERT_SHIFT, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores a changed shift.
    pub fn save_shift(&mut self, shift: &Shift) -> Result<(), StoreError> {
        let values = params![
            shift.id,
            shift.person,
            shift.days.bits(),
            shift.first.to_string(),
            shift.last.map(|day| day.to_string()),
            shift.hours.to_string(),
            shift.active
        ];
        self.put(SAVE_SHIFT, &values)
    }

    /// An absence.
    pub fn absence(&mut self, id: AbsenceId) -> Result<Option<Absence>, StoreError> {
        self.query_opt(ABSENCE, &params![id], read_absence)
    }

    /// Absences that last until a day or longer, by their first day; in whatever state.
    pub fn absences_from(&mut self, day: Date) -> Result<Vec<Absence>, StoreError> {
        self.query(ABSENCES_FROM, &params![day.to_string(), MOST], read_absence)
    }

    /// The absence of a person that holds on a day.
    pub fn away(&mut self, person: PersonId, day: Date) -> Result<Option<Absence>, StoreError> {
        self.query_opt(AWAY, &params![person, day.to_string()], read_absence)
    }

    /// Absences by id after one, for walks over all of them.
    pub fn absences_after(
        &mut self,
        after: AbsenceId,
        limit: i64,
    ) -> Result<Vec<Absence>, StoreError> {
        self.query(ABSENCES_AFTER, &params![after, limit], read_absence)
    }

    /// Stores a new absence and sets its id.
    pub fn insert_absence(&mut self, new: &mut Absence) -> Result<(), StoreError> {
        let values = params![
            new.person,
            new.deputy,
            new.first.to_string(),
            new.last.to_string(),
            new.state.as_str(),
            new.kind.as_str(),
            new.note.as_str(),
            new.salt.as_slice()
        ];
        new.id = self.query_one(INSERT_ABSENCE, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores how far an absence came, and who stands in.
    pub fn save_absence(&mut self, absence: &Absence) -> Result<(), StoreError> {
        let values = params![absence.id, absence.deputy, absence.state.as_str()];
        self.put(SAVE_ABSENCE, &values)
    }

    /// A swap.
    pub fn swap(&mut self, id: SwapId) -> Result<Option<Swap>, StoreError> {
        self.query_opt(SWAP, &params![id], read_swap)
    }

    /// Swaps of a day and later ones, in whatever state.
    pub fn swaps_from(&mut self, day: Date) -> Result<Vec<Swap>, StoreError> {
        self.query(SWAPS_FROM, &params![day.to_string(), MOST], read_swap)
    }

    /// Swaps by id after one, for walks over all of them.
    pub fn swaps_after(&mut self, after: SwapId, limit: i64) -> Result<Vec<Swap>, StoreError> {
        self.query(SWAPS_AFTER, &params![after, limit], read_swap)
    }

    /// Stores a new swap and sets its id.
    pub fn insert_swap(&mut self, new: &mut Swap) -> Result<(), StoreError> {
        let values = params![
            new.shift,
            new.date.to_string(),
            new.by,
            new.taker,
            new.state.as_str()
        ];
        new.id = self.query_one(INSERT_SWAP, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores how far a swap came.
    pub fn save_swap(&mut self, swap: &Swap) -> Result<(), StoreError> {
        let values = params![swap.id, swap.taker, swap.state.as_str()];
        self.put(SAVE_SWAP, &values)
    }
}

fn read_shift(row: &Row<'_>) -> Result<Shift, StoreError> {
    let last: Option<String> = row.get(4)?;
    Ok(Shift {
        id: row.get(0)?,
        person: row.get(1)?,
        days: Days::from_bits(row.get(2)?),
        first: parsed(&row.get::<String>(3)?)?,
        last: last.as_deref().map(parsed).transpose()?,
        hours: parsed::<Period>(&row.get::<String>(5)?)?,
        active: row.get(6)?,
    })
}

fn read_absence(row: &Row<'_>) -> Result<Absence, StoreError> {
    Ok(Absence {
        id: row.get(0)?,
        person: row.get(1)?,
        deputy: row.get(2)?,
        first: parsed(&row.get::<String>(3)?)?,
        last: parsed(&row.get::<String>(4)?)?,
        state: word(row, 5, AbsenceState::parse)?,
        kind: word(row, 6, AbsenceKind::parse)?,
        note: row.get(7)?,
        salt: row.get(8)?,
    })
}

fn read_swap(row: &Row<'_>) -> Result<Swap, StoreError> {
    Ok(Swap {
        id: row.get(0)?,
        shift: row.get(1)?,
        date: parsed(&row.get::<String>(2)?)?,
        by: row.get(3)?,
        taker: row.get(4)?,
        state: word(row, 5, SwapState::parse)?,
    })
}

fn parsed<T: FromStr>(text: &str) -> Result<T, StoreError> {
    let broken = || {
        let words = format!("neither a day nor hours: {text}");
        StoreError::because("read the roster", ErrorKind::Broken, words)
    };
    text.parse().map_err(|_| broken())
}
