//! A week: what is expected, who is needed, who is there, what to change.
//!
//! Owns: the page and its words. Must not know: how any of it is worked out.

use super::chart::Chart;
use super::{Turning, Week, day_words};
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::layout::Section;
use crate::page::Page;
use crate::page::sheet::Sheet;
use crate::part::{EmptyState, Notice, Tone};
use askama::Template;
use axum::extract::Query;
use candor_desk::planning::{Block, PlanDay, PlanningPage, PlanningView, SLOTS_A_DAY};

use jiff::ToSpan;
use jiff::civil::Date;

/// Most sentences of one kind.
const MOST: usize = 6;

#[derive(Template)]
#[template(path = "page/staff/planning.html")]
struct Planning {
    t: Texts,
    turning: Turning,
    week: String,
    facts: Vec<(String, String)>,
    charts: Vec<(String, String, Option<Chart>)>,
    hours: Vec<String>,
    rows: Vec<TableRow>,
    moves: Vec<String>,
    can_plan: bool,
}

/// A half hour, and for each day its words and whether somebody is missing.
type TableRow = (String, Vec<(String, bool)>);

/// `GET /staff`
pub(super) async fn show(page: Page, Query(week): Query<Week>) -> PageResult {
    let t = &page.t;
    let planning = page.ask(PlanningView { week: week.day() }).await?;
    let sheet = Sheet::new(&page, Section::Staff, &t.get("staff-title"))
        .await?
        .intro(t.get("plan-intro"));
    let sheet = if planning.calendar.is_none() {
        let state = EmptyState::new(t.get("plan-no-hours"), t.get("plan-no-hours-words"));
        sheet.block(state.with_step(t.get("levels-first-step"), "/settings/hours/new"))
    } else {
        sheet
    };
    sheet
        .maybe(told(t, &planning))
        .block(Planning::new(t, &planning))
        .answer(&page, &Faults::default())
}

/// What the numbers cannot say.
fn told(t: &Texts, page: &PlanningPage) -> Option<Notice> {
    if !page.forecast.enough {
        let words = t.args(
            "plan-too-little",
            &[
                ("weeks", &page.forecast.weeks),
                ("tickets", &page.forecast.tickets),
            ],
        );
        return Some(Notice::new(words, Tone::Warn));
    }
    (!page.has_roster).then(|| Notice::new(t.get("plan-no-roster"), Tone::Warn))
}

impl Planning {
    fn new(t: &Texts, page: &PlanningPage) -> Self {
        let most = page
            .days
            .iter()
            .flat_map(|day| day.need.iter().chain(&day.there));
        let most = most.copied().max().unwrap_or(1);
        let chart = |day: &PlanDay| {
            let name = day_words(t, day.date);
            (
                name.clone(),
                summary(t, day),
                Chart::new(t, &name, day, most),
            )
        };
        let (hours, rows) = table(t, &page.days);
        Self {
            turning: Turning::new(t, "/staff", page.monday),
            week: page.monday.to_string(),
            facts: facts(t, page),
            charts: page.days.iter().map(chart).collect(),
            hours,
            rows,
            moves: moves(t, page),
            can_plan: page.calendar.is_some(),
            t: t.clone(),
        }
    }
}

fn summary(t: &Texts, day: &PlanDay) -> String {
    if !day.open.contains(&true) {
        return t.get("plan-closed");
    }
    let hours = |people: &[u32]| f64::from(people.iter().sum::<u32>()) / 2.0;
    t.args(
        "plan-day",
        &[
            ("need", &(hours(&day.need).round() as i64)),
            ("there", &(hours(&day.there).round() as i64)),
        ],
    )
}

