//! What a ticket's page shows of its customer's mood.
//!
//! Owns: turns with the words that moved them. Must not know: which words a page has for it.

use super::fold::{cues_of, level_now, turns};
use super::read::ReadCue;
use crate::cx::Cx;
use crate::error::DeskError;
use crate::ticket::{MessageOf, View};
use candor_domain::id::MessageId;
use candor_domain::rating::Rating;
use candor_store::Tx;
use candor_store::tone::MessageReading;
use candor_tone::cue::CueKind;
use candor_tone::mood::{MoodLevel, Trend, mood};
use jiff::Timestamp;

/// How a customer feels, as far as it was read.
#[derive(Debug, Clone, Default)]
pub struct ToneSeen {
    /// The mood now; `None` while nothing was read, or nothing could be.
    pub mood: Option<MoodSeen>,
    /// The customer's turns, oldest first.
    pub turns: Vec<TurnSeen>,
    /// Whether the reader wants hints.
    pub hints: bool,
    /// What the customer said of it, once it was solved.
    pub rating: Option<Rating>,
}

/// The mood of a conversation now.
#[derive(Debug, Clone, PartialEq)]
pub struct MoodSeen {
    /// The mood.
    pub level: MoodLevel,
    /// Where it goes.
    pub trend: Trend,
    /// Last minus first turn; nothing with fewer than two.
    pub outcome: Option<f64>,
    /// Which version of model and rules judged.
    pub version: i64,
}

/// One message of the customer.
#[derive(Debug, Clone, PartialEq)]
pub struct TurnSeen {
    /// The message.
    pub message: MessageId,
    /// When.
    pub at: Timestamp,
    /// From -1 to 1; 0 where it was not read.
    pub sentiment: f64,
    /// The smoothed mood after it.
    pub smoothed: f64,
    /// The mood that counts after it: the worse of the smoothed one and the newest message.
    pub level: MoodLevel,
    /// More than a mere thank-you.
    pub substantive: bool,
    /// False for a language that is not read, and while it waits.
    pub is_read: bool,
    /// What it says beside its matter, surest first.
    pub cues: Vec<CueSeen>,
}

/// A cue with the words that caused it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueSeen {
    /// Which.
    pub kind: CueKind,
    /// Percent.
    pub confidence: u8,
    /// The customer's own words.
    pub words: Vec<String>,
}

impl ToneSeen {
    /// The cues of one kind's newest turn, with that turn.
    pub fn newest(&self, kind: CueKind) -> Option<(&TurnSeen, &CueSeen)> {
        self.turns.iter().rev().find_map(|turn| {
            let cue = turn.cues.iter().find(|cue| cue.kind == kind)?;
            Some((turn, cue))
        })
    }

    /// Whether the customer's last message gives a cue.
    pub fn says_now(&self, kind: CueKind) -> bool {
        let last = self.turns.last();
        last.is_some_and(|turn| turn.cues.iter().any(|cue| cue.kind == kind))
    }

    /// Whether a message left its customer in a clearly worse mood than the one before.
    pub fn fell_at(&self, message: MessageId) -> bool {
        let at = self.turns.iter().position(|turn| turn.message == message);
        let Some(at) = at.filter(|at| *at > 0) else {
            return false;
        };
        let (before, now) = (&self.turns[at - 1], &self.turns[at]);
        let upset = now.level <= MoodLevel::Negative;
        now.substantive && upset && now.smoothed - before.smoothed <= -CLEARLY
    }
}

/// A smaller change of the smoothed mood is none that a person would notice.
const CLEARLY: f64 = 0.15;

/// What is known of a ticket's tone. `messages` are those of its page.
pub(crate) fn tone_of(tx: &mut Tx<'_>, cx: &Cx, view: &View) -> Result<ToneSeen, DeskError> {
    let person = cx.actor.person();
    let hints = match person {
        Some(person) => !tx.hints_are_off(person)?,
        None => false,
    };
    let readings = &view.tones;
    let folded = mood(&turns(readings));
    let any_read = readings.iter().any(|reading| reading.substantive);
    let last = readings.last();
    let mut newest = 0.0;
    let mut seen = Vec::with_capacity(readings.len());
    for (reading, smoothed) in readings.iter().zip(&folded.line) {
        if reading.substantive {
            newest = reading.score as f64 / 1000.0;
        }
        seen.push(turn(reading, (*smoothed, newest), &view.messages));
    }
    let rating = tx
        .rating_of(view.ticket.id)?
        .filter(|rating| rating.grade.is_some());
    Ok(ToneSeen {
        rating,
        mood: last.filter(|_| any_read).map(|last| MoodSeen {
            level: seen.last().map_or(folded.level, |turn| turn.level),
            trend: folded.trend,
            outcome: folded.outcome,
            version: last.version,
        }),
        turns: seen,
        hints,
    })
}

fn turn(
    reading: &MessageReading,
    (smoothed, newest): (f64, f64),
    messages: &[MessageOf],
) -> TurnSeen {
    let of = messages.iter().find(|of| of.message.id == reading.message);
    let body = of.map_or("", |of| of.message.body.as_str());
    let cues = cues_of(reading);
    TurnSeen {
        message: reading.message,
        at: reading.at,
        sentiment: reading.score as f64 / 1000.0,
        smoothed,
        level: level_now(smoothed, newest),
        substantive: reading.substantive,
        is_read: !reading.language.is_empty(),
        cues: cues.iter().filter_map(|cue| said(cue, body)).collect(),
    }
}

fn said(cue: &ReadCue, body: &str) -> Option<CueSeen> {
    let kind = CueKind::named(&cue.kind)?;
    let mut words: Vec<String> = cue
        .spans
        .iter()
        .filter_map(|(start, end)| body.get(*start..*end))
        .map(str::to_owned)
        .collect();
    words.dedup();
    Some(CueSeen {
        kind,
        confidence: cue.confidence,
        words,
    })
}
