//! How content somebody seems after each turn of a dialog.
//!
//! Owns: the running estimate over turns: mood of the turn, what our side just failed to do, and
//! whether the customer has to say things again. Must not know: tickets, mood lines shown to people.

use super::Reading;
use crate::features::{Token, excerpt, tokens};
use std::collections::HashSet;

/// Weights, chosen by hand on the development dialogs; the estimate only has to rank turns.
mod weigh {
    pub(super) const MOOD: f32 = 0.5;
    pub(super) const THANKS: f32 = 0.35;
    pub(super) const FAILED: f32 = -0.45;
    pub(super) const PUSHED_BACK: f32 = -0.45;
    pub(super) const REPEATED: f32 = -0.35;
    pub(super) const MEMORY: f32 = 0.35;
}

/// Words of an earlier turn that are remembered at most.
const REMEMBERED: usize = 400;

/// Who wrote a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The customer.
    User,
    /// Our side.
    Agent,
}

/// A dialog as it unfolds.
#[derive(Debug, Clone, Default)]
pub struct Dialog {
    /// The estimate so far.
    level: f32,
    /// Our side's last turn could not give what was asked.
    failed: bool,
    /// What the customer said last.
    said: HashSet<String>,
}

const FAILURES: &[&str] = &[
    "unfortunately",
    "sorry",
    "apologize",
    "apologise",
    "apologies",
    "afraid",
    "unable",
    "unsuccessful",
    "cannot",
    "cant",
    "couldnt",
    "no",
    "none",
    "nothing",
    "dont",
    "doesnt",
    "didnt",
    "isnt",
    "arent",
    "wasnt",
    "failed",
];

const PUSHES: &[&str] = &[
    "no",
    "nope",
    "not",
    "but",
    "still",
    "already",
    "again",
    "instead",
    "actually",
    "wrong",
    "never",
    "dont",
    "didnt",
    "doesnt",
    "isnt",
    "wont",
    "cant",
    "asked",
    "said",
    "told",
    "else",
    "other",
    "another",
    "different",
    "anyway",
    "nevermind",
    "hate",
    "why",
    "only",
    "sure",
];

const THANKS: &[&str] = &[
    "thank",
    "thanks",
    "great",
    "perfect",
    "awesome",
    "excellent",
    "wonderful",
    "appreciate",
    "good",
    "love",
    "sounds",
    "nice",
    "cool",
    "yes",
    "amazing",
    "interesting",
];

const TOO_COMMON: &[&str] = &[
    "the", "and", "for", "you", "are", "with", "that", "this", "have", "would", "like", "please",
    "can", "need", "want", "looking", "what", "there", "any", "some", "also", "from", "yes",
    "thanks", "thank",
];

impl Dialog {
    /// Takes the next turn with its reading and estimates how content the customer is, -1 to 1.
    pub fn turn(&mut self, role: Role, text: &str, reading: &Reading) -> f32 {
        let tokens = tokens(&excerpt(text));
        match role {
            Role::Agent => self.failed = any(&tokens, FAILURES),
            Role::User => self.hear(&tokens, reading),
        }
        self.level
    }

    fn hear(&mut self, tokens: &[Token], reading: &Reading) {
        let flag = |set: bool| f32::from(u8::from(set));
        let thanks = any(tokens, THANKS);
        let pushes = count(tokens, PUSHES).min(2) as f32 / 2.0;
        let said = content(tokens);
        let moment = weigh::MOOD * reading.sentiment
            + weigh::THANKS * flag(thanks)
            + weigh::FAILED * flag(self.failed)
            + weigh::PUSHED_BACK * pushes
            + weigh::REPEATED * overlap(&said, &self.said);
        let level = weigh::MEMORY * self.level + (1.0 - weigh::MEMORY) * moment;
        self.level = level.clamp(-1.0, 1.0);
        self.said = said;
    }
}

fn count(tokens: &[Token], list: &[&str]) -> usize {
    tokens
        .iter()
        .filter(|token| list.contains(&token.text.as_str()))
        .count()
}

fn any(tokens: &[Token], list: &[&str]) -> bool {
    count(tokens, list) > 0
}

fn content(tokens: &[Token]) -> HashSet<String> {
    tokens
        .iter()
        .map(|token| &token.text)
        .filter(|word| word.len() > 2 && !TOO_COMMON.contains(&word.as_str()))
        .take(REMEMBERED)
        .cloned()
        .collect()
}

/// Share of the words that the customer had said the turn before.
fn overlap(now: &HashSet<String>, before: &HashSet<String>) -> f32 {
    now.intersection(before).count() as f32 / now.len().max(3) as f32
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    fn walk(turns: &[(Role, &str)]) -> Vec<f32> {
        let mut dialog = Dialog::default();
        turns
            .iter()
            .map(|(role, text)| dialog.turn(*role, text, &read(text)))
            .collect()
    }

    #[test]
    fn a_refusal_and_a_repeated_wish_cost_content() {
        let levels = walk(&[
            (Role::User, "I need a table for four on Friday at eight"),
            (Role::Agent, "Unfortunately there is no table"),
            (
                Role::User,
                "No, I said a table for four on Friday. Please check again",
            ),
            (Role::Agent, "Done, table nine is yours"),
            (Role::User, "Perfect, thank you!"),
        ]);
        assert!(levels[2] < levels[0] - 0.15, "{levels:?}");
        assert!(levels[4] > levels[2] + 0.3, "{levels:?}");
    }
}
