//! What was understood of mails that became messages.
//!
//! Owns: the table `reading`. Must not know: how a mail is understood.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::{IncomingId, MessageId, TicketId};
use jiff::Timestamp;
use std::ops::Range;

const KEEP_READING: Sql = Sql::Same(
    "insert into reading (message_id, incoming_id, at, verdict, reasons, back_on, joined_by,
            language, removed, silence, echo)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
);
pub(crate) const READINGS_OF_TICKET: Sql = Sql::Same(
    "select r.message_id, r.incoming_id, r.at, r.verdict, r.reasons, r.back_on, r.joined_by,
            r.language, r.removed, r.silence, r.echo
       from message m
       join reading r on r.message_id = m.id
      where m.ticket_id = $1
      order by r.message_id",
);
const READINGS_OF_MESSAGES: Sql = Sql::Same(
    "select message_id, incoming_id, at, verdict, reasons, back_on, joined_by, language, removed,
            silence, echo
       from reading
      where message_id in ($1)
      order by message_id",
);
const ECHOES: Sql = Sql::Same("select count(*) from reading where echo = $1 and at > $2");
const EARLIER_TEXTS: Sql = Sql::Same(
    "select body from message
      where sender_address = $1 and sender_address <> ''
      order by id desc
      limit $2",
);

/// What was understood of one mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The message that it became.
    pub message: MessageId,
    /// The raw mail.
    pub incoming: IncomingId,
    /// When it was understood.
    pub at: Timestamp,
    /// What kind of mail it is, as `candor-mail` calls it, such as `out_of_office`.
    pub verdict: String,
    /// Why: the rule and what it saw.
    pub reasons: Vec<(String, String)>,
    /// The first day back of somebody who is away, such as `2026-03-02`; empty where none is told.
    pub back_on: String,
    /// What led it to its ticket: a word of the intake.
    pub joined_by: String,
    /// The language of what the writer added, such as `de`; empty where nothing is sure.
    pub language: String,
    /// The parts of the message's text that the writer did not add, in their order.
    pub removed: Vec<RemovedPart>,
    /// Why no automatic answer went out; empty where one did.
    pub silence: String,
    /// Sender and text in one hash.
    pub echo: String,
}

/// A part of a text that is folded away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemovedPart {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Why, as `candor-mail` calls it, such as `quote`.
    pub reason: String,
}

impl Tx<'_> {
    /// Keeps what was understood of a mail.
    pub fn keep_reading(&mut self, reading: &Reading) -> Result<(), StoreError> {
        let reasons = reading.reasons.iter();
        let reasons: Vec<String> = reasons.map(|(rule, saw)| format!("{rule} {saw}")).collect();
        let removed = reading.removed.iter();
        let removed: Vec<String> = removed
            .map(|part| format!("{} {} {}", part.range.start, part.range.end, part.reason))
            .collect();
        let values = params![
            reading.message,
            reading.incoming,
            reading.at,
            reading.verdict.as_str(),
            reasons.join("\n"),
            reading.back_on.as_str(),
            reading.joined_by.as_str(),
            reading.language.as_str(),
            removed.join("\n"),
            reading.silence.as_str(),
            reading.echo.as_str(),
        ];
        self.put(KEEP_READING, &values)
    }

    /// What was understood of the mails of a ticket.
    pub fn readings_of_ticket(&mut self, ticket: TicketId) -> Result<Vec<Reading>, StoreError> {
        self.query(READINGS_OF_TICKET, &params![ticket], read_reading)
    }

    /// What was understood of some messages that came by mail.
    pub fn readings_of(&mut self, messages: &[MessageId]) -> Result<Vec<Reading>, StoreError> {
        let ids = crate::Value::Ids(messages.iter().map(|id| id.0).collect());
        self.query(READINGS_OF_MESSAGES, &[ids], read_reading)
    }

    /// How often the same sender wrote the same since a moment.
    pub fn echoes_since(&mut self, echo: &str, since: Timestamp) -> Result<i64, StoreError> {
        self.query_one(ECHOES, &params![echo, since], |row| row.get(0))
    }

    /// The newest texts that came from an address.
    pub fn texts_of_sender(
        &mut self,
        address: &str,
        limit: i64,
    ) -> Result<Vec<String>, StoreError> {
        self.query(EARLIER_TEXTS, &params![address, limit], |row| row.get(0))
    }
}

fn read_reading(row: &Row<'_>) -> Result<Reading, StoreError> {
    let reasons: String = row.get(4)?;
    let removed: String = row.get(8)?;
    let pair = |line: &str| {
        let (rule, saw) = line.split_once(' ').unwrap_or((line, ""));
        (rule.to_owned(), saw.to_owned())
    };
    Ok(Reading {
        message: row.get(0)?,
        incoming: row.get(1)?,
        at: row.get(2)?,
        verdict: row.get(3)?,
        reasons: reasons.lines().map(pair).collect(),
        back_on: row.get(5)?,
        joined_by: row.get(6)?,
        language: row.get(7)?,
        removed: removed.lines().filter_map(part_of).collect(),
        silence: row.get(9)?,
        echo: row.get(10)?,
    })
}

fn part_of(line: &str) -> Option<RemovedPart> {
    let mut words = line.splitn(3, ' ');
    let start = words.next()?.parse().ok()?;
    let end = words.next()?.parse().ok()?;
    let reason = words.next()?.to_owned();
    Some(RemovedPart {
        range: start..end,
        reason,
    })
}
