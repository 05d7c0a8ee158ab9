//! The mood of a conversation: how a customer's turns move, and whether they left more upset.
//!
//! Owns: smoothing, trend, outcome, the thresholds of "left more upset". Must not know: how the
//! sentiment of a turn was found, tickets, who works on them; our own turns never come in here.

mod agreement;
mod courtesy;

pub use agreement::cohens_kappa;
pub use courtesy::is_courtesy;

use crate::cue::{CueKind, CueReading};
use serde::{Deserialize, Serialize};

/// From this sentiment on a turn is negative, and from its opposite on positive.
///
/// Source: VADER's recommended thresholds (Hutto and Gilbert 2014); sentiment runs from -1 to 1.
pub const NEGATIVE_FROM: f64 = -0.05;
/// From this sentiment on a customer counts as irate, whatever they call it.
pub const IRATE_FROM: f64 = -0.6;
/// A conversation that fell by this much, from first to last turn, left its customer more upset.
pub const UPSET_DELTA: f64 = -0.20;
/// A rating of at most this, of five, says the same.
pub const UPSET_RATING: u8 = 2;
/// Weight of the newest turn in the smoothed mood; the rest is what came before.
const NEWEST: f64 = 0.5;
/// Differences smaller than this are no trend.
const STEADY: f64 = 0.15;

/// What one customer turn brings to the mood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Turn {
    /// -1 to 1.
    pub sentiment: f64,
    /// False for a mere "thanks" or "ok", see [`is_courtesy`].
    pub substantive: bool,
}

impl Turn {
    /// A turn from its text, the sentiment that a reader gave it, and its cues.
    pub fn read(text: &str, sentiment: f64, cues: &CueReading) -> Self {
        Self {
            sentiment: with_cues(sentiment, cues),
            substantive: !is_courtesy(text),
        }
    }
}

/// How a customer feels, as a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoodLevel {
    /// Very angry.
    Irate,
    /// Not happy.
    Negative,
    /// Neither.
    Neutral,
    /// Happy.
    Positive,
}

impl MoodLevel {
    /// The word for a sentiment.
    pub fn of(sentiment: f64) -> Self {
        if sentiment <= IRATE_FROM {
            Self::Irate
        } else if sentiment <= NEGATIVE_FROM {
            Self::Negative
        } else if sentiment < -NEGATIVE_FROM {
            Self::Neutral
        } else {
            Self::Positive
        }
    }

    /// Its name in output and in stored moods.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Irate => "irate",
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Positive => "positive",
        }
    }

    /// The mood of that name; `None` for any other word.
    pub fn named(name: &str) -> Option<Self> {
        let all = [Self::Irate, Self::Negative, Self::Neutral, Self::Positive];
        all.into_iter().find(|mood| mood.name() == name)
    }
}

/// Where the mood is going.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trend {
    /// Better than before.
    Rising,
    /// As before.
    Steady,
    /// Worse than before.
    Falling,
}

impl Trend {
    /// Its name in output and in stored moods.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rising => "rising",
            Self::Steady => "steady",
            Self::Falling => "falling",
        }
    }
}

/// The mood of one conversation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Mood {
    /// The smoothed sentiment after each turn; a courtesy repeats the one before.
    pub line: Vec<f64>,
    /// The mood now.
    pub level: MoodLevel,
    /// Where it goes.
    pub trend: Trend,
    /// Last minus first substantive turn, unsmoothed; nothing with fewer than two of them.
    pub outcome: Option<f64>,
    /// The last substantive turn, unsmoothed.
    pub last: Option<f64>,
}

/// Reads the mood from a customer's turns, oldest first. Values that are no numbers count as 0.
pub fn mood(turns: &[Turn]) -> Mood {
    let mut line: Vec<f64> = Vec::with_capacity(turns.len());
    let mut substantive: Vec<f64> = Vec::new();
    let mut smoothed: Option<f64> = None;
    for turn in turns {
        let sentiment = bounded(turn.sentiment);
        if turn.substantive {
            substantive.push(sentiment);
            smoothed = Some(smoothed.map_or(sentiment, |before| {
                NEWEST * sentiment + (1.0 - NEWEST) * before
            }));
        }
        line.push(smoothed.unwrap_or(0.0));
    }
    let now = smoothed.unwrap_or(0.0);
    let outcome = match substantive.as_slice() {
        [first, .., last] => Some(last - first),
        _ => None,
    };
    Mood {
        level: MoodLevel::of(now),
        trend: trend(&line),
        outcome,
        last: substantive.last().copied(),
        line,
    }
}

