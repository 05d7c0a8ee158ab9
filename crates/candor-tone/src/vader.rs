//! VADER: a lexicon and rules for sentiment in short texts.
//!
//! Owns: the exact scores of vaderSentiment 3.3.2 (Hutto and Gilbert, "VADER: A Parsimonious
//! Rule-based Model for Sentiment Analysis of Social Media Text", ICWSM 2014). Must not know: the
//! model beside it.

mod lexicon;
mod rules;

/// What VADER says of a text.
///
/// `negative`, `neutral` and `positive` are shares that sum to one (rounded to three places);
/// `compound` runs from -1 to 1 (four places). All are zero for a text without words.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Scores {
    /// Share of negative words.
    pub negative: f64,
    /// Share of neutral words.
    pub neutral: f64,
    /// Share of positive words.
    pub positive: f64,
    /// The sum of valences, squeezed: x / sqrt(x^2 + 15).
    pub compound: f64,
}

/// One word that moved the score, for explanations.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The word as VADER saw it; emoji appear by their description.
    pub word: String,
    /// Its valence after the rules, about -6 to 6.
    pub valence: f64,
}

/// The scores with the valence of each word, in order.
pub(crate) struct Detail {
    pub(crate) scores: Scores,
    pub(crate) valences: Vec<f64>,
}

/// Scores a text of any length. Time grows with the number of words; callers that read what
/// strangers send cut the text first.
pub fn score(text: &str) -> Scores {
    detail(text).scores
}

pub(crate) fn detail(text: &str) -> Detail {
    let text = lexicon::spell_out_emoji(text);
    let text = text.trim_matches(rules::is_space);
    let words = rules::words(text);
    let valences = rules::valences(&words);
    Detail {
        scores: summarise(&valences, text),
        valences,
    }
}

/// The words that moved the score, in the order of the text.
pub fn explain(text: &str) -> Vec<Weighed> {
    let text = lexicon::spell_out_emoji(text);
    let words = rules::words(text.trim_matches(rules::is_space));
    let valences = rules::valences(&words);
    words
        .iter()
        .zip(valences)
        .filter(|(_, valence)| *valence != 0.0)
        .map(|(word, valence)| Weighed {
            word: word.text.to_owned(),
            valence,
        })
        .collect()
}

/// The mean valence of a lower-case word in the lexicon, -4 to 4.
pub fn valence_of(word: &str) -> Option<f64> {
    lexicon::valence(word)
}

/// Every entry of the lexicon with its mean valence; the trainer learns from them as from texts.
pub fn entries() -> impl Iterator<Item = (&'static str, f64)> {
    lexicon::entries()
}

fn summarise(valences: &[f64], text: &str) -> Scores {
    if valences.is_empty() {
        return Scores::default();
    }
    let emphasis = emphasis(text);
    let mut sum: f64 = valences.iter().sum();
    if sum > 0.0 {
        sum += emphasis;
    } else if sum < 0.0 {
        sum -= emphasis;
    }
    let (mut positive, mut negative, mut neutral) = (0.0, 0.0, 0.0);
    for valence in valences {
        // One is added so that a weak word weighs more than a neutral one, which counts as one.
        if *valence > 0.0 {
            positive += valence + 1.0;
        } else if *valence < 0.0 {
            negative += valence - 1.0;
        } else {
            neutral += 1.0;
        }
    }
    if positive > -negative {
        positive += emphasis;
    } else if positive < -negative {
        negative -= emphasis;
    }
    let total = positive - negative + neutral;
    Scores {
        negative: round((negative / total).abs(), 3),
        neutral: round((neutral / total).abs(), 3),
        positive: round((positive / total).abs(), 3),
        compound: round((sum / (sum * sum + 15.0).sqrt()).clamp(-1.0, 1.0), 4),
    }
}

/// Exclamation marks (up to four) and question marks (two and more) make the score louder.
fn emphasis(text: &str) -> f64 {
    let exclamations = text.matches('!').count().min(4);
    let questions = text.matches('?').count();
    let asked = match questions {
        0 | 1 => 0.0,
        2 | 3 => questions as f64 * 0.18,
        _ => 0.96,
    };
    exclamations as f64 * 0.292 + asked
}

/// Rounds as the original does: to the nearest decimal of the exact binary value.
fn round(value: f64, places: usize) -> f64 {
    format!("{value:.places$}")
        .parse()
        .expect("a formatted number parses")
}
