//! The simulation against the formulas that hold for it, and against two published studies.

use candor_staffing::StaffingError;
use candor_staffing::erlang::{Impatient, delay};
use candor_staffing::order::Rule;
use candor_staffing::priority::cobham;
use candor_staffing::simulate::scenario::{Handle, Length, Shape};
use candor_staffing::simulate::{
    Hours, NamedRule, Priority, Roster, RunResult, Scenario, SimulationReport, Steps, Stream, file,
    measure, simulate, simulate_text,
};

const SHOP: &str = include_str!("../../../docs/staffing/demo-shop.toml");
const FIVE: &str = include_str!("../../../docs/staffing/five-people.toml");
const MANUAL: &str = include_str!("../../../docs/staffing.md");

fn near(found: f64, expected: f64, part: f64, what: &str) {
    assert!(
        (found / expected - 1.0).abs() <= part,
        "{what}: found {found}, expected {expected} within {:.0} %",
        100.0 * part
    );
}

fn result<'a>(report: &'a SimulationReport, roster: &str, rule: &str) -> &'a RunResult {
    let found = report.rosters.iter().find(|found| found.name == roster);
    &found.expect("the roster is in the file").rules[rule]
}

/// A desk around the clock, rates per minute; one priority per share.
fn desk(people: usize, per_minute: f64, shares: &[f64], rules: &[Rule]) -> Scenario {
    let priority = |(place, share): (usize, &f64)| Priority {
        name: format!("P{}", place + 1),
        share: *share,
        target: 10.0,
        weight: 10.0 - place as f64,
    };
    Scenario {
        name: "desk".to_owned(),
        seed: 3,
        length: Length::Tickets(400_000),
        warm_up: 0.02,
        hours: Hours::always(),
        arrivals: vec![60.0 * per_minute; 168],
        handle: Handle {
            mean: 1.0,
            shape: Shape::Exponential,
            efficiency: 1.0,
        },
        patience: None,
        priorities: shares.iter().enumerate().map(priority).collect(),
        rosters: vec![Roster {
            name: "all".to_owned(),
            people: Steps::always(people),
        }],
        rules: rules
            .iter()
            .map(|rule| NamedRule {
                name: rule.name().to_owned(),
                rule: *rule,
            })
            .collect(),
    }
}

#[expect(clippy::approx_constant, reason = "a measured 0.318 is not 1/pi")]
#[test]
fn five_people_lose_what_the_published_table_says() {
    let report = simulate_text(FIVE, None).unwrap();
    let table = [
        ("fifo", 59.6, 0.861, 8.0),
        ("fraction", 47.0, 0.429, 10.6),
        ("edf", 44.9, 0.627, 8.5),
        ("apq", 19.5, 0.299, 12.9),
        ("strict", 13.7, 0.318, 14.4),
        ("atc", 13.2, 0.299, 14.0),
        ("atc_capped", 9.8, 0.411, 11.3),
        ("atc_demoted", 1.3, 0.447, 123.0),
    ];
    let mut before = f64::INFINITY;
    for (rule, breach, tardiness, longest) in table {
        let found = result(&report, "five", rule);
        near(found.weighted_breach_percent, breach, 0.15, rule);
        near(found.weighted_tardiness_hours, tardiness, 0.15, rule);
        near(found.max_wait_hours, longest, 0.15, rule);
        assert!(
            found.weighted_breach_percent < before,
            "{rule} is out of rank"
        );
        before = found.weighted_breach_percent;
    }
}

#[test]
fn with_four_of_five_urgent_order_stops_helping() {
    let mut scenario = file::read(FIVE).unwrap();
    for (priority, share) in scenario.priorities.iter_mut().zip([0.8, 0.15, 0.05]) {
        priority.share = share;
    }
    let report = simulate(&scenario);
    near(
        result(&report, "five", "strict").weighted_breach_percent,
        26.3,
        0.15,
        "strict",
    );
    near(
        result(&report, "five", "edf").weighted_breach_percent,
        73.2,
        0.15,
        "edf",
    );
}

