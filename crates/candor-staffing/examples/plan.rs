//! `cargo run -p candor-staffing --example plan -- FILE [json|ical|csv]`: who works when?
#![expect(clippy::print_stdout, reason = "an example prints")]

use candor_staffing::plan::plan;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("FILE [json|ical|csv]")?;
    let answer = plan(&std::fs::read_to_string(file)?)?;
    match arguments.next().as_deref() {
        Some("ical") => print!("{}", answer.roster()?.to_icalendar(None)),
        Some("csv") => print!("{}", answer.roster()?.to_csv()),
        _ => println!("{}", serde_json::to_string_pretty(&answer)?),
    }
    Ok(())
}
