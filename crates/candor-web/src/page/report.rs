//! How customers left: the figures, and the list of those who left more upset.
//!
//! Owns: the page and its form. Must not know: thresholds and intervals. It speaks of customers and
//! never of anybody of the team.

mod chart;
mod upset;

use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::{Failure, Faults};
use crate::i18n::{Texts, key};
use crate::layout::Section;
use crate::page::Page;
use crate::page::filled::{Filled, faults_of};
use crate::page::sheet::Sheet;
use crate::page::ticket::tone::mood_key;
use crate::page::ticket::words::kind_key;
use crate::route::{Admission, RouteBook};
use crate::state::App;
use askama::Template;
use axum::extract::{Form, Path, Query};
use candor_desk::rating::{MoodReport, MoodReportView, ReviewUpset, UpsetList, WeekReport};
use candor_domain::id::TicketId;
use candor_domain::permission::Permission;
use chart::Chart;
use upset::{Asked, Upset};

/// Writes the reports into the book.
pub fn routes(book: &mut RouteBook<App>) {
    let read = Admission::Permission(Permission::ReadTickets);
    let change = Admission::Permission(Permission::Change);
    book.get("/reports", read, show)
        .post("/reports/upset/{ticket}", change, review);
}

/// The figures of the last weeks.
#[derive(Template)]
#[template(path = "page/report/figures.html")]
struct Figures {
    t: Texts,
    headline: Vec<(String, String, String)>,
    trust: String,
    chart: Option<Chart>,
    weeks: Vec<Week>,
}

struct Week {
    monday: String,
    conversations: String,
    left: String,
    kinds: String,
    asked: String,
    happy: String,
}

/// `GET /reports`
async fn show(cx: Page, Query(asked): Query<Asked>) -> PageResult {
    let report = cx.ask(MoodReport).await?;
    let list = cx.ask(asked.list()).await?;
    let t = &cx.t;
    Sheet::new(&cx, Section::Reports, &t.get("report-title"))
        .await?
        .intro(t.get("report-intro"))
        .block(Figures::new(t, &report))
        .block(Upset::new(&cx, &asked, &list))
        .answer(&cx, &Faults::default())
}

/// `POST /reports/upset/{ticket}`
async fn review(cx: Page, Path(ticket): Path<TicketId>, Form(form): Form<Filled>) -> PageResult {
    let due = form.text("due").trim();
    let review = ReviewUpset {
        ticket,
        action: form.text("action").to_owned(),
        owner: form.value("owner"),
        due: match due {
            "" => None,
            due => Some(due.parse().map_err(|_| Failure::Unreadable)?),
        },
        done: form.text("done") == "true",
    };
    let back = format!("/reports?{}#upset", Asked::of_form(&form).query());
    match cx.run(review).await {
        Ok(()) => Ok(cx.lead_to(&back, Some(&Flash::new(key("done-saved"))))),
        Err(error) => {
            let faults = faults_of(error)?;
            let list = cx.ask(UpsetList::default()).await?;
            let asked = Asked::default();
            Sheet::new(&cx, Section::Reports, &cx.t.get("report-title"))
                .await?
                .block(Upset::new(&cx, &asked, &list).refused(ticket, &faults))
                .answer(&cx, &faults)
        }
    }
}

impl Figures {
    fn new(t: &Texts, report: &MoodReportView) -> Self {
        let weeks = report.weeks.iter().rev();
        Self {
            headline: headline(t, &report.all),
            trust: trust(t, report),
            chart: Chart::new(t, &report.weeks),
            weeks: weeks.map(|week| of_week(t, week)).collect(),
            t: t.clone(),
        }
    }
}

/// A share in whole percent.
fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn headline(t: &Texts, all: &WeekReport) -> Vec<(String, String, String)> {
    let none = || t.get("report-none");
    let (low, high) = (all.interval().low, all.interval().high);
    vec![
        (
            t.get("report-upset"),
            all.rate().map_or_else(none, percent),
            t.args(
                "report-upset-of",
                &[
                    ("upset", &all.upset),
                    ("measured", &all.measured),
                    ("low", &percent(low)),
                    ("high", &percent(high)),
                ],
            ),
        ),
        (
            t.get("report-happy"),
            all.happy().map_or_else(none, percent),
            t.args(
                "report-happy-of",
                &[("happy", &all.answers[0]), ("answered", &all.answered())],
            ),
        ),
        (
            t.get("report-response"),
            all.response().map_or_else(none, percent),
            t.args(
                "report-response-of",
                &[("answered", &all.answered()), ("asked", &all.asked)],
            ),
        ),
    ]
}

/// How far to trust the reading of moods, by customers' own answers.
fn trust(t: &Texts, report: &MoodReportView) -> String {
    let both: i64 = report.pairs.iter().sum();
    let Some(kappa) = report.kappa else {
        return t.arg("report-trust-unknown", "pairs", both);
    };
    let words = match kappa {
        kappa if kappa >= 0.6 => t.get("report-agree-well"),
        kappa if kappa >= 0.4 => t.get("report-agree-fairly"),
        kappa if kappa >= 0.2 => t.get("report-agree-little"),
        _ => t.get("report-agree-hardly"),
    };
    let kappa = format!("{kappa:.2}");
    t.args(
        "report-trust",
        &[("words", &words), ("pairs", &both), ("kappa", &kappa)],
    )
}

fn of_week(t: &Texts, week: &WeekReport) -> Week {
    let none = || t.get("report-none");
    let kind = |kind: &candor_desk::rating::KindMood| {
        let what = match kind.kind {
            Some(kind) => t.get(kind_key(kind)),
            None => t.get("report-kind-unknown"),
        };
        let mood = t.get(mood_key(kind.level()));
        t.args(
            "report-kind",
            &[
                ("what", &what),
                ("count", &kind.conversations),
                ("mood", &mood),
            ],
        )
    };
    let kinds: Vec<String> = week.kinds.iter().map(kind).collect();
    Week {
        monday: week.monday.map_or_else(String::new, |monday| t.day(monday)),
        conversations: t.number(week.conversations),
        left: week.rate().map_or_else(none, |rate| {
            let of = [("upset", week.upset), ("measured", week.measured)];
            let [upset, measured] = of.map(|(_, count)| t.number(count));
            t.args(
                "report-week-left",
                &[
                    ("rate", &percent(rate)),
                    ("upset", &upset),
                    ("measured", &measured),
                ],
            )
        }),
        kinds: kinds.join(" · "),
        asked: t.args(
            "report-week-asked",
            &[("answered", &week.answered()), ("asked", &week.asked)],
        ),
        happy: week.happy().map_or_else(none, percent),
    }
}
