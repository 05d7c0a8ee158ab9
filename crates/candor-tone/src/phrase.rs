//! Phrases in text: words with their places, patterns over words, books of rules.
//!
//! Owns: cutting text into words and sentences, the pattern language of the rule files, finding
//! what they describe in linear time. Must not know: what a rule is about.

mod book;
mod fold;
mod own_words;
mod pattern;
mod token;

pub use book::{Hit, Rule, RuleBook, RuleError};
pub use own_words::own_words;
pub use token::{Sentence, Token, Words};
