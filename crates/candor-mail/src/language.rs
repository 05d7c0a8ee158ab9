//! Which language a text is in.
//!
//! Owns: the guess, and saying nothing where a guess would be worse than none. Must not know: who
//! wrote it, what is done with it.

use std::collections::HashMap;
use std::sync::LazyLock;

use whatlang::{Detector, Lang, Script};

/// Text that is looked at; more does not change the answer.
const SAMPLE_BYTES: usize = 4_000;
/// Letters below which no guess is made.
const FEWEST_LETTERS: usize = 8;

/// A language and how sure the guess is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DetectedLanguage {
    /// ISO 639-1 code, such as `de`.
    pub code: &'static str,
    /// From 0 to 1.
    pub confidence: f64,
}

/// Small words by language: most sentences have one, and few are shared.
const WORDS: &str = include_str!("language/words.txt");

static WORD_LANGUAGES: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut found: HashMap<&'static str, Vec<usize>> = HashMap::new();
    for (index, (_, words)) in lists().enumerate() {
        for word in words.split_whitespace() {
            found.entry(word).or_default().push(index);
        }
    }
    found
});

/// Codes and words in the order of the file.
fn lists() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = WORDS.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": "))
}

/// Guesses the language of what a person wrote. Best asked about the reply, without quote and
/// signature; `None` where the text is too short or too mixed.
pub fn detect_language(text: &str) -> Option<DetectedLanguage> {
    let sample = &text[..text.floor_char_boundary(SAMPLE_BYTES)];
    let prose = prose(sample);
    if prose.chars().filter(|c| c.is_alphabetic()).count() < FEWEST_LETTERS {
        return by_words(&prose);
    }
    by_words(&prose).or_else(|| by_letters(&prose))
}

/// The language whose letter groups fit best, among those that have a code here.
fn by_letters(text: &str) -> Option<DetectedLanguage> {
    let known = CODES.iter().map(|(language, _)| *language).collect();
    let guess = Detector::with_allowlist(known).detect(text)?;
    // These scripts have one or two languages each, so that the script itself is the proof.
    let narrow = matches!(
        guess.script(),
        Script::Hebrew | Script::Arabic | Script::Greek | Script::Thai | Script::Hangul
    );
    let code = code(guess.lang()).filter(|_| narrow || guess.is_reliable())?;
    Some(DetectedLanguage {
        code,
        confidence: guess.confidence(),
    })
}

/// Without addresses, links and numbers, which have no language.
fn prose(text: &str) -> String {
    let is_word = |word: &&str| !word.contains(['@', '/', '\\', '<', '>', '=', '_']);
    let words: Vec<&str> = text.split_whitespace().filter(is_word).collect();
    words.join(" ")
}

/// The language whose small words are clearly the most frequent.
fn by_words(text: &str) -> Option<DetectedLanguage> {
    let codes: Vec<&'static str> = lists().map(|(code, _)| code).collect();
    let mut hits = vec![0.0_f64; codes.len()];
    for word in text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’') {
        let word = word.to_lowercase().replace('’', "'");
        if let Some(languages) = WORD_LANGUAGES.get(word.as_str()) {
            // A word of many languages says little.
            let weight = 1.0 / languages.len() as f64;
            for &language in languages {
                hits[language] += weight;
            }
        }
    }
    let mut order: Vec<usize> = (0..codes.len()).collect();
    order.sort_by(|a, b| hits[*b].total_cmp(&hits[*a]));
    let (best, next) = (hits[*order.first()?], hits[*order.get(1)?]);
    let clear = best >= 1.0 && best >= next * 1.5;
    clear.then(|| DetectedLanguage {
        code: codes[order[0]],
        confidence: (best - next) / best,
    })
}

/// The two-letter code; languages that have none are not told apart.
fn code(language: Lang) -> Option<&'static str> {
    CODES
        .iter()
        .find(|(known, _)| *known == language)
        .map(|(_, code)| *code)
}

const CODES: &[(Lang, &str)] = &[
    (Lang::Afr, "af"),
    (Lang::Ara, "ar"),
    (Lang::Bul, "bg"),
    (Lang::Cat, "ca"),
    (Lang::Ces, "cs"),
    (Lang::Cmn, "zh"),
    (Lang::Dan, "da"),
    (Lang::Deu, "de"),
    (Lang::Ell, "el"),
    (Lang::Eng, "en"),
    (Lang::Est, "et"),
    (Lang::Fin, "fi"),
    (Lang::Fra, "fr"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Hrv, "hr"),
    (Lang::Hun, "hu"),
    (Lang::Ind, "id"),
    (Lang::Ita, "it"),
    (Lang::Jpn, "ja"),
    (Lang::Kat, "ka"),
    (Lang::Kor, "ko"),
    (Lang::Lav, "lv"),
    (Lang::Lit, "lt"),
    (Lang::Mkd, "mk"),
    (Lang::Nld, "nl"),
    (Lang::Nob, "nb"),
    (Lang::Pes, "fa"),
    (Lang::Pol, "pl"),
    (Lang::Por, "pt"),
    (Lang::Ron, "ro"),
    (Lang::Rus, "ru"),
    (Lang::Slk, "sk"),
    (Lang::Slv, "sl"),
    (Lang::Spa, "es"),
    (Lang::Srp, "sr"),
    (Lang::Swe, "sv"),
    (Lang::Tha, "th"),
    (Lang::Tgl, "tl"),
    (Lang::Tur, "tr"),
    (Lang::Ukr, "uk"),
    (Lang::Urd, "ur"),
    (Lang::Vie, "vi"),
];

#[cfg(test)]
mod tests;
