//! Reading one message.
//!
//! Owns: putting model and lexicon together into a sentiment, a label and named feelings. Must not
//! know: conversations, drafts.

mod explain;
mod satisfaction;

pub use explain::{Explanation, Moved, explain};
pub use satisfaction::{Dialog, Role};

use crate::features::{Features, OPINION, extract};
use crate::model::{EMOTIONS, Head, Logits, Model, SENTIMENT, embedded, sigmoid, softmax3};
use serde::Serialize;

/// How a message sounds in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Unhappy.
    Negative,
    /// Neither, or a mere question.
    Neutral,
    /// Happy.
    Positive,
}

/// Strengths of the 28 feelings of `GoEmotions`, 0 to 1; from one half upwards a feeling is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Emotions(pub [f32; EMOTIONS.len()]);

/// What one message says about its writer.
///
/// All strengths run from 0 to 1 and mean "yes" from one half upwards. They rank and fill in;
/// what a person should act on is decided by the cue rules, which can be read and changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// From -1 (furious) to 1 (delighted).
    pub sentiment: f32,
    /// The sentiment in one word.
    pub label: Label,
    /// Feelings by name.
    pub emotions: Emotions,
    /// Polite wording.
    pub polite: f32,
    /// May be sarcastic. A hint: at this size it is wrong more often than right.
    pub sarcastic: f32,
    /// Wants something soon.
    pub urgent: f32,
    /// Complains about something.
    pub complaint: f32,
    /// Insults or swears.
    pub offensive: f32,
    /// Formal wording.
    pub formal: f32,
    /// A customer's anger.
    pub angry: f32,
}

impl Emotions {
    /// The strength of a feeling by its name.
    pub fn strength(&self, name: &str) -> Option<f32> {
        let at = EMOTIONS.iter().position(|emotion| *emotion == name)?;
        Some(self.0[at])
    }
}

impl Serialize for Emotions {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(EMOTIONS.iter().zip(self.0))
    }
}

/// Reads a message with the embedded model. Any text is read in bounded time.
pub fn read(text: &str) -> Reading {
    read_with(embedded(), text)
}

/// Reads a message with a given model.
pub fn read_with(model: &Model<'_>, text: &str) -> Reading {
    let features = extract(text);
    assemble(&model.logits(&features), &features)
}

fn assemble(logits: &Logits, features: &Features) -> Reading {
    let shares = softmax3([
        logits[SENTIMENT] + TO_NEGATIVE,
        logits[SENTIMENT + 1],
        logits[SENTIMENT + 2] + TO_POSITIVE,
    ]);
    let head = |head: Head| sigmoid(logits[head.index()]);
    Reading {
        sentiment: sentiment(logits, features),
        label: label(shares),
        emotions: Emotions(std::array::from_fn(|at| sigmoid(logits[at]))),
        polite: polite(logits),
        sarcastic: head(Head::Sarcastic),
        urgent: head(Head::Urgent),
        complaint: complaint(logits),
        offensive: head(Head::Offensive),
        formal: head(Head::Formal),
        angry: head(Head::Angry),
    }
}

/// The texts that the model learned from are mostly friendly talk; customers write when something
/// is wrong. Chosen on the development splits.
const TO_NEGATIVE: f32 = 0.5;
const TO_POSITIVE: f32 = 0.25;

fn label([negative, neutral, positive]: [f32; 3]) -> Label {
    if neutral > negative && neutral > positive {
        Label::Neutral
    } else if negative > positive {
        Label::Negative
    } else {
        Label::Positive
    }
}

/// The model knows whole sentences, the word lists know how strong a word is: all together agree
/// better with people's ratings than each alone. The shares were chosen on the development splits.
fn sentiment(logits: &Logits, features: &Features) -> f32 {
    const EVEN: f32 = 0.75;
    let lean = logits[SENTIMENT + 2] - logits[SENTIMENT] - EVEN;
    // 2 * sigmoid(x) - 1 is tanh(x / 2).
    let model = 2.0 * sigmoid(lean) - 1.0;
    let vader = features.dense[0];
    let lists = features.dense[OPINION] + features.dense[OPINION + 3] + vader;
    ((model + 0.4 * lists) / 2.2).clamp(-1.0, 1.0)
}

/// A complaint is unhappy and speaks as complaints do. The composed texts know only clear cases,
/// so the bar was set on the development splits.
fn complaint(logits: &Logits) -> f32 {
    const BAR: f32 = 1.2;
    let unhappy = logits[SENTIMENT] - logits[SENTIMENT + 2];
    sigmoid(logits[Head::Complaint.index()] + unhappy - BAR)
}

/// Politeness is another thing among editors than in a technical forum; asks the one that the
/// text resembles.
fn polite(logits: &Logits) -> f32 {
    let forum = sigmoid(logits[Head::Forum.index()]);
    let of = |head: Head| logits[head.index()];
    sigmoid(forum * of(Head::PoliteForum) + (1.0 - forum) * of(Head::PoliteEditor))
}
