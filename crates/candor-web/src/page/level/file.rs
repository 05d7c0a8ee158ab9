//! What was kept, as a table for programs.
//!
//! Owns: its columns, in English words that stay. Must not know: languages.

use super::Wanted;
use crate::csv::line;
use crate::download;
use crate::error::PageResult;
use crate::page::Page;
use axum::extract::{Path, Query};
use candor_desk::DeskError;
use candor_desk::level::{Attainment, AttainmentBy, AttainmentLine};

const HEAD: [&str; 9] = [
    "by",
    "name",
    "urgency",
    "promise",
    "promises",
    "kept",
    "low_percent",
    "high_percent",
    "beaten_minutes",
];

/// `GET /promises/file/promises.csv`
pub(super) async fn download(
    page: Page,
    Path(file): Path<String>,
    Query(wanted): Query<Wanted>,
) -> PageResult {
    if file != "promises.csv" {
        return Err(DeskError::NotFound("file").into());
    }
    let view = wanted.view();
    let report = page.ask(view).await?;
    let zone = jiff::tz::TimeZone::UTC;
    let day = report.to.to_zoned(zone).date();
    let name = format!("promises-by-{}-{day}.csv", view.by.as_str());
    Ok(download::file(
        written(&report, view.by).into_bytes(),
        &name,
        None,
    ))
}

/// The report; what people promised in replies stands under `given` for the name.
fn written(report: &Attainment, by: AttainmentBy) -> String {
    let row = |found: &AttainmentLine| {
        let counts = (found.promises, found.kept);
        let head = [
            by.as_str().to_owned(),
            found.name.clone().unwrap_or_default(),
            found
                .urgency
                .map_or("", |urgency| urgency.as_str())
                .to_owned(),
            found.metric.as_str().to_owned(),
        ];
        cells(head, counts, found.interval, found.beaten_by.as_mins())
    };
    let given = report.given.iter().map(|given| {
        let head = ["given", "", "", "promised"].map(str::to_owned);
        let counts = (given.promises, given.kept);
        cells(head, counts, given.interval, given.beaten_by.as_mins())
    });
    let head = line(&HEAD.map(str::to_owned));
    let lines = report.lines.iter().map(row).chain(given);
    lines.fold(head, |text, cells| text + &line(&cells))
}

fn cells(
    head: [String; 4],
    (promises, kept): (u64, u64),
    (low, high): (f64, f64),
    beaten_minutes: i64,
) -> Vec<String> {
    let counts = [
        promises.to_string(),
        kept.to_string(),
        format!("{:.2}", 100.0 * low),
        format!("{:.2}", 100.0 * high),
        beaten_minutes.to_string(),
    ];
    head.into_iter().chain(counts).collect()
}
