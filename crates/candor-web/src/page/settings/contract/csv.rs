//! A statement as a table for programs.
//!
//! Owns: its columns, in English words that stay, and quoting. Must not know: languages.

use candor_domain::contract::Document;
use jiff::Timestamp;

/// The columns; each row fills those of its kind.
const HEAD: [&str; 18] = [
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
];

/// The document as CSV (RFC 4180): `target`, `missed`, `maintenance` and `total` rows.
pub(super) fn written(document: &Document) -> String {
    let mut rows = vec![HEAD.map(str::to_owned)];
    for line in &document.targets {
        rows.push(row(
            "target",
            &[
                ("urgency", line.urgency.as_str().to_owned()),
                ("promise", line.metric.as_str().to_owned()),
                (
                    "target",
                    line.target.map(|t| t.to_string()).unwrap_or_default(),
                ),
                ("due", line.due.to_string()),
                ("kept", line.kept.to_string()),
                ("low_percent", hundredths(line.interval_bp.0)),
                ("high_percent", hundredths(line.interval_bp.1)),
            ],
        ));
    }
    for one in &document.missed {
        let time = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        let apart = one.apart.map_or("", candor_domain::contract::Apart::as_str);
        rows.push(row(
            "missed",
            &[
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
            ],
        ));
    }
    for one in &document.maintenance {
        rows.push(row(
            "maintenance",
            &[
                ("owed_since", one.announced.to_string()),
                ("due_at", one.begins.to_string()),
                ("done_at", one.ends.to_string()),
                ("words", one.reason.clone()),
            ],
        ));
    }
    rows.push(row(
        "total",
        &[
            ("due", document.totals.due.to_string()),
            ("kept", document.totals.kept.to_string()),
            ("apart", document.totals.apart.to_string()),
            ("credit_percent", hundredths(document.totals.credit_bp)),
            ("words", format!("{} {}", document.contract, document.month)),
        ],
    ));
    let line = |cells: &[String; 18]| cells.each_ref().map(|cell| quoted(cell)).join(",");
    rows.iter().map(|cells| line(cells) + "\r\n").collect()
}

fn row(record: &str, values: &[(&str, String)]) -> [String; 18] {
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

/// A cell; one that a spreadsheet would take for a formula is marked as text.
fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_cell_is_text_and_stays_one_cell() {
        assert_eq!(quoted("Umzug"), "Umzug");
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
        assert_eq!(quoted("two\nlines"), "\"two\nlines\"");
    }
}