/// The smoothed mood now against the one before its last change.
fn trend(line: &[f64]) -> Trend {
    let Some(now) = line.last() else {
        return Trend::Steady;
    };
    let before = line
        .iter()
        .rev()
        .find(|then| (*then - now).abs() > f64::EPSILON)
        .unwrap_or(now);
    if now - before >= STEADY {
        Trend::Rising
    } else if now - before <= -STEADY {
        Trend::Falling
    } else {
        Trend::Steady
    }
}

/// Whether a customer left more upset than they came: by the outcome, or by their own rating
/// (1 to 5), which needs no second turn. Who came with praise and ends with a sober question fell,
/// and is not upset: the last words must be unhappy by themselves.
pub fn left_more_upset(mood: &Mood, rating: Option<u8>) -> bool {
    // A difference of exactly the threshold counts, whatever binary fractions make of it.
    let fell = mood
        .outcome
        .is_some_and(|outcome| outcome <= UPSET_DELTA + 1e-9);
    let unhappy = mood.last.is_some_and(|last| last <= NEGATIVE_FROM);
    fell && unhappy || rating.is_some_and(|rating| rating <= UPSET_RATING)
}

/// A reader's sentiment, corrected by what was said outright.
///
/// A word list calls "Great, third time this month" positive. Where cues were found, the result is
/// the mean of the sentiment and of what the cues say; a message without cues keeps its sentiment.
pub fn with_cues(sentiment: f64, cues: &CueReading) -> f64 {
    let sentiment = bounded(sentiment);
    let (mut worst, mut best) = (0.0_f64, 0.0_f64);
    for cue in cues.cues.iter().filter(|cue| cue.is_said()) {
        let strength = weight(cue.kind) * f64::from(cue.confidence);
        worst = worst.min(strength);
        best = best.max(strength);
    }
    if worst == 0.0 && best == 0.0 {
        return sentiment;
    }
    bounded(f64::midpoint(sentiment, worst + best))
}

/// A bad mood as far as it is believed: what no rule supports counts only for what goes far beyond
/// a sober report of a problem.
///
/// To a model trained on other people's talk every customer with a problem sounds unhappy. Who says
/// that they are, by anger, weariness, a threat or bitter praise, is believed; a complaint in sober
/// words is believed less, and a mere question least.
pub fn supported(sentiment: f64, cues: &CueReading) -> f64 {
    const UPSET: [CueKind; 5] = [
        CueKind::Anger,
        CueKind::Frustration,
        CueKind::ChurnThreat,
        CueKind::LegalThreat,
        CueKind::Sarcasm,
    ];
    let sentiment = bounded(sentiment);
    if sentiment >= 0.0 || UPSET.iter().any(|kind| cues.says(*kind)) {
        return sentiment;
    }
    let doubt = if cues.says(CueKind::Complaint) {
        0.35
    } else {
        0.65
    };
    (sentiment + doubt).min(0.0)
}

/// How far a cue speaks for a mood when it is certain.
fn weight(kind: CueKind) -> f64 {
    match kind {
        CueKind::Anger => -1.0,
        CueKind::ChurnThreat | CueKind::LegalThreat | CueKind::Frustration => -0.7,
        CueKind::Complaint | CueKind::Sarcasm => -0.5,
        CueKind::Safety => -0.3,
        CueKind::Confusion | CueKind::Urgency => -0.1,
        CueKind::Gratitude => 0.8,
    }
}

fn bounded(sentiment: f64) -> f64 {
    if sentiment.is_nan() {
        0.0
    } else {
        sentiment.clamp(-1.0, 1.0)
    }
}

#[cfg(test)]
mod tests;
