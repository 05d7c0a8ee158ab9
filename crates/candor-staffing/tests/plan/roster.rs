//! Named people: fairness, wishes, weeks that follow each other.

use super::{ROSTER, one_shift, people, plan, rostered};

#[test]
fn the_roster_of_the_manual_is_met() {
    let roster = rostered(ROSTER);
    assert!(
        roster
            .coverage
            .iter()
            .all(|stretch| stretch.there >= stretch.need)
    );
    assert!(roster.unmet_wishes.is_empty());
    let saturdays: Vec<u32> = roster
        .people
        .iter()
        .map(|person| person.saturdays)
        .collect();
    assert_eq!(saturdays[0], 2, "Jonas had two before and is spared");
    assert!(
        !roster
            .assignments
            .iter()
            .any(|shift| shift.date.weekday() == jiff::civil::Weekday::Sunday)
    );
}

#[test]
fn the_manual_shows_the_files_that_are_tested() {
    let manual = include_str!("../../../../docs/manual/shift-plans.md");
    let week = include_str!("../../../../docs/manual/examples/plan-week.toml");
    let day = include_str!("../../../../docs/manual/examples/plan-day.toml");
    for file in [week, day, ROSTER] {
        assert!(
            manual.contains(file.trim_end()),
            "the manual shows another file than\n{file}"
        );
    }
}

#[test]
fn saturdays_are_shared() {
    let names = ["Ayla", "Ben", "Chiara", "Deniz"];
    let need = "[[needs]]\ndays = \"sat\"\nhours = \"09:00-17:00\"\npeople = 1";
    let roster = rostered(&one_shift(28, need, &people(&names)));
    assert!(
        roster.people.iter().all(|person| person.saturdays == 1),
        "{:?}",
        roster.people
    );
    let history = people(&names).replace("\"Ben\"", "\"Ben\"\nsaturdays_worked = 2");
    let roster = rostered(&one_shift(28, need, &history));
    assert_eq!(roster.people[1].saturdays, 2, "Ben has had his");
}

#[test]
fn a_wish_is_kept_when_somebody_else_can() {
    let need = "[[needs]]\ndays = \"fri\"\nhours = \"09:00-17:00\"\npeople = 1";
    let wish = "\nwishes = [{ days = \"fri\" }]";
    let two = people(&["Ayla", "Ben"]).replace("\"Ayla\"", &format!("\"Ayla\"{wish}"));
    let roster = rostered(&one_shift(7, need, &two));
    assert_eq!(roster.assignments[0].person, "Ben");
    let both = two
        .replace("\"Ben\"", &format!("\"Ben\"{wish}"))
        .replace("fri\" }", "fri\", weight = 3 }");
    let both = both.replacen("weight = 3", "weight = 1", 1);
    let roster = rostered(&one_shift(7, need, &both));
    assert_eq!(
        roster.assignments[0].person, "Ayla",
        "the weaker wish gives way"
    );
    assert_eq!(roster.unmet_wishes[0].person, "Ayla");
}

#[test]
fn a_wish_brings_nobody_in_who_is_not_needed() {
    let need = "[[needs]]\ndays = \"fri\"\nhours = \"09:00-17:00\"\npeople = 1";
    let wish = people(&["Ayla"]).replace(
        "\"Ayla\"",
        "\"Ayla\"\nwishes = [{ days = \"mon\", shift = \"day\" }]",
    );
    let roster = rostered(&one_shift(7, need, &wish));
    assert_eq!(roster.assignments.len(), 1);
    assert_eq!(roster.unmet_wishes.len(), 1);
}

