//! What people promise in replies, read word for word.
#![allow(clippy::unwrap_used, reason = "a test fails where it stands")]

use candor_domain::calendar::{Calendar, CalendarForm};
use candor_domain::promise::{Ground, read, reminder};
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Monday to Friday 9 to 18, Saturday 10 to 14, in Berlin.
fn shop() -> Calendar {
    let form: CalendarForm = toml::from_str(
        "zone = \"Europe/Berlin\"\n[hours]\nmon-fri = \"09:00-18:00\"\nsat = \"10:00-14:00\"\n",
    )
    .unwrap();
    Calendar::try_from(form).unwrap()
}

fn berlin(text: &str) -> Timestamp {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let at: jiff::civil::DateTime = text.parse().unwrap();
    at.to_zoned(zone).unwrap().timestamp()
}

/// Thursday, 26 November 2026, 09:30 in Berlin; the answer as `Thu 11:00` with the day of month.
fn promised(text: &str) -> Option<String> {
    promised_at("2026-11-26T09:30", text)
}

fn promised_at(now: &str, text: &str) -> Option<String> {
    let (calendar, zone) = (shop(), TimeZone::get("Europe/Berlin").unwrap());
    let ground = Ground {
        now: berlin(now),
        zone: &zone,
        calendar: Some(&calendar),
    };
    let found = read(text, &ground)?;
    let due = zone.to_datetime(found.due);
    Some(due.strftime("%a %-d %H:%M").to_string())
}

macro_rules! promises {
    ($($text:literal => $due:literal,)*) => {
        $(assert_eq!(promised($text).as_deref(), Some($due), "{}", $text);)*
    };
}

#[test]
fn english_promises_of_a_time_are_read() {
    promises! {
        "I'll write by 11:00." => "Thu 26 11:00",
        "I\u{2019}ll get back to you by 2pm today." => "Thu 26 14:00",
        "We will call you at 4:30 p.m. today." => "Thu 26 16:30",
        "You will hear from us tomorrow." => "Fri 27 18:00",
        "You'll hear from us tomorrow morning" => "Fri 27 12:00",
        "I will reply within two hours." => "Thu 26 11:30",
        "We'll answer within half an hour." => "Thu 26 10:00",
        "I'll let you know in the next 30 minutes." => "Thu 26 10:00",
        "We will get back to you in two to three hours." => "Thu 26 12:30",
        "You will have an answer by Friday." => "Fri 27 18:00",
        "I'll call you on Saturday." => "Sat 28 14:00",
        "I will be in touch by the end of the week." => "Sat 28 14:00",
        "I'll update you by the end of the day." => "Thu 26 18:00",
        "We will reply within 2 business days." => "Sat 28 14:00",
        "We'll reply by 1 December." => "Tue 1 18:00",
        "We'll reply by December 1st." => "Tue 1 18:00",
        "I will let you know by 2026-11-30 10:00." => "Mon 30 10:00",
        "I'll get back to you tomorrow by 10 with an answer." => "Fri 27 10:00",
        "I'll write tomorrow afternoon at 3." => "Fri 27 15:00",
        "You will hear from us the day after tomorrow." => "Sat 28 14:00",
        "I'll write by noon about your order from Monday." => "Thu 26 12:00",
    }
}

#[test]
fn german_promises_of_a_time_are_read() {
    promises! {
        "Ich melde mich bis 11 Uhr." => "Thu 26 11:00",
        "Ich schreibe Ihnen bis morgen Mittag." => "Fri 27 12:00",
        "Sie hören morgen von uns." => "Fri 27 18:00",
        "Morgen früh melde ich mich bei Ihnen." => "Fri 27 12:00",
        "Wir melden uns innerhalb von zwei Stunden." => "Thu 26 11:30",
        "Ich gebe Ihnen bis Freitag Bescheid." => "Fri 27 18:00",
        "Du hörst bis Ende der Woche von mir." => "Sat 28 14:00",
        "Sie bekommen bis 14.30 Uhr eine Antwort." => "Thu 26 14:30",
        "Wir melden uns bis 14 Uhr 30." => "Thu 26 14:30",
        "Ich rufe Sie am Freitagnachmittag an." => "Fri 27 18:00",
        "Ich melde mich heute noch." => "Thu 26 18:00",
        "Wir antworten Ihnen in einer halben Stunde." => "Thu 26 10:00",
        "Wir melden uns bis zum 1.12." => "Tue 1 18:00",
        "Ich melde mich bis 1. Dezember, 10 Uhr." => "Tue 1 10:00",
        "Wir schreiben Ihnen binnen 24 Stunden." => "Fri 27 09:30",
        "Ich halte Sie auf dem Laufenden und schreibe übermorgen." => "Sat 28 14:00",
        "Wir melden uns innerhalb von 2 Werktagen." => "Sat 28 14:00",
    }
}

