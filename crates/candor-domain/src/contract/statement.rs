//! The monthly statement of a contract.
//!
//! Owns: its contents, and which missed promises are not the provider's. Must not know: where the
//! figures come from, how it is drawn.
//!
//! | word | meaning |
//! |---|---|
//! | due | a promise that was kept in the month, or became too late in it |
//! | late by | counted time from the due instant to the deed, while the clock ran; where the ticket ended without it, to that end; while undone, to the end of the month |
//! | apart | a miss that is not counted: no larger than a delay that the provider did not cause |
//! | attainment | kept ÷ (kept + missed), without those apart |

use super::Month;
use super::remedy::Remedy;
use crate::id::{ContractId, MaintenanceId, TicketId};
use crate::level::{Metric, Target};
use crate::record::Recorded;
use crate::ticket::Urgency;
use crate::word::words;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A time in which the provider works on its own house, as it was announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maintenance {
    /// The row.
    pub id: MaintenanceId,
    /// Of which contract.
    pub contract: ContractId,
    /// When it was announced.
    pub announced_at: Timestamp,
    /// When it begins.
    pub begins_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// What for, in words that the customer reads.
    pub reason: String,
    /// When it was called off.
    pub withdrawn_at: Option<Timestamp>,
}

impl Maintenance {
    /// Whether it counts: announced before it began, and not called off.
    pub fn counts(&self) -> bool {
        self.announced_at < self.begins_at && self.withdrawn_at.is_none()
    }
}

impl Recorded for Maintenance {
    fn subject(&self) -> String {
        self.id.subject()
    }
    fn facts(&self) -> Value {
        json!({
            "contract": self.contract, "announced": self.announced_at.as_microsecond(),
            "begins": self.begins_at.as_microsecond(), "ends": self.ends_at.as_microsecond(),
            "reason": self.reason,
            "withdrawn": self.withdrawn_at.map(Timestamp::as_microsecond),
        })
    }
}

words! {
    /// Why a missed promise stands apart.
    Apart {
        /// The customer kept us waiting for at least as long as it was late.
        Customer = "customer",
        /// Announced maintenance took at least as long as it was late.
        Maintenance = "maintenance",
    }
}

/// What delayed a promise, in microseconds of its own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Delays {
    /// How late it was.
    pub late_us: i64,
    /// How long the ticket waited for its customer.
    pub customer_us: i64,
    /// How long announced maintenance took of it.
    pub maintenance_us: i64,
}

/// Whether a missed promise stands apart: without the delay that others caused it would have been
/// kept. Waiting for the customer excuses the solution alone: a reply is owed whatever the status
/// says, and the other clocks stood still meanwhile.
pub fn apart(metric: Metric, delays: &Delays) -> Option<Apart> {
    let customer = match metric {
        Metric::Resolution => delays.customer_us,
        _ => 0,
    };
    if delays.maintenance_us > 0 && delays.late_us <= delays.maintenance_us {
        Some(Apart::Maintenance)
    } else if customer > 0 && delays.late_us <= customer + delays.maintenance_us {
        Some(Apart::Customer)
    } else {
        None
    }
}

/// The promises of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetLine {
    /// The urgency.
    pub urgency: Urgency,
    /// What was promised.
    pub metric: Metric,
    /// How long it may take, as the contract says now.
    pub target: Option<Target>,
    /// How many count.
    pub due: u64,
    /// How many were kept.
    pub kept: u64,
    /// Where the share lies with 95 % confidence (Wilson), in hundredths of a per cent.
    pub interval_bp: (u32, u32),
}

/// A promise that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missed {
    /// Which ticket.
    pub ticket: TicketId,
    /// Its urgency.
    pub urgency: Urgency,
    /// What was promised.
    pub metric: Metric,
    /// Since when it was owed.
    pub since: Option<Timestamp>,
    /// By when it was due.
    pub due: Timestamp,
    /// When it was done; `None` while it is not.
    pub done: Option<Timestamp>,
    /// When the ticket ended without it: nobody owes it any more, and it was never done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Timestamp>,
    /// What delayed it.
    pub delays: Delays,
    /// Why it is not counted.
    pub apart: Option<Apart>,
}

/// Announced maintenance as it stands in a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// When it was announced.
    pub announced: Timestamp,
    /// From when.
    pub begins: Timestamp,
    /// Until when.
    pub ends: Timestamp,
    /// What for.
    pub reason: String,
}

