//! Intervals, tolerance bounds, tails and the fluid backlog, against computed values.

use candor_staffing::backlog::{Backlog, Stretch, pace};
use candor_staffing::statistics::{
    Alarm, binomial_at_least, dispersion_index, poisson_at_least, surge, tolerance_rank, wilson,
};
use proptest::prelude::*;

fn close(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "found {found}, expected {expected} within {tolerance}"
    );
}

#[test]
fn fifty_nine_observations_are_needed_before_anything_is_promised() {
    for (n, share, rank) in [
        (58, 0.95, None),
        (59, 0.95, Some(59)),
        (92, 0.95, Some(92)),
        (93, 0.95, Some(92)),
        (100, 0.95, Some(99)),
        (200, 0.95, Some(196)),
        (500, 0.95, Some(484)),
        (28, 0.9, None),
        (29, 0.9, Some(29)),
        (45, 0.9, Some(45)),
        (46, 0.9, Some(45)),
        (100, 0.9, Some(96)),
        (0, 0.9, None),
    ] {
        assert_eq!(
            tolerance_rank(n, share, 0.95),
            Ok(rank),
            "n = {n}, share = {share}"
        );
    }
}

#[test]
fn wilson_is_honest_at_the_edges() {
    for (hits, trials, low, high) in [
        (90, 100, 0.825_634, 0.944_771),
        (950, 1000, 0.934_686, 0.961_870),
        (0, 10, 0.0, 0.277_533),
        (10, 10, 0.722_467, 1.0),
    ] {
        let found = wilson(hits, trials, 0.95).unwrap();
        close(found.low, low, 6e-7);
        close(found.high, high, 6e-7);
    }
    assert!(wilson(0, 0, 0.95).is_err());
    assert!(wilson(3, 2, 0.95).is_err());
    assert!(wilson(1, 2, 1.0).is_err());
}

#[test]
fn a_surge_is_amber_and_then_red() {
    let (chance, alarm) = surge(18, 9.2).unwrap();
    close(chance, 0.0066, 5e-5);
    assert_eq!(alarm, Alarm::Amber);
    let (chance, alarm) = surge(21, 9.2).unwrap();
    close(chance, 0.00058, 5e-6);
    assert_eq!(alarm, Alarm::Red);
    assert_eq!(surge(10, 9.2).unwrap().1, Alarm::None);
    assert_eq!(surge(0, 0.0).unwrap(), (1.0, Alarm::None));
}

#[test]
fn counts_that_scatter_more_than_chance_are_noticed() {
    let even = dispersion_index(&[10, 10, 10, 10]).unwrap();
    let wild = dispersion_index(&[2, 20, 3, 15]).unwrap();
    close(even, 0.0, 1e-12);
    assert!(wild > 1.3);
    assert_eq!(dispersion_index(&[7]), None);
    assert_eq!(dispersion_index(&[0, 0]), None);
}

#[test]
fn forty_waiting_at_nine() {
    let capacity = pace(3.0, 15.0, 0.85).unwrap();
    close(capacity, 10.2, 1e-12);
    let day = Stretch {
        from: 9.0,
        to: 18.0,
        arrivals: 10.0,
        capacity,
    };
    let backlog = Backlog::new(40.0, vec![day]).unwrap();
    let noon = backlog.verdict(12.0, 4.0).unwrap().unwrap();
    close(
        noon.starts,
        15.0 + 51.0 / 60.0 + 46.0 / 3600.0,
        0.5 / 3600.0,
    );
    close(noon.wait, 3.863, 5e-4);
    close(noon.margin * 60.0, 8.0, 0.5);
    assert!(noon.kept && !noon.robust);
    close(backlog.at(18.0).unwrap(), 38.2, 1e-9);
    assert_eq!(backlog.start_of(18.0).unwrap(), None);
    assert!(backlog.at(19.0).is_err());
}

#[test]
fn an_empty_heap_saves_no_capacity_for_later() {
    let calm = Stretch {
        from: 0.0,
        to: 5.0,
        arrivals: 0.0,
        capacity: 10.0,
    };
    let busy = Stretch {
        from: 5.0,
        to: 10.0,
        arrivals: 20.0,
        capacity: 10.0,
    };
    let backlog = Backlog::new(10.0, vec![calm, busy]).unwrap();
    close(backlog.at(6.0).unwrap(), 10.0, 1e-12);
    assert_eq!(backlog.start_of(6.0), Ok(Some(7.0)));
    assert!(Backlog::new(0.0, vec![busy, calm]).is_err());
}

proptest! {
    #[test]
    fn tails_agree_with_sums(count in 0_u64..60, trials in 1_u64..60, share in 0.0..=1.0_f64) {
        let mut point = (1.0 - share).powi(trials as i32);
        let mut below = 0.0;
        for k in 0..count.min(trials + 1) {
            below += point;
            point *= (trials - k) as f64 / (k + 1) as f64 * share / (1.0 - share);
        }
        prop_assume!(share < 0.999);
        let found = binomial_at_least(count, trials, share).unwrap();
        prop_assert!((found - (1.0 - below)).abs() < 1e-9, "{found} {below}");
    }

    #[test]
    fn a_larger_count_is_never_likelier(count in 0_u64..400, mean in 0.0..300.0_f64) {
        let (this, next) = (poisson_at_least(count, mean).unwrap(), poisson_at_least(count + 1, mean).unwrap());
        prop_assert!(next <= this + 1e-12 && this <= 1.0 && next >= 0.0);
    }
}
