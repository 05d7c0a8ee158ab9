//! Rosters for calendars and spreadsheets.

use super::{ROSTER, one_shift, people, plan, rostered};

const NEED: &str =
    "[[needs]]\ndays = \"2026-03-28..2026-03-29\"\nhours = \"09:00-17:00\"\npeople = 1";

fn over_the_change_of_the_clock(name: &str) -> String {
    one_shift(7, NEED, &people(&[name])).replace("2026-01-19", "2026-03-23")
}

#[test]
fn events_have_the_right_instants_when_the_clock_changes() {
    let roster = rostered(&over_the_change_of_the_clock("Ayla"));
    let starts: Vec<&str> = roster
        .assignments
        .iter()
        .map(|shift| shift.start.as_str())
        .collect();
    assert_eq!(
        starts,
        ["2026-03-28T09:00:00+01:00", "2026-03-29T09:00:00+02:00"]
    );
    let file = roster.to_icalendar(None);
    assert!(file.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    assert!(
        file.contains(
            "DTSTART:20260328T080000Z\r\nDTEND:20260328T160000Z\r\nSUMMARY:Ayla: day\r\n"
        )
    );
    assert!(file.contains("DTSTART:20260329T070000Z\r\n"));
    assert!(file.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(
        file,
        rostered(&over_the_change_of_the_clock("Ayla")).to_icalendar(None),
        "the same plan, the same file"
    );
}

#[test]
fn a_persons_own_calendar_has_their_shifts_only() {
    let roster = rostered(ROSTER);
    let own = roster.to_icalendar(Some("Chiara"));
    let shifts = roster
        .assignments
        .iter()
        .filter(|shift| shift.person == "Chiara")
        .count();
    assert_eq!(own.matches("BEGIN:VEVENT").count(), shifts);
    assert!(
        !own.contains("Chiara"),
        "in their own calendar their name says nothing"
    );
    assert!(
        roster
            .to_icalendar(Some("Nobody"))
            .matches("BEGIN:VEVENT")
            .count()
            == 0
    );
}

#[test]
fn names_cannot_break_a_line_or_become_a_formula() {
    let hostile = "=HYPERLINK(1),\\u000aEND:VCALENDAR; 東京東京東京東京東京東京東京東京東京東京東京東京東京東京";
    let roster = rostered(&over_the_change_of_the_clock(hostile));
    let file = roster.to_icalendar(None);
    assert_eq!(file.matches("END:VCALENDAR\r\n").count(), 1);
    assert!(file.contains("\\, END:VCALENDAR\\;"));
    assert!(
        file.lines().all(|line| line.len() <= 75),
        "lines are folded"
    );
    let table = roster.to_csv();
    assert!(
        table
            .lines()
            .nth(1)
            .unwrap()
            .starts_with("\"'=HYPERLINK(1),")
    );
}

#[test]
fn a_table_has_a_line_for_each_shift() {
    let table = rostered(&over_the_change_of_the_clock("Ayla")).to_csv();
    assert_eq!(
        table,
        "person,date,shift,start,end,break,hours\r\n\
         Ayla,2026-03-28,day,2026-03-28T09:00:00+01:00,2026-03-28T17:00:00+01:00,,8\r\n\
         Ayla,2026-03-29,day,2026-03-29T09:00:00+02:00,2026-03-29T17:00:00+02:00,,8\r\n"
    );
}

#[test]
fn answers_without_names_have_no_calendar() {
    let answer = plan("[week]\nneed = [1, 1, 1, 1, 1, 1, 1]").unwrap();
    assert!(
        answer
            .roster()
            .unwrap_err()
            .to_string()
            .contains("only a [roster]")
    );
}
