//! What a customer said of a solved ticket, and what is done about one who left upset.
//!
//! Owns: the nouns. Must not know: how a customer is asked, how moods are read.

use crate::id::{PersonId, RatingId, TicketId};
use crate::record::{Content, Recorded};
use crate::word::words;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

words! {
    /// How content somebody is.
    Grade {
        /// All was well.
        Happy = "happy",
        /// It will do.
        Fine = "fine",
        /// It was not.
        Unhappy = "unhappy",
    }
}

impl Grade {
    /// The same on the usual scale from 1 to 5.
    pub fn of_five(self) -> u8 {
        match self {
            Self::Happy => 5,
            Self::Fine => 3,
            Self::Unhappy => 1,
        }
    }
}

/// The one question about a ticket, and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// The row.
    pub id: RatingId,
    /// What it is about.
    pub ticket: TicketId,
    /// When the customer was asked.
    pub asked_at: Timestamp,
    /// When they answered.
    pub answered_at: Option<Timestamp>,
    /// What they answered.
    pub grade: Option<Grade>,
    /// Their own words; empty where they left none.
    pub words: String,
    /// 16 random bytes.
    pub salt: Vec<u8>,
}

impl Rating {
    /// Longest answer in own words, in bytes.
    pub const MAX_WORDS: usize = 4000;
}

impl Recorded for Rating {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({
            "ticket": self.ticket, "grade": self.grade,
            "asked": self.asked_at.as_microsecond(),
            "answered": self.answered_at.map(Timestamp::as_microsecond),
        })
    }
    fn content(&self) -> Option<Content> {
        Some(Content::new(&self.salt, &json!([self.words])))
    }
}

/// What is done about a customer who left more upset than they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpsetReview {
    /// The ticket that they left.
    pub ticket: TicketId,
    /// What is to be done.
    pub action: String,
    /// Who does it.
    pub owner: Option<PersonId>,
    /// By when.
    pub due: Option<Date>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// 16 random bytes.
    pub salt: Vec<u8>,
}

impl UpsetReview {
    /// Longest action, in bytes.
    pub const MAX_ACTION: usize = 1000;
}

impl Recorded for UpsetReview {
    fn subject(&self) -> String {
        format!("upset:{}", self.ticket)
    }
    fn facts(&self) -> Value {
        json!({
            "ticket": self.ticket, "owner": self.owner, "due": self.due,
            "done": self.done_at.map(Timestamp::as_microsecond),
        })
    }
    fn content(&self) -> Option<Content> {
        Some(Content::new(&self.salt, &json!([self.action])))
    }
}
