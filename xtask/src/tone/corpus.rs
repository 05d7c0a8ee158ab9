//! The texts that the model learns from.
//!
//! Owns: reading each source and saying what it teaches. Must not know: features, weights.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use candor_tone::model::{EMOTIONS, HEADS, Head, SENTIMENT};
use candor_tone::vader;
use serde_json::Value;

use super::compose;

/// One text and what it teaches; a head without a target learns nothing from it.
pub(super) struct Item {
    pub(super) text: String,
    pub(super) targets: [Option<f32>; HEADS],
    pub(super) weight: f32,
    /// Yes or no as far as thresholds are set by it, where that differs from the target.
    pub(super) verdict: Option<bool>,
}

/// All texts with a line for each source.
pub(super) struct Corpus {
    pub(super) items: Vec<Item>,
    pub(super) sources: Vec<String>,
}

/// A source: its file, its licence line, and how a record becomes an item.
struct Source {
    file: &'static str,
    credit: &'static str,
    read: fn(&Value) -> Option<Item>,
}

const SOURCES: &[Source] = &[
    Source {
        file: "goemotions.jsonl",
        credit: "GoEmotions (Google Research), CC BY 4.0",
        read: emotions,
    },
    Source {
        file: "politeness_wiki.jsonl",
        credit: "Stanford Politeness Corpus, Wikipedia part, CC BY 4.0",
        read: polite_editor,
    },
    Source {
        file: "politeness_se.jsonl",
        credit: "Stanford Politeness Corpus, Stack Exchange part, CC BY 4.0 and CC BY-SA",
        read: polite_forum,
    },
    Source {
        file: "isarcasm.jsonl",
        credit: "iSarcasmEval, MIT",
        read: sarcasm,
    },
    Source {
        file: "formality.jsonl",
        credit: "Formality, sample of Pavlick and Tetreault 2016, CC BY 3.0",
        read: formality,
    },
];

const POSITIVE: &[&str] = &[
    "admiration",
    "amusement",
    "approval",
    "caring",
    "desire",
    "excitement",
    "gratitude",
    "joy",
    "love",
    "optimism",
    "pride",
    "relief",
];
const NEGATIVE: &[&str] = &[
    "anger",
    "annoyance",
    "disappointment",
    "disapproval",
    "disgust",
    "embarrassment",
    "fear",
    "grief",
    "nervousness",
    "remorse",
    "sadness",
];

/// Reads every source of the data folder, VADER's lexicon, and the project's own texts.
pub(super) fn load(data: &Path, own: &Path) -> Result<Corpus> {
    let mut corpus = Corpus {
        items: Vec::new(),
        sources: Vec::new(),
    };
    for source in SOURCES {
        let records = records(&data.join(source.file))?;
        let before = corpus.items.len();
        corpus.items.extend(records.iter().filter_map(source.read));
        let count = corpus.items.len() - before;
        corpus
            .sources
            .push(format!("{count} texts of {}", source.credit));
    }
    let customers = records(&own.join("customer/en.train.jsonl"))?;
    let before = corpus.items.len();
    corpus.items.extend(customers.iter().filter_map(customer));
    let count = corpus.items.len() - before;
    corpus.sources.push(format!(
        "{count} of the project's own messages of customers (train part), CC0"
    ));
    let composed = compose::messages(own)?;
    corpus.sources.push(format!(
        "{} messages composed from the project's own fragments, CC0",
        composed.len()
    ));
    corpus.items.extend(composed);
    let before = corpus.items.len();
    corpus
        .items
        .extend(vader::entries().map(|(word, valence)| lexicon_entry(word, valence)));
    let count = corpus.items.len() - before;
    corpus
        .sources
        .push(format!("{count} words of the VADER lexicon, MIT"));
    Ok(corpus)
}

/// Keeps every twelfth text back, by a hash of it, for thresholds and figures.
pub(super) fn split(items: Vec<Item>) -> (Vec<Item>, Vec<Item>) {
    items.into_iter().partition(|item| {
        let hash = item
            .text
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        (hash >> 32) % 12 != 0
    })
}

pub(super) fn records(path: &Path) -> Result<Vec<Value>> {
    let text =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    text.lines()
        .enumerate()
        .map(|(line, record)| {
            serde_json::from_str(record)
                .with_context(|| format!("{} line {} is no JSON", path.display(), line + 1))
        })
        .collect()
}

