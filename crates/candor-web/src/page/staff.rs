//! Staff planning for leads: who is needed, who is there, who is away.
//!
//! Owns: the routes and the words that its pages share. Must not know: forecasts, rules of the
//! roster.

pub(crate) mod absence;
mod adoption;
mod chart;
mod decide;
mod plan;
mod planning;
mod roster;
mod shift;
mod trouble;

use crate::i18n::Texts;
use crate::route::{Admission, RouteBook};
use crate::state::App;
use candor_domain::calendar::Period;
use candor_domain::id::PersonId;
use candor_domain::people::Person;
use candor_domain::permission::Permission;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

/// Writes the pages into the book.
pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Admission::Permission(Permission::ManageLevels);
    book.get("/staff", may, planning::show)
        .get("/staff/plan", may, plan::show)
        .get("/staff/plan/{file}", may, plan::download)
        .post("/staff/plan/adoption", may, adoption::create)
        .delete("/staff/adoptions/{adoption}", may, adoption::remove)
        .post(
            "/staff/adoptions/{adoption}/return",
            may,
            adoption::bring_back,
        )
        .get("/staff/roster", may, roster::show)
        .post("/staff/shifts", may, shift::create)
        .get("/staff/shifts/{shift}", may, shift::show)
        .post("/staff/shifts/{shift}", may, shift::change)
        .delete("/staff/shifts/{shift}", may, shift::remove)
        .post("/staff/shifts/{shift}/former", may, shift::put_back)
        .post("/staff/shifts/{shift}/return", may, shift::bring_back)
        .post("/staff/absences", may, decide::create)
        .post("/staff/absences/{absence}/approval", may, decide::approve)
        .post("/staff/absences/{absence}/refusal", may, decide::refuse)
        .post("/staff/absences/{absence}/question", may, decide::ask_again)
        .post("/staff/swaps/{swap}/approval", may, decide::approve_swap)
        .post("/staff/swaps/{swap}/refusal", may, decide::refuse_swap)
        .post("/staff/swaps/{swap}/question", may, decide::ask_swap_again);
}

/// The week that an address asks for.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(default)]
pub(super) struct Week {
    week: Option<Date>,
}

impl Week {
    /// A day of it; days far from any roster are none.
    fn day(self) -> Option<Date> {
        self.week
            .filter(|day| (2_000..=2_200).contains(&day.year()))
    }
}

/// Links to the weeks beside one, with the words between them.
pub(super) struct Turning {
    before: String,
    after: String,
    words: String,
}

impl Turning {
    fn new(t: &Texts, path: &str, monday: Date) -> Self {
        let at = |days: i64| {
            let day = monday.saturating_add(days.days());
            format!("{path}?week={day}")
        };
        let sunday = monday.saturating_add(6.days());
        Self {
            before: at(-7),
            after: at(7),
            words: t.args(
                "staff-week",
                &[("from", &t.day(monday)), ("to", &t.day(sunday))],
            ),
        }
    }
}

/// Somebody's name; empty for nobody.
pub(super) fn name_of(people: &[Person], id: PersonId) -> String {
    let found = people.iter().find(|person| person.id == id);
    found.map_or_else(String::new, |person| person.name.clone())
}

/// Hours of a day as they are read: "9:00–17:00".
pub(super) fn hours_words(hours: Period) -> String {
    let at = |minute: u16| format!("{}:{:02}", minute / 60 % 24, minute % 60);
    format!("{}–{}", at(hours.start_minute()), at(hours.end_minute()))
}

/// One day or several: "Monday, 23 Nov", "23 Nov to 27 Nov".
pub(super) fn days_words(t: &Texts, first: Date, last: Date) -> String {
    if first == last {
        return day_words(t, first);
    }
    t.args(
        "staff-days",
        &[("from", &t.day(first)), ("to", &t.day(last))],
    )
}

/// A day with its weekday: "Monday, 23 Nov".
pub(super) fn day_words(t: &Texts, date: Date) -> String {
    format!("{}, {}", t.weekday(date), t.day(date))
}
