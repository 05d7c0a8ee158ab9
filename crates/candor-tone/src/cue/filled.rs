//! What the trained reader hears where no rule speaks.
//!
//! Owns: which cues it may fill in, and from which strength on. Must not know: the rules. What it
//! fills in points at no words and says so; moods do not build on it.

use super::{Cue, CueKind, CueReading, Evidence, Language, SHOWN_FROM, weigh};
use crate::phrase::own_words;
use crate::read;

/// The name under which the trained reader stands among the rules.
pub const READER: &str = "trained-reader";

/// From these strengths on it was right in nine of ten cases on texts that it had not seen; see
/// docs/tone-rules.md. Its other outputs are not good enough.
const COMPLAINT_FROM: f32 = 0.75;
const URGENT_FROM: f32 = 0.7;

/// Letters of a message that are put together for it; it reads fewer.
const MOST_BYTES: usize = 16 << 10;

/// Adds what the reader hears and no rule found. It knows English only.
pub(super) fn fill(text: &str, reading: &mut CueReading) {
    if reading.language != Language::English {
        return;
    }
    let own = own_text(text);
    if own.trim().is_empty() {
        return;
    }
    let heard = read::read(&own);
    for (kind, strength, from, why) in [
        (
            CueKind::Complaint,
            weigh::complaint(&heard),
            COMPLAINT_FROM,
            "Reads like a complaint; no rule names the words.",
        ),
        (
            CueKind::Urgency,
            heard.urgent,
            URGENT_FROM,
            "Reads as if it were urgent; no rule names the words.",
        ),
    ] {
        if strength >= from && !reading.has(kind) {
            reading.cues.push(Cue {
                kind,
                confidence: SHOWN_FROM,
                evidence: vec![Evidence {
                    span: 0..0,
                    rule: READER.to_owned(),
                    why: why.to_owned(),
                    confidence: SHOWN_FROM,
                }],
            });
        }
    }
}

/// What the writer wrote, without quotations and signature.
fn own_text(text: &str) -> String {
    let mut own = String::new();
    for range in own_words(text) {
        if own.len() >= MOST_BYTES {
            break;
        }
        let end = text.floor_char_boundary(range.end.min(range.start + MOST_BYTES));
        own.push_str(&text[range.start..end]);
    }
    own
}