impl Item {
    pub(super) fn new(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            targets: [None; HEADS],
            weight: 1.0,
            verdict: None,
        }
    }

    pub(super) fn teach(mut self, head: Head, target: f32) -> Self {
        self.targets[head.index()] = Some(target);
        self
    }

    /// Negative, neutral, positive as shares that sum to one.
    pub(super) fn sentiment(mut self, shares: [f32; 3]) -> Self {
        for (offset, share) in shares.into_iter().enumerate() {
            self.targets[SENTIMENT + offset] = Some(share);
        }
        self
    }
}

fn text(record: &Value) -> Option<Item> {
    record["text"].as_str().map(Item::new)
}

fn emotions(record: &Value) -> Option<Item> {
    let labels: Vec<&str> = record["labels"]
        .as_array()?
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let mut item = text(record)?;
    for (head, name) in EMOTIONS.iter().enumerate() {
        item.targets[head] = Some(f32::from(u8::from(labels.contains(name))));
    }
    let count = |wanted: &[&str]| labels.iter().filter(|label| wanted.contains(label)).count();
    let (positive, negative) = (count(POSITIVE) as f32, count(NEGATIVE) as f32);
    let all = labels.len().max(1) as f32;
    // Talk among strangers on a forum is hardly ever a complaint to a shop.
    let aside = item.text.len() % 4 == 0;
    if aside {
        item = item
            .teach(Head::Complaint, 0.0)
            .teach(Head::Urgent, 0.0)
            .teach(Head::Angry, 0.0);
    }
    Some(item.sentiment([
        negative / all,
        (all - positive - negative) / all,
        positive / all,
    ]))
}

/// The score is the mean of five raters in standard deviations; 1.7 makes a sigmoid of it that
/// is 0.85 at one deviation.
fn politeness(record: &Value, head: Head) -> Option<Item> {
    let score = record["score"].as_f64()? as f32;
    let polite = candor_tone::model::sigmoid(score * 1.7);
    let forum = f32::from(u8::from(head == Head::PoliteForum));
    let mut item = text(record)?.teach(head, polite).teach(Head::Forum, forum);
    item.verdict = record["label"].as_str().map(|label| label == "polite");
    Some(item)
}

fn polite_editor(record: &Value) -> Option<Item> {
    politeness(record, Head::PoliteEditor)
}

fn polite_forum(record: &Value) -> Option<Item> {
    politeness(record, Head::PoliteForum)
}

fn sarcasm(record: &Value) -> Option<Item> {
    let sarcastic = f32::from(u8::from(record["label"].as_str()? == "sarcastic"));
    Some(text(record)?.teach(Head::Sarcastic, sarcastic))
}

fn formality(record: &Value) -> Option<Item> {
    Some(text(record)?.teach(Head::Formal, record["label"].as_f64()? as f32))
}

/// Customers' messages matter most; few of them stand against many remarks of other people.
const CUSTOMER_WEIGHT: f32 = 2.0;

/// What stands under `open` is neither a yes nor a no.
fn customer(record: &Value) -> Option<Item> {
    let lists = |key: &str| {
        let list = record[key].as_array().into_iter().flatten();
        list.filter_map(Value::as_str).collect::<Vec<_>>()
    };
    let (labels, open) = (lists("labels"), lists("open"));
    let mut item = text(record)?.sentiment(match record["sentiment"].as_str()? {
        "negative" => [0.95, 0.05, 0.0],
        "positive" => [0.0, 0.05, 0.95],
        "mixed" => [0.5, 0.2, 0.3],
        _ => [0.03, 0.94, 0.03],
    });
    for (label, head) in [
        ("complaint", Head::Complaint),
        ("urgency", Head::Urgent),
        ("anger", Head::Angry),
    ] {
        if !open.contains(&label) {
            item = item.teach(head, f32::from(u8::from(labels.contains(&label))));
        }
    }
    item.weight = CUSTOMER_WEIGHT;
    Some(item)
}

/// A word with its mean rating of ten people, -4 to 4.
fn lexicon_entry(word: &str, valence: f64) -> Item {
    let strength = (valence.abs() as f32 / 2.0).min(0.9);
    let shares = if valence > 0.0 {
        [0.0, 1.0 - strength, strength]
    } else {
        [strength, 1.0 - strength, 0.0]
    };
    let mut item = Item::new(word).sentiment(shares);
    item.weight = 0.3;
    item
}
