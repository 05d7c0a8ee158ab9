//! When no mail is too little mail.
//!
//! Owns: what is usual by hour of the week, and from when on nothing at all cannot be chance.
//! Must not know: mailboxes, storage, the current time.
//!
//! Mails are taken to come as a Poisson process whose rate depends on the hour of the week: with
//! `m` mails expected, none comes with probability `exp(-m)` (the tail of the Poisson distribution
//! at zero). Every mail begins a new stretch that may stay silent; at `r` mails an hour, stretches
//! of `m` or more expected mails therefore happen by chance `r * exp(-m)` times an hour. An alarm
//! is given from `m = ln(r * 10,000)` on, which is at most one false alarm in 10,000 hours.
//!
//! Real mail comes in bursts. The expected number is divided by the dispersion, Pearson's
//! chi-square over its degrees of freedom ("Generalized Linear Models", 2nd edition, 1989, section
//! 9.2.4), where that is above one.

/// Hours of a week.
pub const HOURS: usize = 168;
/// Weeks that are looked back.
pub const WEEKS: i64 = 8;
/// Weeks below which nobody knows what is usual.
pub const FEWEST_WEEKS: i64 = 3;
/// Hours among which at most one false alarm falls.
const HOURS_TO_A_FALSE_ALARM: f64 = 10_000.0;
/// Longest silence that is looked at, in hours. Nobody wants to hear of it later than that.
pub const LONGEST: i64 = 72;

/// How many mails usually come in each hour of the week.
#[derive(Debug, Clone, PartialEq)]
pub struct UsualMail {
    /// Mails in each hour of the week, the first of which is the hour of the week 0.
    rates: Vec<f64>,
    /// How much more mails bunch than chance alone lets them; 1 or more.
    dispersion: f64,
}

impl UsualMail {
    /// Counts what is usual from the mails of past hours: `(hour, mails)`, hours counted since the
    /// epoch, hours without mail left out. `first` is the first hour that was watched at all, `now`
    /// the hour that has just begun. `None` where that is less than three weeks.
    pub fn of(hours: &[(i64, i64)], first: i64, now: i64) -> Option<Self> {
        let week = HOURS as i64;
        let from = first.max(now - WEEKS * week);
        let weeks = (now - from) / week;
        if weeks < FEWEST_WEEKS || now <= first {
            return None;
        }
        let from = now - weeks * week;
        let known = hours.iter().filter(|(hour, _)| (from..now).contains(hour));
        let mut sums = vec![0_i64; HOURS];
        let mut squares = vec![0_i64; HOURS];
        for (hour, mails) in known {
            let place = usize::try_from(hour.rem_euclid(week)).unwrap_or_default();
            sums[place] += mails;
            squares[place] += mails * mails;
        }
        let rates: Vec<f64> = sums.iter().map(|sum| *sum as f64 / weeks as f64).collect();
        let cells = rates.iter().zip(&squares).filter(|(rate, _)| **rate > 0.0);
        let (chi, freedom) = cells.fold((0.0, 0.0), |(chi, freedom), (rate, squares)| {
            let spread = *squares as f64 - weeks as f64 * rate * rate;
            (chi + spread / rate, freedom + (weeks - 1) as f64)
        });
        let dispersion = if freedom > 0.0 { chi / freedom } else { 1.0 };
        Some(Self {
            rates,
            dispersion: dispersion.max(1.0),
        })
    }

    /// Mails that usually come between two instants, in microseconds since the epoch.
    pub fn between(&self, from_us: i64, to_us: i64) -> f64 {
        let mut mails = 0.0;
        let mut at = from_us;
        while at < to_us {
            let hour = at.div_euclid(HOUR_US);
            let end = ((hour + 1) * HOUR_US).min(to_us);
            let place = usize::try_from(hour.rem_euclid(HOURS as i64)).unwrap_or_default();
            mails += self.rates[place] * (end - at) as f64 / HOUR_US as f64;
            at = end;
        }
        mails
    }

    /// Mails that usually come in a week.
    pub fn of_a_week(&self) -> f64 {
        self.rates.iter().sum()
    }

