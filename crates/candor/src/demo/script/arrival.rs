//! When customers write.
//!
//! Owns: the weights of weeks, days and hours. Must not know: who writes and why.

use super::hours::{HOUR, Hours};
use super::random::Random;

/// Monday to Sunday, in hundredths.
const DAY_WEIGHTS: [u64; 7] = [135, 105, 100, 100, 95, 85, 80];
/// Midnight to 23 o'clock, in tenths with one decimal: 30 is 0.3.
const HOUR_WEIGHTS: [u64; 24] = [
    30, 20, 15, 10, 10, 20, 50, 100, 180, 240, 260, 240, 200, 190, 190, 180, 170, 160, 160, 170,
    180, 160, 110, 60,
];
/// The newest week first. A shop that shows few tickets shows more of the newest, so that the
/// inbox of today looks like a day's work and the weeks before still exist.
const WEEK_WEIGHTS: [u64; 8] = [200, 167, 145, 130, 120, 113, 109, 106];
/// From here on every week is a full one.
const FULL_SHOP: usize = 3_600;

/// `count` arrivals in order. Spread over the weights evenly rather than by chance, so that a
/// short script has the same shape as a long one.
pub(super) fn times(count: usize, hours: &Hours, random: &mut Random) -> Vec<i64> {
    let slots: Vec<(i64, u64)> = (hours.start..hours.end)
        .step_by(HOUR as usize)
        .map(|at| (at, weight(at, count, hours)))
        .collect();
    let total: u64 = slots.iter().map(|slot| slot.1).sum();
    let mut times = Vec::with_capacity(count);
    let (mut slot, mut before) = (0, 0);
    for index in 0..count as u64 {
        let step = total / count as u64;
        let target = index * step + random.below(step as usize) as u64;
        while slot + 1 < slots.len() && before + slots[slot].1 <= target {
            before += slots[slot].1;
            slot += 1;
        }
        let (start, weight) = slots[slot];
        let part = (target - before).min(weight) as i64 * HOUR / weight.max(1) as i64;
        times.push((start + part).min(hours.end - 60));
    }
    times.sort_unstable();
    times
}

fn weight(at: i64, count: usize, hours: &Hours) -> u64 {
    let local = hours.local(at);
    let day = DAY_WEIGHTS[local.weekday().to_monday_zero_offset() as usize];
    let hour = HOUR_WEIGHTS[local.hour() as usize];
    let weeks_ago = (hours.end - at - 1) / (7 * 24 * HOUR);
    let week = if count >= FULL_SHOP {
        100
    } else {
        WEEK_WEIGHTS[(weeks_ago as usize).min(WEEK_WEIGHTS.len() - 1)]
    };
    day * hour * week * 1_000 // fine enough for a hundred thousand tickets
}
