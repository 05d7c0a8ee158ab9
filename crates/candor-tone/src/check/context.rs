//! What a draft answers.
//!
//! Owns: mood, severity, kind and history as far as they change what hurts. Must not know: drafts.

use crate::mood::MoodLevel;
use serde::{Deserialize, Serialize};

/// How much is at stake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Little.
    #[default]
    Low,
    /// Money, a day, a plan.
    Medium,
    /// Health, a livelihood, a wedding.
    High,
}

/// What a conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// A question or a wish.
    #[default]
    Inquiry,
    /// Something went wrong.
    Complaint,
    /// Praise or an idea.
    Feedback,
}

/// What a draft answers, and how its reader feels.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Context {
    /// The customer's mood.
    pub mood: MoodLevel,
    /// How much is at stake.
    pub severity: Severity,
    /// What it is about.
    pub kind: MessageKind,
    /// What the customer wrote, oldest first.
    pub customer: Vec<String>,
    /// What we wrote before in this conversation, oldest first.
    pub earlier: Vec<String>,
    /// The customer's first name, as far as known.
    pub first_name: Option<String>,
    /// The customer's last name, as far as known.
    pub last_name: Option<String>,
}

impl Default for Context {
    fn default() -> Self {
        Self {
            mood: MoodLevel::Neutral,
            severity: Severity::Low,
            kind: MessageKind::Inquiry,
            customer: Vec::new(),
            earlier: Vec::new(),
            first_name: None,
            last_name: None,
        }
    }
}

impl Context {
    /// Whether the reader is upset.
    pub fn is_upset(&self) -> bool {
        matches!(self.mood, MoodLevel::Irate | MoodLevel::Negative)
    }

    /// Whether a joke is in place: nobody is upset, little is at stake, and it is no complaint.
    pub fn allows_humour(&self) -> bool {
        !self.is_upset() && self.severity == Severity::Low && self.kind != MessageKind::Complaint
    }
}
