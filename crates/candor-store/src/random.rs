//! Names that nobody guesses and nobody has yet.
//!
//! Owns: drawing them. Must not know: what is named: temporary folders, kept mails, databases of
//! tests.

/// 24 hex digits.
pub fn random_name() -> String {
    let mut random = [0; 12];
    getrandom::fill(&mut random).expect("the system has randomness");
    hex::encode(random)
}
