//! Measures of a whole text: VADER's scores, loudness, shape.
//!
//! Owns: what is measured and in which order, which is part of the model's format. Must not know:
//! weights.

use super::courtesy::{self, COURTESY};
use super::opinion;
use super::token::{Kind, Token};
use crate::vader::Detail;

/// How many measures there are.
pub const DENSE: usize = SHAPE + COURTESY;
const SHAPE: usize = 32;

const SHAPE_NAMES: [&str; SHAPE] = [
    "vader compound",
    "vader positive",
    "vader negative",
    "vader neutral",
    "strongest positive word",
    "strongest negative word",
    "valence of the first half",
    "valence of the second half",
    "exclamation marks",
    "question marks",
    "words in capitals",
    "length",
    "address of a page",
    "name with @",
    "numbers",
    "dots in a row",
    "hash signs",
    "stretched words",
    "begins in lower case",
    "ends without a mark",
    "contractions",
    "length of words",
    "I, me, my",
    "you, your",
    "quotation marks",
    "commas",
    "no word with valence",
    "ends with a question",
    "opinion",
    "positive opinion words",
    "negative opinion words",
    "opinion at the end",
];

/// The name of a measure, for explanations.
pub fn name(measure: usize) -> &'static str {
    let names = SHAPE_NAMES.iter().chain(&courtesy::NAMES);
    names.copied().nth(measure).unwrap_or_default()
}

/// Where the opinion stands among the measures.
pub(crate) const OPINION: usize = 28;

pub(super) fn measure(text: &str, tokens: &[Token], vader: &Detail) -> [f32; DENSE] {
    let words: Vec<&Token> = tokens
        .iter()
        .filter(|token| token.kind == Kind::Word)
        .collect();
    let count = words.len().max(1) as f32;
    let share = |found: usize| found as f32 / count;
    let of = |test: fn(&str) -> bool| words.iter().filter(|word| test(&word.text)).count();
    let marks = |mark: &str| tokens.iter().filter(|token| token.text == mark).count();
    let bytes = |wanted: u8| text.bytes().filter(|byte| *byte == wanted).count();
    let capped = |found: usize, cap: usize| found.min(cap) as f32 / cap as f32;
    let mut dense = [0.0; DENSE];
    valences(vader, &mut dense);
    dense[8] = capped(bytes(b'!'), 4);
    dense[9] = capped(bytes(b'?'), 3);
    dense[10] = share(words.iter().filter(|word| word.shouted).count());
    dense[11] = length(words.len());
    dense[12] = capped(marks("<url>"), 1);
    dense[13] = capped(marks("<user>"), 2);
    dense[14] = capped(marks("<number>"), 3);
    dense[15] = capped(text.matches("..").count(), 2);
    dense[16] = capped(bytes(b'#'), 2);
    dense[17] = capped(words.iter().filter(|word| word.stretched).count(), 2);
    let trimmed = text.trim();
    dense[18] = flag(trimmed.chars().next().is_some_and(char::is_lowercase));
    dense[19] = flag(
        trimmed
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric),
    );
    dense[20] = (share(of(|word| word.ends_with("nt") && word.len() < 8)) * 4.0).min(1.0);
    dense[21] = share(words.iter().map(|word| word.text.len().min(12)).sum()) / 8.0;
    dense[22] = (share(of(is_first_person)) * 4.0).min(1.0);
    dense[23] = (share(of(is_second_person)) * 4.0).min(1.0);
    dense[24] = capped(bytes(b'"'), 2);
    dense[25] = (share(bytes(b',')) * 5.0).min(1.0);
    dense[26] = flag(vader.valences.iter().all(|valence| *valence == 0.0));
    dense[27] = flag(trimmed.ends_with('?'));
    opinion(tokens, &mut dense);
    dense[SHAPE..].copy_from_slice(&courtesy::count(tokens));
    dense
}

fn opinion(tokens: &[Token], dense: &mut [f32; DENSE]) {
    let opinion = opinion::weigh(tokens);
    let squeeze = |sum: f32| sum / (sum * sum + 15.0).sqrt();
    dense[OPINION] = squeeze(opinion.positive - opinion.negative);
    dense[OPINION + 1] = squeeze(opinion.positive);
    dense[OPINION + 2] = squeeze(opinion.negative);
    dense[OPINION + 3] = squeeze(opinion.late);
}

fn valences(vader: &Detail, dense: &mut [f32; DENSE]) {
    let all = &vader.valences;
    let (first, second) = all.split_at(all.len() / 2);
    let extreme = |pick: fn(f64, f64) -> f64| all.iter().copied().fold(0.0, pick) as f32 / 4.0;
    let squeeze = |part: &[f64]| {
        let sum: f64 = part.iter().sum();
        (sum / (sum * sum + 15.0).sqrt()) as f32
    };
    dense[0] = vader.scores.compound as f32;
    dense[1] = vader.scores.positive as f32;
    dense[2] = vader.scores.negative as f32;
    dense[3] = vader.scores.neutral as f32;
    dense[4] = extreme(f64::max);
    dense[5] = extreme(f64::min);
    dense[6] = squeeze(first);
    dense[7] = squeeze(second);
}

fn flag(set: bool) -> f32 {
    f32::from(u8::from(set))
}

/// Number of words, doubling by doubling: 1 word 0.1, 1,000 words 1.
fn length(words: usize) -> f32 {
    (usize::BITS - words.leading_zeros()) as f32 / 10.0
}

fn is_first_person(word: &str) -> bool {
    matches!(
        word,
        "i" | "me" | "my" | "mine" | "im" | "ive" | "we" | "our" | "us"
    )
}

fn is_second_person(word: &str) -> bool {
    matches!(
        word,
        "you" | "your" | "yours" | "youre" | "youve" | "u" | "ur"
    )
}
