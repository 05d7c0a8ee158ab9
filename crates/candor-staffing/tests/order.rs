//! Queue orders against exact optima, and laws that hold for any queue.
#![expect(clippy::float_cmp, reason = "whole weights stay exact")]

use candor_staffing::order::{
    Candidate, Job, Rule, dispatch, fewest_late, order, study_text, unavoidable_loss,
};
use proptest::prelude::*;

fn jobs(rows: &[(f64, f64, f64)]) -> Vec<Job> {
    rows.iter()
        .map(|&(minutes, due, weight)| Job {
            minutes,
            due,
            weight,
        })
        .collect()
}

fn candidates(jobs: &[Job]) -> Vec<Candidate> {
    jobs.iter()
        .map(|job| Candidate {
            weight: job.weight,
            target: job.due,
            left: job.due,
            handle: job.minutes,
            lead: job.minutes,
        })
        .collect()
}

const MORNING: [(f64, f64, f64); 7] = [
    (30.0, 40.0, 1.0),
    (20.0, 45.0, 3.0),
    (15.0, 50.0, 8.0),
    (25.0, 60.0, 1.0),
    (10.0, 60.0, 3.0),
    (40.0, 120.0, 8.0),
    (20.0, 130.0, 1.0),
];

#[test]
fn pinedos_jobs_cost_two() {
    let rows = [
        (7.0, 9.0, 1.0),
        (8.0, 17.0, 1.0),
        (4.0, 18.0, 1.0),
        (6.0, 19.0, 1.0),
        (6.0, 21.0, 1.0),
    ];
    assert_eq!(fewest_late(&jobs(&rows)), 2);
    assert_eq!(unavoidable_loss(&jobs(&rows), 1).weight, 2.0);
}

#[test]
fn weight_over_time_can_lose_almost_everything() {
    let rows = jobs(&[(11.0, 100.0, 12.0), (9.0, 100.0, 9.0), (90.0, 100.0, 89.0)]);
    let optimum = unavoidable_loss(&rows, 1);
    assert_eq!(optimum.weight, 12.0);
    assert_eq!(optimum.order, Some(vec![1, 2, 0]));
    let smith = dispatch(Rule::WeightOverTime, &candidates(&rows), 1);
    assert_eq!(smith.weight_late(&rows), 89.0);
}

#[test]
fn a_morning_of_seven_tickets() {
    let rows = jobs(&MORNING);
    let lost = |rule| dispatch(rule, &candidates(&rows), 1).weight_late(&rows);
    assert_eq!(unavoidable_loss(&rows, 1).weight, 2.0);
    assert_eq!(lost(Rule::WeightOverTime), 5.0);
    assert_eq!(lost(Rule::Strict), 9.0);
    assert_eq!(lost(Rule::DueTime), 24.0);
    assert_eq!(lost(Rule::FirstIn), 24.0);
    assert_eq!(lost(Rule::CANDOR), 2.0);
}

