//! Calendars as files: what is understood, and how a mistake is named.

use super::{SHOP, calendar, due, refusal};
use candor_domain::calendar::{Calendar, CalendarForm, DayReason, moment};
use jiff::civil::date;

const FULL: &str = include_str!("../../../../docs/manual/examples/calendar-full.toml");
const HOLIDAYS: &str = include_str!("../../../../docs/manual/examples/holidays.ics");
const MANUAL: &str = include_str!("../../../../docs/manual/service-levels.md");

fn full() -> Calendar {
    let form: CalendarForm = toml::from_str(FULL).unwrap();
    Calendar::from_form(form, |name| {
        assert_eq!(name, "holidays.ics");
        Ok(HOLIDAYS.to_owned())
    })
    .unwrap()
}

#[test]
fn the_manual_shows_the_files_that_are_tested() {
    for file in [SHOP, FULL, HOLIDAYS] {
        assert!(
            MANUAL.contains(file.trim_end()),
            "the manual shows another file than\n{file}"
        );
    }
}

#[test]
fn the_full_example_means_what_it_says() {
    let desk = full();
    assert_eq!(desk.name(), "Night desk");
    let hours = |day| -> Vec<String> {
        desk.day(day)
            .hours
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(hours(date(2026, 1, 12)), ["09:00-12:30", "13:30-18:00"]);
    assert_eq!(hours(date(2026, 1, 16)), ["09:00-12:30", "22:00-06:00"]);
    assert_eq!(hours(date(2026, 1, 18)), Vec::<String>::new());
    assert_eq!(hours(date(2026, 12, 24)), ["09:00-12:00"]);
    for (day, name) in [
        (date(2026, 4, 3), "Good Friday"),
        (date(2027, 10, 3), "Day of German Unity"),
        (date(2026, 12, 29), "Between the years"),
        (date(2031, 12, 25), ""),
    ] {
        assert_eq!(desk.day(day).reason, DayReason::Holiday(name), "{day}");
    }
    let outing = desk.day(date(2026, 8, 5));
    assert!(matches!(outing.reason, DayReason::Exception(e) if e.name() == "Works outing"));
    assert!(outing.hours.is_empty());
}

#[test]
fn a_stored_calendar_is_the_same_calendar() {
    let desk = full();
    let stored = serde_json::to_string(&desk).unwrap();
    let read: Calendar = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, desk);
    let from = moment("2026-12-23T17:00", desk.zone()).unwrap();
    let hour = jiff::SignedDuration::from_hours(9);
    assert_eq!(read.add(from, hour), desk.add(from, hour));
}

#[test]
fn an_exception_goes_before_a_holiday() {
    let shop = calendar(
        "zone = \"UTC\"\nholidays = [2026-01-14]\n[hours]\ndaily = \"9-17\"\n[[exceptions]]\ndate = \"2026-01-14\"\nhours = \"10-12\"",
    );
    assert_eq!(
        due(&shop, "2026-01-14T00:00", 120, &[]),
        "2026-01-14T12:00:00+00:00"
    );
}

#[test]
fn keys_that_people_try_first_are_understood() {
    for zone in ["zone", "time_zone", "timezone", "tz"] {
        let text = format!(
            "{zone} = \"Europe/Berlin\"\n[hours]\nMonday = [\"9:00-18:00\"]\nTuesday = \"9-12, 13-18\""
        );
        let shop = calendar(&text);
        assert_eq!(shop.week().minutes(), 9 * 60 + 8 * 60, "{zone}");
    }
}

#[test]
fn each_mistake_in_the_hours_is_named_where_it_stands() {
    for (text, words) in [
        ("[hours]\nmon = \"9-18\"", "missing field `zone`"),
        ("zone = \"Europe/Berlin\"", "missing field `hours`"),
        (
            "zone = \"Berlin\"\nhours = \"24x7\"",
            "no time zone \"Berlin\"",
        ),
        (
            "zone = \"UTC\"\nhours = \"sometimes\"",
            "write \"24x7\" or a table",
        ),
        (
            "zone = \"UTC\"\n[hours]\nmoon = \"9-18\"",
            "\"moon\" is no day of the week",
        ),
        (
            "zone = \"UTC\"\n[hours]\nmon = \"9-18\"\nmon-fri = \"9-18\"",
            "mon stands there twice",
        ),
        (
            "zone = \"UTC\"\n[hours]\nmon = \"18\"",
            "write it as 09:00-18:00",
        ),
        (
            "zone = \"UTC\"\n[hours]\nmon = [\"9-13\", \"12-18\"]",
            "share time",
        ),
        ("zone = \"UTC\"\n[hours]\nmon = 9", "hours such as"),
    ] {
        let error = refusal(text);
        assert!(error.contains(words), "{text}\n--\n{error}");
    }
}

#[test]
fn each_mistake_in_the_closed_days_is_named_where_it_stands() {
    for (text, words) in [
        (
            "zone = \"UTC\"\nhours = \"24x7\"\nholidays = [\"2026-02-30\"]",
            "is no date",
        ),
        (
            "zone = \"UTC\"\nhours = \"24x7\"\nholidays = [\"02-30\"]",
            "is no date",
        ),
        (
            "zone = \"UTC\"\nhours = \"24x7\"\nholidays = [7]",
            "a date such as",
        ),
        (
            "zone = \"UTC\"\nhours = \"24x7\"\nholidays = [{ day = \"2026-02-03\" }]",
            "unknown field `day`",
        ),
        (
            "zone = \"UTC\"\nhours = \"24x7\"\nholidays = [{ date = \"2026-02-03\", until = \"2026-02-01\" }]",
            "must be 1 to 366 days",
        ),
        (
            "zone = \"UTC\"\nhours = \"24x7\"\nholidays = [{ date = \"02-03\", until = \"2026-02-04\" }]",
            "one entry for each day",
        ),
        (
            "zone = \"UTC\"\nhours = \"24x7\"\nholiday = [\"2026-02-03\"]",
            "unknown field `holiday`",
        ),
        (
            "zone = \"UTC\"\nhours = \"24x7\"\n[[exceptions]]\ndate = 2026-01-01",
            "needs either closed = true or hours",
        ),
        (
            "zone = \"UTC\"\nhours = \"24x7\"\n[[exceptions]]\ndate = 2026-01-01\nclosed = true\nhours = \"9-10\"",
            "needs either",
        ),
        (
            "zone = \"UTC\"\nhours = \"24x7\"\n[[exceptions]]\ndate = 2026-01-01\nclosed = true\n[[exceptions]]\ndate = 2026-01-01\nclosed = true",
            "two exceptions",
        ),
        (
            "zone = \"UTC\"\nhours = \"24x7\"\nholiday_files = [\"a.ics\"]",
            "holiday file a.ics",
        ),
    ] {
        let error = refusal(text);
        assert!(error.contains(words), "{text}\n--\n{error}");
    }
}
