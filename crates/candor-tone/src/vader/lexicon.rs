//! The word lists of VADER.
//!
//! Owns: valences, emoji, boosters, negations, idioms and how they are looked up. Must not know:
//! how they combine.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Boosters raise the intensity by this much (empirical mean, Hutto and Gilbert 2014).
const MORE: f64 = 0.293;
const LESS: f64 = -MORE;

const LEXICON: &str = include_str!("../../data/vader/lexicon.txt");
const EMOJI: &str = include_str!("../../data/vader/emoji.txt");

static VALENCES: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| entries().collect());

static EMOJI_NAMES: LazyLock<HashMap<char, &'static str>> = LazyLock::new(|| {
    EMOJI
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(emoji, name)| Some((emoji.chars().next()?, name)))
        .collect()
});

static NEGATIONS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| NEGATE.split_whitespace().collect());

static BOOSTERS: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
    let more = BOOST.split_whitespace().map(|word| (word, MORE));
    let less = DAMPEN.split_whitespace().map(|word| (word, LESS));
    more.chain(less).chain(DAMPEN_PAIRS).collect()
});

const NEGATE: &str = "aint arent cannot cant couldnt darent didnt doesnt ain't aren't can't \
    couldn't daren't didn't doesn't dont hadnt hasnt havent isnt mightnt mustnt neither don't \
    hadn't hasn't haven't isn't mightn't mustn't neednt needn't never none nope nor not nothing \
    nowhere oughtnt shant shouldnt uhuh wasnt werent oughtn't shan't shouldn't uh-uh wasn't \
    weren't without wont wouldnt won't wouldn't rarely seldom despite";

const BOOST: &str = "absolutely amazingly awfully completely considerable considerably decidedly \
    deeply effing enormous enormously entirely especially exceptional exceptionally extreme \
    extremely fabulously flipping flippin frackin fracking fricking frickin frigging friggin \
    fully fuckin fucking fuggin fugging greatly hella highly hugely incredible incredibly \
    intensely major majorly more most particularly purely quite really remarkably so \
    substantially thoroughly total totally tremendous tremendously uber unbelievably unusually \
    utter utterly very";

const DAMPEN: &str = "almost barely hardly kinda kindof kind-of less little marginal marginally \
    occasional occasionally partly scarce scarcely slight slightly somewhat sorta sortof sort-of";

/// Dampeners of two words; only the idiom rule can meet them.
const DAMPEN_PAIRS: [(&str, f64); 3] =
    [("just enough", LESS), ("kind of", LESS), ("sort of", LESS)];

/// Phrases whose valence is not the sum of their words.
pub(super) const SPECIAL_CASES: [(&str, f64); 9] = [
    ("the shit", 3.0),
    ("the bomb", 3.0),
    ("bad ass", 1.5),
    ("badass", 1.5),
    ("bus stop", 0.0),
    ("yeah right", -2.0),
    ("kiss of death", -1.5),
    ("to die for", 3.0),
    ("beating heart", 3.5),
];

pub(super) fn entries() -> impl Iterator<Item = (&'static str, f64)> {
    LEXICON
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(word, valence)| Some((word, valence.parse().ok()?)))
}

pub(super) fn valence(word: &str) -> Option<f64> {
    VALENCES.get(word).copied()
}

pub(super) fn booster(word: &str) -> Option<f64> {
    BOOSTERS.get(word).copied()
}

pub(super) fn negates(word: &str) -> bool {
    NEGATIONS.contains(word) || word.contains("n't")
}

/// Replaces each emoji by its description, with a space before it where none stood.
pub(super) fn spell_out_emoji(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    let mut after_space = true;
    for character in text.chars() {
        // Below the first entry of the table there is nothing to look up.
        let name = if character.is_ascii() {
            None
        } else {
            EMOJI_NAMES.get(&character)
        };
        if let Some(name) = name {
            if !after_space {
                spelled.push(' ');
            }
            spelled.push_str(name);
            after_space = false;
        } else {
            spelled.push(character);
            after_space = character == ' ';
        }
    }
    spelled
}
