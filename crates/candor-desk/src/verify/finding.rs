//! What a check says.
//!
//! Owns: findings and their number. Must not know: how they were found.

use super::chain::Chain;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Findings that a report names; the rest is counted.
const MOST: usize = 500;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about, such as `ticket 12` or `entry 40`.
    pub place: String,
    /// What is wrong, in plain words.
    pub what: String,
    /// When the history last spoke of it, where it did.
    pub when: Option<Timestamp>,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.what)?;
        match self.when {
            Some(at) => {
                let day = at.to_zoned(TimeZone::UTC).strftime("%-d %B %Y");
                write!(f, " (last entry of {day})")
            }
            None => Ok(()),
        }
    }
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Entries in the history.
    pub entries: i64,
    /// Entries that the newest checkpoint covers.
    pub sealed: i64,
    /// Rows that were compared with the history.
    pub rows: i64,
    /// Files and mails whose bytes were read.
    pub files: i64,
    /// What is wrong; empty when all is well.
    pub findings: Vec<Finding>,
    /// Findings beyond those that are named.
    pub further_findings: usize,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}

#[derive(Default)]
pub(super) struct Findings {
    named: Vec<Finding>,
    further: usize,
}

impl Findings {
    pub(super) fn add(
        &mut self,
        place: impl Into<String>,
        what: impl Into<String>,
        when: Option<Timestamp>,
    ) {
        if self.named.len() == MOST {
            self.further += 1;
            return;
        }
        self.named.push(Finding {
            place: place.into(),
            what: what.into(),
            when,
        });
    }

    pub(super) fn into_report(self, chain: Chain, rows: i64, files: i64) -> Report {
        Report {
            entries: chain.entries,
            sealed: chain.sealed,
            rows,
            files,
            findings: self.named,
            further_findings: self.further,
        }
    }
}
