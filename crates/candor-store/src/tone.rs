//! What was read of customers' messages, and the mood of their conversations.
//!
//! Owns: the tables `message_reading`, `ticket_mood` and `hints_off`. The first two follow from the
//! messages and can be made again; the third is working state of one person. None of them is in
//! the history. Must not know: how a text is read.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{MessageId, PersonId, TicketId};
use jiff::Timestamp;

const KEEP_READING: Sql = Sql::Same(
    "insert into message_reading (message_id, ticket_id, version, language, score, substantive, cues)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (message_id) do update set version = excluded.version,
            language = excluded.language, score = excluded.score,
            substantive = excluded.substantive, cues = excluded.cues",
);
pub(crate) const READINGS_OF: Sql = Sql::Same(
    "select r.message_id, r.ticket_id, r.version, r.language, r.score, r.substantive, r.cues, m.at
       from message_reading r
       join message m on m.id = r.message_id
      where r.ticket_id = $1
      order by r.message_id",
);
const UNREAD: Sql = Sql::Same(
    "select message_id, ticket_id
       from message_reading
      where version < $1
      order by version, message_id
      limit $2",
);
const KEEP_MOOD: Sql = Sql::Same(
    "insert into ticket_mood (ticket_id, version, level, trend, score, outcome, turns, last_at, upset)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (ticket_id) do update set version = excluded.version, level = excluded.level,
            trend = excluded.trend, score = excluded.score, outcome = excluded.outcome,
            turns = excluded.turns, last_at = excluded.last_at, upset = excluded.upset",
);
const MOOD: Sql = Sql::Same(
    "select ticket_id, version, level, trend, score, outcome, turns, last_at, upset
       from ticket_mood
      where ticket_id = $1",
);
pub(crate) const HINTS_OFF: Sql = Sql::Same("select person_id from hints_off where person_id = $1");
const SWITCH_OFF: Sql =
    Sql::Same("insert into hints_off (person_id) values ($1) on conflict (person_id) do nothing");
const SWITCH_ON: Sql = Sql::Same("delete from hints_off where person_id = $1");

/// What was read of one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageReading {
    /// The message.
    pub message: MessageId,
    /// Where it stands.
    pub ticket: TicketId,
    /// Which version of model and rules read it; 0 waits to be read.
    pub version: i64,
    /// Language as a word; empty was not read.
    pub language: String,
    /// Thousandths, from -1000 to 1000.
    pub score: i64,
    /// More than a mere thank-you.
    pub substantive: bool,
    /// Cues as JSON.
    pub cues: String,
    /// When the message came.
    pub at: Timestamp,
}

/// How one conversation goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketMood {
    /// The ticket.
    pub ticket: TicketId,
    /// Which version of model and rules read the last turn.
    pub version: i64,
    /// The mood now, as a word.
    pub level: String,
    /// Where it goes, as a word.
    pub trend: String,
    /// The smoothed mood now, in thousandths.
    pub score: i64,
    /// Last minus first substantive turn, in thousandths; nothing with fewer than two.
    pub outcome: Option<i64>,
    /// Substantive turns.
    pub turns: i64,
    /// When the customer last wrote.
    pub last_at: Timestamp,
    /// Left more upset.
    pub upset: bool,
}

impl Tx<'_> {
    /// Stores what was read of a message, in place of what was read before. `at` is the message's.
    pub fn keep_tone(&mut self, reading: &MessageReading) -> Result<(), StoreError> {
        let values = params![
            reading.message,
            reading.ticket,
            reading.version,
            reading.language.as_str(),
            reading.score,
            reading.substantive,
            reading.cues.as_str()
        ];
        self.put(KEEP_READING, &values)
    }

    /// What was read of a ticket's messages, oldest first.
    pub fn tones_of(&mut self, ticket: TicketId) -> Result<Vec<MessageReading>, StoreError> {
        self.query(READINGS_OF, &params![ticket], |row| {
            Ok(MessageReading {
                message: row.get(0)?,
                ticket: row.get(1)?,
                version: row.get(2)?,
                language: row.get(3)?,
                score: row.get(4)?,
                substantive: row.get(5)?,
                cues: row.get(6)?,
                at: row.get(7)?,
            })
        })
    }

    /// Messages that no reader of this version has read, with their tickets.
    pub fn unread_messages(
        &mut self,
        version: i64,
        limit: i64,
    ) -> Result<Vec<(MessageId, TicketId)>, StoreError> {
        self.query(UNREAD, &params![version, limit], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Stores how a conversation goes.
    pub fn keep_mood(&mut self, mood: &TicketMood) -> Result<(), StoreError> {
        let values = params![
            mood.ticket,
            mood.version,
            mood.level.as_str(),
            mood.trend.as_str(),
            mood.score,
            mood.outcome,
            mood.turns,
            mood.last_at,
            mood.upset
        ];
        self.put(KEEP_MOOD, &values)
    }

    /// How a conversation goes; `None` while nothing of it was read.
    pub fn mood_of(&mut self, ticket: TicketId) -> Result<Option<TicketMood>, StoreError> {
        self.query_opt(MOOD, &params![ticket], read_mood)
    }

    /// Whether a person writes without hints.
    pub fn hints_are_off(&mut self, person: PersonId) -> Result<bool, StoreError> {
        let found = self.query_opt(HINTS_OFF, &params![person], |row| row.get::<i64>(0))?;
        Ok(found.is_some())
    }

    /// Switches a person's hints off or on again.
    pub fn switch_hints(&mut self, person: PersonId, off: bool) -> Result<(), StoreError> {
        let sql = if off { SWITCH_OFF } else { SWITCH_ON };
        self.put(sql, &params![person])
    }
}

fn read_mood(row: &Row<'_>) -> Result<TicketMood, StoreError> {
    Ok(TicketMood {
        ticket: row.get(0)?,
        version: row.get(1)?,
        level: row.get(2)?,
        trend: row.get(3)?,
        score: row.get(4)?,
        outcome: row.get(5)?,
        turns: row.get(6)?,
        last_at: row.get(7)?,
        upset: row.get(8)?,
    })
}
