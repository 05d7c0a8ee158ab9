//! The two nights a year on which the clock is changed, and odder nights elsewhere.

use super::{calendar, due};

#[test]
fn open_day_and_night_counts_real_hours_both_ways() {
    let always = calendar("zone = \"Europe/Berlin\"\nhours = \"24x7\"");
    assert_eq!(
        due(&always, "2026-03-29T00:30", 240, &[]),
        "2026-03-29T05:30:00+02:00"
    );
    assert_eq!(
        due(&always, "2026-10-25T00:30", 240, &[]),
        "2026-10-25T03:30:00+01:00"
    );
}

#[test]
fn a_night_shift_is_an_hour_shorter_in_spring_and_longer_in_autumn() {
    let nights =
        calendar("zone = \"Europe/Berlin\"\n[hours]\nsat = \"22:00-06:00\"\nmon = \"9-10\"");
    assert_eq!(
        due(&nights, "2026-03-28T22:00", 7 * 60, &[]),
        "2026-03-29T06:00:00+02:00"
    );
    assert_eq!(
        due(&nights, "2026-03-28T22:00", 8 * 60, &[]),
        "2026-03-30T10:00:00+02:00"
    );
    assert_eq!(
        due(&nights, "2026-10-24T22:00", 9 * 60, &[]),
        "2026-10-25T06:00:00+01:00"
    );
}

#[test]
fn hours_that_nobodys_clock_shows_are_no_hours() {
    let gap = calendar("zone = \"Europe/Berlin\"\n[hours]\nsun = \"02:00-03:00\"\nmon = \"9-10\"");
    assert_eq!(
        due(&gap, "2026-03-29T00:00", 30, &[]),
        "2026-03-30T09:30:00+02:00",
        "two to three does not exist on that Sunday"
    );
    let half =
        calendar("zone = \"Europe/Berlin\"\n[hours]\nsun = [\"01:00-02:30\", \"02:30-05:00\"]");
    assert_eq!(
        due(&half, "2026-03-29T00:00", 60, &[]),
        "2026-03-29T03:00:00+02:00"
    );
    assert_eq!(
        due(&half, "2026-03-29T00:00", 180, &[]),
        "2026-03-29T05:00:00+02:00"
    );
}

#[test]
fn an_edge_in_the_hour_that_comes_twice_is_the_first_one() {
    let early =
        calendar("zone = \"Europe/Berlin\"\n[hours]\nsun = \"01:00-02:30\"\nmon = \"9-10\"");
    assert_eq!(
        due(&early, "2026-10-25T00:00", 90, &[]),
        "2026-10-25T02:30:00+02:00"
    );
    let late = calendar("zone = \"Europe/Berlin\"\n[hours]\nsun = \"02:30-05:00\"");
    assert_eq!(
        due(&late, "2026-10-25T00:00", 210, &[]),
        "2026-10-25T05:00:00+01:00"
    );
}

#[test]
fn a_day_that_begins_at_one_and_a_day_that_never_was() {
    // Cairo's clock goes forward at midnight: the Friday begins at 01:00.
    let cairo = calendar("zone = \"Africa/Cairo\"\nhours = \"24x7\"");
    assert_eq!(
        due(&cairo, "2026-04-23T23:30", 60, &[]),
        "2026-04-24T01:30:00+03:00"
    );
    // Samoa had no 30 December 2011.
    let samoa = calendar("zone = \"Pacific/Apia\"\n[hours]\ndaily = \"09:00-17:00\"");
    assert_eq!(
        due(&samoa, "2011-12-29T16:00", 120, &[]),
        "2011-12-31T10:00:00+14:00"
    );
}

#[test]
fn zones_with_half_hours_count_too() {
    // Lord Howe changes its clock by half an hour.
    let island = calendar("zone = \"Australia/Lord_Howe\"\nhours = \"24x7\"");
    assert_eq!(
        due(&island, "2026-10-04T01:00", 120, &[]),
        "2026-10-04T03:30:00+11:00"
    );
    let kathmandu = calendar("zone = \"Asia/Kathmandu\"\n[hours]\nsun-fri = \"10:00-17:00\"");
    assert_eq!(
        due(&kathmandu, "2026-01-16T16:30", 60, &[]),
        "2026-01-18T10:30:00+05:45"
    );
}