#[test]
fn promises_that_can_be_kept_are_kept_by_every_weighted_rule() {
    let mut scenario = file::read(FIVE).unwrap();
    for (priority, hours) in scenario.priorities.iter_mut().zip([1.0, 4.0, 8.0]) {
        priority.target = 60.0 * hours;
    }
    let busy = simulate(&scenario);
    let lost = |rule| result(&busy, "five", rule).weighted_breach_percent;
    assert!(lost("fifo") > lost("edf") && lost("edf") > lost("strict"));
    assert!(lost("strict") > lost("atc") && lost("atc") > lost("atc_capped"));
    assert!(lost("edf") < 2.0 && lost("atc_capped") < 0.2);
    scenario.arrivals = vec![22.5; 168];
    let calm = simulate(&scenario);
    for rule in ["apq", "strict", "atc", "atc_capped", "atc_demoted"] {
        assert!(
            result(&calm, "five", rule).weighted_breach_percent < 0.005,
            "{rule}"
        );
    }
}

#[test]
fn the_demo_shop_keeps_what_the_published_study_says() {
    let report = simulate_text(SHOP, None).unwrap();
    // roster, rule, P1/P2/P3 kept in percent, weighted breaches in percent
    let table = [
        ("R1", "fifo", [32.0, 72.0, 96.0], 32.4),
        ("R1", "strict", [99.0, 100.0, 86.0], 4.88),
        ("R1", "edf", [90.0, 93.0, 91.0], 8.70),
        ("R1", "atc", [99.0, 98.0, 90.0], 4.35),
        ("R2", "fifo", [39.0, 71.0, 95.0], 31.1),
        ("R2", "strict", [99.0, 100.0, 84.0], 5.35),
        ("R2", "edf", [89.0, 93.0, 89.0], 9.57),
        ("R2", "atc", [99.0, 98.0, 88.0], 4.75),
        ("R3", "fifo", [54.0, 85.0, 99.0], 19.9),
        ("R3", "strict", [100.0, 100.0, 95.0], 1.50),
        ("R3", "edf", [97.0, 98.0, 98.0], 2.31),
        ("R3", "atc", [100.0, 99.0, 97.0], 1.10),
        ("R4", "fifo", [52.0, 90.0, 100.0], 18.4),
        ("R4", "strict", [99.0, 100.0, 99.0], 0.80),
        ("R4", "edf", [99.0, 100.0, 100.0], 0.81),
        ("R4", "atc", [99.0, 100.0, 99.0], 0.53),
        ("R5", "fifo", [59.0, 92.0, 100.0], 15.8),
        ("R5", "strict", [99.0, 100.0, 99.0], 0.66),
        ("R5", "edf", [99.0, 100.0, 100.0], 0.59),
        ("R5", "atc", [99.0, 100.0, 100.0], 0.43),
    ];
    for (roster, rule, kept, breach) in table {
        let found = result(&report, roster, rule);
        near(
            found.weighted_breach_percent,
            breach,
            0.15,
            &format!("{roster} {rule}"),
        );
        for (class, kept) in found.priorities.iter().zip(kept) {
            let distance = (100.0 * class.attainment - kept).abs();
            assert!(
                distance <= 1.6,
                "{roster} {rule} {}: {} for {kept}",
                class.name,
                class.attainment
            );
        }
    }
    for (roster, hours) in [
        ("R1", 118.0),
        ("R2", 139.0),
        ("R3", 122.0),
        ("R4", 148.0),
        ("R5", 184.0),
    ] {
        let found = report
            .rosters
            .iter()
            .find(|found| found.name == roster)
            .unwrap();
        assert!((found.hours_per_week - hours).abs() < 1e-9, "{roster}");
    }
    near(report.arrived_closed, 0.515, 0.01, "arrived closed");
}

#[test]
fn seventeen_hours_less_in_the_right_place_keep_more() {
    let mut scenario = file::read(SHOP).unwrap();
    scenario
        .rosters
        .retain(|roster| roster.name == "R2" || roster.name == "R3");
    let report = simulate(&scenario);
    for rule in ["fifo", "strict", "edf", "atc", "atc_capped"] {
        let (flat, placed) = (result(&report, "R2", rule), result(&report, "R3", rule));
        assert!(
            placed.weighted_breach_percent < flat.weighted_breach_percent / 1.4,
            "{rule}"
        );
    }
    let published = |roster: &str| -> Vec<Option<f64>> {
        let classes = &result(&report, roster, "atc").priorities;
        classes
            .iter()
            .map(|class| class.publishable.map(|promise| promise.hours))
            .collect()
    };
    assert_eq!(published("R2"), [Some(1.0), Some(4.0), Some(18.0)]);
    assert_eq!(published("R3"), [Some(0.5), Some(4.0), Some(9.0)]);
}

