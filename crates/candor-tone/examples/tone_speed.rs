//! Measures readings on one core: `cargo run --release -p candor-tone --example tone_speed < texts`,
//! one message a line. Prints the median and the 99th percentile in microseconds.

use std::hint::black_box;
use std::io::{Read, stdin};
use std::time::Instant;

fn main() -> std::io::Result<()> {
    let mut texts = String::new();
    stdin().read_to_string(&mut texts)?;
    black_box(candor_tone::read::read("warm up"));
    let mut took: Vec<u128> = texts
        .lines()
        .map(|text| {
            let begun = Instant::now();
            black_box(candor_tone::read::read(black_box(text)));
            begun.elapsed().as_nanos()
        })
        .collect();
    took.sort_unstable();
    let at = |share: usize| {
        took.get(took.len() * share / 100)
            .copied()
            .unwrap_or_default()
    };
    let micros = |nanos: u128| nanos / 1_000;
    print(took.len(), micros(at(50)), micros(at(99)));
    Ok(())
}

#[expect(clippy::print_stdout, reason = "an example speaks on the terminal")]
fn print(texts: usize, median: u128, slow: u128) {
    println!("{texts} messages: p50 {median} us, p99 {slow} us");
}
