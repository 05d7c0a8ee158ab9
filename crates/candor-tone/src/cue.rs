//! Cues: what a customer's message says about their state, each with the words that say it.
//!
//! Owns: the kinds of cues, running the rules of a language, adding up confidence. Must not know:
//! tickets, who wrote the message, what a cue leads to.

mod filled;
mod language;
mod shouting;
mod weigh;

pub use filled::READER;
pub use language::{Language, language_of};
pub use weigh::{MEASURES, measure_names, measures};

use crate::phrase::{RuleBook, RuleError, Words, own_words};
use serde::Serialize;
use std::ops::Range;
use std::sync::LazyLock;

/// What a message may say beside its matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CueKind {
    /// Open or polite anger at us.
    Anger,
    /// Weary of waiting, repeating, getting nowhere.
    Frustration,
    /// Needs it soon, and says so.
    Urgency,
    /// Something we are answerable for went wrong.
    Complaint,
    /// Does not understand something.
    Confusion,
    /// Thanks us for something; a closing "thanks" is none.
    Gratitude,
    /// Praise that is not meant. A hint at most: words alone cannot decide it.
    Sarcasm,
    /// Will or may leave us.
    ChurnThreat,
    /// Lawyers, courts, authorities.
    LegalThreat,
    /// Somebody was hurt or may be.
    Safety,
}

impl CueKind {
    /// All of them, in the order in which they are declared.
    pub const ALL: [Self; 10] = [
        Self::Anger,
        Self::Frustration,
        Self::Urgency,
        Self::Complaint,
        Self::Confusion,
        Self::Gratitude,
        Self::Sarcasm,
        Self::ChurnThreat,
        Self::LegalThreat,
        Self::Safety,
    ];

    /// Its name in rule files and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Anger => "anger",
            Self::Frustration => "frustration",
            Self::Urgency => "urgency",
            Self::Complaint => "complaint",
            Self::Confusion => "confusion",
            Self::Gratitude => "gratitude",
            Self::Sarcasm => "sarcasm",
            Self::ChurnThreat => "churn_threat",
            Self::LegalThreat => "legal_threat",
            Self::Safety => "safety",
        }
    }

    /// The cue of that name; `None` for any other word.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Words that speak for a cue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evidence {
    /// Their bytes in the text.
    pub span: Range<usize>,
    /// Id of the rule that found them.
    pub rule: String,
    /// Why they matter.
    pub why: String,
    /// How sure this alone is, 0 to 1.
    pub confidence: f32,
}

/// A cue that a message gives.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cue {
    /// Which.
    pub kind: CueKind,
    /// How sure, 0 to 1: all evidence together.
    pub confidence: f32,
    /// What speaks for it, in the order of the text.
    pub evidence: Vec<Evidence>,
}

/// From this confidence on a cue is shown.
pub const SHOWN_FROM: f32 = 0.5;

/// Pieces of evidence kept per cue; a text that repeats one phrase a thousand times needs no more.
const MOST_EVIDENCE: usize = 8;

/// The cues of one message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CueReading {
    /// The language it was read in; [`Language::Other`] means that it was not read.
    pub language: Language,
    /// The cues from [`SHOWN_FROM`] on, surest first.
    pub cues: Vec<Cue>,
    /// Only the beginning was read.
    pub truncated: bool,
}

impl CueReading {
    /// The confidence of a cue; 0 when the message does not give it.
    pub fn confidence(&self, kind: CueKind) -> f32 {
        self.cues
            .iter()
            .find(|cue| cue.kind == kind)
            .map_or(0.0, |cue| cue.confidence)
    }

    /// Whether the message gives this cue.
    pub fn has(&self, kind: CueKind) -> bool {
        self.confidence(kind) >= SHOWN_FROM
    }

    /// Whether words of the message give this cue, and not the trained reader's ear alone.
    pub fn says(&self, kind: CueKind) -> bool {
        self.cues
            .iter()
            .any(|cue| cue.kind == kind && cue.is_said())
    }
}

impl Cue {
    /// Whether words of the message give it.
    pub fn is_said(&self) -> bool {
        self.evidence.iter().any(|piece| piece.rule != READER)
    }
}

const ENGLISH: &str = include_str!("../rules/cue.en.toml");
const GERMAN: &str = include_str!("../rules/cue.de.toml");

static BUILT_IN: LazyLock<CueRules> = LazyLock::new(|| {
    CueRules::parse(ENGLISH, GERMAN).expect("a test reads the rules that are built in")
});

/// The cue rules of each language that is read.
#[derive(Debug)]
pub struct CueRules {
    english: RuleBook,
    german: RuleBook,
}

impl CueRules {
    /// Reads rule files. The built-in ones are [`CueRules::files`].
    pub fn parse(english: &str, german: &str) -> Result<Self, RuleError> {
        let known = CueKind::ALL.map(CueKind::name);
        Ok(Self {
            english: RuleBook::parse(english, &known)?,
            german: RuleBook::parse(german, &known)?,
        })
    }

