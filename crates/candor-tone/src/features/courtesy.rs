//! Signs of politeness.
//!
//! Owns: the strategies that Danescu-Niculescu-Mizil, Sudhof, Jurafsky, Leskovec and Potts found in
//! requests ("A computational approach to politeness", ACL 2013), counted in a text. Must not know:
//! weights.

use super::token::{Kind, Token};

/// How many strategies are counted.
pub(super) const COURTESY: usize = 16;

/// Their names in order.
pub(super) const NAMES: [&str; COURTESY] = [
    "thanks",
    "apology",
    "please at the start",
    "please inside",
    "greeting",
    "direct question",
    "direct start",
    "could you, would you",
    "can you, will you",
    "hedges",
    "insisting on facts",
    "begins with you",
    "begins with I",
    "we, us",
    "praise at the start",
    "must, should, need",
];

/// Counts each strategy; two of a kind count as one, the first as one half.
pub(super) fn count(tokens: &[Token]) -> [f32; COURTESY] {
    let mut counts = [0_u8; COURTESY];
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Word {
            continue;
        }
        let word = token.text.as_str();
        let starts = at > 0 && tokens[at - 1].kind == Kind::Start;
        let next = tokens.get(at + 1).map_or("", |next| next.text.as_str());
        let found = if starts { at_start(word) } else { inside(word) };
        let pair = modal(word, next);
        for strategy in anywhere(word).into_iter().chain(found).chain(pair) {
            counts[strategy] = counts[strategy].saturating_add(1);
        }
    }
    counts.map(|count| f32::from(count.min(2)) / 2.0)
}

fn anywhere(word: &str) -> Option<usize> {
    Some(match word {
        "thank" | "thanks" | "thankyou" | "thx" | "appreciate" | "appreciated" | "grateful" => 0,
        "sorry" | "apologies" | "apologize" | "apologise" | "excuse" | "pardon" | "forgive"
        | "oops" | "woops" => 1,
        "maybe" | "perhaps" | "might" | "seems" | "seem" | "think" | "guess" | "possible"
        | "possibly" | "suppose" | "wonder" | "wondering" | "believe" | "somewhat" | "probably"
        | "may" | "usually" | "mostly" | "likely" | "appears" | "assume" | "unsure" | "rather" => 9,
        "really" | "actually" | "honestly" | "surely" | "obviously" | "clearly" | "fact"
        | "simply" | "exactly" | "just" => 10,
        "we" | "us" | "our" | "lets" => 13,
        "must" | "should" | "need" | "shouldnt" | "neednt" => 15,
        _ => return None,
    })
}

fn at_start(word: &str) -> Option<usize> {
    Some(match word {
        "please" | "pls" | "plz" => 2,
        "hi" | "hello" | "hey" | "dear" | "greetings" => 4,
        "what" | "why" | "who" | "how" | "when" | "where" | "which" => 5,
        "so" | "then" | "and" | "but" | "or" | "well" | "did" | "do" | "have" | "are" | "is" => 6,
        "you" | "your" | "youre" | "youve" => 11,
        "i" | "im" | "ive" | "id" | "my" => 12,
        "nice" | "great" | "good" | "interesting" | "cool" | "excellent" | "awesome" => 14,
        _ => return None,
    })
}

fn inside(word: &str) -> Option<usize> {
    matches!(word, "please" | "pls" | "plz").then_some(3)
}

fn modal(word: &str, next: &str) -> Option<usize> {
    let you = matches!(
        next,
        "you" | "u" | "someone" | "somebody" | "anyone" | "anybody" | "i"
    );
    match word {
        "could" | "would" | "might" if you => Some(7),
        "can" | "will" if you => Some(8),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        let counts = count(&tokens(text));
        let pairs = NAMES.into_iter().zip(counts);
        pairs
            .filter(|(_, count)| *count > 0.0)
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn a_request_shows_its_strategies() {
        assert_eq!(
            found("Hello, could you please have a look? Thanks!"),
            [
                "thanks",
                "please inside",
                "greeting",
                "could you, would you"
            ]
        );
        assert_eq!(found("Why did you do that?"), ["direct question"]);
    }
}
