//! Counts, and the rates that follow from them.
//!
//! Owns: rates with their intervals. Must not know: what was counted together.

use candor_staffing::statistics::wilson;
use candor_store::rating::{MoodSum, RatingSum};
use candor_tone::mood::MoodLevel;

/// How some customers left, and what they said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Conversations that came to their end.
    pub conversations: i64,
    /// Those with two turns or more, so that a change can be seen.
    pub measured: i64,
    /// Those among them that left their customer more upset.
    pub upset: i64,
    /// How many customers were asked.
    pub asked: i64,
    /// How many were happy, found it fine, were not happy.
    pub answers: [i64; 3],
    /// The sum of their last moods, in thousandths.
    score: i64,
}

impl Figures {
    /// The mood in which they left, on average; `None` for nobody.
    pub fn mood(&self) -> Option<MoodLevel> {
        let mean = self.score as f64 / 1000.0 / self.conversations as f64;
        (self.conversations > 0).then(|| MoodLevel::of(mean))
    }

    /// The share that left more upset; `None` where nothing could be measured.
    pub fn rate(&self) -> Option<f64> {
        (self.measured > 0).then(|| self.upset as f64 / self.measured as f64)
    }

    /// Where that share lies with 95 % confidence (Wilson); anywhere where nothing was measured.
    pub fn interval(&self) -> (f64, f64) {
        let counts = (self.upset.unsigned_abs(), self.measured.unsigned_abs());
        wilson(counts.0, counts.1, 0.95).map_or((0.0, 1.0), |found| (found.low, found.high))
    }

    /// How many answered.
    pub fn answered(&self) -> i64 {
        self.answers.iter().sum()
    }

    /// The share of the happy among those who answered.
    pub fn happy(&self) -> Option<f64> {
        let answered = self.answered();
        (answered > 0).then(|| self.answers[0] as f64 / answered as f64)
    }

    /// The share of those who answered among those who were asked.
    pub fn response(&self) -> Option<f64> {
        (self.asked > 0).then(|| self.answered() as f64 / self.asked as f64)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.conversations == 0 && self.asked == 0
    }

    pub(super) fn add_mood(&mut self, sum: &MoodSum) {
        self.conversations += sum.conversations;
        self.measured += sum.measured;
        self.upset += sum.upset;
        self.score += sum.score;
    }

    pub(super) fn add_rating(&mut self, sum: &RatingSum) {
        self.asked += sum.asked;
        for (all, count) in self.answers.iter_mut().zip(sum.answers) {
            *all += count;
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.conversations += other.conversations;
        self.measured += other.measured;
        self.upset += other.upset;
        self.score += other.score;
        self.asked += other.asked;
        for (all, count) in self.answers.iter_mut().zip(other.answers) {
            *all += count;
        }
    }
}
