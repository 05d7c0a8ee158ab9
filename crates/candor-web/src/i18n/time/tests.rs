use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::i18n::{Language, Texts};

fn at(instant: &str) -> Timestamp {
    instant.parse().expect("the test writes valid instants")
}

/// Monday, 23 November 2026, 10:50 in Hamburg.
fn reader(language: Language) -> Texts {
    let zone = TimeZone::get("Europe/Berlin").expect("the zone exists");
    Texts::new(language, zone, at("2026-11-23T09:50:00Z"))
}

#[test]
fn a_moment_is_told_in_the_readers_zone_and_language() {
    let cases = [
        ("2026-11-23T08:12:00Z", "today 09:12", "heute 09:12"),
        ("2026-11-22T23:30:00Z", "today 00:30", "heute 00:30"),
        ("2026-11-22T22:30:00Z", "yesterday 23:30", "gestern 23:30"),
        ("2026-11-24T10:00:00Z", "tomorrow 11:00", "morgen 11:00"),
        ("2026-11-19T10:00:00Z", "Thursday 11:00", "Donnerstag 11:00"),
        ("2026-10-24T10:00:00Z", "24 Oct, 12:00", "24. Okt., 12:00"),
        (
            "2025-01-02T10:00:00Z",
            "2 Jan 2025, 11:00",
            "2. Jan. 2025, 11:00",
        ),
    ];
    for (instant, english, german) in cases {
        assert_eq!(reader(Language::English).moment(at(instant)), english);
        assert_eq!(reader(Language::German).moment(at(instant)), german);
    }
}

#[test]
fn distances_are_told_in_words() {
    let cases = [
        ("2026-11-23T09:49:40Z", "just now", "gerade eben"),
        ("2026-11-23T09:32:00Z", "18 min ago", "vor 18 Min."),
        ("2026-11-23T11:50:00Z", "in 2 h", "in 2 Std."),
        ("2026-11-22T09:00:00Z", "1 day ago", "vor 1 Tag"),
        ("2026-11-20T09:50:00Z", "3 days ago", "vor 3 Tagen"),
    ];
    for (instant, english, german) in cases {
        assert_eq!(reader(Language::English).relative(at(instant)), english);
        assert_eq!(reader(Language::German).relative(at(instant)), german);
    }
}

#[test]
fn a_list_shows_as_little_as_it_needs() {
    let t = reader(Language::English);
    let told: Vec<_> = [
        "2026-11-23T08:12:00Z",
        "2026-11-22T08:12:00Z",
        "2026-11-19T08:12:00Z",
        "2026-09-01T08:12:00Z",
        "2024-09-01T08:12:00Z",
    ]
    .map(|instant| t.short(at(instant)))
    .into();
    assert_eq!(
        told,
        ["09:12", "yesterday", "Thursday", "1 Sep", "1 Sep 2024"]
    );
}

#[test]
fn lengths_drop_what_nobody_needs() {
    let t = reader(Language::English);
    let told: Vec<_> = [18, 60, 100, 185, 1440, 4400]
        .map(|minutes| t.span(SignedDuration::from_mins(minutes)))
        .into();
    assert_eq!(
        told,
        ["18 min", "1 h", "1 h 40", "3 h 05", "1 day", "3 days"]
    );
    assert_eq!(t.span(SignedDuration::from_mins(-5)), "0 min");
}

#[test]
fn a_stamp_carries_the_exact_instant() {
    let stamp = reader(Language::English).stamp(at("2026-11-23T08:12:00Z"));
    assert_eq!(
        stamp.to_string(),
        r#"<time datetime="2026-11-23T08:12:00Z" title="23 November 2026, 09:12">today 09:12</time>"#
    );
}

#[test]
fn numbers_are_grouped_as_the_reader_expects() {
    assert_eq!(reader(Language::English).number(1_234_567), "1,234,567");
    assert_eq!(reader(Language::German).number(-1_234), "\u{2212}1.234");
    assert_eq!(reader(Language::English).number(999), "999");
}
