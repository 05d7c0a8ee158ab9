//! A book of rules: read from its file, run over words.
//!
//! Owns: the file's shape, guards around a phrase, the index from words to patterns.
//! Must not know: what the kinds mean.

use super::pattern::{Pattern, Vocabulary};
use super::token::Words;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Why a book cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RuleError {
    /// The file is not of the right shape.
    #[error("the rule file cannot be read: {0}")]
    Shape(String),
    /// A phrase is wrong.
    #[error("rule {rule:?}, phrase {phrase:?}: {why}")]
    Phrase {
        /// Id of the rule.
        rule: String,
        /// The phrase as written.
        phrase: String,
        /// What is wrong with it.
        why: String,
    },
    /// A rule names a kind that nobody knows.
    #[error("rule {rule:?}: there is no kind {kind:?}; the kinds are {known}")]
    Kind {
        /// Id of the rule.
        rule: String,
        /// The kind as written.
        kind: String,
        /// Those that exist.
        known: String,
    },
    /// A confidence is outside of 0 to 1.
    #[error("rule {rule:?}: its confidence must lie between 0 and 1")]
    Confidence {
        /// Id of the rule.
        rule: String,
    },
}

/// One rule as a person reads and edits it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name, unique in the book.
    pub id: String,
    /// What it speaks for.
    pub kind: String,
    /// How sure one match is, 0 to 1; several matches add up.
    pub confidence: f32,
    /// Why it matters, in a sentence for the reader.
    pub why: String,
    /// A better wording, where one can be given honestly.
    #[serde(default)]
    pub better: String,
    /// Any of these is a match.
    pub phrases: Vec<String>,
    /// No match when one of these ends within four words before it.
    #[serde(default)]
    pub unless_before: Vec<String>,
    /// No match when one of these stands in the same sentence.
    #[serde(default)]
    pub unless: Vec<String>,
    /// A match only when one of these stands in the same sentence.
    #[serde(default)]
    pub needs: Vec<String>,
    /// Whether "not" shortly before it takes it back.
    #[serde(default = "yes")]
    pub negatable: bool,
    /// Whether it also counts inside a quotation.
    #[serde(default)]
    pub quoted: bool,
    /// `question`, `statement`, or nothing for both.
    #[serde(default)]
    pub sentence: String,
}

fn yes() -> bool {
    true
}

/// What a reader is told of something that is found by counting rather than by a phrase.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// The name of what is found.
    pub id: String,
    /// Why it matters; `{name}` stands for a value.
    pub why: String,
    /// How to say it better.
    #[serde(default)]
    pub better: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    list: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    plain: BTreeMap<String, String>,
    #[serde(default)]
    finding: Vec<Said>,
    rule: Vec<Rule>,
}

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Index of the rule in the book.
    pub rule: usize,
    /// Its tokens.
    pub tokens: Range<usize>,
}

#[derive(Debug, Default)]
struct Guards {
    before: Vec<Pattern>,
    unless: Vec<Pattern>,
    needs: Vec<Pattern>,
}

/// Words that take a phrase back: the list `negation` of the file.
const NEGATION: &str = "negation";

/// How many words before a phrase its guards look.
const BEFORE: usize = 4;

/// Rules, compiled.
#[derive(Debug)]
pub struct RuleBook {
    rules: Vec<Rule>,
    guards: Vec<Guards>,
    patterns: Vec<(usize, Pattern)>,
    by_word: HashMap<u32, Vec<u32>>,
    anywhere: Vec<u32>,
    negation: Vec<u32>,
    vocabulary: Vocabulary,
    plain: BTreeMap<String, String>,
    said: Vec<Said>,
}

impl RuleBook {
    /// Reads a book from its TOML. `known` are the kinds that may stand in it.
    pub fn parse(toml: &str, known: &[&str]) -> Result<Self, RuleError> {
        let file: File =
            toml::from_str(toml).map_err(|error| RuleError::Shape(error.to_string()))?;
        let mut book = Self {
            rules: Vec::new(),
            guards: Vec::new(),
            patterns: Vec::new(),
            by_word: HashMap::new(),
            anywhere: Vec::new(),
            negation: Vec::new(),
            vocabulary: Vocabulary::default(),
            plain: file.plain,
            said: file.finding,
        };
        for rule in file.rule {
            check_rule(&rule, known)?;
            book.add(rule, &file.list)?;
        }
        for word in file.list.get(NEGATION).into_iter().flatten() {
            book.negation
                .push(book.vocabulary.number(&super::fold::fold(word)));
        }
        Ok(book)
    }

    fn add(&mut self, rule: Rule, lists: &BTreeMap<String, Vec<String>>) -> Result<(), RuleError> {
        let number = self.rules.len();
        let vocabulary = &mut self.vocabulary;
        // The words that negate must be known to the vocabulary even if no phrase uses them.
        for word in lists.get(NEGATION).into_iter().flatten() {
            let _ = Pattern::parse(word, lists, vocabulary);
        }
        let mut compile = |phrases: &[String]| -> Result<Vec<Pattern>, RuleError> {
            let read = |phrase: &String| {
                Pattern::parse(phrase, lists, vocabulary).map_err(|why| RuleError::Phrase {
                    rule: rule.id.clone(),
                    phrase: phrase.clone(),
                    why,
                })
            };
            phrases.iter().map(read).collect()
        };
        let phrases = compile(&rule.phrases)?;
        self.guards.push(Guards {
            before: compile(&rule.unless_before)?,
            unless: compile(&rule.unless)?,
            needs: compile(&rule.needs)?,
        });
        for pattern in phrases {
            let index = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
            let beginning = pattern.beginning();
            if beginning.anywhere {
                self.anywhere.push(index);
            } else {
                for word in beginning.words {
                    self.by_word.entry(word).or_default().push(index);
                }
            }
            self.patterns.push((number, pattern));
        }
        self.rules.push(rule);
        Ok(())
    }

