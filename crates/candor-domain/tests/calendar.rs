//! Business calendars: the cases that people get wrong, told one by one.
#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

#[path = "calendar/clock_change.rs"]
mod clock_change;
#[path = "calendar/due.rs"]
mod due;
#[path = "calendar/file.rs"]
mod file;
#[path = "calendar/holidays.rs"]
mod holidays;
#[path = "calendar/laws.rs"]
mod laws;

use candor_domain::calendar::{AddQuestion, Calendar, CalendarForm};

/// The calendar of the manual: Monday to Friday 9 to 18, Saturday 10 to 14, Europe/Berlin,
/// holidays on 3 and 6 April 2026.
const SHOP: &str = include_str!("../../../docs/manual/examples/calendar.toml");

fn calendar(text: &str) -> Calendar {
    let form: CalendarForm = toml::from_str(text).unwrap();
    form.try_into().unwrap()
}

/// Why a calendar is refused, in the words that people read.
fn refusal(text: &str) -> String {
    match toml::from_str::<CalendarForm>(text) {
        Ok(form) => Calendar::try_from(form).unwrap_err().to_string(),
        Err(error) => error.to_string(),
    }
}

fn due(calendar: &Calendar, from: &str, minutes: u32, pauses: &[&str]) -> String {
    let pauses: Vec<String> = pauses.iter().map(|&pause| pause.to_owned()).collect();
    let question = AddQuestion {
        from,
        minutes,
        pauses: &pauses,
    };
    match question.ask(calendar) {
        Ok(answer) => answer.due,
        Err(error) => error.to_string(),
    }
}