#[test]
fn the_weekend_leaves_ninety_tickets_for_monday() {
    let rates = file::read(SHOP).unwrap().arrivals;
    let weekend: f64 = rates[5 * 24 + 14..].iter().chain(&rates[..9]).sum();
    assert!((weekend - 90.7).abs() < 0.05, "{weekend}");
    assert!((rates.iter().sum::<f64>() - 450.0).abs() < 1e-9);
}

#[test]
fn the_hours_that_break_first_are_named() {
    let mut scenario = file::read(SHOP).unwrap();
    scenario.length = Length::Weeks(100.0);
    scenario.rosters.retain(|roster| roster.name == "R1");
    let report = simulate(&scenario);
    let worst = &result(&report, "R1", "fifo").worst_hours;
    assert_eq!((worst[0].day, worst.len()), ("Mon", 3));
    assert!(
        worst
            .windows(2)
            .all(|pair| pair[0].part_percent >= pair[1].part_percent)
    );
    assert!(worst[0].late_percent > 40.0 && worst[0].part_percent < 20.0);
}

#[test]
fn a_history_becomes_a_scenario_again() {
    let mut scenario = file::read(SHOP).unwrap();
    scenario.length = Length::Weeks(52.0);
    let mut weeks = vec![vec![0; 168]; 52];
    let stream = Stream::draw(&scenario);
    for ticket in &stream.tickets {
        let hour = (ticket.arrival / 60.0) as usize;
        weeks[hour / 168][hour % 168] += 1;
    }
    let handled: Vec<f64> = stream.tickets.iter().map(|ticket| ticket.handle).collect();
    let found = measure(&weeks, &handled).unwrap();
    near(found.arrivals.iter().sum(), 450.0, 0.03, "tickets a week");
    near(found.handle.mean, 12.0 / 0.85, 0.03, "handle time");
    assert!(found.is_poisson && found.enough);
    near(found.dispersion.unwrap(), 1.0, 0.05, "dispersion");
    // every other week three times as busy: that is more than chance
    for week in weeks.iter_mut().step_by(2) {
        for count in week.iter_mut() {
            *count *= 3;
        }
    }
    assert!(!measure(&weeks, &handled).unwrap().is_poisson);
    assert!(!measure(&weeks[..3], &handled).unwrap().enough);
    assert!(measure(&[], &handled).is_err());
    assert!(measure(&weeks, &[]).is_err());
    assert!(measure(&weeks, &[f64::NAN]).is_err());
}

#[test]
fn a_simulated_telephone_desk_agrees_with_erlang_c() {
    let report = simulate(&desk(10, 8.0, &[1.0], &[Rule::FirstIn]));
    let found = result(&report, "all", "fifo");
    near(
        found.mean_wait_minutes,
        delay(8.0, 10).unwrap().asa_over_aht,
        0.05,
        "mean wait",
    );
}

#[test]
fn a_simulated_chat_desk_agrees_with_erlang_a() {
    let mut chat = desk(50, 48.0, &[1.0], &[Rule::FirstIn]);
    chat.patience = Some(2.0);
    let report = simulate(&chat);
    let found = result(&report, "all", "fifo");
    let formula = Impatient {
        arrivals: 48.0,
        service_rate: 1.0,
        patience_rate: 0.5,
        agents: 50,
    };
    let formula = formula.solve().unwrap();
    near(found.abandoned, formula.abandon, 0.05, "abandoned");
    near(
        found.mean_wait_minutes,
        formula.mean_wait,
        0.05,
        "mean wait",
    );
}

#[test]
fn simulated_priorities_agree_with_cobham() {
    let shares = [1.0 / 9.0, 3.0 / 9.0, 5.0 / 9.0];
    let report = simulate(&desk(5, 4.5, &shares, &[Rule::Strict]));
    let formula = cobham(5, 1.0, &[0.5, 1.5, 2.5]).unwrap();
    for (class, wait) in result(&report, "all", "strict")
        .priorities
        .iter()
        .zip(formula.waits)
    {
        near(class.mean_wait_minutes, wait, 0.08, &class.name);
    }
}