    /// The rules that come with Candor.
    pub fn built_in() -> &'static Self {
        &BUILT_IN
    }

    /// The built-in files, English and German, to start own ones from.
    pub fn files() -> (&'static str, &'static str) {
        (ENGLISH, GERMAN)
    }

    /// Reads a message. Quotations and signatures do not count.
    pub fn read(&self, text: &str) -> CueReading {
        let words = Words::of_ranges(text, &own_words(text));
        let language = language_of(&words);
        let book = match language {
            Language::German => &self.german,
            Language::English | Language::Unknown => &self.english,
            Language::Other => {
                return CueReading {
                    language,
                    cues: Vec::new(),
                    truncated: words.truncated,
                };
            }
        };
        let mut found: Vec<(CueKind, Evidence)> = Vec::new();
        for hit in book.find(&words) {
            let rule = &book.rules()[hit.rule];
            let Some(kind) = CueKind::named(&rule.kind) else {
                continue;
            };
            found.push((
                kind,
                Evidence {
                    span: words.span(&hit.tokens),
                    rule: rule.id.clone(),
                    why: rule.why.clone(),
                    confidence: rule.confidence,
                },
            ));
        }
        found.extend(shouting::evidence(&words).map(|evidence| (CueKind::Anger, evidence)));
        found.extend(implied_complaint(&found));
        found.extend(harm_done(&found, &words));
        drop_bitter_thanks(&mut found);
        CueReading {
            language,
            cues: add_up(&found),
            truncated: words.truncated,
        }
    }
}

/// Reads a message with the built-in rules; the trained reader fills in what no rule finds.
pub fn read(text: &str) -> CueReading {
    let mut reading = CueRules::built_in().read(text);
    filled::fill(text, &mut reading);
    reading
}

/// Anger, weariness, bitter praise and threats of the law are complaints, whatever they are about.
const COMPLAINTS: [CueKind; 4] = [
    CueKind::Anger,
    CueKind::Frustration,
    CueKind::Sarcasm,
    CueKind::LegalThreat,
];

/// How much of their confidence goes over to the complaint.
const CARRIED_OVER: f32 = 0.9;

/// What speaks for a complaint because it speaks for something that is one.
fn implied_complaint(found: &[(CueKind, Evidence)]) -> Vec<(CueKind, Evidence)> {
    found
        .iter()
        .filter(|(kind, _)| COMPLAINTS.contains(kind))
        .map(|(_, evidence)| {
            let carried = Evidence {
                confidence: evidence.confidence * CARRIED_OVER,
                ..evidence.clone()
            };
            (CueKind::Complaint, carried)
        })
        .collect()
}

/// Harm that is reported is a complaint; who asks whether something may do harm does not complain.
fn harm_done(found: &[(CueKind, Evidence)], words: &Words) -> Vec<(CueKind, Evidence)> {
    let asks = |span: &Range<usize>| {
        words.sentences.iter().any(|sentence| {
            let whole = words.span(&sentence.tokens);
            sentence.question && whole.start <= span.start && span.start < whole.end
        })
    };
    found
        .iter()
        .filter(|(kind, evidence)| *kind == CueKind::Safety && !asks(&evidence.span))
        .map(|(_, evidence)| {
            let carried = Evidence {
                confidence: evidence.confidence * CARRIED_OVER,
                ..evidence.clone()
            };
            (CueKind::Complaint, carried)
        })
        .collect()
}

/// Thanks that stand in bitter praise are none.
fn drop_bitter_thanks(found: &mut Vec<(CueKind, Evidence)>) {
    let bitter: Vec<Range<usize>> = found
        .iter()
        .filter(|(kind, _)| *kind == CueKind::Sarcasm)
        .map(|(_, evidence)| evidence.span.clone())
        .collect();
    let overlaps = |span: &Range<usize>| {
        bitter
            .iter()
            .any(|one| one.start < span.end && span.start < one.end)
    };
    found.retain(|(kind, evidence)| *kind != CueKind::Gratitude || !overlaps(&evidence.span));
}

/// One cue per kind: 1 - (1-a)(1-b) over rules; a rule that matches twice counts once.
fn add_up(found: &[(CueKind, Evidence)]) -> Vec<Cue> {
    let mut cues: Vec<Cue> = CueKind::ALL
        .into_iter()
        .filter_map(|kind| {
            let mut evidence: Vec<Evidence> = Vec::new();
            let mut doubt = 1.0;
            for (_, piece) in found.iter().filter(|(of, _)| *of == kind) {
                if !evidence.iter().any(|known| known.rule == piece.rule) {
                    doubt *= 1.0 - piece.confidence;
                }
                if evidence.len() < MOST_EVIDENCE {
                    evidence.push(piece.clone());
                }
            }
            let confidence = 1.0 - doubt;
            (confidence >= SHOWN_FROM).then_some(Cue {
                kind,
                confidence,
                evidence,
            })
        })
        .collect();
    cues.sort_by(|one, other| other.confidence.total_cmp(&one.confidence));
    cues
}

#[cfg(test)]
mod tests;
