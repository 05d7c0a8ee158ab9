//! Simulates a scenario file: `cargo run --release -p candor-staffing --example simulate -- FILE.toml`.
#![expect(clippy::print_stdout, reason = "an example prints")]

use candor_staffing::simulate::simulate_text;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("name a scenario file")?;
    let report = simulate_text(&std::fs::read_to_string(path)?, None)?;
    for roster in &report.rosters {
        println!(
            "{} {:.1} h, {:.0} % busy",
            roster.name,
            roster.hours_per_week,
            100.0 * roster.utilisation
        );
        for (rule, result) in &roster.rules {
            let kept: Vec<String> = result
                .priorities
                .iter()
                .map(|class| format!("{:.1}", 100.0 * class.attainment))
                .collect();
            println!(
                "  {rule:12} kept {:18} breach {:6.2} %  tardiness {:.3} h  longest {:.1} h  mean wait {:.1} min",
                kept.join("/"),
                result.weighted_breach_percent,
                result.weighted_tardiness_hours,
                result.max_wait_hours,
                result.mean_wait_minutes
            );
        }
    }
    Ok(())
}
