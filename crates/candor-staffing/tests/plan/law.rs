//! What every plan keeps, checked without the model that made it.

use super::{ROSTER, rostered};
use candor_staffing::plan::{PlanFile, RosterPlan, plan};
use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Checks a plan against its file by counting.
fn check(text: &str, roster: &RosterPlan) {
    let file: PlanFile = toml::from_str(text).unwrap();
    let head = file.roster.unwrap();
    let instant = |text: &str| text.parse::<Timestamp>().unwrap();
    for person in &file.people {
        let mut mine: Vec<_> = roster
            .assignments
            .iter()
            .filter(|s| s.person == person.name)
            .collect();
        mine.sort_by_key(|shift| instant(&shift.start));
        let (mut hours, mut days): (BTreeMap<Date, f64>, BTreeMap<Date, u32>) = Default::default();
        for shift in &mine {
            assert!(
                !person.off.iter().any(|off| off.include(shift.date)),
                "{shift:?}"
            );
            assert!(
                !head.closed.iter().any(|closed| closed.include(shift.date)),
                "{shift:?}"
            );
            let monday = shift
                .date
                .tomorrow()
                .unwrap()
                .nth_weekday(-1, Weekday::Monday)
                .unwrap();
            *hours.entry(monday).or_default() += shift.hours;
            *days.entry(monday).or_default() += 1;
        }
        for pair in mine.windows(2) {
            let rest = instant(&pair[1].start).duration_since(instant(&pair[0].end));
            assert!(pair[0].date < pair[1].date, "two shifts on a day: {pair:?}");
            assert!(rest.as_secs_f64() / 3600.0 >= head.rest_hours, "{pair:?}");
        }
        assert!(
            hours.values().all(|hours| *hours <= person.hours + 1e-9),
            "{}: {hours:?}",
            person.name
        );
        assert!(
            days.values().all(|days| *days <= head.days_a_week),
            "{}: {days:?}",
            person.name
        );
        let run = head.days_in_a_row as usize + 1;
        let too_long = mine.windows(run).filter(|run| {
            run[run.len() - 1]
                .date
                .duration_since(run[0].date)
                .as_hours()
                < 24 * run.len() as i64
        });
        assert_eq!(too_long.count(), 0, "{}", person.name);
    }
    check_cover(text, roster);
}

/// Every quarter of an hour of every need has its people, breaks left out.
fn check_cover(text: &str, roster: &RosterPlan) {
    let file: PlanFile = toml::from_str(text).unwrap();
    let minute = |text: &str| {
        let (hour, minute) = text.split_once(':').unwrap();
        hour.parse::<u16>().unwrap() * 60 + minute.parse::<u16>().unwrap()
    };
    let dates: std::collections::BTreeSet<Date> =
        roster.coverage.iter().map(|stretch| stretch.date).collect();
    for need in &file.needs {
        for date in dates.iter().filter(|date| need.days.include(**date)) {
            for at in (need.hours.start_minute()..need.hours.end_minute()).step_by(15) {
                let there = roster.assignments.iter().filter(|shift| {
                    let person = file.people.iter().find(|p| p.name == shift.person).unwrap();
                    let able = need
                        .skill
                        .as_ref()
                        .is_none_or(|skill| person.skills.contains(skill));
                    let (from, to) = (minute(&shift.start[11..16]), minute(&shift.end[11..16]));
                    let away = shift.pause.as_ref().is_some_and(|pause| {
                        let (leave, back) = pause.split_once('-').unwrap();
                        (minute(leave)..minute(back)).contains(&at)
                    });
                    shift.date == *date && able && (from..to).contains(&at) && !away
                });
                assert!(there.count() as u32 >= need.people, "{date} {at}: {need:?}");
            }
        }
    }
}

#[test]
fn the_roster_of_the_manual_keeps_every_rule() {
    check(ROSTER, &rostered(ROSTER));
}

fn any_roster() -> impl Strategy<Value = String> {
    let person = (
        16_u32..=40,
        any::<bool>(),
        proptest::option::of(0_usize..7),
        0_usize..7,
    );
    let need = (0_usize..7, 8_u16..14, 1_u16..6, 1_u32..=2, any::<bool>());
    let people = proptest::collection::vec(person, 3..6);
    let needs = proptest::collection::vec(need, 1..5);
    (people, needs, 1_u32..=14).prop_map(|(people, needs, days)| {
        let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let mut text = format!("[roster]\nstart = 2026-03-23\ndays = {days}\nzone = \"Europe/Berlin\"\n");
        text += "[[shifts]]\nname = \"early\"\nhours = \"08:00-14:00\"\n[[shifts]]\nname = \"late\"\nhours = \"13:00-22:00\"\nbreaks = [\"16:00-17:00\", \"17:00-18:00\"]\n";
        for (day, hour, length, people, skilled) in needs {
            let skill = if skilled { "skill = \"returns\"\n" } else { "" };
            let day = names[day];
            let _ = write!(text, "[[needs]]\ndays = \"{day}\"\nhours = \"{hour}-{}\"\npeople = {people}\n{skill}", hour + length);
        }
        for (place, (hours, skilled, off, wish)) in people.into_iter().enumerate() {
            let skills = if skilled { "\"returns\"" } else { "" };
            let off = off.map(|day| format!("off = [\"{}\"]\n", names[day])).unwrap_or_default();
            let wish = names[wish];
            let _ = write!(text, "[[people]]\nname = \"P{place}\"\nhours = {hours}\nskills = [{skills}]\n{off}wishes = [{{ days = \"{wish}\" }}]\n");
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_plan_keeps_every_rule_or_says_what_cannot_be_met(text in any_roster()) {
        match plan(&text) {
            Ok(answer) => check(&text, answer.roster().unwrap()),
            Err(error) => {
                let words = error.to_string();
                prop_assert!(words.starts_with("this roster cannot be met: "), "{words}");
                prop_assert!(words.len() > 40, "{words}");
            }
        }
    }
}
