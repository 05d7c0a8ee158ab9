//! Erlang's formulas against published and independently computed values.

use candor_staffing::StaffingError;
use candor_staffing::erlang::{
    Impatient, agents_for, blocking, delay, garnett, gross_staff, halfin_whitt, square_root_staff,
};

fn close(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() <= tolerance,
        "found {found}, expected {expected} within {tolerance}"
    );
}

#[test]
fn erlang_b_and_c_agree_with_the_tables() {
    // load, agents, B, C, ASA/AHT; pyworkforce 0.5.1 and the R package ErlangC
    for (load, agents, b, c, asa) in [
        (1.0, 2, 0.200_000_000, 0.333_333_333, 0.333_333_333),
        (2.0, 4, 0.095_238_095, 0.173_913_043, 0.086_956_522),
        (5.0, 7, 0.120_518_635, 0.324_149_949, 0.162_074_975),
        (10.0, 12, 0.119_739_188, 0.449_388_224, 0.224_694_112),
        (10.0, 14, 0.056_819_143, 0.174_131_934, 0.043_532_983),
        (20.0, 24, 0.066_096_717, 0.298_072_300, 0.074_518_075),
        (100.0, 110, 0.027_463_448, 0.237_007_500, 0.023_700_750),
    ] {
        let found = delay(load, agents).unwrap();
        close(found.blocking, b, 6e-10);
        close(found.waiting, c, 6e-10);
        close(found.asa_over_aht, asa, 6e-10);
    }
}

#[test]
fn a_hundred_calls_in_half_an_hour_need_fourteen_people() {
    let fourteen = delay(10.0, 14).unwrap();
    close(
        fourteen.service_level(180.0, 20.0).unwrap(),
        0.888_350_019_2,
        1e-9,
    );
    close(fourteen.waiting, 0.174_131_933_6, 1e-9);
    close(fourteen.asa_over_aht * 180.0, 7.835_937_01, 1e-7);
    close(fourteen.occupancy, 0.714_286, 1e-6);
    let thirteen = delay(10.0, 13).unwrap();
    close(
        thirteen.service_level(180.0, 20.0).unwrap(),
        0.795_594_788_4,
        1e-9,
    );
    assert_eq!(agents_for(10.0, 180.0, 20.0, 0.8), Ok(14));
    assert_eq!(gross_staff(14, 0.3), Ok(20));
}

#[test]
fn the_least_team_for_a_service_level() {
    // arrivals an hour, AHT and limit in minutes, goal, agents, level reached
    for (arrivals, aht, within, goal, agents, level) in [
        (20.0, 10.0, 5.0, 0.8, 5, 0.858_030_116_1),
        (12.0, 15.0, 30.0, 0.9, 4, 0.931_055_610_4),
        (240.0, 4.0, 0.5, 0.9, 21, 0.908_528_298_5),
    ] {
        let load = arrivals * aht / 60.0;
        assert_eq!(agents_for(load, aht, within, goal), Ok(agents));
        let reached = delay(load, agents).unwrap().service_level(aht, within);
        close(reached.unwrap(), level, 1e-9);
    }
}

#[test]
fn a_desk_whose_customers_give_up() {
    let desk = Impatient {
        arrivals: 48.0,
        service_rate: 1.0,
        patience_rate: 0.5,
        agents: 50,
    };
    let found = desk.solve().unwrap();
    close(found.abandon, 0.030_912, 5e-7);
    close(found.mean_wait * 60.0, 3.7095, 5e-5);
    close(found.waiting, 0.467_774, 5e-7);
    close(found.utilisation, 0.9303, 5e-5);
    let patient = delay(48.0, 50).unwrap();
    close(patient.asa_over_aht * 60.0, 20.834, 5e-4);
    close(patient.wait_quantile(60.0, 0.9).unwrap(), 58.139, 5e-4);
    close(patient.queue_length, 16.667, 5e-4);
    close(patient.waiting, 0.694_456, 5e-7);
}

