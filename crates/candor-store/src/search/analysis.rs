//! Text to terms, for messages and for queries alike.
//!
//! Owns: splitting, folding, stemming, the caps. Must not know: databases, except for the quoting
//! of finished terms. Another language is one more line in [`stems`].

use std::collections::{BTreeSet, HashSet};

use rust_stemmers::{Algorithm, Stemmer};
use whatlang::Lang;

use super::fold::{fold, spell_out};

/// Text beyond this is not searchable: nobody looks for the end of a pasted log.
const LONGEST_TEXT: usize = 256 * 1024;
/// Letters of a term that count.
const LONGEST_TERM: usize = 32;
/// Distinct words of one text.
const MOST_WORDS: usize = 4096;
/// Bytes of all terms of one text; PostgreSQL keeps no more than a megabyte of them.
const LARGEST_TERMS: usize = 400 * 1024;
/// Words of a query that count.
const MOST_QUERY_WORDS: usize = 12;
/// Text that the guess of the language looks at.
const LANGUAGE_SAMPLE: usize = 1024;
/// A shorter text is stemmed in every language: the guess is unsure and costs more than the rest of
/// the analysis.
const SHORTEST_SAMPLE: usize = 120;
/// A shorter last word is taken as it is: it would match half of all messages.
const SHORTEST_PREFIX: usize = 3;

/// The distinct terms of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms(BTreeSet<String>);

/// The words that a message must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<QueryWord>,
}

/// One word; a message holds it when it holds any of these.
#[derive(Debug, Clone, PartialEq, Eq)]
struct QueryWord {
    terms: BTreeSet<String>,
    prefix: Option<String>,
}

/// The terms under which a text is found: each word as written and its stem, folded.
pub fn analyse(text: &str) -> Terms {
    let text = cut(text, LONGEST_TEXT);
    let language = language_of(cut(text, LANGUAGE_SAMPLE));
    let mut seen = HashSet::new();
    let mut size = 0;
    let terms = words(text)
        .filter(|word| seen.insert(word.clone()))
        .take(MOST_WORDS)
        .flat_map(|word| terms_of(&word, language))
        .take_while(|term| {
            size += term.len();
            size <= LARGEST_TERMS
        });
    Terms(terms.collect())
}

impl Terms {
    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The terms in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    pub(super) fn for_fts5(&self) -> String {
        self.iter().collect::<Vec<_>>().join(" ")
    }

    pub(super) fn for_tsvector(&self) -> String {
        let quoted: Vec<String> = self.iter().map(|term| format!("'{term}'")).collect();
        quoted.join(" ")
    }
}

impl Query {
    /// Reads what somebody typed. The last word may be unfinished.
    pub fn parse(text: &str) -> Self {
        let all: Vec<String> = words(cut(text, LONGEST_TEXT))
            .take(MOST_QUERY_WORDS)
            .collect();
        let unfinished = text.ends_with(char::is_alphanumeric);
        let last = all.len().wrapping_sub(1);
        let words = all
            .iter()
            .enumerate()
            .map(|(place, word)| QueryWord::new(word, unfinished && place == last))
            .collect();
        Self { words }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The unfinished word.
    pub(super) fn beginning(&self) -> Option<&str> {
        self.words.last()?.prefix.as_deref()
    }

    /// The query with whole terms in the place of the unfinished word.
    pub(super) fn ending_with(&self, terms: Vec<String>) -> Self {
        let mut query = self.clone();
        if let Some(last) = query.words.last_mut() {
            last.prefix = None;
            last.terms.extend(terms);
        }
        query
    }

    pub(super) fn for_fts5(&self) -> String {
        self.join(" AND ", " OR ", |term| format!("\"{term}\""), " *")
    }

    pub(super) fn for_tsquery(&self) -> String {
        self.join(" & ", " | ", |term| format!("'{term}'"), ":*")
    }

    fn join(&self, and: &str, or: &str, quote: impl Fn(&str) -> String, prefix: &str) -> String {
        let word = |word: &QueryWord| {
            let mut any: Vec<String> = word.terms.iter().map(|term| quote(term)).collect();
            any.extend(word.prefix.iter().map(|term| quote(term) + prefix));
            format!("({})", any.join(or))
        };
        self.words.iter().map(word).collect::<Vec<_>>().join(and)
    }
}

impl QueryWord {
    fn new(word: &str, unfinished: bool) -> Self {
        let folded = shorten(&fold(word));
        let prefix = unfinished && folded.chars().count() >= SHORTEST_PREFIX;
        Self {
            // A query is too short to tell its language, so every stem is looked for.
            terms: terms_of(word, None).into_iter().collect(),
            prefix: prefix.then_some(folded),
        }
    }
}

/// Lower-case words. Everything that is neither letter nor digit separates them.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !is_part_of_word(letter))
        // A mark without a letter is no word.
        .filter(|word| word.contains(char::is_alphanumeric))
        .map(str::to_lowercase)
}

