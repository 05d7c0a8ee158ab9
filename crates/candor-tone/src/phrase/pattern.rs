//! The pattern language of the rule files.
//!
//! | written | matches |
//! |---|---|
//! | `cancel` | this word |
//! | `cancel*` | words that begin so |
//! | `*rechnung` | words that end so |
//! | `my\|our\|the` | one of these words |
//! | `@product` | one of the words of a list of the file |
//! | `my\|our?` | the same, or nothing |
//! | `_` | any word |
//! | `..` and `...` | up to three, up to seven words of the same sentence |
//! | `<number>` | something that begins with a digit |
//! | `<start>`, `<end>` | the edges of a sentence; `<end>` may be one of several words |
//!
//! Owns: reading a pattern, walking it over words. Must not know: rules.

use super::fold::fold;
use super::token::Words;
use std::collections::BTreeMap;

/// Words that a pattern may span; the walk keeps its places in the bits of one number.
const WIDEST: usize = 48;

/// The words of a book of rules, numbered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary(BTreeMap<String, u32>);

/// The number of a word that no rule knows.
pub(crate) const UNKNOWN: u32 = u32::MAX;

impl Vocabulary {
    fn add(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.0.len()).unwrap_or(UNKNOWN);
        *self.0.entry(fold(word)).or_insert(next)
    }

    pub(crate) fn number(&self, word: &str) -> u32 {
        self.0.get(word).copied().unwrap_or(UNKNOWN)
    }
}

/// What may stand at one place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    words: Vec<u32>,
    prefixes: Vec<String>,
    suffixes: Vec<String>,
    number: bool,
    any: bool,
    end: bool,
}

impl Choice {
    fn admits(&self, number: u32, word: &str) -> bool {
        self.any
            || (number != UNKNOWN && self.words.binary_search(&number).is_ok())
            || (self.number && word.starts_with(|first: char| first.is_ascii_digit()))
            || self
                .prefixes
                .iter()
                .any(|prefix| word.starts_with(prefix.as_str()))
            || self
                .suffixes
                .iter()
                .any(|suffix| word.ends_with(suffix.as_str()))
    }
}

#[derive(Debug, Clone)]
enum Step {
    One { choice: Choice, optional: bool },
    Gap(u32),
    Start,
    End,
}

/// One pattern.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    steps: Vec<Step>,
}

/// Where a pattern can begin.
#[derive(Debug, Default)]
pub(crate) struct Beginning {
    pub words: Vec<u32>,
    /// It cannot be told from the word alone.
    pub anywhere: bool,
}

impl Pattern {
    /// Reads a pattern; the error says which piece is wrong.
    pub(crate) fn parse(
        text: &str,
        lists: &BTreeMap<String, Vec<String>>,
        vocabulary: &mut Vocabulary,
    ) -> Result<Self, String> {
        let mut steps = Vec::new();
        let mut width = 0;
        for piece in text.split_whitespace() {
            let step = match piece {
                ".." => Step::Gap(3),
                "..." => Step::Gap(7),
                "<start>" => Step::Start,
                "<end>" => Step::End,
                other => one(other, lists, vocabulary)?,
            };
            width += match step {
                Step::Gap(words) => words as usize,
                Step::One { .. } => 1,
                Step::Start | Step::End => 0,
            };
            steps.push(step);
        }
        if width > WIDEST {
            return Err(format!(
                "spans {width} words, at most {WIDEST} are possible"
            ));
        }
        if !steps.iter().any(|step| {
            matches!(
                step,
                Step::One {
                    optional: false,
                    ..
                }
            )
        }) {
            return Err("names no word that must stand there".to_owned());
        }
        Ok(Self { steps })
    }

    /// The words with which it can begin.
    pub(crate) fn beginning(&self) -> Beginning {
        let mut beginning = Beginning::default();
        for step in &self.steps {
            match step {
                Step::One { choice, optional } => {
                    beginning.words.extend(&choice.words);
                    beginning.anywhere |= choice.any
                        || choice.number
                        || !choice.prefixes.is_empty()
                        || !choice.suffixes.is_empty();
                    if !optional {
                        break;
                    }
                }
                Step::Gap(_) => beginning.anywhere = true,
                Step::Start | Step::End => {}
            }
        }
        beginning
    }

    /// The longest match that begins at token `from`: the token after its last one.
    pub(crate) fn matched(&self, words: &Words, numbers: &[u32], from: usize) -> Option<usize> {
        let sentence = words.sentence_of(from).tokens.clone();
        let room = (sentence.end - from).min(WIDEST);
        let mask = (1_u64 << (room + 1)) - 1;
        // The bit of the sentence's end, if it is within reach.
        let edge = u64::from(sentence.end - from <= WIDEST) << room;
        let mut places = 1_u64;
        for step in &self.steps {
            places = match step {
                Step::Start => places & u64::from(from == sentence.start),
                Step::End => places & edge,
                Step::Gap(longest) => {
                    (0..=*longest).fold(0, |seen, skip| seen | places << skip) & mask
                }
                Step::One { choice, optional } => {
                    let mut next = advance(choice, words, numbers, from, places & (mask >> 1));
                    if choice.end {
                        next |= places & edge;
                    }
                    if *optional { next | places } else { next }
                }
            };
            if places == 0 {
                return None;
            }
        }
        let length = places.ilog2() as usize;
        (length > 0).then_some(from + length)
    }
}