#[test]
fn no_rule_shortens_the_mean_wait_of_all() {
    let rules = Rule::ALL;
    let report = simulate(&desk(5, 4.5, &[0.2, 0.3, 0.5], &rules));
    let fifo = result(&report, "all", "fifo").mean_wait_minutes;
    for rule in rules {
        near(
            result(&report, "all", rule.name()).mean_wait_minutes,
            fifo,
            0.03,
            rule.name(),
        );
    }
}

#[test]
fn a_seed_repeats_a_study_and_another_does_not() {
    let mut scenario = file::read(SHOP).unwrap();
    scenario.length = Length::Weeks(4.0);
    let first = simulate(&scenario);
    assert_eq!(first, simulate(&scenario));
    scenario.seed += 1;
    assert_ne!(first.rosters[0].rules, simulate(&scenario).rosters[0].rules);
}

#[test]
fn a_desk_that_drowns_is_told_how_many_it_needs() {
    let drowned = FIVE.replace("people = 5", "people = 4");
    let refusal = simulate_text(&drowned, None).unwrap_err();
    assert!(matches!(refusal, StaffingError::Overloaded(_)));
    let message = refusal.to_string();
    assert!(
        message.starts_with("unstable: roster five has 672.0 hours"),
        "{message}"
    );
    assert!(message.ends_with("or 5 people at all times"), "{message}");
    let nobody = FIVE.replace(
        "people = 5",
        "people = 0\n[[roster]]\nname = \"more\"\npeople = 6",
    );
    let report = simulate_text(&nobody.replace("200000", "2000"), None).unwrap();
    assert_eq!(
        report.rosters[0].unstable.as_ref().unwrap().least_people,
        Some(5)
    );
    assert!(report.rosters[1].unstable.is_none());
}

#[test]
fn a_file_that_is_wrong_is_told_where() {
    for (from, to, complaint) in [
        ("weight = 8", "weigth = 8", "unknown field `weigth`"),
        ("share = 0.1", "share = -0.1", "share is -0.1, but"),
        ("per_hour = 24.25", "per_hour = nan", "arrivals is NaN, but"),
        (
            "per_hour = 24.25",
            "per_hour = 24.25\nper_week = 2",
            "[arrivals] names one of",
        ),
        (
            "mean_minutes = 12",
            "mean_minutes = 0",
            "mean_minutes is 0, but",
        ),
        (
            "\"edf\"",
            "\"oldest\"",
            "rule is oldest, but there are fifo, ",
        ),
        ("tickets = 200000", "", "name either weeks or tickets"),
        (
            "tickets = 200000",
            "tickets = 2000000000",
            "tickets is 2000000000, but",
        ),
        (
            "hours = \"always\"",
            "hours = [\"Mon 9-18\"]",
            "span is \"Mon 9-18\", but",
        ),
        (
            "target_minutes = 15",
            "target_minutes = 15\ntarget_hours = 1",
            "priority P1 names either",
        ),
        (
            "\"edf\"",
            "{ rule = \"edf\", kappa = 2 }",
            "rule is edf, but it has no such setting",
        ),
        ("people = 5", "people = -5", "people are a whole number"),
        ("hours = \"always\"", "hours = 7", "hours are \"always\""),
        (
            "\"edf\"",
            "\"fifo\"",
            "rules is fifo, but each name can stand once",
        ),
        (
            "per_hour = 24.25",
            "per_hour = 0.001",
            "weeks is 1190476, but",
        ),
        ("people = 5", "people = 50000000", "people is 50000000, but"),
    ] {
        assert!(FIVE.contains(from));
        let found = simulate_text(&FIVE.replacen(from, to, 1), None)
            .unwrap_err()
            .to_string();
        assert!(found.contains(complaint), "{from} -> {to}: {found}");
    }
}

#[test]
fn the_example_of_the_manual_runs() {
    let (_, rest) = MANUAL
        .split_once("```toml\n")
        .expect("the manual shows a file");
    let (example, _) = rest.split_once("```").expect("the example ends");
    let report = simulate_text(example, None).unwrap();
    assert_eq!(report.rosters.len(), 2);
    let found = result(&report, "two and a half", "ours");
    assert!(found.abandoned > 0.0 && found.priorities.len() == 2);
    assert!(report.plot().contains("two and a half"));
}
