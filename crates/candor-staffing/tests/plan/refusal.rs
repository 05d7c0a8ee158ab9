//! Rosters that cannot be: which requirement it is.

use super::{one_shift, people, refused};

const MONDAY: &str = "[[needs]]\ndays = \"mon\"\nhours = \"09:00-17:00\"\npeople = 2";

#[test]
fn too_few_people_are_counted_and_named() {
    let words = refused(&one_shift(7, MONDAY, &people(&["Ayla"])));
    assert_eq!(
        words,
        "this roster cannot be met: Mon 19 Jan 09:00-17:00 needs 2, but only 1 can be there (able then: Ayla)"
    );
}

#[test]
fn a_missing_skill_is_named() {
    let need = format!("{MONDAY}\nskill = \"returns\"");
    let team = people(&["Ayla", "Ben"]).replace("\"Ben\"", "\"Ben\"\nskills = [\"returns\"]");
    let words = refused(&one_shift(7, &need, &team));
    assert!(
        words.contains("needs 2 with returns, but only 1 can be there (able then: Ben)"),
        "{words}"
    );
}

#[test]
fn an_hour_that_no_shift_reaches_is_named() {
    let need = MONDAY.replace("17:00", "18:00");
    let words = refused(&one_shift(7, &need, &people(&["Ayla", "Ben"])));
    assert!(
        words.contains("17:00-18:00 needs 2, but only 0 can be there (nobody has a shift then)"),
        "{words}"
    );
}

#[test]
fn too_few_hours_in_all_are_counted() {
    let need = MONDAY.replace("\"mon\"", "\"mon-fri\"");
    let team = people(&["Ayla", "Ben", "Chiara"]).replace("name", "hours = 20\nname");
    let words = refused(&one_shift(7, &need, &team));
    assert!(
        words.contains("needs at least 80.0 hours of work, but the people have 60.0"),
        "{words}"
    );
}

#[test]
fn a_limit_that_only_shows_in_the_whole_is_found_too() {
    // Enough people each day and enough hours, but 20 hours hold two shifts of eight, not 2.5.
    let need = MONDAY
        .replace("\"mon\"", "\"mon-fri\"")
        .replace("people = 2", "people = 1");
    let team = people(&["Ayla", "Ben"]).replace("name", "hours = 20\nname");
    let words = refused(&one_shift(7, &need, &team));
    assert!(
        words.contains("needs 1, but only 0 can be there (able then: Ayla, Ben)"),
        "{words}"
    );
}

#[test]
fn hours_that_somebody_must_have_and_cannot_get_are_named() {
    let team = people(&["Ayla", "Ben"]).replace(
        "\"Ayla\"",
        "\"Ayla\"\nleast_hours = 30\noff = [\"mon-wed\"]",
    );
    let need = MONDAY
        .replace("people = 2", "people = 1")
        .replace("\"mon\"", "\"mon-fri\"");
    let words = refused(&one_shift(7, &need, &team));
    assert!(
        words.contains("Ayla is to work at least 30 hours in the week of 2026-01-19, but 16.0 are"),
        "{words}"
    );
}

#[test]
fn mistakes_in_the_file_are_named() {
    let good = one_shift(7, MONDAY, &people(&["Ayla", "Ben"]));
    for (from, to, words) in [
        (
            "2026-01-19",
            "\"monday\"",
            "it must be a date such as 2026-01-19",
        ),
        ("2026-01-19", "\"soon\"", "\"soon\" are no days"),
        ("Europe/Berlin", "Berlin", "IANA name"),
        ("days = 7", "days = 0", "from 1 to 56"),
        ("days = 7", "days = 7\nrest_hours = -1", "rest_hours is -1"),
        (
            "days = 7",
            "days = 7\nrest_hours = nan",
            "rest_hours is NaN",
        ),
        ("days = 7", "days = 7\nnights = 1", "unknown field `nights`"),
        ("\"Ben\"", "\"Ayla\"", "it stands there twice"),
        ("\"Ben\"", "\" \"", "everybody needs one"),
        ("\"Ben\"", "\"Ben\"\nhours = 200", "hours of Ben is 200"),
        ("\"Ben\"", "\"Ben\"\nleast_hours = 50", "from 0 to 40"),
        (
            "\"Ben\"",
            "\"Ben\"\nshifts = [\"night\"]",
            "there is no shift of that name",
        ),
        (
            "\"Ben\"",
            "\"Ben\"\nwishes = [{ days = \"mon\", weight = 99 }]",
            "weight of a wish of Ben",
        ),
        (
            "\"09:00-17:00\"\n[[needs]]",
            "\"09:00-17:00\"\nbreaks = [\"18:00-19:00\"]\n[[needs]]",
            "must lie inside",
        ),
        ("[[needs]]", "[[need]]", "unknown field `need`"),
    ] {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        let error = refused(&text);
        assert!(error.contains(words), "{to}\n--\n{error}");
    }
    assert!(
        refused("[roster]\nstart = 2026-01-19\nzone = \"UTC\"").contains("[[shifts]] is empty")
    );
}
