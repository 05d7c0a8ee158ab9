//! The figures of the last weeks, as words and tables.
//!
//! Owns: their wording. Must not know: how a rate is made, thresholds.

use super::asked::Choices;
use super::chart::Chart;
use crate::i18n::{Texts, key};
use crate::page::ticket::tone::mood_key;
use crate::page::ticket::words::kind_key;
use askama::Template;
use candor_desk::rating::{Figures, MoodReportView};

/// The figures of the last weeks.
#[derive(Template)]
#[template(path = "page/report/figures.html")]
pub(super) struct Shown {
    t: Texts,
    choices: Choices,
    headline: Vec<(String, String, String)>,
    trust: String,
    chart: Option<Chart>,
    tables: Vec<Table>,
}

/// One way to part the same figures.
struct Table {
    title: String,
    /// What its first column names.
    by: String,
    rows: Vec<Line>,
}

struct Line {
    name: String,
    conversations: String,
    mood: String,
    left: String,
    range: String,
    asked: String,
    happy: String,
}

impl Shown {
    pub(super) fn new(t: &Texts, report: &MoodReportView, choices: Choices) -> Self {
        let weeks = report.weeks.iter().rev();
        let weeks = weeks.map(|week| line(t, t.day(week.monday), &week.figures));
        let kinds = report.kinds.iter().map(|(kind, figures)| {
            let name = kind.map_or(key("report-kind-unknown"), kind_key);
            line(t, t.get(name), figures)
        });
        let levels = report.levels.iter().map(|(level, figures)| {
            let known = report
                .level_names
                .iter()
                .find(|(id, _)| Some(*id) == *level);
            let name = known.map(|(_, name)| name.clone());
            line(
                t,
                name.unwrap_or_else(|| t.get("report-level-none")),
                figures,
            )
        });
        let table = |title, by, rows| Table {
            title: t.get(title),
            by: t.get(by),
            rows,
        };
        let tables = vec![
            table(
                key("report-by-kind"),
                key("report-col-kind"),
                kinds.collect(),
            ),
            table(
                key("report-by-level"),
                key("report-col-level"),
                levels.collect(),
            ),
            table(
                key("report-by-week"),
                key("report-col-week"),
                weeks.collect(),
            ),
        ];
        Self {
            choices,
            headline: headline(t, &report.all),
            trust: trust(t, report),
            chart: Chart::new(t, &report.weeks),
            tables: tables
                .into_iter()
                .filter(|table| !table.rows.is_empty())
                .collect(),
            t: t.clone(),
        }
    }
}

/// A share in whole percent.
pub(super) fn percent(t: &Texts, share: f64) -> String {
    t.arg("percent", "number", t.decimal(share * 100.0, 0))
}

fn headline(t: &Texts, all: &Figures) -> Vec<(String, String, String)> {
    let value =
        |share: Option<f64>| share.map_or_else(|| t.get("report-none"), |share| percent(t, share));
    let (low, high) = all.interval();
    let (low, high) = (percent(t, low), percent(t, high));
    let upset = t.args(
        "report-upset-of",
        &[
            ("upset", &all.upset),
            ("measured", &all.measured),
            ("low", &low),
            ("high", &high),
        ],
    );
    vec![
        (t.get("report-upset"), value(all.rate()), upset),
        (
            t.get("report-happy"),
            value(all.happy()),
            t.args(
                "report-happy-of",
                &[("happy", &all.answers[0]), ("answered", &all.answered())],
            ),
        ),
        (
            t.get("report-response"),
            value(all.response()),
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
    let kappa = t.decimal(kappa, 2);
    t.args(
        "report-trust",
        &[("words", &words), ("pairs", &both), ("kappa", &kappa)],
    )
}

fn line(t: &Texts, name: String, of: &Figures) -> Line {
    let none = || t.get("report-none");
    let range = |of: &Figures| {
        let (low, high) = of.interval();
        let (low, high) = (percent(t, low), percent(t, high));
        t.args("report-range", &[("low", &low), ("high", &high)])
    };
    Line {
        name,
        conversations: t.number(of.conversations),
        mood: of
            .mood()
            .map_or_else(String::new, |mood| t.get(mood_key(mood))),
        left: of.rate().map_or_else(none, |rate| {
            let (upset, measured) = (t.number(of.upset), t.number(of.measured));
            t.args(
                "report-left",
                &[
                    ("rate", &percent(t, rate)),
                    ("upset", &upset),
                    ("measured", &measured),
                ],
            )
        }),
        range: of.rate().map_or_else(String::new, |_| range(of)),
        asked: t.args(
            "report-asked",
            &[("answered", &of.answered()), ("asked", &of.asked)],
        ),
        happy: of.happy().map_or_else(none, |share| percent(t, share)),
    }
}
