//! A statement as a table for programs.
//!
//! Owns: its columns, in English words that stay. Must not know: languages.

use crate::csv::line;
use candor_desk::contract::StatementSeen;
use candor_domain::contract::{Apart, Corrects, Missed, TargetLine};
use jiff::Timestamp;

const COLUMNS: usize = 27;

/// The columns; each row fills those of its kind.
const HEAD: [&str; COLUMNS] = [
    "record",
    "urgency",
    "promise",
    "target",
    "due",
    "kept",
    "low_percent",
    "high_percent",
    "ticket",
    "owed_since",
    "due_at",
    "done_at",
    "late_minutes",
    "customer_minutes",
    "maintenance_minutes",
    "apart",
    "credit_percent",
    "words",
    "state",
    "approved_by",
    "approved_at",
    "sha256",
    "version",
    "corrects_version",
    "corrects_sha256",
    "corrects_because",
    "ended_at",
];

/// The document as CSV (RFC 4180): `target`, `missed`, `maintenance` and `total` rows. The last says
/// whether somebody approved it.
pub(super) fn written(seen: &StatementSeen) -> String {
    let document = &seen.document;
    let mut rows = vec![HEAD.map(str::to_owned)];
    rows.extend(document.targets.iter().map(target));
    rows.extend(document.missed.iter().map(missed));
    rows.extend(document.maintenance.iter().map(|one| {
        let values = [
            ("owed_since", one.announced.to_string()),
            ("due_at", one.begins.to_string()),
            ("done_at", one.ends.to_string()),
            ("words", one.reason.clone()),
        ];
        row("maintenance", &values)
    }));
    rows.push(total(seen));
    rows.iter().map(|cells| line(cells)).collect()
}

fn target(line: &TargetLine) -> [String; COLUMNS] {
    let target = line.target.map(|target| target.to_string());
    let values = [
        ("urgency", line.urgency.as_str().to_owned()),
        ("promise", line.metric.as_str().to_owned()),
        ("target", target.unwrap_or_default()),
        ("due", line.due.to_string()),
        ("kept", line.kept.to_string()),
        ("low_percent", hundredths(line.interval_bp.0)),
        ("high_percent", hundredths(line.interval_bp.1)),
    ];
    row("target", &values)
}

fn missed(one: &Missed) -> [String; COLUMNS] {
    let time = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    let apart = one.apart.map_or("", Apart::as_str);
    let values = [
        ("urgency", one.urgency.as_str().to_owned()),
        ("promise", one.metric.as_str().to_owned()),
        ("ticket", one.ticket.to_string()),
        ("owed_since", time(one.since)),
        ("due_at", time(Some(one.due))),
        ("done_at", time(one.done)),
        ("late_minutes", minutes(one.delays.late_us)),
        ("customer_minutes", minutes(one.delays.customer_us)),
        ("maintenance_minutes", minutes(one.delays.maintenance_us)),
        ("apart", apart.to_owned()),
        ("ended_at", time(one.ended)),
    ];
    row("missed", &values)
}

fn total(seen: &StatementSeen) -> [String; COLUMNS] {
    let document = &seen.document;
    let (state, by, at) = match &seen.approved {
        Some(approved) => ("approved", approved.by.clone(), approved.at.to_string()),
        None => ("draft", String::new(), String::new()),
    };
    let corrects = document.corrects.as_ref();
    let corrected = |of: fn(&Corrects) -> String| corrects.map(of).unwrap_or_default();
    let values = [
        ("due", document.totals.due.to_string()),
        ("kept", document.totals.kept.to_string()),
        ("apart", document.totals.apart.to_string()),
        ("credit_percent", hundredths(document.totals.credit_bp)),
        ("words", format!("{} {}", document.contract, document.month)),
        ("state", state.to_owned()),
        ("approved_by", by),
        ("approved_at", at),
        ("sha256", seen.hash.clone()),
        ("version", document.number_in_month().to_string()),
        ("corrects_version", corrected(|one| one.version.to_string())),
        ("corrects_sha256", corrected(|one| one.sha256.clone())),
        ("corrects_because", corrected(|one| one.reason.clone())),
    ];
    row("total", &values)
}

fn row(record: &str, values: &[(&str, String)]) -> [String; COLUMNS] {
    HEAD.map(|column| {
        if column == "record" {
            return record.to_owned();
        }
        let found = values.iter().find(|(name, _)| *name == column);
        found.map_or_else(String::new, |(_, value)| value.clone())
    })
}

fn hundredths(bp: u32) -> String {
    format!("{}.{:02}", bp / 100, bp % 100)
}

fn minutes(micros: i64) -> String {
    (micros / 60_000_000).to_string()
}
