//! When addresses with closed days are read.
//!
//! Owns: the table `holiday_feed`. Must not know: the addresses, what they say.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::CalendarId;
use jiff::Timestamp;

const FEEDS: Sql = Sql::Same(
    "select calendar_id, due_at, read_at, trouble
       from holiday_feed
      order by calendar_id",
);
const FEED: Sql = Sql::Same(
    "select calendar_id, due_at, read_at, trouble from holiday_feed where calendar_id = $1",
);
const KEEP: Sql = Sql::Same(
    "insert into holiday_feed (calendar_id, due_at, read_at, trouble)
     values ($1, $2, $3, $4)
     on conflict (calendar_id) do update
        set due_at = excluded.due_at, read_at = excluded.read_at, trouble = excluded.trouble",
);
const DROP: Sql = Sql::Same("delete from holiday_feed where calendar_id = $1");

/// How the reading of an address stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolidayFeed {
    /// Whose address it is.
    pub calendar: CalendarId,
    /// When it is read next.
    pub due_at: Timestamp,
    /// When it was last read and understood.
    pub read_at: Option<Timestamp>,
    /// Why it was not the last time, in a word; empty when it was.
    pub trouble: String,
}

impl Tx<'_> {
    /// Every address that is read.
    pub fn holiday_feeds(&mut self) -> Result<Vec<HolidayFeed>, StoreError> {
        self.query(FEEDS, &[], read)
    }

    /// The address of a calendar, where it has one.
    pub fn holiday_feed(
        &mut self,
        calendar: CalendarId,
    ) -> Result<Option<HolidayFeed>, StoreError> {
        self.query_opt(FEED, &params![calendar], read)
    }

    /// Notes when an address is read, and how it went.
    pub fn keep_holiday_feed(&mut self, feed: &HolidayFeed) -> Result<(), StoreError> {
        let HolidayFeed {
            calendar,
            due_at,
            read_at,
            trouble,
        } = feed;
        let values = params![*calendar, *due_at, *read_at, trouble.as_str()];
        self.put(KEEP, &values)
    }

    /// Ends the reading of an address.
    pub fn drop_holiday_feed(&mut self, calendar: CalendarId) -> Result<(), StoreError> {
        self.put(DROP, &params![calendar])
    }
}

fn read(row: &Row<'_>) -> Result<HolidayFeed, StoreError> {
    Ok(HolidayFeed {
        calendar: row.get(0)?,
        due_at: row.get(1)?,
        read_at: row.get(2)?,
        trouble: row.get(3)?,
    })
}
