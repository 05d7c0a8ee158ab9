//! The rules of VADER: negation, boosters, capitals, "but", idioms.
//!
//! Owns: the valence of each word in its sentence, quirks of the original included. Must not know:
//! how valences become a score.

use super::lexicon;

/// A word in CAPITALS among others counts this much more (empirical mean).
const CAPITALS: f64 = 0.733;
/// A negated word counts this much of its valence.
const NEGATED: f64 = -0.74;

/// One word with everything that the rules ask of it, looked up once.
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    lower: String,
    capitals: bool,
    valence: Option<f64>,
    booster: Option<f64>,
    negates: bool,
}

/// White space as the original splits it.
pub(super) fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}

pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    text.split(is_space)
        .filter(|token| !token.is_empty())
        .map(|token| {
            let text = strip_punctuation(token);
            let lower = text.to_lowercase();
            Word {
                text,
                capitals: is_capitals(text),
                valence: lexicon::valence(&lower),
                booster: lexicon::booster(&lower),
                negates: lexicon::negates(&lower),
                lower,
            }
        })
        .collect()
}

/// Takes punctuation off both ends, unless so little is left that it was an emoticon.
fn strip_punctuation(token: &str) -> &str {
    let stripped = token.trim_matches(|character: char| character.is_ascii_punctuation());
    if stripped.chars().nth(2).is_none() {
        token
    } else {
        stripped
    }
}

fn is_capitals(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

pub(super) fn valences(words: &[Word<'_>]) -> Vec<f64> {
    let shouted = words.iter().filter(|word| word.capitals).count();
    let some_capitals = shouted > 0 && shouted < words.len();
    let mut valences: Vec<f64> = (0..words.len())
        .map(|at| valence_at(words, at, some_capitals))
        .collect();
    weigh_around_but(words, &mut valences);
    valences
}

fn valence_at(words: &[Word<'_>], at: usize, some_capitals: bool) -> f64 {
    let word = &words[at];
    let next = words.get(at + 1);
    let kind_of = word.lower == "kind" && next.is_some_and(|next| next.lower == "of");
    if word.booster.is_some() || kind_of {
        return 0.0;
    }
    let Some(listed) = word.valence else {
        return 0.0;
    };
    let mut valence = listed;
    if word.lower == "no" && next.is_some_and(|next| next.valence.is_some()) {
        valence = 0.0;
    }
    if follows_no(words, at) {
        valence = listed * NEGATED;
    }
    if word.capitals && some_capitals {
        valence += if valence > 0.0 { CAPITALS } else { -CAPITALS };
    }
    for distance in 1..=3 {
        if at < distance || words[at - distance].valence.is_some() {
            continue;
        }
        valence += boost(&words[at - distance], valence, distance, some_capitals);
        valence = negate(words, at, distance, valence);
        if distance == 3 {
            valence = idiom(words, at, valence);
        }
    }
    least(words, at, valence)
}

fn is(words: &[Word<'_>], at: usize, back: usize, text: &str) -> bool {
    at >= back && words[at - back].lower == text
}

fn follows_no(words: &[Word<'_>], at: usize) -> bool {
    is(words, at, 1, "no")
        || is(words, at, 2, "no")
        || (is(words, at, 3, "no") && (is(words, at, 1, "or") || is(words, at, 1, "nor")))
}

/// What a booster before the word adds; less with distance.
fn boost(before: &Word<'_>, valence: f64, distance: usize, some_capitals: bool) -> f64 {
    let Some(mut boost) = before.booster else {
        return 0.0;
    };
    if valence < 0.0 {
        boost = -boost;
    }
    if before.capitals && some_capitals {
        boost += if valence > 0.0 { CAPITALS } else { -CAPITALS };
    }
    match distance {
        2 => boost * 0.95,
        3 => boost * 0.9,
        _ => boost,
    }
}

fn negate(words: &[Word<'_>], at: usize, distance: usize, valence: f64) -> f64 {
    let so_or_this = |back| is(words, at, back, "so") || is(words, at, back, "this");
    let doubt = |back| is(words, at, back, "doubt");
    match distance {
        2 if is(words, at, 2, "never") && so_or_this(1) => return valence * 1.25,
        2 if is(words, at, 2, "without") && doubt(1) => return valence,
        // The original's precedence: "so" or "this" right before the word is enough here.
        3 if (is(words, at, 3, "never") && so_or_this(2)) || so_or_this(1) => {
            return valence * 1.25;
        }
        3 if is(words, at, 3, "without") && (doubt(2) || doubt(1)) => return valence,
        _ => {}
    }
    if words[at - distance].negates {
        valence * NEGATED
    } else {
        valence
    }
}

fn phrase(words: &[Word<'_>]) -> String {
    let lower: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
    lower.join(" ")
}

fn special(phrase: &str) -> Option<f64> {
    lexicon::SPECIAL_CASES
        .iter()
        .find(|(special, _)| *special == phrase)
        .map(|(_, valence)| *valence)
}

/// Phrases that contain the word; `at` is at least 3 here.
fn idiom(words: &[Word<'_>], at: usize, valence: f64) -> f64 {
    let mut valence = valence;
    let before = [
        at - 1..at + 1,
        at - 2..at + 1,
        at - 2..at,
        at - 3..at,
        at - 3..at - 1,
    ]
    .map(|range| phrase(&words[range]));
    if let Some(fixed) = before.iter().find_map(|phrase| special(phrase)) {
        valence = fixed;
    }
    for length in 2..=3 {
        if let Some(fixed) = words
            .get(at..at + length)
            .and_then(|words| special(&phrase(words)))
        {
            valence = fixed;
        }
    }
    // Dampeners of two words, such as "sort of".
    for phrase in [&before[3], &before[4], &before[2]] {
        valence += lexicon::booster(phrase).unwrap_or(0.0);
    }
    valence
}

fn least(words: &[Word<'_>], at: usize, valence: f64) -> f64 {
    let softened = is(words, at, 2, "at") || is(words, at, 2, "very");
    if is(words, at, 1, "least") && words[at - 1].valence.is_none() && !softened {
        valence * NEGATED
    } else {
        valence
    }
}

/// What stands before the first "but" counts half, what follows half as much again. The original
/// looks each value up by equality while it changes them, so that of equal values the first is
/// changed; the published scores depend on it.
#[expect(clippy::float_cmp, reason = "the original compares exactly")]
fn weigh_around_but(words: &[Word<'_>], valences: &mut [f64]) {
    let Some(but) = words.iter().position(|word| word.lower == "but") else {
        return;
    };
    for turn in 0..valences.len() {
        let value = valences[turn];
        let Some(first) = valences.iter().position(|other| *other == value) else {
            continue;
        };
        if first < but {
            valences[first] = value * 0.5;
        } else if first > but {
            valences[first] = value * 1.5;
        }
    }
}
