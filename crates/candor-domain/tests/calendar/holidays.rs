//! Holidays from iCalendar files.

use candor_domain::calendar::{Holiday, HolidayFile, Holidays, IcalendarError};
use jiff::civil::{Date, date};
use proptest::prelude::*;

fn read(events: &str) -> Result<HolidayFile, IcalendarError> {
    Holidays::from_icalendar(&format!("BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n"))
}

fn event(lines: &str) -> String {
    format!(
        "BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n",
        lines.replace('\n', "\r\n")
    )
}

fn days(lines: &str, year: i16) -> Vec<String> {
    let holidays = read(&event(lines)).unwrap().holidays;
    let year = date(year, 1, 1).series(jiff::ToSpan::days(1)).take(366);
    let closed = year.filter(|day: &Date| holidays.on(*day).is_some());
    closed.map(|day| day.to_string()).collect()
}

#[test]
fn an_event_of_several_days_closes_each_of_them() {
    let christmas = "DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261227\nSUMMARY:Christmas";
    assert_eq!(days(christmas, 2026), ["2026-12-25", "2026-12-26"]);
    let stay = "DTSTART;VALUE=DATE:20261225\nDURATION:P2D";
    assert_eq!(days(stay, 2026), ["2026-12-25", "2026-12-26"]);
    let midnight =
        "DTSTART;TZID=Europe/Berlin:20260501T000000\nDTEND;TZID=Europe/Berlin:20260502T000000";
    assert_eq!(days(midnight, 2026), ["2026-05-01"]);
}

#[test]
fn yearly_rules_give_the_right_days() {
    for (rule, year, expected) in [
        ("DTSTART:20200501\nRRULE:FREQ=YEARLY", 2031, "2031-05-01"),
        (
            "DTSTART:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
            2026,
            "2026-11-26",
        ),
        (
            "DTSTART:20200525\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO",
            2026,
            "2026-05-25",
        ),
        // The Wednesday before 23 November: Buss- und Bettag.
        (
            "DTSTART:20201118\nRRULE:FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=16,17,18,19,20,21,22;BYDAY=WE",
            2026,
            "2026-11-18",
        ),
        (
            "DTSTART:20201231\nRRULE:FREQ=YEARLY;BYMONTHDAY=-1",
            2026,
            "2026-12-31",
        ),
        (
            "DTSTART:20200704\nRRULE:FREQ=YEARLY;INTERVAL=2",
            2026,
            "2026-07-04",
        ),
        (
            "DTSTART:20200704\nRRULE:FREQ=YEARLY\nEXDATE:20250704",
            2026,
            "2026-07-04",
        ),
        ("DTSTART:20200704\nRDATE:20260705", 2026, "2026-07-05"),
    ] {
        assert_eq!(days(rule, year), [expected], "{rule}");
    }
    for (rule, year) in [
        ("DTSTART:20200704\nRRULE:FREQ=YEARLY;INTERVAL=2", 2027),
        ("DTSTART:20200704\nRRULE:FREQ=YEARLY;COUNT=6", 2026),
        (
            "DTSTART:20200704\nRRULE:FREQ=YEARLY;UNTIL=20260703T000000Z",
            2026,
        ),
        ("DTSTART:20200704\nRRULE:FREQ=YEARLY\nEXDATE:20260704", 2026),
    ] {
        assert_eq!(days(rule, year), Vec::<String>::new(), "{rule}");
    }
}

#[test]
fn what_is_no_holiday_is_left_out_and_named() {
    let events = [
        "DTSTART:20260110T090000Z\nSUMMARY:Stand-up",
        "DTSTART;VALUE=DATE:20260111\nSUMMARY:Lunch\nRRULE:FREQ=WEEKLY",
        "DTSTART;VALUE=DATE:20260112\nSUMMARY:Cancelled day\nSTATUS:CANCELLED",
        "DTSTART;VALUE=DATE:20260113\nSUMMARY:A real\\, closed day",
    ];
    let file = read(&events.map(event).concat()).unwrap();
    assert_eq!(
        file.holidays.on(date(2026, 1, 13)),
        Some("A real, closed day")
    );
    assert_eq!(file.holidays.len(), 1);
    let notes: Vec<String> = file.skipped.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "line 2: Stand-up: it has a time of day",
            "line 6: Lunch: it comes back, but not every year",
            "line 11: Cancelled day: it is cancelled",
        ]
    );
}

#[test]
fn folded_lines_alarms_and_parameters_with_colons_are_read() {
    let lines = "DTSTART;X=\"a:b\";VALUE=DATE:20260501\nSUMMARY:Labour\n  Day\nBEGIN:VALARM\nSUMMARY:Wake up\nEND:VALARM";
    let holidays = read(&event(lines)).unwrap().holidays;
    assert_eq!(holidays.on(date(2026, 5, 1)), Some("Labour Day"));
}

#[test]
fn a_file_that_is_none_says_at_which_line() {
    for (text, words) in [
        ("", "line 1: the file is empty"),
        ("<html>", "line 1: an iCalendar file begins with"),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR",
            "line 3: END:VCALENDAR closes nothing",
        ),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT",
            "line 2: the event has no DTSTART",
        ),
        ("BEGIN:VCALENDAR", "line 1: END:VCALENDAR is missing"),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026-05-01",
            "line 3: \"2026-05-01\" is no date",
        ),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260501\nDTEND:20990101\nEND:VEVENT",
            "longer than a year",
        ),
    ] {
        let error = Holidays::from_icalendar(text).unwrap_err().to_string();
        assert!(error.contains(words), "{text}: {error}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_fall_over(
        lines in proptest::collection::vec(
            prop_oneof![
                Just("BEGIN:VEVENT".to_owned()), Just("END:VEVENT".to_owned()),
                "DTSTART(;VALUE=DATE)?:[0-9]{0,9}(T[0-9]{0,6}Z?)?", "DTEND:2[0-9]{7}", "DURATION:P[0-9]{0,11}[DW]",
                "RRULE:FREQ=YEARLY;(BYDAY=-?[0-9]{0,3}(MO|SU|é)|BYMONTHDAY=-?[0-9]{1,3}|INTERVAL=[0-9]{0,6}|COUNT=[0-9]{1,20}|UNTIL=[0-9]{8});?(BYMONTH=[0-9]{1,2})?",
                "EXDATE:[0-9,]{0,20}", "SUMMARY:\\PC{0,12}\\\\?", "\\PC{0,30}",
            ],
            0..12,
        ),
    ) {
        let _ = Holidays::from_icalendar(&format!("BEGIN:VCALENDAR\n{}\nEND:VCALENDAR", lines.join("\n")));
        let _ = Holidays::from_icalendar(&lines.join("\n"));
    }
}

#[test]
fn days_of_every_year_become_dates_of_a_stretch() {
    let mut holidays = Holidays::default();
    holidays.add(Holiday::EveryYear(2, 29), "Leap day");
    holidays.add(Holiday::EveryYear(12, 24), "Christmas Eve");
    holidays.add(Holiday::On(date(2027, 5, 6)), "Ascension");
    holidays.add(Holiday::On(date(2029, 5, 10)), "Ascension");
    let between = holidays.between(date(2026, 12, 25), date(2028, 12, 24));
    let days: Vec<String> = between
        .iter()
        .map(|(day, name)| format!("{day:?} {name}"))
        .collect();
    assert_eq!(
        days,
        [
            "On(2027-05-06) Ascension",
            "On(2027-12-24) Christmas Eve",
            "On(2028-02-29) Leap day",
            "On(2028-12-24) Christmas Eve",
        ]
    );
}
