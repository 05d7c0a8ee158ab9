//! How many people a week needs, which shifts a day needs.

use super::{day, refused, week};
use proptest::prelude::*;

const WEEK: &str = include_str!("../../../../docs/manual/examples/plan-week.toml");
const DAY: &str = include_str!("../../../../docs/manual/examples/plan-day.toml");

#[test]
fn the_textbook_week_needs_twenty_three_people() {
    // Need 17 13 15 19 14 16 11, five days on and two off: LP 22 1/3, IP 23.
    let week = week(WEEK);
    assert!((week.lp - 67.0 / 3.0).abs() < 1e-9);
    assert_eq!((week.people, week.optimal), (23, true));
    assert!(
        week.cover
            .iter()
            .zip(week.need)
            .all(|(there, need)| *there >= need)
    );
}

#[test]
fn the_textbook_day_is_covered_without_an_hour_too_many() {
    let day = day(DAY);
    assert!((day.hours - 34.0).abs() < 1e-9);
    assert_eq!(day.cover, day.need, "perfect cover");
    let hours: f64 = day
        .shifts
        .iter()
        .map(|s| f64::from(s.people) * f64::from(s.hours.minutes()) / 60.0)
        .sum();
    assert!((hours - day.hours).abs() < 1e-9);
}

#[test]
fn a_break_is_a_hole_that_somebody_else_fills() {
    let day = day(
        "[day]\nhours = \"09:00-17:00\"\nneed = [1, 1, 1, 1, 1, 1, 1, 1]\nshift_hours = [8]\nbreak_minutes = 60",
    );
    assert_eq!(day.people, 2, "while one is away, another is there");
    assert!((day.hours - 14.0).abs() < 1e-9, "breaks are not worked");
    let breaks: Vec<String> = day
        .shifts
        .iter()
        .map(|s| s.pause.unwrap().to_string())
        .collect();
    assert_eq!(breaks.len(), 2);
    assert_ne!(breaks[0], breaks[1]);
    assert!(day.cover.iter().all(|there| *there >= 1));
}

#[test]
fn half_hours_and_nights_are_slots_too() {
    let night = day(
        "[day]\nhours = \"22:00-06:00\"\nslot_minutes = 30\nneed = [2,2,2,2,1,1,1,1,1,1,1,1,1,1,1,1]\nshift_hours = [2, 6, 8]",
    );
    assert!((night.hours - 10.0).abs() < 1e-9);
    assert_eq!(
        night.shifts[0].hours.to_string().split_once('-').unwrap().0,
        "22:00"
    );
}

#[test]
fn a_day_that_no_shift_covers_says_which_hour() {
    let text = "[day]\nhours = \"08:00-12:00\"\nneed = [1, 1, 1, 1]\nshift_hours = [5]";
    assert!(refused(text).contains("1 needed from 08:00-09:00, but no shift can cover that"));
}

#[test]
fn demands_that_make_no_sense_are_named() {
    for (text, words) in [
        ("", "holds one of [week], [day] and [roster]"),
        ("[week]\nneed = [1, 2, 3]", "invalid length 3"),
        ("[week]\nneed = [1, 2, 3, 4, 5, 6, -7]", "invalid value"),
        (
            "[week]\nneed = [1, 2, 3, 4, 5, 6, 7]\ndays_on = 8",
            "days_on is 8",
        ),
        ("[week]\nneed = [1, 2, 3, 4, 5, 6, 70000]", "at most 10000"),
        (
            "[day]\nhours = \"8-12\"\nneed = [1]\nshift_hours = [4]",
            "number of slots",
        ),
        (
            "[day]\nhours = \"8-12\"\nneed = [1,1,1,1]\nshift_hours = [1.5]",
            "whole number of slots",
        ),
        (
            "[day]\nhours = \"8-12\"\nneed = [1,1,1,1]\nshift_hours = [nan]",
            "whole number of slots",
        ),
        (
            "[day]\nhours = \"8-12\"\nneed = [1,1,1,1]\nshift_hours = [0]",
            "time to work",
        ),
        (
            "[day]\nhours = \"8-12\"\nslot_minutes = 0\nneed = [1]\nshift_hours = [4]",
            "slot_minutes is 0",
        ),
        (
            "[day]\nhours = \"noon\"\nneed = [1]\nshift_hours = [4]",
            "is no period",
        ),
        (
            "[week]\nneed = [1,1,1,1,1,1,1]\n[[people]]\nname = \"A\"",
            "belong to [roster]",
        ),
    ] {
        let error = refused(text);
        assert!(error.contains(words), "{text}\n--\n{error}");
    }
}

/// Whether some way to place so many people covers the need; every way is tried.
fn enough(people: u32, need: &[u32; 7], days_on: usize, starts: &mut Vec<u32>) -> bool {
    if starts.len() == 7 {
        return people == 0
            && (0..7).all(|day| {
                (0..days_on)
                    .map(|back| starts[(day + 7 - back) % 7])
                    .sum::<u32>()
                    >= need[day]
            });
    }
    (0..=people).any(|here| {
        starts.push(here);
        let found = enough(people - here, need, days_on, starts);
        starts.pop();
        found
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_fewer_people_do(need in proptest::array::uniform7(0_u32..4), days_on in 1_usize..=7) {
        let answer = week(&format!("[week]\nneed = {need:?}\ndays_on = {days_on}"));
        prop_assert!(answer.cover.iter().zip(need).all(|(there, need)| *there >= need));
        prop_assert!(answer.lp <= f64::from(answer.people) + 1e-6);
        if answer.people > 0 && answer.people <= 9 {
            prop_assert!(!enough(answer.people - 1, &need, days_on, &mut Vec::new()));
        }
    }
}
