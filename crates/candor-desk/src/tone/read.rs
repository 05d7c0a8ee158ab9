//! Reading what customers wrote, before any verb and outside of every transaction.
//!
//! Owns: one message's reading, and the job that reads what waits: messages that came by a form,
//! and all of them once model or rules are newer. Must not know: how a conversation is folded.

use super::fold::KeepReadings;
use crate::cx::{Cx, Desk, Query};
use crate::error::DeskError;
use crate::ticket::reply_of;
use crate::worker::{JobOutcome, JobRun};
use candor_domain::actor::Actor;
use candor_domain::id::{MessageId, TicketId};
use candor_mail::{IncomingMessage, Trimmed};
use candor_store::{Tx, reading as stored};
use candor_tone::cue::{self, Language};
use candor_tone::mood::{Turn, supported};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The job that reads what waits.
pub const READ_JOB: &str = "read";
/// Messages read between two transactions.
const CHUNK: i64 = 50;

/// What was read of one message.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// `english`, `german`, `unknown` for too short to tell; empty was not read.
    pub(super) language: &'static str,
    /// Thousandths, from -1000 to 1000.
    pub(super) score: i64,
    /// More than a mere thank-you.
    pub(super) substantive: bool,
    pub(super) cues: Vec<ReadCue>,
}

/// A cue as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct ReadCue {
    /// The name that the rules have for it.
    pub(super) kind: String,
    /// Percent.
    pub(super) confidence: u8,
    /// Bytes of the message's text.
    pub(super) spans: Vec<(usize, usize)>,
}

impl Reading {
    /// Reads what the writer of a text added: all of it apart from some stretches, given as bytes
    /// of the text. Places of cues are places of the whole text.
    pub fn of_own(text: &str, foreign: impl IntoIterator<Item = Range<usize>>) -> Self {
        let mut own = text.to_owned();
        for range in foreign {
            // Ranges that do not fit the text count as read, as the page shows them.
            if let Some(blank) = text.get(range.clone()).map(blank) {
                own.replace_range(range, &blank);
            }
        }
        of_own_text(&own)
    }

    /// Reads a text that came without the rest of its mail.
    pub fn of_text(text: &str) -> Self {
        let removed = trim_text(text).removed;
        Self::of_own(text, removed.into_iter().map(|removed| removed.range))
    }
}

/// As many bytes of white space, in as many lines.
fn blank(text: &str) -> String {
    let blank = text.chars().flat_map(|letter| {
        let filler = if letter == '\n' { '\n' } else { ' ' };
        std::iter::repeat_n(filler, letter.len_utf8())
    });
    blank.collect()
}

/// What a customer added to a message: by what was folded away when its mail came, else by its text
/// alone.
pub(super) fn added(body: &str, kept: Option<&stored::Reading>) -> String {
    match kept {
        Some(reading) => reply_of(body, &reading.removed),
        None => trim_text(body).reply,
    }
}

fn trim_text(text: &str) -> Trimmed {
    candor_mail::trim(&IncomingMessage {
        text: text.to_owned(),
        ..IncomingMessage::default()
    })
}

fn of_own_text(text: &str) -> Reading {
    let cues = cue::read(text);
    if cues.language == Language::Other {
        return Reading {
            language: "",
            score: 0,
            substantive: false,
            cues: Vec::new(),
        };
    }
    let turn = if cues.language == Language::German {
        // The model knows English only; in German the rules speak alone.
        let turn = Turn::read(text, 0.0, &cues);
        Turn {
            sentiment: (2.0 * turn.sentiment).clamp(-1.0, 1.0),
            ..turn
        }
    } else {
        let sentiment = f64::from(candor_tone::read::read(text).sentiment);
        Turn::read(text, sentiment, &cues)
    };
    Reading {
        language: match cues.language {
            Language::English => "english",
            Language::German => "german",
            Language::Unknown | Language::Other => "unknown",
        },
        score: (supported(turn.sentiment, &cues) * 1000.0).round() as i64,
        substantive: turn.substantive,
        cues: cues.cues.iter().map(to_store).collect(),
    }
}

fn to_store(cue: &cue::Cue) -> ReadCue {
    let spans = cue.evidence.iter().map(|piece| &piece.span);
    ReadCue {
        kind: cue.kind.name().to_owned(),
        confidence: (cue.confidence * 100.0).round() as u8,
        spans: spans.map(|span| (span.start, span.end)).collect(),
    }
}

/// The job: reads until nothing waits. It may end at any point and goes on from there.
pub async fn read_job(desk: Desk, job: JobRun) -> JobOutcome {
    match read_waiting(&desk).await {
        Ok(()) => JobOutcome::Done,
        Err(error) => job.after_error(&error),
    }
}

