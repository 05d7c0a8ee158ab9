//! How long the engine takes: `cargo run --release -p candor-staffing --example staffing_speed`.
#![expect(clippy::print_stdout, reason = "an example prints")]

use candor_staffing::erlang::{Impatient, delay};
use candor_staffing::order::{Candidate, Job, Rule, order, unavoidable_loss};
use candor_staffing::random::Random;
use candor_staffing::simulate::{Stream, file, run};
use std::time::{Duration, Instant};

const SHOP: &str = include_str!("../../../docs/staffing/demo-shop.toml");

/// An open queue of this size with the demo shop's promises.
fn queue(size: usize) -> Vec<Candidate> {
    let mut random = Random::new(7, 0);
    let mut ticket = || {
        let (weight, target) =
            [(8.0, 60.0), (3.0, 240.0), (1.0, 540.0)][random.next_u64() as usize % 3];
        Candidate {
            weight: weight * [1.0, 1.5, 2.5][random.next_u64() as usize % 3],
            target,
            left: target * (1.5 - 2.0 * random.uniform()),
            handle: random.lognormal(12.0, 0.9),
            lead: 0.0,
        }
    };
    (0..size).map(|_| ticket()).collect()
}

/// The median of eleven runs.
fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..11)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let tickets = queue(10_000);
    println!(
        "reorder 10,000 tickets: {:?}",
        median(|| drop(order(Rule::CANDOR, &tickets)))
    );
    let job = |ticket: &Candidate| Job {
        minutes: ticket.handle,
        due: ticket.left,
        weight: ticket.weight,
    };
    for size in [100, 500, 2_000] {
        let jobs: Vec<Job> = tickets[..size].iter().map(job).collect();
        let took = median(|| drop(unavoidable_loss(&jobs, 3)));
        println!("unavoidable loss of {size} tickets: {took:?}");
    }
    let scenario = file::read(SHOP)?;
    let shop = median(|| {
        let stream = Stream::draw(&scenario);
        run(&scenario, &stream, &scenario.rosters[2], Rule::CANDOR);
    });
    println!("600 weeks of the demo shop, one roster, one rule: {shop:?}");
    println!(
        "Erlang C, 10,000 servers: {:?}",
        median(|| drop(delay(9_900.0, 10_000)))
    );
    let chat = Impatient {
        arrivals: 10_000.0,
        service_rate: 1.0,
        patience_rate: 0.5,
        agents: 10_000,
    };
    println!(
        "Erlang A, 10,000 servers: {:?}",
        median(|| drop(chat.solve()))
    );
    Ok(())
}
