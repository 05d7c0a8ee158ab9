//! Shift plans that became the roster.
//!
//! Owns: the table `roster_adoption`. Must not know: what resting means.

use super::parsed;
use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{AdoptionId, ShiftId};
use candor_domain::roster::Adoption;
use jiff::civil::Date;
use std::fmt::Display;
use std::str::FromStr;

const ADOPTION: Sql =
    Sql::Same("select id, weeks, writes, rests, active from roster_adoption where id = $1");
const ADOPTIONS_FROM: Sql = Sql::Same(
    "select id, weeks, writes, rests, active
       from roster_adoption
      where last_day >= $1
      order by last_day, id
      limit $2",
);
const ADOPTIONS_AFTER: Sql = Sql::Same(
    "select id, weeks, writes, rests, active
       from roster_adoption
      where id > $1
      order by id
      limit $2",
);
const INSERT: Sql = Sql::Same(
    "insert into roster_adoption (weeks, writes, rests, last_day, active)
     values ($1, $2, $3, $4, $5)
     returning id",
);
const SAVE: Sql = Sql::Same("update roster_adoption set active = $2 where id = $1");

impl Tx<'_> {
    /// A plan that became the roster.
    pub fn adoption(&mut self, id: AdoptionId) -> Result<Option<Adoption>, StoreError> {
        self.query_opt(ADOPTION, &params![id], read)
    }

    /// Plans with a week that lasts until a day or longer, oldest first, those taken back too.
    pub fn adoptions_from(&mut self, day: Date) -> Result<Vec<Adoption>, StoreError> {
        let from = params![day.to_string(), super::MOST];
        let mut adoptions = self.query(ADOPTIONS_FROM, &from, read)?;
        adoptions.sort_by_key(|adoption| adoption.id);
        Ok(adoptions)
    }

    /// Plans by id after one, for walks over all of them.
    pub fn adoptions_after(
        &mut self,
        after: AdoptionId,
        limit: i64,
    ) -> Result<Vec<Adoption>, StoreError> {
        self.query(ADOPTIONS_AFTER, &params![after, limit], read)
    }

    /// Stores a new one and sets its id.
    pub fn insert_adoption(&mut self, new: &mut Adoption) -> Result<(), StoreError> {
        let values = params![
            list(&new.weeks),
            list(new.writes.iter().map(|id| id.0)),
            list(new.rests.iter().map(|id| id.0)),
            new.last().unwrap_or_default().to_string(),
            new.active
        ];
        new.id = self.query_one(INSERT, &values, |row| row.get(0))?;
        Ok(())
    }

    /// Stores whether it holds.
    pub fn save_adoption(&mut self, adoption: &Adoption) -> Result<(), StoreError> {
        let values = params![adoption.id, adoption.active];
        self.put(SAVE, &values)
    }
}

fn read(row: &Row<'_>) -> Result<Adoption, StoreError> {
    let ids = |text: &str| -> Result<Vec<ShiftId>, StoreError> {
        Ok(unlist::<i64>(text)?.into_iter().map(ShiftId).collect())
    };
    Ok(Adoption {
        id: row.get(0)?,
        weeks: unlist(&row.get::<String>(1)?)?,
        writes: ids(&row.get::<String>(2)?)?,
        rests: ids(&row.get::<String>(3)?)?,
        active: row.get(4)?,
    })
}

fn list<T: Display>(values: impl IntoIterator<Item = T>) -> String {
    let words: Vec<String> = values.into_iter().map(|value| value.to_string()).collect();
    words.join(",")
}

fn unlist<T: FromStr>(text: &str) -> Result<Vec<T>, StoreError> {
    let parts = text.split(',').filter(|part| !part.is_empty());
    parts.map(parsed).collect()
}
