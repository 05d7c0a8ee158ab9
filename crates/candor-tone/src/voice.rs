//! The house voice: how formal, warm and playful a business wants to sound.
//!
//! Owns: profiles, ours and those of a business, and whether they make sense. Must not know:
//! drafts, brands, mailboxes.

use serde::{Deserialize, Serialize};

/// How a reply may begin and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Formality {
    /// "Dear Ms Berger", "Kind regards".
    Formal,
    /// "Hello Amira", "Best regards" or "Best".
    Friendly,
    /// "Hi Amira", "Cheers".
    Casual,
}

/// Whether pictures may stand in a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmojiPolicy {
    /// None.
    Never,
    /// One.
    Sparing,
    /// Any number.
    Free,
}

/// A phrase that the house does not use, and what it says instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HousePhrase {
    /// Not this.
    pub avoid: String,
    /// But this; empty when there is no substitute.
    #[serde(default)]
    pub prefer: String,
}

/// How a business wants to sound.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct VoiceProfile {
    /// What the house calls it.
    pub name: String,
    /// How replies begin and end.
    pub formality: Formality,
    /// 0 cool to 3 very warm: for the examples that a house shows its people; no check reads it.
    pub warmth: u8,
    /// 0 never jokes to 3 likes to joke; even 3 never jokes with somebody who is upset.
    pub humour: u8,
    /// Pictures.
    pub emoji: EmojiPolicy,
    /// Phrases of the house.
    pub phrases: Vec<HousePhrase>,
    /// A reply begins with a greeting.
    pub greets: bool,
    /// A reply ends with a closing.
    pub closes: bool,
    /// Flesch reading ease that a reply should reach, 0 to 100; 60 is plain English.
    pub reading_ease: f32,
    /// Words from which on a reply is too long.
    pub longest_words: usize,
    /// How the house sounds.
    pub examples_do: Vec<String>,
    /// How it does not.
    pub examples_avoid: Vec<String>,
}

/// What is wrong with a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VoiceError {
    /// A scale goes from 0 to 3.
    #[error("{0} goes from 0 to 3")]
    Scale(&'static str),
    /// A phrase is empty.
    #[error("a phrase to avoid is empty")]
    EmptyPhrase,
    /// The reading ease is none.
    #[error("reading_ease goes from 0 to 100")]
    ReadingEase,
    /// Too few words for any reply.
    #[error("longest_words must be at least 20")]
    TooShort,
}

impl Default for VoiceProfile {
    fn default() -> Self {
        Self::smart_casual()
    }
}

impl VoiceProfile {
    /// Correct and courteous.
    pub fn office_professional() -> Self {
        Self {
            name: "office-professional".to_owned(),
            formality: Formality::Formal,
            warmth: 1,
            humour: 0,
            emoji: EmojiPolicy::Never,
            reading_ease: 45.0,
            longest_words: 250,
            examples_do: vec!["Dear Ms Berger, thank you for the photo. A new hopper leaves our warehouse today and reaches you on Thursday.".to_owned()],
            examples_avoid: vec!["Heya! No worries, we got you!".to_owned()],
            ..Self::smart_casual()
        }
    }

    /// Friendly and plain; what a new business starts with.
    pub fn smart_casual() -> Self {
        Self {
            name: "smart-casual".to_owned(),
            formality: Formality::Friendly,
            warmth: 2,
            humour: 1,
            emoji: EmojiPolicy::Sparing,
            phrases: Vec::new(),
            greets: true,
            closes: true,
            reading_ease: 55.0,
            longest_words: 220,
            examples_do: vec!["Hello Amira, thank you for the photo. I am sending you a new hopper today; it should be with you on Thursday.".to_owned()],
            examples_avoid: vec!["Your request has been forwarded to the responsible department.".to_owned()],
        }
    }

    /// Playful, for a house whose customers like that.
    pub fn fun() -> Self {
        Self {
            name: "fun".to_owned(),
            formality: Formality::Casual,
            warmth: 3,
            humour: 3,
            emoji: EmojiPolicy::Free,
            reading_ease: 60.0,
            longest_words: 180,
            examples_do: vec![
                "Hi Amira! One fresh hopper, coming up: it leaves today and lands on Thursday."
                    .to_owned(),
            ],
            examples_avoid: vec!["Dear Sir or Madam".to_owned()],
            ..Self::smart_casual()
        }
    }

    /// One of ours by its name.
    pub fn named(name: &str) -> Option<Self> {
        [
            Self::office_professional(),
            Self::smart_casual(),
            Self::fun(),
        ]
        .into_iter()
        .find(|profile| profile.name == name)
    }

    /// Refuses what makes no sense.
    pub fn validate(&self) -> Result<(), VoiceError> {
        if self.warmth > 3 {
            return Err(VoiceError::Scale("warmth"));
        }
        if self.humour > 3 {
            return Err(VoiceError::Scale("humour"));
        }
        if self
            .phrases
            .iter()
            .any(|phrase| phrase.avoid.trim().is_empty())
        {
            return Err(VoiceError::EmptyPhrase);
        }
        if !(0.0..=100.0).contains(&self.reading_ease) {
            return Err(VoiceError::ReadingEase);
        }
        if self.longest_words < 20 {
            return Err(VoiceError::TooShort);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_make_sense_and_are_found_by_name() {
        for name in ["office-professional", "smart-casual", "fun"] {
            let profile = VoiceProfile::named(name).unwrap();
            assert_eq!(profile.validate(), Ok(()));
        }
        assert_eq!(VoiceProfile::named("pirate"), None);
    }

    #[test]
    fn a_profile_of_ones_own_says_what_differs() {
        let own: VoiceProfile =
            serde_json::from_str(r#"{"name": "harbour", "humour": 2}"#).unwrap();
        assert_eq!((own.humour, own.formality), (2, Formality::Friendly));
        let wrong: VoiceProfile = serde_json::from_str(r#"{"humour": 9}"#).unwrap();
        assert_eq!(wrong.validate(), Err(VoiceError::Scale("humour")));
    }
}
