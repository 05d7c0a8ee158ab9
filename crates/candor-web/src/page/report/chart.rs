//! The weekly rate with its interval, as a picture of the table below it.
//!
//! Owns: places on the canvas. Must not know: how a rate is made.

use super::figures::percent;
use crate::i18n::Texts;
use askama::Template;
use candor_desk::rating::WeekReport;

/// Width and height of the canvas, in its own units.
const SIZE: (f64, f64) = (640.0, 180.0);
/// Room for the words at the left and below.
const EDGE: (f64, f64) = (40.0, 24.0);

/// The picture.
#[derive(Template)]
#[template(path = "page/report/chart.html")]
pub(super) struct Chart {
    label: String,
    lines: Vec<(f64, String)>,
    weeks: Vec<Mark>,
}

impl askama::filters::HtmlSafe for Chart {}

struct Mark {
    x: f64,
    rate: f64,
    low: f64,
    high: f64,
    monday: String,
    tells: String,
}

impl Chart {
    /// `None` where fewer than two weeks could be measured.
    pub(super) fn new(t: &Texts, weeks: &[WeekReport]) -> Option<Self> {
        let measured: Vec<&WeekReport> = weeks
            .iter()
            .filter(|week| week.figures.measured > 0)
            .collect();
        if measured.len() < 2 {
            return None;
        }
        let highest = measured.iter().map(|week| week.figures.interval().1);
        let top = highest.fold(0.1, f64::max);
        let step = (SIZE.0 - EDGE.0) / measured.len() as f64;
        let height = |share: f64| (SIZE.1 - EDGE.1) * (1.0 - share / top) + 4.0;
        let mark = |(at, week): (usize, &&WeekReport)| {
            let rate = week.figures.rate().unwrap_or_default();
            let (low, high) = week.figures.interval();
            let monday = t.day(week.monday);
            let percent = percent(t, rate);
            Mark {
                x: EDGE.0 + step * (at as f64 + 0.5),
                rate: height(rate),
                low: height(low),
                high: height(high),
                tells: t.args(
                    "report-chart-week",
                    &[("monday", &monday), ("rate", &percent)],
                ),
                monday,
            }
        };
        let shares = [0.0, top / 2.0, top];
        Some(Self {
            label: t.get("report-chart"),
            lines: shares
                .map(|share| (height(share), percent(t, share)))
                .into(),
            weeks: measured.iter().enumerate().map(mark).collect(),
        })
    }
}
