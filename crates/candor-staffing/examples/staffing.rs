//! Answers one question as the command line does, without building the desk:
//! `cargo run -p candor-staffing --example staffing -- order FILE.json`.
#![expect(clippy::print_stdout, reason = "an example prints")]

use candor_staffing::order::study_text;
use candor_staffing::simulate::simulate_text;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [question, path] = arguments.as_slice() else {
        return Err("name a question (order, simulate, plot) and a file".into());
    };
    let text = std::fs::read_to_string(path)?;
    match question.as_str() {
        "order" => println!("{:#}", serde_json::json!(study_text(&text, None)?)),
        "simulate" => println!("{:#}", serde_json::json!(simulate_text(&text, None)?)),
        "plot" => print!("{}", simulate_text(&text, None)?.plot()),
        other => return Err(format!("no question is called {other}").into()),
    }
    Ok(())
}
