//! How long something may take, in words, and how much it weighs.
//!
//! Owns: "8 business hours" and back. Must not know: calendars.

use super::LevelRule;
use crate::word::words;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

words! {
    /// Which time counts.
    Counted {
        /// Open hours of the level's calendar.
        Business = "business",
        /// All hours, day and night.
        Calendar = "calendar",
    }
}

/// How long something may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Target {
    minutes: u32,
    counted: Counted,
}

impl Target {
    /// Longest target: a year.
    pub const MAX_MINUTES: u32 = 525_600;

    /// So many minutes.
    ///
    /// # Errors
    /// `Target` when there are none or more than a year's.
    pub fn new(minutes: u32, counted: Counted) -> Result<Self, LevelRule> {
        if (1..=Self::MAX_MINUTES).contains(&minutes) {
            return Ok(Self { minutes, counted });
        }
        Err(LevelRule::Target {
            text: format!("{minutes} minutes"),
            reason: "it must last from a minute to a year",
        })
    }

    /// Its length in minutes.
    pub fn minutes(self) -> u32 {
        self.minutes
    }

    /// Which time counts.
    pub fn counted(self) -> Counted {
        self.counted
    }

    /// Its length.
    pub fn length(self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.minutes))
    }
}

impl FromStr for Target {
    type Err = LevelRule;

    /// Reads `8 business hours`, `30 business minutes`, `2 calendar days`.
    fn from_str(text: &str) -> Result<Self, LevelRule> {
        let refuse = |reason| LevelRule::Target {
            text: text.chars().take(40).collect(),
            reason,
        };
        let lower = text.trim().to_lowercase();
        let parts: Vec<&str> = lower.split_whitespace().collect();
        let &[number, counted, unit] = parts.as_slice() else {
            return Err(refuse(
                "write a number, business or calendar, and hours or minutes, such as 8 business hours",
            ));
        };
        let counted = Counted::parse(counted)
            .ok_or_else(|| refuse("say whether it is business or calendar time"))?;
        let unit = match (unit.trim_end_matches('s'), counted) {
            ("minute", _) => 1,
            ("hour", _) => 60,
            ("day", Counted::Calendar) => 1440,
            ("day", Counted::Business) => {
                return Err(refuse(
                    "business days differ in length; write business hours",
                ));
            }
            _ => return Err(refuse("the unit is minutes or hours, or calendar days")),
        };
        let minutes = number.parse::<u32>().ok().and_then(|n| n.checked_mul(unit));
        let minutes = minutes.ok_or_else(|| refuse("it begins with a whole number"))?;
        Self::new(minutes, counted).map_err(|_| refuse("it must last from a minute to a year"))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = match self.minutes {
            n if n % 1440 == 0 && self.counted == Counted::Calendar => (n / 1440, "day"),
            n if n % 60 == 0 => (n / 60, "hour"),
            n => (n, "minute"),
        };
        let plural = if number == 1 { "" } else { "s" };
        write!(f, "{number} {} {unit}{plural}", self.counted.as_str())
    }
}

impl TryFrom<String> for Target {
    type Error = LevelRule;

    fn try_from(text: String) -> Result<Self, LevelRule> {
        text.parse()
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        target.to_string()
    }
}

/// How much something counts beside others, in hundredths, so that two of them compare exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Weight(u32);

impl Weight {
    /// A weight without a fraction.
    pub const fn whole(weight: u16) -> Self {
        Self(weight as u32 * 100)
    }

    /// The number that people wrote.
    pub fn as_f64(self) -> f64 {
        f64::from(self.0) / 100.0
    }
}

impl Default for Weight {
    fn default() -> Self {
        Self::whole(1)
    }
}

impl TryFrom<f64> for Weight {
    type Error = LevelRule;

    fn try_from(weight: f64) -> Result<Self, LevelRule> {
        if (0.01..=1000.0).contains(&weight) {
            return Ok(Self((weight * 100.0).round() as u32));
        }
        Err(LevelRule::Weight)
    }
}

impl From<Weight> for f64 {
    fn from(weight: Weight) -> Self {
        weight.as_f64()
    }
}
