//! Whether "urgent" still means something: shares, what inflation costs, the quota.
//!
//! Owns: the page, its words and its form. Must not know: formulas and tests; nor anybody's name.

use super::percent;
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::layout::Section;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::sheet::Sheet;
use crate::page::ticket::words::urgency_key;
use crate::part::{Field, FormCard, Notice, Tone};
use askama::Template;
use axum::extract::{Form, Query};
use candor_desk::workload::{
    KeepUrgentQuota, LastTickets, PriorityHealth, PriorityHealthView, Shares,
};
use candor_domain::ticket::Urgency;
use serde::Deserialize;

/// Days of the span where the address says nothing.
const DAYS: i64 = 30;
/// Less is not worth a word.
const NOTABLE: f64 = 0.005;

#[derive(Default, Deserialize)]
pub(super) struct Wanted {
    days: Option<i64>,
}

#[derive(Template)]
#[template(path = "page/level/health.html")]
struct Health {
    t: Texts,
    periods: Vec<(String, String, bool)>,
    tickets: String,
    shares: Vec<(String, String, String, i64)>,
    costs: String,
    busy: String,
    last: String,
    quota: i64,
    weeks: Vec<WeekRow>,
    sum: String,
}

struct WeekRow {
    monday: String,
    tickets: String,
    share: String,
    width: i64,
    above: bool,
    costs: String,
}

/// `GET /promises/priorities`
pub(super) async fn show(page: Page, Query(wanted): Query<Wanted>) -> PageResult {
    let days = wanted.days.unwrap_or(DAYS);
    shown(&page, days, None, &Faults::default()).await
}

/// `POST /promises/priorities/quota`
pub(super) async fn keep_quota(page: Page, Form(form): Form<Filled>) -> PageResult {
    match page.run(KeepUrgentQuota(form.number("quota"))).await {
        Ok(()) => {
            let told = Flash::new(key("done-saved"));
            Ok(page.lead_to("/promises/priorities", Some(&told)))
        }
        Err(error) => shown(&page, DAYS, Some(form.text("quota")), &faults_of(error)?).await,
    }
}

async fn shown(page: &Page, days: i64, typed: Option<&str>, faults: &Faults) -> PageResult {
    let t = &page.t;
    let days = days.clamp(1, 731);
    let health = page.ask(PriorityHealthView { days }).await?;
    let quota = typed.map_or_else(|| health.quota.to_string(), str::to_owned);
    let card = FormCard::new("/promises/priorities/quota", t.get("app-save"))
        .title(t.get("health-quota-title"))
        .words(t.get("health-quota-words"))
        .field(
            Field::text("quota", t.get("health-quota"))
                .value(quota)
                .required()
                .faults(faults, t),
        );
    Sheet::new(page, Section::Promises, &t.get("health-title"))
        .await?
        .back(t.get("promises-title"), "/promises")
        .intro(t.get("health-intro"))
        .maybe(health.last.alarm.then(|| alarm(t, &health.last)))
        .block(Health::new(t, days, &health))
        .block(card)
        .answer(page, faults)
}

/// The alarm in words, for this page and others that leads see.
pub(crate) fn alarm(t: &Texts, last: &LastTickets) -> Notice {
    Notice::new(alarm_words(t, last), Tone::Warn)
}

/// What the alarm says.
pub(crate) fn alarm_words(t: &Texts, last: &LastTickets) -> String {
    let expected = (last.tickets as f64 * last.quota as f64 / 100.0).round() as i64;
    t.args(
        "health-alarm",
        &[
            ("urgent", &last.urgent),
            ("tickets", &last.tickets),
            ("expected", &expected),
        ],
    )
}

impl Health {
    fn new(t: &Texts, days: i64, health: &PriorityHealth) -> Self {
        let period = |length: i64| {
            let words = t.arg("time-days", "count", length);
            let href = format!("/promises/priorities?days={length}");
            (href, words, length == days)
        };
        let span = &health.span;
        let share = |(urgency, count): &(Urgency, u64)| {
            let share = span.share(*urgency);
            let name = t.get(urgency_key(*urgency));
            (name, t.number(*count), percent(t, share), whole(share))
        };
        let weeks = health.weeks.iter().rev();
        Self {
            periods: [7, 30, 90].map(period).into(),
            tickets: t.arg("health-tickets", "count", span.tickets()),
            shares: span.counts.iter().map(share).collect(),
            costs: costs(t, span, health.quota),
            busy: busy(t, health),
            last: last(t, &health.last),
            quota: health.quota,
            weeks: weeks.map(|week| week_row(t, week, health.quota)).collect(),
            sum: sum(t, health),
            t: t.clone(),
        }
    }
}

fn whole(share: f64) -> i64 {
    (100.0 * share).round() as i64
}

/// "Urgent waits 47 % longer than it would."
fn costs(t: &Texts, shares: &Shares, quota: i64) -> String {
    if shares.tickets() == 0 {
        return t.get("health-nothing");
    }
    let by = whole(shares.longer.abs());
    match shares.longer {
        longer if longer > NOTABLE => t.args("health-longer", &[("by", &by), ("quota", &quota)]),
        longer if longer < -NOTABLE => t.args("health-shorter", &[("by", &by), ("quota", &quota)]),
        _ => t.arg("health-as-meant", "quota", quota),
    }
}

/// How busy the team is, or that nobody knows.
fn busy(t: &Texts, health: &PriorityHealth) -> String {
    match health.busy.utilisation() {
        None => t.arg("health-busy-unknown", "busy", whole(health.calculated_with)),
        Some(busy) if busy >= 1.0 => t.get("health-busy-over"),
        Some(busy) => {
            let handle = &health.busy.handle;
            let minutes = handle.minutes.round() as i64;
            let id = if handle.is_measured() {
                key("health-busy")
            } else {
                key("health-busy-assumed")
            };
            t.args(
                id,
                &[
                    ("busy", &whole(busy)),
                    ("tickets", &(health.busy.tickets_per_week.round() as i64)),
                    ("minutes", &minutes),
                    ("hours", &(health.busy.hours.round() as i64)),
                ],
            )
        }
    }
}

/// The newest tickets against the quota.
fn last(t: &Texts, last: &LastTickets) -> String {
    t.args(
        "health-last",
        &[
            ("urgent", &last.urgent),
            ("tickets", &last.tickets),
            ("quota", &last.quota),
            ("chance", &percent(t, last.chance)),
        ],
    )
}

fn week_row(t: &Texts, week: &Shares, quota: i64) -> WeekRow {
    let share = week.share(Urgency::Urgent);
    WeekRow {
        monday: t.day(week.first),
        tickets: t.number(week.tickets()),
        share: percent(t, share),
        width: whole(share),
        above: week.above,
        costs: if week.tickets() == 0 {
            String::new()
        } else {
            costs(t, week, quota)
        },
    }
}

/// The arithmetic, for whoever opens it.
fn sum(t: &Texts, health: &PriorityHealth) -> String {
    let digits = |number: f64| {
        let text = format!("{number:.2}");
        match t.language {
            crate::i18n::Language::English => text,
            crate::i18n::Language::German => text.replace('.', ","),
        }
    };
    t.args(
        "health-sum",
        &[
            ("busy", &digits(health.calculated_with)),
            ("urgent", &digits(health.span.share(Urgency::Urgent))),
            ("quota", &digits(health.quota as f64 / 100.0)),
            ("levels", &digits(health.span.levels)),
        ],
    )
}
