//! How many tickets come in each half hour of a week.
//!
//! Owns: the forecast and whether it can be trusted. Must not know: calendars.
//!
//! A shop has few tickets in one half hour, so that the mean of eight Mondays at 10:30 is mostly
//! chance. Expected is therefore the mean of the weekday times the pattern of the day; the pattern
//! is shared by the five weekdays and smoothed over the neighbouring half hours with weights 1 2 1.

use crate::StaffingError;

/// Half hours of a day.
pub const SLOTS_A_DAY: usize = 48;
/// Half hours of a week, from Monday 0:00.
pub const SLOTS: usize = 7 * SLOTS_A_DAY;
/// Fewer whole weeks than these say nothing.
const LEAST_WEEKS: usize = 3;
/// Nor do fewer tickets.
const LEAST_TICKETS: u64 = 100;

/// What is expected of a week.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// Tickets of each half hour, from Monday 0:00.
    pub slots: Vec<f64>,
    /// From how many weeks.
    pub weeks: usize,
    /// From how many tickets.
    pub tickets: u64,
    /// Whether that is enough to say anything.
    pub enough: bool,
    /// How much the counts scatter around what is expected, over what chance alone would do
    /// (Pearson's chi squared by its count): 1 fits, above 1.3 days differ for reasons of their own.
    pub dispersion: f64,
}

/// Above this dispersion, days differ for reasons of their own.
const FITS_UP_TO: f64 = 1.3;

impl Forecast {
    /// Whether the counts scatter so much that the pattern says little of a single day.
    pub fn is_loose(&self) -> bool {
        self.dispersion > FITS_UP_TO
    }

    /// Tickets of the whole week.
    pub fn per_week(&self) -> f64 {
        self.slots.iter().sum()
    }
}

/// The days that share a pattern: Monday to Friday, Saturday, Sunday.
const GROUPS: [std::ops::Range<usize>; 3] = [0..5, 5..6, 6..7];

/// Forecasts a week from counts of past ones, each with [`SLOTS`] half hours.
///
/// # Errors
/// `Invalid` for weeks of another length.
pub fn forecast(weeks: &[Vec<u32>]) -> Result<Forecast, StaffingError> {
    if let Some(wrong) = weeks.iter().find(|week| week.len() != SLOTS) {
        let need = "a week has 336 half hours";
        return Err(StaffingError::invalid("weeks", wrong.len(), need));
    }
    let tickets: u64 = weeks.iter().flatten().map(|&count| u64::from(count)).sum();
    let mut slots = vec![0.0; SLOTS];
    if tickets > 0 {
        let total = |slot: usize| -> f64 { weeks.iter().map(|week| f64::from(week[slot])).sum() };
        let means: Vec<f64> = (0..SLOTS)
            .map(|slot| total(slot) / weeks.len() as f64)
            .collect();
        for group in GROUPS {
            expect(&means, group, &mut slots);
        }
    }
    Ok(Forecast {
        dispersion: dispersion(weeks, &slots),
        slots,
        weeks: weeks.len(),
        tickets,
        enough: weeks.len() >= LEAST_WEEKS && tickets >= LEAST_TICKETS,
    })
}

/// Fills in the days of a group: the mean of each day over the pattern that they share.
fn expect(means: &[f64], days: std::ops::Range<usize>, slots: &mut [f64]) {
    let of_day = |day: usize| &means[day * SLOTS_A_DAY..(day + 1) * SLOTS_A_DAY];
    let mut pattern = vec![0.0; SLOTS_A_DAY];
    for day in days.clone() {
        for (own, mean) in pattern.iter_mut().zip(of_day(day)) {
            *own += mean;
        }
    }
    let pattern = smoothed(&pattern);
    let sum: f64 = pattern.iter().sum();
    if sum <= 0.0 {
        return;
    }
    for day in days {
        let total: f64 = of_day(day).iter().sum();
        for (slot, share) in pattern.iter().enumerate() {
            slots[day * SLOTS_A_DAY + slot] = total * share / sum;
        }
    }
}

fn smoothed(values: &[f64]) -> Vec<f64> {
    let count = values.len();
    let at = |slot: usize| {
        let (before, after) = ((slot + count - 1) % count, (slot + 1) % count);
        (values[before] + 2.0 * values[slot] + values[after]) / 4.0
    };
    (0..count).map(at).collect()
}

fn dispersion(weeks: &[Vec<u32>], slots: &[f64]) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for week in weeks {
        for (seen, expected) in week.iter().zip(slots) {
            if *expected > 0.0 {
                let apart = f64::from(*seen) - expected;
                sum += apart * apart / expected;
                count += 1.0;
            }
        }
    }
    if count > 0.0 { sum / count } else { 1.0 }
}

/// When customers write, by day from Monday and by hour: the usual pattern of a small shop, for
/// desks without a history.
const DAYS: [f64; 7] = [1.35, 1.05, 1.0, 1.0, 0.95, 0.85, 0.80];
const HOURS: [f64; 24] = [
    0.3, 0.2, 0.15, 0.1, 0.1, 0.2, 0.5, 1.0, 1.8, 2.4, 2.6, 2.4, 2.0, 1.9, 1.9, 1.8, 1.7, 1.6, 1.6,
    1.7, 1.8, 1.6, 1.1, 0.6,
];

/// The usual pattern of a small shop with so many tickets a week, by half hour.
pub fn usual(per_week: f64) -> Vec<f64> {
    let weight = |slot: usize| DAYS[slot / SLOTS_A_DAY] * HOURS[slot % SLOTS_A_DAY / 2];
    let sum: f64 = (0..SLOTS).map(weight).sum();
    (0..SLOTS)
        .map(|slot| weight(slot) / sum * per_week)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday at 10:00 has eight tickets, Tuesday at 10:00 four.
    fn week() -> Vec<u32> {
        let mut week = vec![0; SLOTS];
        week[20] = 8;
        week[SLOTS_A_DAY + 20] = 4;
        week
    }

    #[test]
    fn each_day_keeps_its_mean_and_shares_the_pattern() {
        let found = forecast(&vec![week(); 20]).unwrap();
        assert!((found.per_week() - 12.0).abs() < 1e-9);
        let monday: f64 = found.slots[..SLOTS_A_DAY].iter().sum();
        assert!((monday - 8.0).abs() < 1e-9);
        assert!((found.slots[20] - 4.0).abs() < 1e-9, "half at its own time");
        assert!((found.slots[21] - 2.0).abs() < 1e-9, "a quarter beside it");
        assert!(found.enough);
    }

    #[test]
    fn little_history_says_so() {
        assert!(!forecast(&vec![week(); 2]).unwrap().enough, "two weeks");
        assert!(!forecast(&vec![week(); 8]).unwrap().enough, "96 tickets");
        let nothing = forecast(&[]).unwrap();
        assert!(!nothing.enough && nothing.per_week() == 0.0);
        assert!(forecast(&[vec![1; 7]]).is_err());
    }

    #[test]
    fn the_usual_pattern_adds_up() {
        let sum: f64 = usual(450.0).iter().sum();
        assert!((sum - 450.0).abs() < 1e-9);
    }
}
