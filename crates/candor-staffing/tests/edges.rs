//! Any number whatever gives a number or a refusal: never NaN, never infinity, never a panic.

use candor_staffing::StaffingError;
use candor_staffing::ask::{Cobham, ErlangA, ErlangC, answer_of};
use candor_staffing::erlang::{garnett, gross_staff, halfin_whitt, square_root_staff};
use candor_staffing::order::study_text;
use candor_staffing::priority::{dilution, effective_levels, quota};
use candor_staffing::simulate::simulate_text;
use candor_staffing::statistics::{binomial_at_least, poisson_at_least, tolerance_rank, wilson};
use proptest::prelude::*;
use serde_json::Value;

/// Numbers as people mistype them, and any others.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>(),
        0.0..20.0_f64,
        Just(0.0),
        Just(-1.0),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(1e-300),
        Just(1e300),
    ]
}

/// JSON has no NaN: it would stand there as null.
fn says_numbers(answer: Result<Value, StaffingError>) -> Result<(), TestCaseError> {
    match answer {
        Ok(answer) => prop_assert!(!answer.to_string().contains("null"), "{answer}"),
        Err(refusal) => prop_assert!(!refusal.to_string().is_empty()),
    }
    Ok(())
}

fn finite(answer: &Result<f64, StaffingError>) -> Result<(), TestCaseError> {
    prop_assert!(
        answer.is_err() || answer.as_ref().is_ok_and(|value| value.is_finite()),
        "{answer:?}"
    );
    Ok(())
}

proptest! {
    #[test]
    fn telephones(a in number(), b in number(), c in number(), agents in -3_i64..2_000, share in 0.0..1.2_f64) {
        says_numbers(ErlangC { load: a, agents, aht: Some(b), within: Some(c), goal: None, shrinkage: Some(share) }.answer())?;
        says_numbers(ErlangA { arrivals: a.min(1e6), service_rate: b, patience_rate: c, agents, within: Some(share) }.answer())?;
        let arrivals = format!("{a},{b}");
        says_numbers(Cobham { servers: agents, service_rate: c, arrivals }.answer())?;
    }

    #[test]
    fn shares_and_tails(a in number(), b in number(), count in 0_u64..5_000, trials in 0_u64..5_000) {
        finite(&halfin_whitt(a))?;
        finite(&garnett(a, b, 1.0))?;
        finite(&dilution(a, b))?;
        finite(&effective_levels(&[a, b]))?;
        finite(&binomial_at_least(count, trials, a))?;
        finite(&poisson_at_least(count, a))?;
        finite(&quota(count, trials, a, b).map(|quota| quota.chance))?;
        finite(&wilson(count, trials, a).map(|interval| interval.high - interval.low))?;
        prop_assert!(tolerance_rank(trials, a, b).is_ok() || tolerance_rank(trials, a, b).is_err());
        prop_assert!(square_root_staff(a, b).is_ok() || square_root_staff(a, b).is_err());
        prop_assert!(gross_staff(count, a).is_ok() || gross_staff(count, a).is_err());
    }

    #[test]
    fn queues(rows in proptest::collection::vec((number(), number(), number()), 0..6), agents in 0_usize..4) {
        let rows: Vec<String> = rows
            .iter()
            .map(|(a, b, c)| format!(r#"{{"minutes": {a:e}, "due": {b:e}, "weight": {c:e}}}"#))
            .collect();
        let study = study_text(&format!("[{}]", rows.join(",")), Some(agents));
        if let Ok(study) = study {
            prop_assert!(study.optimum.is_finite() && study.best_known >= study.optimum - 1e-6);
        }
    }

    #[test]
    fn scenarios(a in number(), b in number(), c in number(), d in number(), people in -1_i64..4) {
        let text = format!(
            "tickets = 50\nwarm_up = 0.1\npatience_minutes = {d:e}\n[arrivals]\nper_hour = {a:e}\n\
             [handle]\nmean_minutes = {b:e}\n[[priority]]\nname = \"P\"\nshare = 1\ntarget_minutes = {c:e}\n\
             weight = 1\n[[roster]]\nname = \"R\"\npeople = {people}\n"
        );
        for text in [text.clone(), text.replace("patience_minutes", "# ")] {
            if let Ok(report) = simulate_text(&text, None) {
                for result in report.rosters[0].rules.values() {
                    prop_assert!(result.weighted_tardiness_hours.is_finite() && result.mean_wait_minutes >= 0.0);
                    prop_assert!((0.0..=100.0).contains(&result.weighted_breach_percent));
                }
            }
        }
    }
}

#[test]
fn a_refusal_that_knows_the_least_staff_answers_it() {
    let asked = ErlangC {
        load: 10.0,
        agents: 10,
        aht: None,
        within: None,
        goal: None,
        shrinkage: None,
    };
    let answer = answer_of(&asked.answer().unwrap_err()).unwrap();
    assert_eq!(answer["unstable"], true);
    assert_eq!(answer["least_agents"], 11);
    let wrong = ErlangC {
        load: -1.0,
        ..asked
    }
    .answer()
    .unwrap_err();
    assert_eq!(answer_of(&wrong), None);
    let alone = ErlangC {
        load: 5.0,
        within: Some(20.0),
        ..asked
    }
    .answer()
    .unwrap_err();
    assert_eq!(
        alone.to_string(),
        "within says nothing without aht; name both"
    );
}
