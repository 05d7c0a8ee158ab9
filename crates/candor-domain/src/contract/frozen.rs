//! A monthly statement that somebody approved.
//!
//! Owns: what is kept of it, and what the history says of it. Must not know: what it says.

use super::Month;
use crate::id::{ContractId, PersonId};
use crate::record::Recorded;
use jiff::Timestamp;
use serde_json::{Value, json};

/// A statement that somebody approved. It never changes again; a correction is another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Of which contract.
    pub contract: ContractId,
    /// Of which month.
    pub month: Month,
    /// Which one of its month, from 1; each corrects the one before.
    pub version: u32,
    /// The document's bytes, JSON.
    pub document: String,
    /// SHA-256 of those bytes, in hexadecimal digits.
    pub hash: String,
    /// Who approved it.
    pub approved_by: PersonId,
    /// When.
    pub approved_at: Timestamp,
    /// The name that they had then.
    pub approver: String,
    /// Its words on paper as they were then, JSON; empty where none were kept.
    pub paper: String,
    /// SHA-256 of name and words; empty where none were kept.
    pub seal: String,
}

impl Recorded for Statement {
    fn subject(&self) -> String {
        let first = format!("statement:{}-{}", self.contract, self.month);
        match self.version {
            1 => first,
            version => format!("{first}-{version}"),
        }
    }
    fn facts(&self) -> Value {
        let mut facts = json!({
            "contract": self.contract, "month": self.month, "sha256": self.hash,
            "by": self.approved_by, "at": self.approved_at.as_microsecond(),
        });
        // Statements from before there were corrections say neither.
        if self.version > 1 {
            facts["version"] = json!(self.version);
        }
        if !self.seal.is_empty() {
            facts["seal"] = json!(self.seal);
        }
        facts
    }
}