fn is_part_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&letter)
}

fn terms_of(word: &str, language: Option<Lang>) -> Vec<String> {
    let mut terms = vec![fold(word)];
    terms.extend(spell_out(word));
    terms.extend(stems(word, language));
    terms
        .iter()
        .map(|term| shorten(term))
        .filter(|term| !term.is_empty())
        .collect()
}

/// The word's stems in the language, or in every language where that is unknown.
fn stems(word: &str, language: Option<Lang>) -> impl Iterator<Item = String> {
    let stemmers = [
        (Lang::Eng, Algorithm::English),
        (Lang::Deu, Algorithm::German),
    ];
    stemmers
        .into_iter()
        .filter(move |(of, _)| language.is_none_or(|language| language == *of))
        .map(move |(_, algorithm)| fold(&Stemmer::create(algorithm).stem(word)))
}

/// The language, when it is one that we stem and the guess is sure.
fn language_of(sample: &str) -> Option<Lang> {
    if sample.len() < SHORTEST_SAMPLE {
        return None;
    }
    let guess = whatlang::detect(sample)?;
    let known = [Lang::Eng, Lang::Deu].contains(&guess.lang());
    (known && guess.is_reliable()).then(|| guess.lang())
}

fn shorten(term: &str) -> String {
    term.chars().take(LONGEST_TERM).collect()
}

fn cut(text: &str, longest: usize) -> &str {
    &text[..text.floor_char_boundary(longest)]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<String> {
        analyse(text).iter().map(str::to_owned).collect()
    }

    #[test]
    fn a_word_is_kept_as_written_and_as_stem() {
        let english = "The printers were printing all day and nobody answered our questions.";
        let found = terms(english);
        for term in [
            "printers",
            "printer",
            "printing",
            "print",
            "questions",
            "question",
        ] {
            assert!(found.contains(&term.to_owned()), "{term} in {found:?}");
        }
    }

    #[test]
    fn german_words_are_found_without_umlauts_and_in_other_forms() {
        let found =
            terms("Wann kommen die bestellten Kaffeemühlen? Herr Müller wartet schon lange.");
        for term in [
            "muller",
            "mueller",
            "kaffeemuhlen",
            "kaffeemuhl",
            "bestellt",
        ] {
            assert!(found.contains(&term.to_owned()), "{term} in {found:?}");
        }
    }

    #[test]
    fn hostile_text_gives_plain_terms_only() {
        let found = terms("a'b\"c\\d\0e $1 :* | & ! <-> ( NEAR \u{301}\u{301} x\u{200b}y");
        let plain = |term: &String| term.chars().all(char::is_alphanumeric);
        assert!(found.iter().all(plain), "{found:?}");
        assert!(found.contains(&"near".to_owned()));
    }

    #[test]
    fn long_texts_and_long_words_are_capped() {
        let long: Vec<String> = (0..100_000).map(|number| format!("w{number}")).collect();
        assert!(analyse(&long.join(" ")).iter().count() <= MOST_WORDS * 4);
        let wide: Vec<String> = ('\u{20000}'..'\u{23000}')
            .map(|c| c.to_string().repeat(40))
            .collect();
        assert!(analyse(&wide.join(" ")).for_tsvector().len() < 1_000_000);
        assert!(
            terms(&"x".repeat(1000))
                .iter()
                .all(|term| term.len() <= LONGEST_TERM)
        );
    }

    #[test]
    fn a_query_asks_for_each_word_and_takes_the_last_as_a_beginning() {
        let query = Query::parse("Printers bro");
        // The German stem of an English word is looked for as well; one match too many is better
        // than one too few.
        assert_eq!(
            query.for_fts5(),
            r#"("print" OR "printer" OR "printers") AND ("bro" OR "bro" *)"#
        );
        assert_eq!(
            query.for_tsquery(),
            "('print' | 'printer' | 'printers') & ('bro' | 'bro':*)"
        );
        assert!(Query::parse(" ?! \u{300}").is_empty());
    }
}