/// The places after those of `places` whose word the choice admits.
fn advance(choice: &Choice, words: &Words, numbers: &[u32], from: usize, places: u64) -> u64 {
    let mut left = places;
    let mut next = 0;
    while left != 0 {
        let at = left.trailing_zeros() as usize;
        left &= left - 1;
        let token = &words.tokens[from + at];
        if choice.admits(numbers[from + at], &token.word) {
            next |= 1 << (at + 1);
        }
    }
    next
}

fn one(
    piece: &str,
    lists: &BTreeMap<String, Vec<String>>,
    vocabulary: &mut Vocabulary,
) -> Result<Step, String> {
    let (body, optional) = match piece.strip_suffix('?') {
        Some(body) if !body.is_empty() => (body, true),
        _ => (piece, false),
    };
    let mut choice = Choice::default();
    for part in body.split('|') {
        if let Some(list) = part.strip_prefix('@') {
            let entries = lists
                .get(list)
                .ok_or_else(|| format!("there is no list {list:?}"))?;
            for entry in entries {
                add_part(&mut choice, entry, vocabulary)?;
            }
        } else {
            add_part(&mut choice, part, vocabulary)?;
        }
    }
    choice.words.sort_unstable();
    choice.words.dedup();
    Ok(Step::One { choice, optional })
}

fn add_part(choice: &mut Choice, part: &str, vocabulary: &mut Vocabulary) -> Result<(), String> {
    match part {
        "" => return Err("holds an empty alternative".to_owned()),
        "_" => choice.any = true,
        "<number>" => choice.number = true,
        "<end>" => choice.end = true,
        other if other.starts_with('<') && other.ends_with('>') => {
            return Err(format!("knows no class {other}"));
        }
        other if other.contains(char::is_whitespace) => {
            return Err(format!("a list holds single words, not {other:?}"));
        }
        other => {
            if let Some(prefix) = other.strip_suffix('*') {
                choice.prefixes.push(affix(prefix)?);
            } else if let Some(suffix) = other.strip_prefix('*') {
                choice.suffixes.push(affix(suffix)?);
            } else {
                choice.words.push(vocabulary.add(other));
            }
        }
    }
    Ok(())
}

fn affix(part: &str) -> Result<String, String> {
    if part.chars().count() < 3 {
        return Err(format!("{part:?} beside * needs three letters"));
    }
    Ok(fold(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, text: &str) -> bool {
        let lists = BTreeMap::from([("shop".to_owned(), vec!["store".into(), "shop".into()])]);
        let mut vocabulary = Vocabulary::default();
        let pattern = Pattern::parse(pattern, &lists, &mut vocabulary).unwrap();
        let words = Words::of(text);
        let numbers: Vec<u32> = words
            .tokens
            .iter()
            .map(|token| vocabulary.number(&token.word))
            .collect();
        (0..words.tokens.len()).any(|from| pattern.matched(&words, &numbers, from).is_some())
    }

    #[test]
    fn each_piece_of_the_language_matches_what_it_says() {
        for (pattern, hit, miss) in [
            (
                "cancel my|the order",
                "Please cancel the order",
                "cancel order",
            ),
            ("cancel my? order", "cancel order", "cancel every order"),
            ("cancel* it", "cancelling it", "concealing it"),
            (
                "*rechnung fehlt",
                "Die Endrechnung fehlt",
                "Die Rechnungen fehlen",
            ),
            ("my @shop", "my store", "my garden"),
            (
                "never .. again",
                "never ever buy again",
                "never a b c d again",
            ),
            (
                "not ... again",
                "not in my whole life again",
                "Not now. Never again",
            ),
            ("<number> days", "14 days", "some days"),
            ("<start> great <end>", "Great. Thanks", "great stuff"),
            ("_ sucks", "this sucks", "sucks"),
        ] {
            assert!(matches(pattern, hit), "{pattern} in {hit}");
            assert!(!matches(pattern, miss), "{pattern} in {miss}");
        }
    }

    #[test]
    fn a_wrong_pattern_is_refused_with_the_piece() {
        let mut vocabulary = Vocabulary::default();
        for (pattern, part) in [
            ("my @nowhere", "nowhere"),
            ("a| b", "empty"),
            ("<colour> it", "<colour>"),
            ("..", "no word"),
            ("a* b", "three letters"),
            ("x ... x ... x ... x ... x ... x ... x ... x", "spans"),
        ] {
            let error = Pattern::parse(pattern, &BTreeMap::new(), &mut vocabulary).unwrap_err();
            assert!(error.contains(part), "{pattern}: {error}");
        }
    }
}