#[test]
fn erlang_a_agrees_with_two_more_published_desks() {
    let full = Impatient {
        arrivals: 10.0,
        service_rate: 1.0,
        patience_rate: 0.5,
        agents: 10,
    };
    let found = full.solve().unwrap();
    close(found.abandon, 0.103_913_21, 5e-9);
    close(found.waiting, 0.619_655_23, 5e-9);
    let third = 1.0 / 3.0;
    let calls = Impatient {
        arrivals: 10.0 * third,
        service_rate: third,
        patience_rate: third,
        agents: 14,
    };
    let found = calls.solve().unwrap();
    close(found.waiting, 0.135_535_58, 5e-9);
    close(found.abandon, 0.018_693_72, 5e-9);
    close(calls.answered_within(third).unwrap(), 0.925_559_79, 5e-9);
    let ever = calls.answered_within(1e6).unwrap();
    close(ever, 1.0 - found.abandon, 1e-12);
}

#[test]
fn endless_patience_is_erlang_c() {
    let nearly = Impatient {
        arrivals: 8.0,
        service_rate: 1.0,
        patience_rate: 1e-9,
        agents: 10,
    };
    let never = Impatient {
        patience_rate: 0.0,
        ..nearly
    };
    let (nearly, never) = (nearly.solve().unwrap(), never.solve().unwrap());
    close(nearly.waiting, never.waiting, 1e-7);
    close(nearly.mean_wait, never.mean_wait, 1e-6);
    close(never.waiting, delay(8.0, 10).unwrap().waiting, 0.0);
}

#[test]
fn halfin_and_whitt_give_the_limit() {
    for (beta, alpha) in [
        (0.25, 0.720_932),
        (0.5, 0.504_539),
        (1.0, 0.223_361),
        (1.5, 0.084_690),
        (2.0, 0.026_881),
    ] {
        close(halfin_whitt(beta).unwrap(), alpha, 6e-7);
    }
    close(delay(100.0, 110).unwrap().waiting, 0.237_008, 6e-7);
    close(
        delay(9900.5, 10_000).unwrap().waiting,
        halfin_whitt(1.0).unwrap(),
        2e-3,
    );
    assert_eq!(square_root_staff(100.0, 0.223_362), Ok(110));
}

#[test]
fn garnett_gives_the_limit_of_impatient_desks() {
    for agents in [9_900, 10_000, 10_100] {
        let desk = Impatient {
            arrivals: 1e4,
            service_rate: 1.0,
            patience_rate: 0.5,
            agents,
        };
        let beta = (agents as f64 - 1e4) / 100.0;
        close(
            desk.solve().unwrap().waiting,
            garnett(beta, 1.0, 0.5).unwrap(),
            5e-3,
        );
    }
}

#[test]
fn ten_thousand_servers_and_hopeless_overload_stay_finite() {
    close(
        blocking(10_000.0, 10_000).unwrap(),
        0.007_936_563_248_8,
        1e-12,
    );
    let critical = delay(9_999.999, 10_000).unwrap();
    assert!(critical.waiting > 0.999 && critical.waiting < 1.0);
    let flood = Impatient {
        arrivals: 1e6,
        service_rate: 1.0,
        patience_rate: 0.01,
        agents: 10_000,
    };
    let found = flood.solve().unwrap();
    close(found.abandon, 0.99, 1e-9);
    close(found.utilisation, 1.0, 1e-12);
    close(flood.answered_within(1e3).unwrap(), 0.01, 1e-9);
    close(flood.answered_within(100.0).unwrap(), 0.0, 1e-9);
}

#[test]
fn an_overloaded_desk_is_named_with_the_least_team_that_is_not() {
    let refusal = delay(10.0, 10).unwrap_err();
    assert_eq!(
        refusal,
        StaffingError::Unstable {
            load: 10.0,
            servers: 10,
            least: 11
        }
    );
    assert_eq!(
        refusal.to_string(),
        "unstable: an offered load of 10 erlangs is more than 10 can carry; the least that is stable is 11"
    );
    assert!(delay(f64::NAN, 3).is_err());
    assert!(delay(-1.0, 3).is_err());
    assert!(delay(1.0, 0).is_err());
    assert!(gross_staff(10, 1.0).is_err());
    assert!(halfin_whitt(f64::NAN).is_err());
    let endless = Impatient {
        arrivals: 5.0,
        service_rate: 1.0,
        patience_rate: 0.0,
        agents: 4,
    };
    assert!(matches!(
        endless.solve(),
        Err(StaffingError::Unstable { least: 6, .. })
    ));
}