fn facts(t: &Texts, page: &PlanningPage) -> Vec<(String, String)> {
    let arrivals: f64 = page.days.iter().flat_map(|day| &day.arrivals).sum();
    let forecast = if page.forecast.enough {
        t.args(
            "plan-forecast-from",
            &[
                ("tickets", &(arrivals.round() as i64)),
                ("weeks", &page.forecast.weeks),
            ],
        )
    } else {
        t.arg("plan-forecast-assumed", "tickets", arrivals.round() as i64)
    };
    let handle = if page.handle.is_measured() {
        key("plan-handle-measured")
    } else {
        key("plan-handle-assumed")
    };
    let handle = t.args(
        handle,
        &[
            ("minutes", &(page.handle.minutes.round() as i64)),
            ("answers", &page.handle.answers),
        ],
    );
    let hours = t.args(
        "plan-hours-of",
        &[
            ("there", &(page.hours_there().round() as i64)),
            ("need", &(page.hours_needed().round() as i64)),
        ],
    );
    vec![
        (t.get("plan-forecast"), forecast),
        (t.get("plan-handle"), handle),
        (t.get("plan-hours"), hours),
        (t.get("plan-fit"), fit(t, page)),
    ]
}

/// Whether the forecast fits what came.
fn fit(t: &Texts, page: &PlanningPage) -> String {
    if !page.forecast.enough {
        return t.get("plan-fit-unknown");
    }
    let index = t.decimal(page.forecast.dispersion, 1);
    if page.forecast.is_loose() {
        t.arg("plan-fit-loose", "index", index)
    } else {
        t.arg("plan-fit-good", "index", index)
    }
}

/// The hours that count, and for each who is there of how many.
fn table(t: &Texts, days: &[PlanDay]) -> (Vec<String>, Vec<TableRow>) {
    let used = |slot: &usize| {
        days.iter()
            .any(|day| day.need[*slot] > 0 || day.there[*slot] > 0)
    };
    let row = |slot: usize| {
        let cell = |day: &PlanDay| {
            let (there, need) = (day.there[slot], day.need[slot]);
            let words = if there == 0 && need == 0 {
                String::new()
            } else {
                t.args("plan-cell", &[("there", &there), ("need", &need)])
            };
            (words, there < need)
        };
        (clock(slot), days.iter().map(cell).collect())
    };
    let names = days.iter().map(|day| t.weekday(day.date)).collect();
    (names, (0..SLOTS_A_DAY).filter(used).map(row).collect())
}

fn clock(slot: usize) -> String {
    format!("{}:{:02}", slot / 2, slot % 2 * 30)
}

/// A skill that nobody has on these days.
pub(super) fn without(t: &Texts, sentence: &str, skill: &str, days: &[Date]) -> String {
    let days: Vec<String> = days.iter().map(|date| t.weekday(*date)).collect();
    let days = days.join(", ");
    t.args(sentence, &[("skill", &skill), ("days", &days)])
}

/// What to change, in words.
fn moves(t: &Texts, page: &PlanningPage) -> Vec<String> {
    let block = |block: &Block| {
        let date = page.monday.saturating_add((block.day as i64).days());
        format!(
            "{} {}–{}",
            t.weekday(date),
            clock(block.from),
            clock(block.to)
        )
    };
    let found = &page.moves;
    let mut sentences: Vec<String> = found
        .moves
        .iter()
        .take(MOST)
        .map(|(from, to)| t.args("plan-move", &[("from", &block(from)), ("to", &block(to))]))
        .collect();
    let missing = found.missing.iter().take(MOST);
    sentences.extend(missing.map(|at| t.arg("plan-missing", "when", block(at))));
    if found.missing.len() > MOST {
        sentences.push(t.arg("plan-missing-more", "count", found.missing.len() - MOST));
    }
    if found.missing.is_empty() {
        let spare = found.spare.iter().take(MOST);
        sentences.extend(spare.map(|at| t.arg("plan-spare", "when", block(at))));
    }
    let skills = page.skills.iter();
    sentences.extend(
        skills
            .filter(|skill| !skill.missing.is_empty())
            .map(|skill| without(t, key("plan-skill-missing"), &skill.name, &skill.missing)),
    );
    if sentences.is_empty() {
        sentences.push(t.get("plan-fits"));
    }
    sentences
}