    /// The rules in the order of the file.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What is said of something that is found by counting.
    pub fn said(&self, id: &str) -> Option<&Said> {
        self.said.iter().find(|said| said.id == id)
    }

    /// The everyday words for words in lower case; `None` where the file knows none.
    pub fn plainly(&self, words: &str) -> Option<&str> {
        self.plain.get(words).map(String::as_str)
    }

    /// All matches, in the order of the text; of one rule in one place only the longest.
    pub fn find(&self, words: &Words) -> Vec<Hit> {
        let numbers: Vec<u32> = words
            .tokens
            .iter()
            .map(|token| self.vocabulary.number(&token.word))
            .collect();
        let mut covered = vec![0; self.rules.len()];
        let mut sentences = vec![None; self.rules.len()];
        let mut hits = Vec::new();
        let mut here: BTreeMap<usize, usize> = BTreeMap::new();
        for from in 0..words.tokens.len() {
            let starting = self.by_word.get(&numbers[from]).into_iter().flatten();
            for index in starting.chain(&self.anywhere) {
                let (rule, pattern) = &self.patterns[*index as usize];
                if covered[*rule] <= from
                    && let Some(end) = pattern.matched(words, &numbers, from)
                {
                    let longest = here.entry(*rule).or_insert(end);
                    *longest = end.max(*longest);
                }
            }
            while let Some((rule, end)) = here.pop_first() {
                if self.stands(rule, words, &numbers, from)
                    && self.sentence_lets(rule, words, &numbers, from, &mut sentences[rule])
                {
                    covered[rule] = end;
                    hits.push(Hit {
                        rule,
                        tokens: from..end,
                    });
                }
            }
        }
        hits
    }

    /// Whether what stands before a match lets it stand.
    fn stands(&self, rule: usize, words: &Words, numbers: &[u32], from: usize) -> bool {
        let law = &self.rules[rule];
        let fits = match law.sentence.as_str() {
            "question" => words.sentence_of(from).question,
            "statement" => !words.sentence_of(from).question,
            _ => true,
        };
        let quotation = words.tokens[from].quoted && !law.quoted;
        let taken_back = law.negatable && self.negated(words, numbers, from);
        fits && !quotation
            && !taken_back
            && !ends_before(&self.guards[rule].before, words, numbers, from)
    }

    /// Whether the rest of the sentence lets matches stand; looked up once a sentence and rule, so
    /// that a phrase repeated a thousand times costs no more than once.
    fn sentence_lets(
        &self,
        rule: usize,
        words: &Words,
        numbers: &[u32],
        from: usize,
        known: &mut Option<(usize, bool)>,
    ) -> bool {
        let sentence = words.tokens[from].sentence;
        if let Some((_, lets)) = known.filter(|(of, _)| *of == sentence) {
            return lets;
        }
        let guards = &self.guards[rule];
        let range = &words.sentences[sentence].tokens;
        let lets = !anywhere_in(&guards.unless, words, numbers, range)
            && (guards.needs.is_empty() || anywhere_in(&guards.needs, words, numbers, range));
        *known = Some((sentence, lets));
        lets
    }

    /// "not" within three words before, without a pause between.
    fn negated(&self, words: &Words, numbers: &[u32], at: usize) -> bool {
        let start = words.sentence_of(at).tokens.start;
        for place in (start.max(at.saturating_sub(3))..at).rev() {
            if words.tokens[place].pause_after {
                return false;
            }
            if self.negation.contains(&numbers[place]) {
                let only = words.tokens.get(place + 1).map(|token| token.word.as_str());
                return !matches!(only, Some("only" | "just" | "nur"));
            }
        }
        false
    }
}

fn check_rule(rule: &Rule, known: &[&str]) -> Result<(), RuleError> {
    if !known.contains(&rule.kind.as_str()) {
        return Err(RuleError::Kind {
            rule: rule.id.clone(),
            kind: rule.kind.clone(),
            known: known.join(", "),
        });
    }
    if !(0.0..=1.0).contains(&rule.confidence) {
        return Err(RuleError::Confidence {
            rule: rule.id.clone(),
        });
    }
    Ok(())
}

fn anywhere_in(patterns: &[Pattern], words: &Words, numbers: &[u32], range: &Range<usize>) -> bool {
    // A sentence without a full stop can be a whole text: look at no more than a long sentence.
    let range = range.start..range.end.min(range.start + 120);
    patterns.iter().any(|pattern| {
        range
            .clone()
            .any(|from| pattern.matched(words, numbers, from).is_some())
    })
}

fn ends_before(patterns: &[Pattern], words: &Words, numbers: &[u32], at: usize) -> bool {
    let start = words.sentence_of(at).tokens.start;
    let from = start.max(at.saturating_sub(BEFORE));
    patterns.iter().any(|pattern| {
        (from..at).any(|place| {
            pattern
                .matched(words, numbers, place)
                .is_some_and(|end| end <= at)
        })
    })
}