#[test]
fn a_file_of_tickets_is_answered_with_every_rule() {
    let tickets: Vec<String> = MORNING
        .iter()
        .map(|(minutes, due, weight)| {
            format!(r#"{{"minutes":{minutes},"due":{due},"weight":{weight}}}"#)
        })
        .collect();
    let study = study_text(&format!("[{}]", tickets.join(",")), None).unwrap();
    assert_eq!(
        (study.optimum, study.optimum_exact, study.tickets),
        (2.0, true, 7)
    );
    assert_eq!(study.rules["wspt"]["weighted_loss"], 5.0);
    assert_eq!(study.rules["strict"]["weighted_loss"], 9.0);
    assert_eq!(study.rules["strict"]["regret"], 7.0);
    assert_eq!(
        study.rules["strict"]["order"],
        serde_json::json!([3, 6, 2, 5, 1, 4, 7])
    );
    assert_eq!(study.rules["edf"]["weighted_loss"], 24.0);
    let named = r#"{"agents": 2, "tickets": [{"id": "a", "minutes": 10, "due": -5}, {"id": "b", "minutes": 1e1, "due": 12, "weight": 2}]}"#;
    let study = study_text(named, None).unwrap();
    assert_eq!(
        (study.agents, study.optimum, study.best_known),
        (2, 1.0, 1.0)
    );
    assert_eq!(
        study.rules["atc_capped"]["order"],
        serde_json::json!(["b", "a"])
    );
}

#[test]
fn a_file_that_is_wrong_is_told_where() {
    for (text, complaint) in [
        (r#"[{"minutes": 0, "due": 5}]"#, "ticket 1: minutes is 0"),
        (
            r#"[{"minutes": 1, "due": 5}, {"minutes": 1}]"#,
            "ticket 2: missing field `due`",
        ),
        (
            r#"[{"minutes": 1, "due": 5, "weight": -2}]"#,
            "ticket 1: weight is -2",
        ),
        (
            r#"[{"minutes": 1, "due": 5, "wieght": 2}]"#,
            "ticket 1: unknown field `wieght`",
        ),
        (
            r#"[{"minutes": 1e9, "due": 5}]"#,
            "ticket 1: minutes is 1000000000, but",
        ),
        (
            r#"[{"minutes": 1, "due": -1e300}]"#,
            "ticket 1: due is -1e300, but",
        ),
        ("{}", "expected a list of tickets"),
        ("[", "expected a list of tickets"),
    ] {
        let found = study_text(text, None).unwrap_err().to_string();
        assert!(found.starts_with(complaint), "{found}");
    }
    assert!(study_text("[]", Some(0)).is_err());
    let crowd = study_text(
        r#"[{"minutes": 5, "due": 1}, {"minutes": 5, "due": 5}]"#,
        Some(900_000),
    );
    assert_eq!(crowd.unwrap().best_known, 1.0);
    assert_eq!(study_text("[]", None).unwrap().optimum, 0.0);
}

fn ticket(weight: f64, target: f64, waited: f64) -> Candidate {
    Candidate {
        weight,
        target,
        left: target - waited,
        handle: 12.0,
        lead: 0.0,
    }
}

#[test]
fn our_order_saves_what_can_be_saved_and_lets_nobody_starve() {
    let queue = [
        ticket(1.0, 90.0, 460.0), // 0: waited more than five targets
        ticket(8.0, 15.0, 20.0),  // 1: urgent, but late already
        ticket(8.0, 15.0, 5.0),   // 2: urgent and still to be saved
        ticket(1.0, 90.0, 85.0),  // 3: small, due soon
        ticket(1.0, 90.0, 0.0),   // 4: small, just in
    ];
    assert_eq!(order(Rule::CANDOR, &queue), [0, 2, 3, 4, 1]);
    assert_eq!(
        order(Rule::CostLateLast { kappa: 8.0 }, &queue),
        [2, 3, 4, 1, 0]
    );
    assert_eq!(order(Rule::FirstIn, &queue), [0, 3, 1, 2, 4]);
    assert_eq!(order(Rule::Strict, &queue), [1, 2, 0, 3, 4]);
    assert_eq!(order(Rule::Cost { kappa: 2.0 }, &queue), [1, 2, 0, 3, 4]);
}

#[test]
fn due_times_years_ahead_stay_in_order() {
    let far = [
        ticket(1.0, 2e6, 0.0),
        ticket(1.0, 1e6, 0.0),
        ticket(8.0, 3e6, 0.0),
    ];
    assert_eq!(order(Rule::CANDOR, &far), [1, 0, 2]);
}

fn small_queue() -> impl Strategy<Value = Vec<Job>> {
    let job = (1_u32..30, 1_u32..120, 1_u32..10).prop_map(|(minutes, due, weight)| Job {
        minutes: f64::from(minutes),
        due: f64::from(due),
        weight: f64::from(weight),
    });
    proptest::collection::vec(job, 1..9)
}

/// The best of all subsets: on one server a set can be kept if it can be kept in order of due times.
fn by_trying_everything(jobs: &[Job]) -> f64 {
    let mut by_due = jobs.to_vec();
    by_due.sort_by(|a, b| a.due.total_cmp(&b.due));
    let total: f64 = jobs.iter().map(|job| job.weight).sum();
    let kept = (0_u32..1 << jobs.len()).filter_map(|set| {
        let (mut busy, mut weight) = (0.0, 0.0);
        for (place, job) in by_due.iter().enumerate() {
            if set >> place & 1 == 1 {
                busy += job.minutes;
                weight += job.weight;
                if busy > job.due {
                    return None;
                }
            }
        }
        Some(weight)
    });
    total - kept.fold(0.0, f64::max)
}

proptest! {
    #[test]
    fn the_optimum_is_the_best_of_all_sets(jobs in small_queue()) {
        let found = unavoidable_loss(&jobs, 1);
        prop_assert_eq!(found.weight, by_trying_everything(&jobs));
        let order = found.order.unwrap();
        let mut busy = 0.0;
        let mut lost = 0.0;
        for position in order {
            busy += jobs[position].minutes;
            if busy > jobs[position].due {
                lost += jobs[position].weight;
            }
        }
        prop_assert_eq!(lost, found.weight);
    }

    #[test]
    fn no_rule_beats_the_bound(jobs in small_queue(), servers in 1_usize..4) {
        let bound = unavoidable_loss(&jobs, servers).weight;
        for rule in Rule::ALL {
            let lost = dispatch(rule, &candidates(&jobs), servers).weight_late(&jobs);
            prop_assert!(lost >= bound - 1e-9, "{} loses {lost}, the bound is {bound}", rule.name());
        }
    }

    #[test]
    fn moore_and_hodgson_agree_with_the_program(mut jobs in small_queue()) {
        for job in &mut jobs {
            job.weight = 1.0;
        }
        prop_assert_eq!(fewest_late(&jobs) as f64, unavoidable_loss(&jobs, 1).weight);
    }

    #[test]
    fn earliest_due_meets_all_due_times_when_anything_does(jobs in small_queue()) {
        let edf = dispatch(Rule::DueTime, &candidates(&jobs), 1).weight_late(&jobs);
        prop_assert_eq!(edf <= 0.0, unavoidable_loss(&jobs, 1).weight <= 0.0);
    }

    #[test]
    fn an_order_names_everybody_once(waits in proptest::collection::vec((0.0..500.0_f64, 0_usize..3), 0..60)) {
        let queue: Vec<Candidate> = waits
            .iter()
            .map(|&(waited, class)| ticket([8.0, 3.0, 1.0][class], [15.0, 45.0, 90.0][class], waited))
            .collect();
        for rule in Rule::ALL {
            let mut places = order(rule, &queue);
            places.sort_unstable();
            prop_assert_eq!(places, (0..queue.len()).collect::<Vec<_>>());
        }
    }
}