/// Reads every message that waits to be read, or was read by an older model.
pub async fn read_waiting(desk: &Desk) -> Result<(), DeskError> {
    loop {
        let waiting = desk.ask(&Actor::System, Waiting).await?;
        if waiting.is_empty() {
            return Ok(());
        }
        let reading = tokio::task::spawn_blocking(move || {
            let read = |text: &WaitingText| (text.message, text.ticket, text.read());
            waiting.iter().map(read).collect()
        });
        let readings = reading
            .await
            .map_err(|error| DeskError::Internal(error.to_string()))?;
        desk.run(&Actor::System, KeepReadings { readings }).await?;
    }
}

/// A message that waits to be read.
struct WaitingText {
    message: MessageId,
    ticket: TicketId,
    body: String,
    /// What was folded away when its mail came; none for what came otherwise.
    kept: Option<stored::Reading>,
}

impl WaitingText {
    fn read(&self) -> Reading {
        match &self.kept {
            Some(kept) => {
                let foreign = kept.removed.iter().map(|part| part.range.clone());
                Reading::of_own(&self.body, foreign)
            }
            None => Reading::of_text(&self.body),
        }
    }
}

/// Messages that wait, with their texts.
struct Waiting;

impl Query for Waiting {
    type Output = Vec<WaitingText>;
    fn read(&self, tx: &mut Tx<'_>, _: &Cx) -> Result<Self::Output, DeskError> {
        let unread = tx.unread_messages(candor_tone::VERSION, CHUNK)?;
        let ids: Vec<MessageId> = unread.iter().map(|(message, _)| *message).collect();
        let mut kept = tx.readings_of(&ids)?;
        let mut waiting = Vec::with_capacity(unread.len());
        for (message, ticket) in unread {
            let body = tx.message(message)?.map(|message| message.body);
            let own = kept.iter().position(|reading| reading.message == message);
            waiting.push(WaitingText {
                message,
                ticket,
                body: body.unwrap_or_default(),
                kept: own.map(|place| kept.swap_remove(place)),
            });
        }
        Ok(waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::Reading;

    #[test]
    fn what_a_mail_quotes_does_not_count() {
        let angry =
            Reading::of_text("This is outrageous. I want my money back, I am calling my lawyer.");
        let quoting = Reading::of_text(
            "Thank you so much, that was very kind of you!\n\nOn Monday, Ben wrote:\n> This is outrageous. I am calling my lawyer.\n",
        );
        assert!(angry.score < -300, "{angry:?}");
        let threat = |reading: &Reading| reading.cues.iter().any(|cue| cue.kind == "legal_threat");
        assert!(threat(&angry), "{angry:?}");
        assert!(quoting.score > 100, "{quoting:?}");
        assert!(!threat(&quoting), "{quoting:?}");
    }

    #[test]
    fn what_was_folded_away_does_not_count_and_places_stay() {
        let text = "Größer, danke! I will call my lawyer.\nThank you so much, that was very kind!";
        let threat = text.find("I will").unwrap()..text.find('\n').unwrap();
        let whole = Reading::of_own(text, []);
        let own = Reading::of_own(text, [threat, 900..1000]);
        let threatens = |reading: &Reading| reading.cues.iter().any(|c| c.kind == "legal_threat");
        assert!(threatens(&whole) && !threatens(&own), "{own:?}");
        let thanks = own.cues.iter().find(|cue| cue.kind == "gratitude").unwrap();
        let (start, end) = thanks.spans[0];
        assert!(
            text[start..end].contains("Thank you"),
            "{}",
            &text[start..end]
        );
    }

    #[test]
    fn a_problem_in_sober_words_is_no_bad_mood() {
        for sober in [
            "Which papers fit the dripper 02? The supermarket has cone-shaped ones with a flat seam.",
            "Hi Emil, what if it stays lost? Lin",
            "Please send it again, but not to my house, to the parcel shop in the station. Hana",
            "Hi Ayla, The missing bag arrived, thanks, but it's ground instead of whole beans. Hana",
        ] {
            let reading = Reading::of_text(sober);
            assert!(reading.score > -50, "{sober}: {reading:?}");
        }
    }

    #[test]
    fn german_is_read_by_its_rules_and_other_languages_are_not_read() {
        let german = Reading::of_text(
            "Das ist eine Frechheit! Ich warte seit drei Wochen auf meine Bestellung und schalte jetzt meinen Anwalt ein.",
        );
        assert_eq!(german.language, "german");
        assert!(german.score < -300, "{german:?}");
        let french = Reading::of_text(
            "Bonjour, je suis vraiment en colère, vous ne répondez pas et je veux une réponse pour ma commande.",
        );
        assert_eq!((french.language, french.score), ("", 0));
        assert!(!french.substantive && french.cues.is_empty());
    }

    #[test]
    fn places_of_cues_are_places_of_the_whole_text() {
        let text = "> Ünten quoted\n> more\n\nI will call my lawyer tomorrow.";
        let reading = Reading::of_text(text);
        let cue = reading.cues.iter().find(|cue| cue.kind == "legal_threat");
        let (start, end) = cue.unwrap_or_else(|| panic!("{reading:?}")).spans[0];
        assert!(text[start..end].contains("lawyer"), "{}", &text[start..end]);
    }
}
