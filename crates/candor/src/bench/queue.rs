//! The queue: putting many open tickets in order, what a slider asks, weeks that are simulated.
//!
//! Owns: figures that no request shows by itself. Must not know: pages.

use super::Setting;
use super::figures::Spread;
use anyhow::Result;
use candor_desk::Desk;
use candor_desk::level::{StudyAsk, study};
use candor_desk::queue::NextForYou;
use candor_domain::calendar::{Calendar, CalendarForm};
use candor_staffing::order::{Candidate, Rule, order};
use candor_staffing::simulate::{NamedRule, Scenario, file, simulate};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Open tickets of the first figure.
const OPEN: usize = 10_000;
/// How often each is measured.
const TIMES: usize = 50;
/// How often what takes long is measured.
const FEW: usize = 5;
/// The demo shop as a file of the staffing engine.
const SHOP: &str = include_str!("../../../../docs/staffing/demo-shop.toml");

/// What is told of the queue.
pub(super) async fn told(desk: &Desk, setting: &Setting) -> Result<Vec<String>> {
    let candidates = candidates();
    let reorder = measured(|| {
        black_box(order(Rule::CANDOR, black_box(&candidates)));
    });
    let mut asked = Vec::with_capacity(TIMES);
    let mut waiting = 0;
    for _ in 0..TIMES {
        let started = Instant::now();
        let ask = NextForYou {
            limit: 40,
            after: None,
        };
        waiting = desk.ask(&setting.actor, ask).await?.waiting;
        asked.push(started.elapsed());
    }
    let (studio, weeks) = simulated()?;
    Ok(vec![
        line(&format!("{OPEN} open tickets put in order"), reorder),
        line(
            &format!("\"Next for you\" of a person for whom {waiting} tickets wait, from the rows"),
            Spread::of(asked),
        ),
        line(
            "The promise studio's answer: 20,000 tickets simulated for three teams",
            studio,
        ),
        line(
            "600 weeks of the demo shop simulated: one roster, the desk's own rule",
            weeks,
        ),
    ])
}

/// What a moved slider waits for, and a long simulation of one roster under our rule.
fn simulated() -> Result<(Spread, Spread)> {
    let shop = file::read(SHOP)?;
    let one = Scenario {
        rosters: shop.rosters.iter().skip(2).take(1).cloned().collect(),
        rules: vec![NamedRule {
            name: Rule::CANDOR.name().to_owned(),
            rule: Rule::CANDOR,
        }],
        ..shop
    };
    let ask = StudyAsk {
        calendar: Calendar::try_from(shop_hours()?)?,
        tickets_per_week: 450.0,
        pattern: None,
        handle_minutes: 12.0,
        weekday_people: 3,
        weekend_people: 1,
        promise_hours: 4.0,
    };
    study(&ask)?;
    let studio = measured(|| {
        black_box(study(black_box(&ask)).ok());
    });
    let weeks = (0..FEW).map(|_| {
        let started = Instant::now();
        black_box(simulate(black_box(&one)));
        started.elapsed()
    });
    Ok((studio, Spread::of(weeks.collect())))
}

/// Weekdays from nine to six, Saturdays from ten to two.
fn shop_hours() -> Result<CalendarForm> {
    let hours = serde_json::json!({ "mon-fri": "9-18", "sat": "10-14" });
    let form = serde_json::json!({ "zone": "Europe/Berlin", "hours": hours });
    Ok(serde_json::from_value(form)?)
}

fn measured(mut work: impl FnMut()) -> Spread {
    let mut once = || -> Duration {
        let started = Instant::now();
        work();
        started.elapsed()
    };
    Spread::of((0..TIMES).map(|_| once()).collect())
}

fn line(what: &str, spread: Spread) -> String {
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    format!(
        "{what}: p50 {:.2} ms, p95 {:.2} ms.",
        ms(spread.p50),
        ms(spread.p95)
    )
}

/// Tickets of three levels and three urgencies, some of them late; the same each time.
fn candidates() -> Vec<Candidate> {
    let of = |n: usize| {
        let spread = (n * 7_919) % 5_000;
        Candidate {
            weight: [1.0, 1.5, 2.5][n % 3] * [8.0, 3.0, 1.0][n % 7 % 3],
            target: [60.0, 240.0, 540.0][n % 7 % 3],
            left: 540.0 - spread as f64 / 5.0,
            handle: 12.0,
            lead: 0.0,
        }
    };
    (0..OPEN).map(of).collect()
}
