//! Draft checks: what in a reply could hurt, before it is sent.
//!
//! Owns: the checks, when each applies, which findings come first. Must not know: who writes the
//! draft; a finding is for its author and nobody else.

mod acronym;
mod address;
mod answer;
mod context;
mod lines;
mod manner;
mod outlook;
mod phrases;
mod readability;
mod rewrite;

pub use address::{Address, NameUse};
pub use context::{Context, MessageKind, Severity};
pub use lines::check_line;
pub use readability::reading_ease;
pub use rewrite::{Rewrite, rewrite};

use crate::cue::{Language, language_of};
use crate::phrase::{RuleBook, RuleError, Words, own_words};
use crate::voice::VoiceProfile;
use serde::Serialize;
use std::ops::Range;
use std::sync::LazyLock;

/// What a draft can be found to do. The order is that of gravity: the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// Makes it the customer's fault.
    Blame,
    /// Mocks.
    Sarcasm,
    /// Jokes with somebody who is not in the mood.
    Joke,
    /// Defends us before it helps.
    Defensive,
    /// Says no and leaves it at that.
    NoWayForward,
    /// Leaves a question open.
    UnansweredQuestion,
    /// Apologises without saying what for.
    EmptyApology,
    /// Promises without a date.
    VaguePromise,
    /// Hides who did it.
    PassiveEvasion,
    /// Exclamation marks or pictures for somebody who is upset.
    OffMood,
    /// Explains a failure before being sorry for it.
    LateApology,
    /// Apologises again and again.
    RepeatedApology,
    /// Flatters.
    Pandering,
    /// Does not take up what the customer needs.
    NeedNotRestated,
    /// Does not say what happens next.
    NoNextStep,
    /// Mixes du and Sie, or first and last name.
    MixedAddress,
    /// Uses words of the house that the customer does not know.
    Jargon,
    /// Uses a phrase, a joke or a picture that the house does not.
    OffVoice,
    /// Does not greet as the house does.
    Greeting,
    /// Does not close as the house does.
    Closing,
    /// Is too long.
    TooLong,
    /// Is too hard to read.
    TooHard,
}

impl CheckKind {
    /// All of them, worst first.
    pub const ALL: [Self; 22] = [
        Self::Blame,
        Self::Sarcasm,
        Self::Joke,
        Self::Defensive,
        Self::NoWayForward,
        Self::UnansweredQuestion,
        Self::EmptyApology,
        Self::VaguePromise,
        Self::PassiveEvasion,
        Self::OffMood,
        Self::LateApology,
        Self::RepeatedApology,
        Self::Pandering,
        Self::NeedNotRestated,
        Self::NoNextStep,
        Self::MixedAddress,
        Self::Jargon,
        Self::OffVoice,
        Self::Greeting,
        Self::Closing,
        Self::TooLong,
        Self::TooHard,
    ];

    /// Its name in rule files and output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blame => "blame",
            Self::Sarcasm => "sarcasm",
            Self::Joke => "joke",
            Self::Defensive => "defensive",
            Self::NoWayForward => "no_way_forward",
            Self::UnansweredQuestion => "unanswered_question",
            Self::EmptyApology => "empty_apology",
            Self::VaguePromise => "vague_promise",
            Self::PassiveEvasion => "passive_evasion",
            Self::OffMood => "off_mood",
            Self::LateApology => "late_apology",
            Self::RepeatedApology => "repeated_apology",
            Self::Pandering => "pandering",
            Self::NeedNotRestated => "need_not_restated",
            Self::NoNextStep => "no_next_step",
            Self::MixedAddress => "mixed_address",
            Self::Jargon => "jargon",
            Self::OffVoice => "off_voice",
            Self::Greeting => "greeting",
            Self::Closing => "closing",
            Self::TooLong => "too_long",
            Self::TooHard => "too_hard",
        }
    }

    fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// One thing that a draft could do better.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Which check.
    pub check: CheckKind,
    /// Id of the rule that found it.
    pub rule: String,
    /// Its bytes in the draft; empty at the end when something is missing.
    pub span: Range<usize>,
    /// Why it matters.
    pub why: String,
    /// A better wording, where one can be given honestly.
    pub better: Option<String>,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// How many findings a person is shown.
pub const SHOWN: usize = 3;

