//! What each output of the model stands for.
//!
//! Owns: the order of the heads, which is part of the format. Must not know: arithmetic.

/// The classes of `GoEmotions`, which are the first heads in this order.
pub const EMOTIONS: [&str; 28] = [
    "admiration",
    "amusement",
    "anger",
    "annoyance",
    "approval",
    "caring",
    "confusion",
    "curiosity",
    "desire",
    "disappointment",
    "disapproval",
    "disgust",
    "embarrassment",
    "excitement",
    "fear",
    "gratitude",
    "grief",
    "joy",
    "love",
    "nervousness",
    "optimism",
    "pride",
    "realization",
    "relief",
    "remorse",
    "sadness",
    "surprise",
    "neutral",
];

/// First of the three sentiment heads: negative, neutral, positive.
pub const SENTIMENT: usize = EMOTIONS.len();

/// The single heads after emotions and sentiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Head {
    /// Polite as an editor of Wikipedia sees it.
    PoliteEditor = SENTIMENT + 3,
    /// Polite as a reader of a technical forum sees it.
    PoliteForum,
    /// Comes from the forum rather than from Wikipedia: which of the two to ask.
    Forum,
    /// Sarcastic; a hint at most.
    Sarcastic,
    /// Formal wording.
    Formal,
    /// A complaint.
    Complaint,
    /// Wants something soon.
    Urgent,
    /// Insults or swears at somebody.
    Offensive,
    /// A customer's anger.
    Angry,
}

impl Head {
    /// All single heads with their names.
    pub const ALL: [(Self, &'static str); 9] = [
        (Self::PoliteEditor, "polite (editor)"),
        (Self::PoliteForum, "polite (forum)"),
        (Self::Forum, "forum"),
        (Self::Sarcastic, "sarcastic"),
        (Self::Formal, "formal"),
        (Self::Complaint, "complaint"),
        (Self::Urgent, "urgent"),
        (Self::Offensive, "offensive"),
        (Self::Angry, "angry"),
    ];

    /// Its place among the outputs.
    pub fn index(self) -> usize {
        self as usize
    }
}
