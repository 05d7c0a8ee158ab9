//! A shift plan that became the roster of some weeks.
//!
//! Owns: which shifts it wrote, and which rest in its weeks. Must not know: how the plan was made.
//!
//! What rests is neither changed nor split: taking the plan back brings every shift back as it was,
//! with the swaps on its days.

use crate::id::{AdoptionId, ShiftId};
use crate::record::Recorded;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

/// A plan that became the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// The row.
    pub id: AdoptionId,
    /// The Mondays of its weeks, in order.
    pub weeks: Vec<Date>,
    /// The shifts that it wrote, in order.
    pub writes: Vec<ShiftId>,
    /// The shifts that rest in its weeks, in order.
    pub rests: Vec<ShiftId>,
    /// False once it was taken back.
    pub active: bool,
}

impl Adoption {
    /// Whether a day lies in one of its weeks.
    pub fn covers(&self, date: Date) -> bool {
        let after = i64::from(date.weekday().to_monday_zero_offset());
        self.weeks.contains(&date.saturating_sub(after.days()))
    }

    /// Whether it lets a shift rest on a day.
    pub fn rests_on(&self, shift: ShiftId, date: Date) -> bool {
        self.active && self.rests.contains(&shift) && self.covers(date)
    }

    /// The Sunday of its last week.
    pub fn last(&self) -> Option<Date> {
        let monday = self.weeks.iter().max();
        monday.map(|monday| monday.saturating_add(6.days()))
    }
}

impl Recorded for Adoption {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({
            "weeks": self.weeks, "writes": self.writes, "rests": self.rests,
            "active": self.active,
        })
    }
}