/// The sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Totals {
    /// How many promises count.
    pub due: u64,
    /// How many of them were kept.
    pub kept: u64,
    /// How many stand apart.
    pub apart: u64,
    /// The credit, in hundredths of a per cent of what the month costs.
    pub credit_bp: u32,
}

/// Which approved statement another one corrects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrects {
    /// Its version, from 1; the one that corrects it is the next.
    pub version: u32,
    /// When it was approved.
    pub approved: Timestamp,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its sums.
    pub totals: Totals,
    /// Why it is corrected, in words that the customer reads.
    pub reason: String,
}

/// Everything that the statement says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Shape of this document; 1.
    pub version: u32,
    /// The month.
    pub month: Month,
    /// `en` or `de`.
    pub language: String,
    /// The zone of its times, by its IANA name.
    pub zone: String,
    /// Who promised.
    pub provider: String,
    /// To whom.
    pub organization: String,
    /// The contract's number.
    pub number: ContractId,
    /// Its name.
    pub contract: String,
    /// Its first day.
    pub first_day: Date,
    /// Its last day.
    pub last_day: Option<Date>,
    /// The name of its level.
    pub level: String,
    /// The name of its hours.
    pub hours: String,
    /// What it is for.
    pub includes: String,
    /// What it is not for.
    pub excludes: String,
    /// The steps of credit.
    pub remedy: Remedy,
    /// By urgency and what was promised.
    pub targets: Vec<TargetLine>,
    /// Each promise that was not kept, the earliest due first.
    pub missed: Vec<Missed>,
    /// The maintenance of the month.
    pub maintenance: Vec<Window>,
    /// The sums.
    pub totals: Totals,
    /// What it corrects; `None` for the first statement of a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Corrects>,
}

impl Document {
    /// The shape that this version writes.
    pub const VERSION: u32 = 1;

    /// Which statement of its month it is, from 1.
    pub fn number_in_month(&self) -> u32 {
        self.corrects.as_ref().map_or(1, |one| one.version + 1)
    }

    /// Whether it says the same as another, whatever either corrects.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let bare = |document: &Self| Self {
            corrects: None,
            ..document.clone()
        };
        bare(self) == bare(other)
    }
}

/// Sums lines and missed promises up: what stands apart leaves the lines, and the credit follows.
/// A promise apart is in `missed` and in no line.
pub fn attainment(lines: &[TargetLine], missed: &[Missed], remedy: &Remedy) -> Totals {
    let due = lines.iter().map(|line| line.due).sum();
    let kept = lines.iter().map(|line| line.kept).sum();
    Totals {
        due,
        kept,
        apart: missed.iter().filter(|one| one.apart.is_some()).count() as u64,
        credit_bp: remedy.credit_bp(kept, due),
    }
}

#[cfg(test)]
mod tests {
    use super::{Apart, Delays, apart};
    use crate::level::Metric;

    fn delays(late: i64, customer: i64, maintenance: i64) -> Delays {
        Delays {
            late_us: late,
            customer_us: customer,
            maintenance_us: maintenance,
        }
    }

    #[test]
    fn only_what_would_have_been_kept_stands_apart() {
        for (metric, delays, wanted) in [
            (Metric::Resolution, delays(60, 0, 0), None),
            (Metric::Resolution, delays(60, 59, 0), None),
            (Metric::Resolution, delays(60, 60, 0), Some(Apart::Customer)),
            (
                Metric::Resolution,
                delays(60, 40, 20),
                Some(Apart::Customer),
            ),
            (
                Metric::Resolution,
                delays(60, 0, 60),
                Some(Apart::Maintenance),
            ),
            (Metric::Resolution, delays(60, 0, 59), None),
            // Due at closing time, done in the night: late, and nobody else's delay.
            (Metric::Resolution, delays(0, 0, 0), None),
            // Moving a ticket to "waiting" without an answer excuses nobody.
            (Metric::FirstReply, delays(60, 600, 0), None),
            (
                Metric::FirstReply,
                delays(60, 600, 60),
                Some(Apart::Maintenance),
            ),
            // Its clock stood still while the customer was asked.
            (Metric::AgentWork, delays(60, 600, 0), None),
        ] {
            assert_eq!(apart(metric, &delays), wanted, "{metric:?} {delays:?}");
        }
    }
}
