//! Which hours of the week break first.
//!
//! Owns: lateness by the hour in which tickets came. Must not know: rosters, rules.

use crate::simulate::scenario::HOURS_OF_WEEK;
use crate::simulate::week::{DAY_NAMES, WEEK};
use serde::Serialize;

/// How many hours are named.
const NAMED: usize = 3;

/// An hour of the week whose tickets are often late.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HotHour {
    /// Such as `Mon`.
    pub day: &'static str,
    /// The hour in which the tickets came, 0 to 23.
    pub hour: usize,
    /// The same hour counted from Monday 0:00, 0 to 167.
    #[serde(skip)]
    pub hour_of_week: usize,
    /// Weight of its late tickets in percent of the weight that came in this hour.
    pub late_percent: f64,
    /// Weight of its late tickets in percent of all late weight of the week.
    pub part_percent: f64,
}

/// Weight that came and weight that was late, by hour of the week.
#[derive(Debug, Clone)]
pub(crate) struct Heat {
    came: Vec<f64>,
    late: Vec<f64>,
}

impl Heat {
    pub(crate) fn new() -> Self {
        Self {
            came: vec![0.0; HOURS_OF_WEEK],
            late: vec![0.0; HOURS_OF_WEEK],
        }
    }

    pub(crate) fn add(&mut self, arrival: f64, weight: f64, is_late: bool) {
        let hour = ((arrival % WEEK) / 60.0) as usize % HOURS_OF_WEEK;
        self.came[hour] += weight;
        self.late[hour] += if is_late { weight } else { 0.0 };
    }

    /// The hours with the largest parts of all lateness, the worst first.
    pub(crate) fn worst(&self) -> Vec<HotHour> {
        let all: f64 = self.late.iter().sum();
        let mut hours: Vec<usize> = (0..HOURS_OF_WEEK)
            .filter(|&hour| self.late[hour] > 0.0)
            .collect();
        hours.sort_by(|&a, &b| self.late[b].total_cmp(&self.late[a]));
        let named = |hour: usize| HotHour {
            day: DAY_NAMES[hour / 24],
            hour: hour % 24,
            hour_of_week: hour,
            late_percent: 100.0 * self.late[hour] / self.came[hour],
            part_percent: 100.0 * self.late[hour] / all,
        };
        hours.into_iter().take(NAMED).map(named).collect()
    }
}