#[test]
fn what_could_mean_two_moments_or_has_passed_is_no_promise() {
    for text in [
        "I'll write by 9:00.",
        "I'll write by 3.",
        "I'll write next Friday.",
        "I'll write by Thursday.",
        "I'll call between 10 and 12.",
        "We will reply by 3/4.",
        "We'll reply within a few days.",
        "We'll reply next week.",
        "I'll write tomorrow or on Saturday.",
        "I'll write soon.",
        "Ich melde mich bis 9 Uhr.",
        "Ich melde mich nächsten Freitag.",
        "Wir melden uns nächste Woche.",
        "Wir melden uns halb drei.",
        "We will write by 1 June.",
    ] {
        assert_eq!(promised(text), None, "{text}");
    }
}

#[test]
fn a_time_without_a_promise_is_none() {
    for text in [
        "Your parcel arrives by 11:00.",
        "Did you call us yesterday? Will you write by 11:00?",
        "If the warehouse finds it, I will write by 11:00.",
        "I'll try to write by 11:00.",
        "Please let us know by Friday.",
        "You wrote that I will write by 11:00, did you?",
        "> I'll write by 11:00.",
        "I wrote to you on Friday.",
        "Bitte melden Sie sich bis Freitag.",
        "Wir bitten Sie, bis Freitag zu antworten.",
        "Ich kann Ihnen leider nicht bis Freitag antworten.",
        "Wenn das Lager sie findet, melde ich mich bis 11 Uhr.",
        "It will be brought there tomorrow, and I'll ring them before I write to you again.",
        "Guten Morgen, wir schreiben Ihnen wegen der Mühle.",
        "The shop is open until 18:00, we will send the beans.",
    ] {
        assert_eq!(promised(text), None, "{text}");
    }
}

#[test]
fn the_sentence_that_promises_is_found_and_the_earliest_counts() {
    let text = "Dear Kim,\n\nthank you. I will call the carrier.\nYou will hear from us tomorrow. \
                I'll write by 11:00 in any case.\n\nAyla";
    let (calendar, zone) = (shop(), TimeZone::get("Europe/Berlin").unwrap());
    let ground = Ground {
        now: berlin("2026-11-26T09:30"),
        zone: &zone,
        calendar: Some(&calendar),
    };
    let found = read(text, &ground).unwrap();
    assert_eq!(&text[found.span], "I'll write by 11:00 in any case.");
}

#[test]
fn the_writers_zone_names_the_time_and_the_shops_hours_end_the_day() {
    let (calendar, zone) = (shop(), TimeZone::get("Europe/Lisbon").unwrap());
    let ground = Ground {
        now: berlin("2026-11-26T09:30"),
        zone: &zone,
        calendar: Some(&calendar),
    };
    let due = |text: &str| read(text, &ground).unwrap().due;
    // Eleven in Lisbon is noon in Berlin.
    assert_eq!(due("I'll write by 11:00."), berlin("2026-11-26T12:00"));
    let closing = berlin("2026-11-27T18:00");
    assert_eq!(due("You will hear from us tomorrow."), closing);
    let without = Ground {
        calendar: None,
        ..ground
    };
    let evening = berlin("2026-11-27T19:00");
    let read = read("You will hear from us tomorrow.", &without).unwrap();
    assert_eq!(read.due, evening, "18:00 in Lisbon");
}

#[test]
fn the_reminder_comes_an_open_hour_before_or_half_way() {
    let calendar = shop();
    let remind = |since: &str, due: &str| reminder(berlin(since), berlin(due), Some(&calendar));
    let long = remind("2026-11-26T09:30", "2026-11-26T17:00");
    assert_eq!(long, berlin("2026-11-26T16:00"));
    let short = remind("2026-11-26T09:30", "2026-11-26T10:30");
    assert_eq!(short, berlin("2026-11-26T10:00"));
    // Due when the shop opens: reminded in the last hour of the evening before.
    let morning = remind("2026-11-26T09:30", "2026-11-27T09:00");
    assert_eq!(morning, berlin("2026-11-26T17:00"));
    // Nothing of it is open time: half way.
    let night = remind("2026-11-26T19:00", "2026-11-26T20:00");
    assert_eq!(night, berlin("2026-11-26T19:30"));
}

#[test]
fn on_friday_evening_tomorrow_is_a_short_day_and_the_week_ends_with_it() {
    let evening = |text| promised_at("2026-11-27T17:30", text);
    assert_eq!(
        evening("You will hear from us tomorrow.").as_deref(),
        Some("Sat 28 14:00")
    );
    assert_eq!(
        evening("You will hear from us today.").as_deref(),
        Some("Fri 27 18:00")
    );
    assert_eq!(
        evening("You will hear from us on Sunday.").as_deref(),
        Some("Sun 29 18:00")
    );
    // The clock is changed in the night to Sunday, 29 March 2026.
    let spring = promised_at("2026-03-28T13:00", "I'll write within 24 hours.");
    assert_eq!(spring.as_deref(), Some("Sun 29 14:00"));
}