#[test]
fn somebody_with_a_daily_skill_is_there_on_each_day_where_that_can_be() {
    let need = "[[needs]]\ndays = \"mon-fri\"\nhours = \"09:00-17:00\"\npeople = 1";
    let names = people(&["Ayla", "Ben"]);
    let daily = |skilled: &str| {
        let text = one_shift(7, need, &names.replace("\"Ben\"", skilled));
        let daily = "[[roster.daily]]\ndays = \"mon-sat\"\nskill = \"German\"\n[[shifts]]";
        text.replacen("[[shifts]]", daily, 1)
    };
    let roster = rostered(&daily("\"Ben\"\nskills = [\"German\"]"));
    assert!(roster.optimal);
    assert!(
        roster.days_without.is_empty(),
        "nobody is needed on Saturday"
    );
    let by = |name: &str| {
        let own = roster.people.iter().find(|total| total.name == name);
        own.unwrap().days
    };
    assert_eq!((by("Ayla"), by("Ben")), (0, 5));

    let away = "\"Ben\"\nskills = [\"German\"]\noff = [\"wed\"]";
    let roster = rostered(&daily(away));
    assert_eq!(roster.assignments[2].person, "Ayla", "somebody is needed");
    let without = roster.days_without.iter().map(|day| day.date.to_string());
    assert_eq!(without.collect::<Vec<_>>(), ["2026-01-21"]);

    let wrong = plan(&daily("\"Ben\"")).unwrap_err().to_string();
    assert!(wrong.contains("nobody has this skill"), "{wrong}");
}

#[test]
fn rest_and_runs_reach_over_the_end_of_the_week() {
    // Seven days a week by one person is too many in a row; two share it over a fortnight.
    let frame = "[roster]\nstart = 2026-01-22\ndays = 14\nzone = \"UTC\"\ndays_a_week = 7\ndays_in_a_row = 3\n";
    let rest = "[[shifts]]\nname = \"late\"\nhours = \"14:00-22:00\"\n[[needs]]\ndays = \"daily\"\nhours = \"14:00-22:00\"\npeople = 1\n";
    let two = people(&["Ayla", "Ben"]).replace("name", "hours = 60\nname");
    let roster = rostered(&format!("{frame}{rest}{two}"));
    for name in ["Ayla", "Ben"] {
        let days: Vec<i8> = roster
            .assignments
            .iter()
            .filter(|s| s.person == name)
            .map(|s| s.date.day())
            .collect();
        let runs = days.windows(4).filter(|run| run[3] == run[0] + 3).count();
        assert_eq!(runs, 0, "{name}: {days:?}");
    }
}

#[test]
fn a_night_of_sunday_keeps_somebody_from_monday_morning() {
    let text = "[roster]\nstart = 2026-01-25\ndays = 2\nzone = \"UTC\"\n[[shifts]]\nname = \"night\"\nhours = \"22:00-06:00\"\n[[shifts]]\nname = \"early\"\nhours = \"08:00-14:00\"\n[[needs]]\ndays = \"sun\"\nhours = \"22:00-06:00\"\npeople = 1\n[[needs]]\ndays = \"mon\"\nhours = \"08:00-14:00\"\npeople = 1\n";
    let roster = rostered(&format!("{text}{}", people(&["Ayla", "Ben"])));
    assert_ne!(roster.assignments[0].person, roster.assignments[1].person);
    let alone = super::refused(&format!("{text}{}", people(&["Ayla"])));
    assert!(
        alone.contains("Mon 26 Jan 08:00-14:00 needs 1, but only 0"),
        "{alone}"
    );
}

#[test]
fn the_cheapest_cover_is_found() {
    // Nine to five needs one, eleven to two needs two: one long shift and one short, not two long.
    let text = "[roster]\nstart = 2026-01-19\ndays = 1\nzone = \"UTC\"\n[[shifts]]\nname = \"long\"\nhours = \"09:00-17:00\"\n[[shifts]]\nname = \"short\"\nhours = \"10:30-14:30\"\n[[needs]]\ndays = \"mon\"\nhours = \"09:00-17:00\"\npeople = 1\n[[needs]]\ndays = \"mon\"\nhours = \"11:00-14:00\"\npeople = 2\n";
    let roster = rostered(&format!("{text}{}", people(&["Ayla", "Ben", "Chiara"])));
    assert!((roster.hours - 12.0).abs() < 1e-9);
    assert!(roster.optimal);
}
