//! What holds for every calendar and every instant.

use candor_domain::calendar::{Calendar, CalendarForm, Pause, Pauses};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

const HOUR: i64 = 3_600;

fn any_calendar() -> impl Strategy<Value = Calendar> {
    let zone = prop_oneof![
        Just("UTC"),
        Just("Europe/Berlin"),
        Just("America/New_York"),
        Just("Africa/Cairo"),
        Just("Australia/Lord_Howe"),
        Just("Asia/Kathmandu"),
    ];
    let period = (0_u16..24, 0_u16..60, 1_u16..24).prop_map(|(hour, minute, length)| {
        let end = (hour + length) % 24;
        format!("{hour:02}:{minute:02}-{end:02}:{minute:02}")
    });
    let day = proptest::option::of(period);
    let closed = proptest::collection::btree_set(1_i8..28, 0..6);
    (zone, proptest::collection::vec(day, 7), closed).prop_filter_map(
        "a week with hours",
        |(zone, days, closed)| {
            let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
            let hours: serde_json::Map<_, _> = names
                .iter()
                .zip(days)
                .filter_map(|(name, hours)| Some(((*name).to_owned(), hours?.into())))
                .collect();
            let holidays: Vec<String> = closed.iter().map(|d| format!("2026-03-{d:02}")).collect();
            let form = serde_json::json!({ "zone": zone, "hours": hours, "holidays": holidays });
            let open = !hours.is_empty();
            open.then(|| {
                Calendar::try_from(serde_json::from_value::<CalendarForm>(form).unwrap()).unwrap()
            })
        },
    )
}

/// Instants from autumn 2025 to autumn 2026, so that clocks change in them.
fn any_instant() -> impl Strategy<Value = Timestamp> {
    (1_759_000_000_i64..1_795_000_000).prop_map(|second| Timestamp::from_second(second).unwrap())
}

fn any_pauses() -> impl Strategy<Value = Pauses> {
    let pause = (any_instant(), 0..400 * HOUR).prop_map(|(from, seconds)| Pause {
        from,
        to: from + SignedDuration::from_secs(seconds),
    });
    proptest::collection::vec(pause, 0..5).prop_map(Pauses::new)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn due_is_the_earliest_instant_with_that_much_open_time(
        calendar in any_calendar(), from in any_instant(), pauses in any_pauses(), seconds in 1..90 * HOUR,
    ) {
        let amount = SignedDuration::from_secs(seconds);
        let due = calendar.add_with_pauses(from, amount, &pauses).unwrap();
        prop_assert_eq!(calendar.between_with_pauses(from, due, &pauses), amount);
        let just_before = due - SignedDuration::from_micros(1);
        prop_assert!(calendar.between_with_pauses(from, just_before, &pauses) < amount);
    }

    #[test]
    fn open_time_adds_up(calendar in any_calendar(), mut instants in [any_instant(), any_instant(), any_instant()]) {
        instants.sort();
        let [a, b, c] = instants;
        prop_assert_eq!(calendar.between(a, b) + calendar.between(b, c), calendar.between(a, c));
        prop_assert!(calendar.between(a, c) <= c.duration_since(a));
    }

    #[test]
    fn a_timetable_answers_as_its_calendar_does(
        calendar in any_calendar(), from in any_instant(), to in any_instant(), seconds in 0..90 * HOUR,
        start in any_instant(), days in 1_i64..200,
    ) {
        let table = calendar.timetable(start, start + SignedDuration::from_hours(24 * days));
        let amount = SignedDuration::from_secs(seconds);
        prop_assert_eq!(table.add(from, amount), calendar.add(from, amount));
        prop_assert_eq!(table.between(from, to), calendar.between(from, to));
    }

    #[test]
    fn two_waits_in_a_row_are_one_wait(calendar in any_calendar(), from in any_instant(), first in 1..50 * HOUR, second in 1..50 * HOUR) {
        let [first, second] = [first, second].map(SignedDuration::from_secs);
        let in_steps = calendar.add(calendar.add(from, first).unwrap(), second).unwrap();
        prop_assert_eq!(in_steps, calendar.add(from, first + second).unwrap());
    }
}