/// What was found in a draft.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checked {
    /// The language it was read in; [`Language::Other`] means that it was not read.
    pub language: Language,
    /// All findings, worst first, one per check.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// The findings that a person is shown: at most [`SHOWN`], the worst.
    pub fn shown(&self) -> &[Finding] {
        &self.findings[..self.findings.len().min(SHOWN)]
    }

    /// Whether this check found something.
    pub fn has(&self, kind: CheckKind) -> bool {
        self.findings.iter().any(|finding| finding.check == kind)
    }
}

/// Marks that rule files set for checks that need more than a phrase.
const MARKS: [&str; 6] = [
    "apology",
    "explanation",
    "refusal",
    "forward",
    "step",
    "time",
];

const ENGLISH: &str = include_str!("../rules/check.en.toml");
const GERMAN: &str = include_str!("../rules/check.de.toml");

static BUILT_IN: LazyLock<CheckRules> = LazyLock::new(|| {
    CheckRules::parse(ENGLISH, GERMAN).expect("a test reads the rules that are built in")
});

/// The draft rules of each language that is read.
#[derive(Debug)]
pub struct CheckRules {
    english: RuleBook,
    german: RuleBook,
}

/// A draft, cut and read once for all checks.
struct Draft<'d> {
    text: &'d str,
    words: Words,
    language: Language,
    context: &'d Context,
    voice: &'d VoiceProfile,
    marks: phrases::Marks,
    book: &'d RuleBook,
}

impl Draft<'_> {
    /// Something that was found by counting; what it tells stands in the rule file, where `{name}`
    /// is given a value.
    fn finding(
        &self,
        check: CheckKind,
        rule: &str,
        span: Range<usize>,
        confidence: f32,
        values: &[(&str, &str)],
    ) -> Finding {
        let filled = |text: &str| {
            let fill = |text: String, (name, value): &(&str, &str)| {
                text.replace(&format!("{{{name}}}"), value)
            };
            values.iter().fold(text.to_owned(), fill)
        };
        let said = self.book.said(rule);
        Finding {
            check,
            rule: rule.to_owned(),
            span,
            why: said.map(|said| filled(&said.why)).unwrap_or_default(),
            better: said
                .filter(|said| !said.better.is_empty())
                .map(|said| filled(&said.better)),
            confidence,
        }
    }
}

impl CheckRules {
    /// Reads rule files. The built-in ones are [`CheckRules::files`].
    pub fn parse(english: &str, german: &str) -> Result<Self, RuleError> {
        let mut known = CheckKind::ALL.map(CheckKind::name).to_vec();
        known.extend(MARKS);
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

    /// The rules that read a language.
    fn book(&self, language: Language) -> &RuleBook {
        if language == Language::German {
            &self.german
        } else {
            &self.english
        }
    }

    /// Checks a draft. What it quotes does not count.
    pub fn check(&self, text: &str, context: &Context, voice: &VoiceProfile) -> Checked {
        let words = Words::of_ranges(text, &own_words(text));
        let language = language_of(&words);
        if language == Language::Other || words.tokens.is_empty() {
            return Checked {
                language,
                findings: Vec::new(),
            };
        }
        let book = self.book(language);
        let (marks, said) = phrases::read(book, &words);
        let draft = Draft {
            text,
            words,
            language,
            context,
            voice,
            marks,
            book,
        };
        let mut findings = phrases::findings(&draft, book, &said);
        findings.extend(acronym::finding(&draft));
        findings.extend(outlook::findings(&draft));
        findings.extend(answer::findings(&draft));
        findings.extend(manner::findings(&draft));
        findings.extend(address::findings(&draft));
        findings.extend(readability::findings(&draft));
        Checked {
            language,
            findings: worst_first(findings),
        }
    }
}

/// Checks a draft with the built-in rules.
pub fn check(text: &str, context: &Context, voice: &VoiceProfile) -> Checked {
    CheckRules::built_in().check(text, context, voice)
}

/// One finding per check, the surest; checks in the order of their gravity.
fn worst_first(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|one, other| {
        one.check
            .cmp(&other.check)
            .then(other.confidence.total_cmp(&one.confidence))
            .then(one.span.start.cmp(&other.span.start))
    });
    findings.dedup_by(|later, kept| later.check == kept.check);
    findings
}

#[cfg(test)]
mod tests;
