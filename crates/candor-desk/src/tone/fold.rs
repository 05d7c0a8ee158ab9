//! From readings to the mood of a conversation.
//!
//! Owns: storing readings, and folding a ticket's readings into its mood, in one transaction.
//! Must not know: how a text is read. Readings and moods follow from the messages and can be made
//! again; so they have no entry in the history.

use super::read::{READ_JOB, ReadCue, Reading};
use crate::cx::{Cx, Verb};
use crate::error::DeskError;
use candor_domain::actor::Actor;
use candor_domain::id::{MessageId, TicketId};
use candor_domain::message::{Message, MessageKind};
use candor_store::Tx;
use candor_store::job::NewJob;
use candor_store::tone::{MessageReading, TicketMood};
use candor_tone::mood::{MoodLevel, Turn, left_more_upset, mood};
use jiff::Timestamp;

/// Keeps what was read of a new message. A message that nobody has read yet waits for the job.
pub(crate) fn keep_new(
    tx: &mut Tx<'_>,
    cx: &Cx,
    message: &Message,
    reading: Option<&Reading>,
) -> Result<(), DeskError> {
    if message.kind != MessageKind::Incoming || !message.sender_is_customer {
        return Ok(()); // Strangers in a thread say nothing about the customer's mood.
    }
    let Some(reading) = reading else {
        tx.keep_tone(&waiting(message))?;
        tx.enqueue(NewJob {
            kind: READ_JOB,
            payload: String::new(),
            run_at: cx.now(),
            // A job that runs just now may have looked already.
            dedupe: None,
        })?;
        return Ok(());
    };
    tx.keep_tone(&row(message.id, message.ticket, reading))?;
    fold(tx, message.ticket)
}

fn row(message: MessageId, ticket: TicketId, reading: &Reading) -> MessageReading {
    MessageReading {
        message,
        ticket,
        version: candor_tone::VERSION,
        language: reading.language.to_owned(),
        score: reading.score,
        substantive: reading.substantive,
        cues: serde_json::to_string(&reading.cues).expect("words and numbers become JSON"),
        at: Timestamp::UNIX_EPOCH,
    }
}

/// The cues of a stored reading. One that this version cannot read is made again soon.
pub(super) fn cues_of(reading: &MessageReading) -> Vec<ReadCue> {
    serde_json::from_str(&reading.cues).unwrap_or_default()
}

fn waiting(message: &Message) -> MessageReading {
    MessageReading {
        message: message.id,
        ticket: message.ticket,
        version: 0,
        language: String::new(),
        score: 0,
        substantive: false,
        cues: "[]".to_owned(),
        at: message.at,
    }
}

/// Stores readings that a job made, and folds their tickets anew.
pub(super) struct KeepReadings {
    pub(super) readings: Vec<(MessageId, TicketId, Reading)>,
}

impl Verb for KeepReadings {
    type Output = ();
    fn apply(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<(), DeskError> {
        if cx.actor != Actor::System {
            return Err(DeskError::NotAllowed("only the desk itself keeps readings"));
        }
        let mut tickets = Vec::new();
        for (message, ticket, reading) in &self.readings {
            tx.keep_tone(&row(*message, *ticket, reading))?;
            tickets.push(*ticket);
        }
        tickets.sort_unstable();
        tickets.dedup();
        tickets.into_iter().try_for_each(|ticket| fold(tx, ticket))
    }
}

/// A customer's turns as the mathematics of moods takes them. What was not read is no turn.
pub(super) fn turns(readings: &[MessageReading]) -> Vec<Turn> {
    let read = readings.iter().map(|reading| Turn {
        sentiment: reading.score as f64 / 1000.0,
        substantive: reading.substantive,
    });
    read.collect()
}

/// The mood that counts now: the smoothed one, unless the newest message is worse. Whoever was
/// delighted yesterday and is furious today is furious.
pub(super) fn level_now(smoothed: f64, newest: f64) -> MoodLevel {
    MoodLevel::of(smoothed).min(MoodLevel::of(newest))
}

/// Folds a ticket's readings, and what its customer said of it, into its mood.
pub(crate) fn fold(tx: &mut Tx<'_>, ticket: TicketId) -> Result<(), DeskError> {
    let readings = tx.tones_of(ticket)?;
    let Some(last) = readings.last() else {
        return Ok(());
    };
    let turns = turns(&readings);
    let mood = mood(&turns);
    let grade = tx.rating_of(ticket)?.and_then(|rating| rating.grade);
    let stars = grade.map(|grade| grade.of_five());
    let smoothed = mood.line.last().copied().unwrap_or_default();
    let substantive = turns.iter().filter(|turn| turn.substantive);
    let newest = substantive.clone().next_back();
    let level = level_now(smoothed, newest.map_or(0.0, |turn| turn.sentiment));
    let thousandths = |value: f64| (value * 1000.0).round() as i64;
    tx.keep_mood(&TicketMood {
        ticket,
        version: last.version,
        level: level.name().to_owned(),
        trend: mood.trend.name().to_owned(),
        score: thousandths(smoothed),
        outcome: mood.outcome.map(thousandths),
        turns: substantive.count() as i64,
        last_at: last.at,
        upset: left_more_upset(&mood, stars),
    })?;
    Ok(())
}
