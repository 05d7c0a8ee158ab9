//! From a text to the numbers that the model reads.
//!
//! Owns: words, n-grams, negation marks, hashing. Must not know: weights, labels.
