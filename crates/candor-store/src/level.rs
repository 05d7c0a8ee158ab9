//! Service levels and calendars.
//!
//! Owns: the tables `calendar`, `service_level`, `terms`; clocks and outcomes in the files beside.
//! Must not know: who gets which level, what a clock does.

mod clock;
mod given;
mod holiday_feed;
mod outcome;
mod queue;
mod warning;

pub(crate) use clock::{CLOCKS, COUNT_UNDONE_OF};
pub use clock::{ClockRow, TicketDue};
pub(crate) use given::GIVEN_OF;
pub use given::OwedPromise;
pub use holiday_feed::HolidayFeed;
pub use outcome::{GivenTally, KeptOutcome, NamedTally, Tally, TallyBy};
pub use queue::{QueueFilter, QueueRow};
pub use warning::{Warning, WarningReader};

use crate::{ErrorKind, Row, Sql, StoreError, Tx, params};
use candor_domain::calendar::Calendar;
use candor_domain::id::{CalendarId, LevelId, TermsId};
use candor_domain::level::{KeptCalendar, KeptLevel, KeptTerms, ServiceLevel, Terms};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Statements that macros put together, for the test that prepares each.
#[cfg(test)]
pub(crate) fn statements() -> impl Iterator<Item = &'static Sql> {
    queue::STATEMENTS.iter().chain(warning::STATEMENTS)
}

const CALENDARS: Sql = Sql::Same("select id, body from calendar order by id");
const CALENDAR: Sql = Sql::Same("select id, body from calendar where id = $1");
const INSERT_CALENDAR: Sql =
    Sql::Same("insert into calendar (name, body) values ($1, $2) returning id");
const SAVE_CALENDAR: Sql = Sql::Same("update calendar set name = $2, body = $3 where id = $1");
pub(crate) const LEVELS: Sql = Sql::Same(
    "select id, calendar_id, body, covers, is_public, active, terms_id, warns
       from service_level
      order by id",
);
const LEVEL: Sql = Sql::Same(
    "select id, calendar_id, body, covers, is_public, active, terms_id, warns
       from service_level
      where id = $1",
);
const INSERT_LEVEL: Sql = Sql::Same(
    "insert into service_level (name, calendar_id, body, covers, is_public, active, terms_id,
            warns)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     returning id",
);
const SAVE_LEVEL: Sql = Sql::Same(
    "update service_level
        set name = $2, calendar_id = $3, body = $4, covers = $5, is_public = $6, active = $7,
            terms_id = $8, warns = $9
      where id = $1",
);
const INSERT_TERMS: Sql = Sql::Same(
    "insert into terms (level_id, level_body, calendar_body) values ($1, $2, $3) returning id",
);
const TERMS: Sql = Sql::Same("select level_body, calendar_body from terms where id = $1");
const EVERY_TERMS: Sql =
    Sql::Same("select id, level_id, level_body, calendar_body from terms order by id");

impl Tx<'_> {
    /// Every calendar, oldest first.
    pub fn calendars(&mut self) -> Result<Vec<KeptCalendar>, StoreError> {
        self.query(CALENDARS, &[], read_calendar)
    }

    /// A calendar.
    pub fn calendar(&mut self, id: CalendarId) -> Result<Option<KeptCalendar>, StoreError> {
        self.query_opt(CALENDAR, &params![id], read_calendar)
    }

    /// Stores a new calendar and sets its id.
    pub fn insert_calendar(&mut self, new: &mut KeptCalendar) -> Result<(), StoreError> {
        let values = params![new.calendar.name(), written(&new.calendar)?];
        new.id = self.query_one(INSERT_CALENDAR, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores a changed calendar.
    pub fn save_calendar(&mut self, kept: &KeptCalendar) -> Result<(), StoreError> {
        let values = params![kept.id, kept.calendar.name(), written(&kept.calendar)?];
        self.put(SAVE_CALENDAR, &values)
    }

    /// Every service level, oldest first, with those that rest.
    pub fn levels(&mut self) -> Result<Vec<KeptLevel>, StoreError> {
        self.query(LEVELS, &[], read_level)
    }

    /// A service level.
    pub fn level(&mut self, id: LevelId) -> Result<Option<KeptLevel>, StoreError> {
        self.query_opt(LEVEL, &params![id], read_level)
    }

    /// Stores a new level and sets its id.
    pub fn insert_level(&mut self, new: &mut KeptLevel) -> Result<(), StoreError> {
        let values = level_values(new)?;
        new.id = self.query_one(INSERT_LEVEL, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores a changed level.
    pub fn save_level(&mut self, kept: &KeptLevel) -> Result<(), StoreError> {
        let mut values = params![kept.id].to_vec();
        values.extend(level_values(kept)?);
        self.put(SAVE_LEVEL, &values)
    }

    /// Stores a new wording and gives its id.
    pub fn insert_terms(&mut self, level: LevelId, terms: &Terms) -> Result<TermsId, StoreError> {
        let values = params![level, written(&terms.level)?, written(&*terms.calendar)?];
        self.query_one(INSERT_TERMS, &values, |row| row.get(0))
    }

    /// A wording as it is written, level and calendar: parsing is for whoever remembers it.
    pub fn terms_text(&mut self, id: TermsId) -> Result<Option<(String, String)>, StoreError> {
        self.query_opt(TERMS, &params![id], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Every wording there ever was, oldest first.
    pub fn every_terms(&mut self) -> Result<Vec<KeptTerms>, StoreError> {
        self.query(EVERY_TERMS, &[], |row| {
            let (level, calendar): (String, String) = (row.get(2)?, row.get(3)?);
            Ok(KeptTerms {
                id: row.get(0)?,
                level: row.get(1)?,
                terms: terms_of(&level, &calendar)?,
            })
        })
    }
}

/// Reads a wording.
pub fn terms_of(level: &str, calendar: &str) -> Result<Terms, StoreError> {
    Ok(Terms {
        level: read::<ServiceLevel>(level)?,
        calendar: Arc::new(read::<Calendar>(calendar)?),
    })
}

fn level_values(kept: &KeptLevel) -> Result<[crate::Value; 8], StoreError> {
    Ok(params![
        kept.level.name(),
        kept.calendar,
        written(&kept.level)?,
        written(&kept.covers)?,
        kept.public,
        kept.active,
        kept.terms,
        written(&kept.warns)?
    ])
}

fn read_calendar(row: &Row<'_>) -> Result<KeptCalendar, StoreError> {
    Ok(KeptCalendar {
        id: row.get(0)?,
        calendar: read(&row.get::<String>(1)?)?,
    })
}

fn read_level(row: &Row<'_>) -> Result<KeptLevel, StoreError> {
    Ok(KeptLevel {
        id: row.get(0)?,
        calendar: row.get(1)?,
        level: read(&row.get::<String>(2)?)?,
        covers: read(&row.get::<String>(3)?)?,
        public: row.get(4)?,
        active: row.get(5)?,
        terms: row.get(6)?,
        warns: read(&row.get::<String>(7)?)?,
    })
}

pub(crate) fn written(value: &impl Serialize) -> Result<String, StoreError> {
    let broken = |error: serde_json::Error| {
        StoreError::because("write JSON", ErrorKind::Broken, error.to_string())
    };
    serde_json::to_string(value).map_err(broken)
}

pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    let broken = |error: serde_json::Error| {
        StoreError::because("read JSON", ErrorKind::Broken, error.to_string())
    };
    serde_json::from_str(text).map_err(broken)
}
