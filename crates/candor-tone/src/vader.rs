//! VADER: a lexicon and rules for sentiment in short texts.
//!
//! Owns: the exact scores of vaderSentiment 3.3.2 (Hutto and Gilbert 2014). Must not know: the
//! model beside it.
