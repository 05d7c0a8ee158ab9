//! "Due after so much open time".

use super::{SHOP, calendar, due};
use candor_domain::calendar::moment;

#[test]
fn a_promise_counts_open_hours_only() {
    let shop = calendar(SHOP);
    for (from, hours, expected) in [
        // Friday evening goes on on Saturday, Friday afternoon reaches Monday.
        ("2026-01-16T17:30", 1, "2026-01-17T10:30:00+01:00"),
        ("2026-01-16T15:00", 9, "2026-01-19T11:00:00+01:00"),
        ("2026-01-17T13:30", 4, "2026-01-19T12:30:00+01:00"),
        // Good Friday and Easter Monday are closed, the Saturday between is not.
        ("2026-04-02T17:00", 4, "2026-04-04T13:00:00+02:00"),
        ("2026-04-02T17:00", 9, "2026-04-07T13:00:00+02:00"),
        // Over the night in which the clock goes forward.
        ("2026-03-28T13:00", 9, "2026-03-30T17:00:00+02:00"),
        // A whole day is due when it ends, not when the next begins.
        ("2026-01-14T09:00", 9, "2026-01-14T18:00:00+01:00"),
    ] {
        assert_eq!(
            due(&shop, from, hours * 60, &[]),
            expected,
            "{from} + {hours} h"
        );
    }
}

#[test]
fn a_question_asked_at_night_waits_for_the_morning() {
    let shop = calendar(SHOP);
    let sunday = "2026-01-18T03:00";
    assert_eq!(due(&shop, sunday, 60, &[]), "2026-01-19T10:00:00+01:00");
    assert_eq!(due(&shop, sunday, 0, &[]), "2026-01-18T03:00:00+01:00");
}

#[test]
fn what_remained_when_a_pause_began_remains_when_it_ends() {
    let shop = calendar(SHOP);
    let friday = "2026-01-16T15:00";
    let over_the_weekend = "2026-01-16T16:00/2026-01-19T10:00";
    assert_eq!(
        due(&shop, friday, 540, &[over_the_weekend]),
        "2026-01-19T18:00:00+01:00"
    );
    let twice = [
        "2026-01-16T16:00/2026-01-19T10:00",
        "2026-01-19T09:30/2026-01-19T11:00",
    ];
    assert_eq!(
        due(&shop, friday, 540, &twice),
        "2026-01-20T10:00:00+01:00",
        "pauses that overlap count once"
    );
    let closed = "2026-01-17T15:00/2026-01-19T08:00";
    assert_eq!(
        due(&shop, friday, 540, &[closed]),
        due(&shop, friday, 540, &[]),
        "a pause while closed changes nothing"
    );
}

#[test]
fn friday_evening_to_monday_morning_is_330_minutes() {
    let shop = calendar(SHOP);
    let at = |text| moment(text, shop.zone()).unwrap();
    let minutes = |from, to| shop.between(at(from), at(to)).as_mins();
    assert_eq!(minutes("2026-01-16T17:15", "2026-01-19T09:45"), 330);
    assert_eq!(minutes("2026-01-19T09:45", "2026-01-16T17:15"), 0);
    assert_eq!(minutes("2026-01-12T00:00", "2026-01-19T00:00"), 49 * 60);
}

#[test]
fn moments_are_read_in_the_calendars_zone_unless_they_say_otherwise() {
    let shop = calendar(SHOP);
    for from in [
        "2026-01-16T17:30",
        "2026-01-16 17:30:00",
        "2026-01-16T16:30Z",
        "2026-01-16T17:30+01:00",
        "2026-01-16T11:30-05:00",
        "2026-01-16T17:30[Europe/Berlin]",
        "2026-01-16T11:30:00-05:00[America/New_York]",
    ] {
        assert_eq!(
            due(&shop, from, 60, &[]),
            "2026-01-17T10:30:00+01:00",
            "{from}"
        );
    }
    let named = "2026-01-16T16:00[Europe/Berlin]/2026-01-19T04:00:00-05:00[America/New_York]";
    assert_eq!(
        due(&shop, "2026-01-16T15:00", 540, &[named]),
        "2026-01-19T18:00:00+01:00"
    );
}

#[test]
fn what_is_no_moment_or_pause_is_named() {
    let shop = calendar(SHOP);
    for from in [
        "",
        "soon",
        "2026-13-01T10:00",
        "2026-01-16",
        "17:30",
        "2026-01-16T17:30+99:00",
    ] {
        let answer = due(&shop, from, 60, &[]);
        assert!(answer.contains("is no moment"), "{from}: {answer}");
    }
    for pause in ["", "2026-01-16T16:00", "2026-01-19T10:00/2026-01-16T16:00"] {
        let answer = due(&shop, "2026-01-16T15:00", 60, &[pause]);
        assert!(answer.contains("is no pause"), "{pause}: {answer}");
    }
}

#[test]
fn a_night_belongs_to_the_day_on_which_it_begins() {
    let nights = calendar(
        "zone = \"Europe/Berlin\"\nholidays = [\"2026-01-14\"]\n[hours]\nmon-fri = \"22:00-06:00\"",
    );
    assert_eq!(
        due(&nights, "2026-01-12T23:00", 480, &[]),
        "2026-01-13T23:00:00+01:00"
    );
    assert_eq!(
        due(&nights, "2026-01-13T05:00", 60, &[]),
        "2026-01-13T06:00:00+01:00",
        "five in the morning belongs to last night"
    );
    assert_eq!(
        due(&nights, "2026-01-14T01:00", 6 * 60, &[]),
        "2026-01-15T23:00:00+01:00",
        "the night before the holiday ends at six, the holiday's own night is off"
    );
    assert_eq!(
        due(&nights, "2026-01-17T01:00", 6 * 60, &[]),
        "2026-01-19T23:00:00+01:00",
        "Friday's night reaches into Saturday"
    );
}

#[test]
fn a_calendar_that_never_opens_says_so_instead_of_searching_for_ever() {
    let never = calendar("zone = \"UTC\"\n[hours]\n");
    let answer = due(&never, "2026-01-16T12:00", 1, &[]);
    assert!(
        answer.contains("no open time within a year after 2026-01-1"),
        "{answer}"
    );
    let rare =
        calendar("zone = \"UTC\"\n[hours]\n[[exceptions]]\ndate = 2026-12-30\nhours = \"10-11\"");
    assert_eq!(
        due(&rare, "2026-01-16T12:00", 60, &[]),
        "2026-12-30T11:00:00+00:00"
    );
    assert!(due(&rare, "2026-01-16T12:00", 61, &[]).contains("no open time"));
    let century = due(&calendar(SHOP), "2026-01-16T12:00", u32::MAX, &[]);
    assert!(century.contains("more than a hundred years"), "{century}");
    let end_of_time = due(&calendar(SHOP), "9999-12-29T12:00", 10_000, &[]);
    assert!(end_of_time.contains("hundred years"), "{end_of_time}");
}

#[test]
fn open_closed_and_the_next_opening() {
    let shop = calendar(SHOP);
    let at = |text| moment(text, shop.zone()).unwrap();
    assert!(shop.is_open(at("2026-01-16T09:00")));
    assert!(
        !shop.is_open(at("2026-01-16T18:00")),
        "the closing time is closed"
    );
    assert!(!shop.is_open(at("2026-04-03T12:00")));
    assert_eq!(
        shop.next_open(at("2026-04-02T18:00")).unwrap(),
        at("2026-04-04T10:00")
    );
    assert_eq!(
        shop.next_open(at("2026-01-16T12:00")).unwrap(),
        at("2026-01-16T12:00")
    );
}
