//! A shift plan that the desk makes, to look at and to take along.
//!
//! Owns: the page and its downloads. Must not know: the planner.

use super::trouble::Trouble;
use super::{Week, adoption, day_words, planning};
use crate::download;
use crate::error::{PageError, PageResult};
use crate::failure::{Failure, Faults};
use crate::i18n::{Texts, key};
use crate::layout::Section;
use crate::page::Page;
use crate::page::sheet::Sheet;
use askama::Template;
use axum::extract::{Path, Query};
use candor_desk::DeskError;
use candor_desk::planning::{
    Assignment, PersonTotal, PlanTrouble, PlanningPage, PlanningView, RosterPlan, plan_week,
};

use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "page/staff/plan.html")]
struct Plan {
    t: Texts,
    week: String,
    days: Vec<String>,
    rows: Vec<(String, String, Vec<Vec<String>>)>,
    words: String,
    without: Vec<String>,
}

/// What a plan was made for, and the plan or why there is none.
pub(super) type Made = (PlanningPage, Result<RosterPlan, PlanTrouble>);

async fn made(page: &Page, week: Week) -> Result<Made, PageError> {
    let planning = page.ask(PlanningView { week: week.day() }).await?;
    let asked = planning.clone();
    // It may think for some seconds: not on a thread that others wait for.
    let plan = tokio::task::spawn_blocking(move || plan_week(&asked)).await;
    Ok((planning, plan.map_err(|_| PageError(Failure::Internal))?))
}

/// `GET /staff/plan`
pub(super) async fn show(page: Page, Query(week): Query<Week>) -> PageResult {
    let t = &page.t;
    let made = made(&page, week).await?;
    let (planning, plan) = &made;
    let back = format!("/staff?week={}", planning.monday);
    let sheet = Sheet::new(&page, Section::Staff, &t.get("plan-title"))
        .await?
        .back(t.get("staff-title"), back)
        .intro(t.get("plan-title-words"));
    let sheet = match plan {
        Ok(plan) => sheet.block(Plan::new(t, planning, plan)),
        Err(trouble) => sheet.block(Trouble::new(t, trouble)),
    };
    let sheet = sheet.maybe(adoption::card(t, &made));
    sheet.answer(&page, &Faults::default())
}

/// `GET /staff/plan/{file}`: `shifts.ics` or `shifts.csv`.
pub(super) async fn download(
    page: Page,
    Path(file): Path<String>,
    Query(week): Query<Week>,
) -> PageResult {
    let write: fn(&RosterPlan) -> String = match file.as_str() {
        "shifts.ics" => |plan| plan.to_icalendar(None),
        "shifts.csv" => RosterPlan::to_csv,
        _ => return Err(DeskError::NotFound("file").into()),
    };
    let (planning, plan) = made(&page, week).await?;
    let plan = plan.map_err(|_| DeskError::NotFound("plan"))?;
    let name = format!("{}-{file}", planning.monday);
    Ok(download::file(write(&plan).into_bytes(), &name, None))
}

impl Plan {
    fn new(t: &Texts, planning: &PlanningPage, plan: &RosterPlan) -> Self {
        let monday = planning.monday;
        let dates: Vec<Date> = monday.series(1.day()).take(7).collect();
        let row = |total: &PersonTotal| {
            let own = |one: &&Assignment| one.person == total.name;
            let cell = |date: &Date| {
                let on = plan.assignments.iter().filter(own);
                let on = on.filter(|one| one.date == *date);
                on.map(|one| shift_words(t, one)).collect()
            };
            let hours = total.hours.round() as i64;
            (
                total.name.clone(),
                t.arg("roster-hours-of", "hours", hours),
                dates.iter().map(cell).collect(),
            )
        };
        let works = plan.people.iter().filter(|total| total.hours > 0.0);
        let hours = plan.hours.round() as i64;
        let mut without: BTreeMap<&str, Vec<Date>> = BTreeMap::new();
        for missed in &plan.days_without {
            without.entry(&missed.skill).or_default().push(missed.date);
        }
        let without = without.iter();
        Self {
            without: without
                .map(|(skill, days)| planning::without(t, key("plan-skill-without"), skill, days))
                .collect(),
            week: monday.to_string(),
            days: dates.iter().map(|date| day_words(t, *date)).collect(),
            rows: works.map(row).collect(),
            words: if plan.optimal {
                t.arg("plan-best", "hours", hours)
            } else {
                t.arg("plan-good", "hours", hours)
            },
            t: t.clone(),
        }
    }
}

fn shift_words(t: &Texts, one: &Assignment) -> String {
    // A shift is called by its hours.
    let hours = one.shift.replace('-', "–");
    match &one.pause {
        Some(pause) => t.args("plan-with-break", &[("hours", &hours), ("break", pause)]),
        None => hours,
    }
}
