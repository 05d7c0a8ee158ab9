//! `cargo run -p candor-domain --example calendar -- FILE FROM MINUTES [PAUSE ...]`: when is it due?
#![expect(clippy::print_stdout, reason = "an example prints")]

use candor_domain::calendar::{AddQuestion, Calendar, CalendarForm};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, from, minutes, pauses @ ..] = arguments.as_slice() else {
        return Err("FILE FROM MINUTES [PAUSE ...]".into());
    };
    let form: CalendarForm = toml::from_str(&std::fs::read_to_string(file)?)?;
    let folder = Path::new(file).parent().unwrap_or(Path::new("."));
    let calendar = Calendar::from_form(form, |name| {
        std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())
    })?;
    let question = AddQuestion {
        from,
        minutes: minutes.parse()?,
        pauses,
    };
    println!("{}", serde_json::to_string(&question.ask(&calendar)?)?);
    Ok(())
}
