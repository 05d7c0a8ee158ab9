//! How quickly a calendar answers: `cargo run --release -p candor-domain --example calendar_speed`.
#![expect(clippy::print_stdout, reason = "an example prints")]

use candor_domain::calendar::Calendar;
use jiff::{SignedDuration, Timestamp};
use std::hint::black_box;
use std::time::Instant;

const CALLS: u32 = 100_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = include_str!("../../../docs/manual/examples/calendar.toml");
    let calendar: Calendar = toml::from_str(text)?;
    let begin: Timestamp = "2026-01-05T00:00:00Z".parse()?;
    let table = calendar.timetable(begin, begin + SignedDuration::from_hours(24 * 400));
    let froms: Vec<Timestamp> = (0..CALLS)
        .map(|n| begin + SignedDuration::from_mins(i64::from(n) * 7 % 400_000))
        .collect();
    let day = SignedDuration::from_hours(9);
    let month = SignedDuration::from_hours(24 * 30);
    report("add 9 business hours", &froms, |at| {
        calendar.add(at, day).ok()
    });
    report("the same by timetable", &froms, |at| {
        table.add(at, day).ok()
    });
    report("between, a month apart", &froms, |at| {
        calendar.between(at, at + month)
    });
    report("the same by timetable", &froms, |at| {
        table.between(at, at + month)
    });
    Ok(())
}

fn report<T>(what: &str, froms: &[Timestamp], ask: impl Fn(Timestamp) -> T) {
    let begin = Instant::now();
    for from in froms {
        black_box(ask(black_box(*from)));
    }
    let nanos = begin.elapsed().as_nanos() / u128::from(CALLS);
    println!("{what:26} {nanos:6} ns a call");
}