    /// Whether nothing at all since an instant cannot be chance.
    pub fn is_too_quiet(&self, since_us: i64, now_us: i64) -> bool {
        let since = since_us.max(now_us - LONGEST * HOUR_US);
        self.between(since, now_us) / self.dispersion >= self.least()
    }

    /// Whether a silence would ever be noticed within the longest time that anybody looks at.
    pub fn can_tell(&self) -> bool {
        let in_three_days = self.of_a_week() * LONGEST as f64 / HOURS as f64;
        in_three_days / self.dispersion >= self.least()
    }

    /// The expected mails from which on silence is no chance.
    fn least(&self) -> f64 {
        let busiest = self.rates.iter().copied().fold(1.0, f64::max);
        (busiest * HOURS_TO_A_FALSE_ALARM).ln()
    }
}

/// Microseconds of an hour.
pub const HOUR_US: i64 = 3_600_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    /// Five mails in each hour from 8 to 18 on five days of the week, for some weeks.
    fn shop(weeks: i64) -> Vec<(i64, i64)> {
        (0..weeks * 7 * 24)
            .filter(|hour| (8..18).contains(&(hour % 24)) && (hour / 24) % 7 < 5)
            .map(|hour| (hour, 5))
            .collect()
    }

    fn hours(hours: i64) -> i64 {
        hours * HOUR_US
    }

    #[test]
    fn a_silent_morning_is_noticed_and_a_silent_night_is_not() {
        let now = 8 * 168;
        let usual = UsualMail::of(&shop(8), 0, now).unwrap();
        let monday = now;
        assert!((usual.of_a_week() - 250.0).abs() < 1e-9);
        assert!(
            !usual.is_too_quiet(hours(monday - 54), hours(monday + 7)),
            "a weekend"
        );
        assert!(
            !usual.is_too_quiet(hours(monday + 8), hours(monday + 10)),
            "ten expected"
        );
        assert!(
            usual.is_too_quiet(hours(monday + 8), hours(monday + 11)),
            "fifteen expected"
        );
        assert!(usual.can_tell());
    }

    #[test]
    fn mail_that_comes_in_bursts_is_given_more_time() {
        let mut bursts = shop(8);
        for (hour, mails) in &mut bursts {
            *mails = if (*hour / 168) % 2 == 0 { 10 } else { 0 };
        }
        let now = 8 * 168;
        let even = UsualMail::of(&shop(8), 0, now).unwrap();
        let bunched = UsualMail::of(&bursts, 0, now).unwrap();
        assert!((even.of_a_week() - bunched.of_a_week()).abs() < 1e-9);
        assert!(even.is_too_quiet(hours(now + 8), hours(now + 12)));
        assert!(!bunched.is_too_quiet(hours(now + 8), hours(now + 12)));
    }

    #[test]
    fn too_short_a_history_and_too_little_mail_are_said_to_be_so() {
        assert_eq!(UsualMail::of(&shop(2), 0, 2 * 168), None);
        let few = [(8_i64, 1_i64), (176, 1)];
        assert!(!UsualMail::of(&few, 0, 8 * 168).unwrap().can_tell());
    }

    /// A year of chance, drawn by a small generator: the rate of false alarms holds.
    #[test]
    fn chance_alone_raises_at_most_one_alarm_in_ten_thousand_hours() {
        let mut state = 7_u64;
        let mut random = move || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64
        };
        let usual = UsualMail::of(
            &(0..1_344).map(|hour| (hour, 3)).collect::<Vec<_>>(),
            0,
            1_344,
        );
        let usual = usual.unwrap();
        let (mut at, mut alarms) = (0.0_f64, 0);
        let total = 200_000.0;
        while at < total {
            let gap = -(1.0 - random()).ln() / 3.0;
            let (from, to) = (at * HOUR_US as f64, (at + gap) * HOUR_US as f64);
            alarms += i64::from(usual.is_too_quiet(from as i64, to as i64));
            at += gap;
        }
        assert!(alarms <= 40, "{alarms} in 200,000 hours; 20 are expected");
    }
}
