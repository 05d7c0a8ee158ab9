//! Priorities by formula, against published values and the conservation law.

use candor_staffing::StaffingError;
use candor_staffing::priority::{
    Accumulating, Class, accumulating_waits, cobham, cobham_single_server, dilution,
    effective_levels, longer, quota,
};
use proptest::prelude::*;

fn close(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "found {found}, expected {expected} within {tolerance}"
    );
}

fn all_close(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        close(*found, *expected, 6e-7);
    }
}

#[test]
fn cobham_for_one_server_and_for_five() {
    let one = cobham(1, 1.0, &[0.3, 0.5]).unwrap();
    all_close(&one.waits, &[1.142_857, 5.714_286]);
    close(one.fifo, 4.0, 1e-12);
    let five = cobham(5, 1.0, &[0.5, 1.5, 2.5]).unwrap();
    all_close(&five.waits, &[0.169_443, 0.282_405, 2.541_644]);
    close(five.fifo, 1.524_986, 6e-7);
}

#[test]
fn a_support_desk_of_five() {
    // 22.5 tickets an hour, 10/30/60 %, AHT 12 min; rates per minute, waits in minutes
    let arrivals = [0.1, 0.3, 0.6].map(|share| share * 22.5 / 60.0);
    let found = cobham(5, 1.0 / 12.0, &arrivals).unwrap();
    all_close(&found.waits, &[2.010_971, 3.142_142, 28.593_496]);
    close(found.fifo, 18.299_837, 6e-7);
}

#[test]
fn handle_times_of_any_shape() {
    let fixed = Class {
        arrivals: 1.0,
        mean: 0.25,
        second_moment: 0.0625,
    };
    let exponential = Class {
        arrivals: 2.0,
        mean: 0.25,
        second_moment: 0.125,
    };
    let found = cobham_single_server(&[fixed, exponential]).unwrap();
    all_close(&found.waits, &[0.208_333, 0.833_333]);
    let found = cobham_single_server(&[exponential, fixed]).unwrap();
    all_close(&found.waits, &[0.3125, 1.25]);
    // each class takes its own fixed time
    let shortest_first =
        [(0.8, 1.0 / 60.0), (0.1, 1.0 / 12.0), (0.1, 1.0)].map(|(share, mean)| Class {
            arrivals: 8.0 * share,
            mean,
            second_moment: mean * mean,
        });
    let found = cobham_single_server(&shortest_first).unwrap();
    all_close(&found.waits, &[0.451_866, 0.546_612, 18.311_492]);
    close(found.fifo, 15.1375, 1e-9);
}

#[test]
fn priority_that_grows_with_waiting() {
    let classes = |shares: &[f64], rates: &[f64]| -> Vec<Accumulating> {
        shares
            .iter()
            .zip(rates)
            .map(|(&utilisation, &rate)| Accumulating { utilisation, rate })
            .collect()
    };
    let waits =
        |shares: &[f64], rates: &[f64]| accumulating_waits(0.9, &classes(shares, rates)).unwrap();
    all_close(&waits(&[0.45, 0.45], &[1.0, 2.0]), &[11.612_903, 6.387_097]);
    all_close(&waits(&[0.45, 0.45], &[1.0, 1.0]), &[9.0, 9.0]);
    all_close(&waits(&[0.45, 0.45], &[1.0, 1e9]), &[16.363_636, 1.636_364]);
    all_close(
        &waits(&[0.54, 0.27, 0.09], &[1.0, 3.0, 8.0]),
        &[12.141_653, 4.904_906, 2.435_366],
    );
    // the order in which classes are named does not matter
    all_close(
        &waits(&[0.09, 0.54, 0.27], &[8.0, 1.0, 3.0]),
        &[2.435_366, 12.141_653, 4.904_906],
    );
}

#[test]
fn everything_urgent_is_nothing_urgent() {
    for (share, expected) in [
        (0.05, 0.104_712),
        (0.1, 0.109_890),
        (0.2, 0.121_951),
        (0.5, 0.181_818),
        (0.7, 0.270_270),
        (0.9, 0.526_316),
        (1.0, 1.0),
    ] {
        close(dilution(0.9, share).unwrap(), expected, 6e-7);
    }
    let week = dilution(0.9, 0.41).unwrap() / dilution(0.9, 0.08).unwrap();
    close(week, 1.47, 5e-3);
    close(effective_levels(&[0.25; 4]).unwrap(), 4.0, 1e-12);
    close(
        effective_levels(&[0.05, 0.15, 0.5, 0.3]).unwrap(),
        3.133_404,
        6e-7,
    );
    close(
        effective_levels(&[0.9, 0.05, 0.03, 0.02]).unwrap(),
        1.534_260,
        6e-7,
    );
    let (usual, unusual) = (
        quota(15, 200, 0.05, 0.05).unwrap(),
        quota(18, 200, 0.05, 0.05).unwrap(),
    );
    close(usual.chance, 0.078, 5e-4);
    close(unusual.chance, 0.0121, 5e-5);
    assert!(!usual.alarm && unusual.alarm);
}

#[test]
fn what_cannot_be_answered_is_refused() {
    let overloaded = cobham(5, 1.0, &[3.0, 2.5]).unwrap_err();
    assert!(matches!(
        overloaded,
        StaffingError::Unstable { least: 6, .. }
    ));
    assert!(cobham(5, 0.0, &[1.0]).is_err());
    assert!(cobham(5, 1.0, &[]).is_err());
    assert!(cobham(5, 1.0, &[f64::NAN]).is_err());
    assert!(dilution(1.0, 0.5).is_err());
    assert!(effective_levels(&[0.0, 0.0]).is_err());
    assert!(quota(3, 2, 0.05, 0.05).is_err());
}

proptest! {
    #[test]
    fn no_order_creates_capacity(
        loads in proptest::collection::vec(0.01..0.24_f64, 1..5),
        rates in proptest::collection::vec(0.1..50.0_f64, 4),
    ) {
        let used: f64 = loads.iter().sum();
        let conserved = used * used / (1.0 - used); // rho W0 / (1 - rho), W0 = rho for M/M/1
        let strict = cobham(1, 1.0, &loads).unwrap();
        let weigh = |waits: &[f64]| -> f64 { loads.iter().zip(waits).map(|(load, wait)| load * wait).sum() };
        prop_assert!((weigh(&strict.waits) - conserved).abs() < 1e-9 * conserved.max(1.0));
        let classes: Vec<Accumulating> = loads
            .iter()
            .zip(&rates)
            .map(|(&utilisation, &rate)| Accumulating { utilisation, rate })
            .collect();
        let growing = accumulating_waits(used, &classes).unwrap();
        prop_assert!((weigh(&growing) - conserved).abs() < 1e-9 * conserved.max(1.0));
    }
}

#[test]
fn urgent_waits_longer_when_more_is_called_urgent() {
    // 41 % instead of 8 % at rho 0.9: D rises from .108 to .158, the wait by 47 %.
    close(longer(0.9, 0.41, 0.08).unwrap(), 0.4707, 1e-4);
    close(longer(0.9, 0.08, 0.08).unwrap(), 0.0, 1e-12);
    assert!(longer(0.9, 0.02, 0.08).unwrap() < 0.0);
    assert!(longer(1.0, 0.1, 0.1).is_err());
}
