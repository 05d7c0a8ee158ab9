//! A statement in words.
//!
//! Owns: which words and tables stand in it, in which order, the same on the page and in the file.
//! Must not know: HTML, PDF, how anything was counted.

use super::form::language_key;
use super::maintenance::moment;
use super::{month_name, whole_date};
use crate::i18n::{Language, Texts, key};
use crate::page::level::percent;
use crate::page::ticket::words::urgency_key;
use crate::part::{metric_key, target_words};
use candor_desk::contract::StatementSeen;
use candor_domain::contract::{Apart, Corrects, Document, Missed, TargetLine, Totals};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A statement, ready to be drawn. It is kept like this when it is approved: a member that is added
/// later needs a value for those that lack it.
#[derive(Serialize, Deserialize)]
pub(super) struct Paper {
    /// Its language, as `<html lang>` says it.
    pub(super) code: String,
    pub(super) title: String,
    pub(super) parties: String,
    /// Draft, or who approved it and when.
    pub(super) state: String,
    /// Which statement it corrects, and why; empty where it corrects none.
    pub(super) corrects: String,
    pub(super) facts_title: String,
    pub(super) facts: Vec<(String, String)>,
    pub(super) sums: Vec<(String, String)>,
    pub(super) tables: Vec<Table>,
    pub(super) rules: Vec<String>,
    pub(super) rules_title: String,
    pub(super) hash: String,
    /// When it was written.
    pub(super) footer: String,
}

/// A table with its title; `none` stands where it has no rows.
#[derive(Serialize, Deserialize)]
pub(super) struct Table {
    pub(super) title: String,
    pub(super) words: String,
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) none: String,
}

/// The words for a document, in a language and in its own zone.
pub(super) fn texts(document: &Document, language: Language, now: Timestamp) -> Texts {
    let zone = TimeZone::get(&document.zone).unwrap_or(TimeZone::UTC);
    Texts::new(language, zone, now)
}

/// The language of a document.
pub(super) fn language(document: &Document) -> Language {
    Language::from_code(&document.language).unwrap_or(Language::English)
}

impl Paper {
    /// The words for a statement; `written` is when they were.
    pub(super) fn new(t: &Texts, seen: &StatementSeen, written: Timestamp) -> Self {
        let document = &seen.document;
        let changed = document.corrects.as_ref();
        let changed = changed.map(|corrects| changed_table(t, (corrects, &document.totals)));
        let tables = [
            targets(t, document),
            missed(t, document, None),
            missed(t, document, Some(Apart::Customer)),
            missed(t, document, Some(Apart::Maintenance)),
            windows(t, document),
        ];
        let month = month_name(t, document.month);
        let parties = [
            ("provider", &document.provider as &dyn crate::i18n::Argument),
            ("organization", &document.organization),
        ];
        Self {
            code: t.code().to_owned(),
            title: t.arg("statement-title", "month", month),
            parties: t.args("statement-parties", &parties),
            state: state(t, seen),
            corrects: document
                .corrects
                .as_ref()
                .map(|one| corrects_words(t, one))
                .unwrap_or_default(),
            facts_title: t.get("statement-agreed"),
            facts: facts(t, document),
            sums: sums(t, &document.totals),
            tables: changed.into_iter().chain(tables).collect(),
            rules_title: t.get("statement-rules"),
            rules: rules(t, document),
            hash: t.arg("statement-hash", "hash", &seen.hash),
            footer: t.arg("statement-made", "time", moment(t, written)),
        }
    }

    /// The words as they were kept when the statement was approved; those of today where none were.
    pub(super) fn frozen(seen: &StatementSeen, now: Timestamp) -> Self {
        let kept = serde_json::from_str(&seen.paper).ok();
        kept.unwrap_or_else(|| {
            Self::new(
                &texts(&seen.document, language(&seen.document), now),
                seen,
                now,
            )
        })
    }
}

/// The words of an approved statement as they are kept with it: in its language, JSON.
pub fn statement_on_paper(seen: &StatementSeen) -> Option<String> {
    let at = seen.approved.as_ref()?.at;
    let t = texts(&seen.document, language(&seen.document), at);
    serde_json::to_string(&Paper::new(&t, seen, at)).ok()
}

/// Which statement it corrects, and why.
fn corrects_words(t: &Texts, corrects: &Corrects) -> String {
    let time = moment(t, corrects.approved);
    let version = corrects.version + 1;
    if corrects.reason.is_empty() {
        let about = [
            ("version", &version as &dyn crate::i18n::Argument),
            ("time", &time),
        ];
        return t.args("statement-would-correct", &about);
    }
    t.args(
        "statement-corrects",
        &[
            ("version", &version),
            ("time", &time),
            ("reason", &corrects.reason),
        ],
    )
}

/// The sums before and after a correction.
fn changed_table(t: &Texts, (corrects, now): (&Corrects, &Totals)) -> Table {
    let rows = sums(t, &corrects.totals).into_iter().zip(sums(t, now));
    let rows = rows.map(|((name, before), (_, after))| vec![name, before, after]);
    Table {
        title: t.get("statement-changed"),
        words: t.arg("statement-changed-words", "hash", &corrects.sha256),
        head: [
            key("statement-changed-what"),
            key("statement-changed-before"),
            key("statement-changed-after"),
        ]
        .map(|id| t.get(id))
        .into(),
        rows: rows.collect(),
        none: String::new(),
    }
}

fn state(t: &Texts, seen: &StatementSeen) -> String {
    match &seen.approved {
        Some(approved) => {
            let at = moment(t, approved.at);
            t.args(
                "statement-approved",
                &[("who", &approved.by), ("time", &at)],
            )
        }
        None if seen.over => t.get("statement-is-draft"),
        None => t.get("statement-is-running"),
    }
}

fn facts(t: &Texts, document: &Document) -> Vec<(String, String)> {
    let days = match document.last_day {
        Some(last) => {
            let (from, to) = (whole_date(t, document.first_day), whole_date(t, last));
            t.args("contract-days", &[("from", &from), ("to", &to)])
        }
        None => t.arg("contract-since", "from", whole_date(t, document.first_day)),
    };
    let name = document.contract.as_str();
    let number = document.number.to_string();
    let mut facts = vec![
        (
            t.get("statement-contract"),
            t.args(
                "statement-contract-number",
                &[("name", &name), ("number", &number)],
            ),
        ),
        (t.get("statement-term"), days),
        (t.get("contract-level"), document.level.clone()),
        (t.get("level-calendar"), document.hours.clone()),
        (t.get("statement-zone"), document.zone.clone()),
        (
            t.get("contract-statement-language"),
            t.get(language_key(&document.language)),
        ),
    ];
    for (label, words) in [
        (key("contract-includes"), &document.includes),
        (key("contract-excludes"), &document.excludes),
    ] {
        if !words.is_empty() {
            facts.push((t.get(label), words.clone()));
        }
    }
    facts
}

fn sums(t: &Texts, totals: &Totals) -> Vec<(String, String)> {
    let share = if totals.due == 0 {
        t.get("statement-nothing-due")
    } else {
        let share = percent_of(t, totals.kept, totals.due);
        let counts = [
            ("share", &share as &dyn crate::i18n::Argument),
            ("kept", &totals.kept),
            ("due", &totals.due),
        ];
        t.args("statement-share", &counts)
    };
    let credit = if totals.credit_bp == 0 {
        t.get("statement-no-credit")
    } else {
        t.arg("statement-credit-due", "credit", bp(t, totals.credit_bp))
    };
    vec![
        (t.get("statement-attainment"), share),
        (t.get("statement-credit"), credit),
        (t.get("statement-apart"), t.number(totals.apart)),
    ]
}

/// A share of whole numbers, cut off and not rounded: 94.97 per cent is not 95.
fn percent_of(t: &Texts, kept: u64, due: u64) -> String {
    let hundredths = kept * 10_000 / due.max(1);
    bp(t, u32::try_from(hundredths).unwrap_or(10_000))
}

/// Hundredths of a per cent.
fn bp(t: &Texts, hundredths: u32) -> String {
    t.arg(
        "percent",
        "number",
        t.decimal(f64::from(hundredths) / 100.0, 2),
    )
}

fn targets(t: &Texts, document: &Document) -> Table {
    let row = |line: &TargetLine| {
        let (low, high) = line.interval_bp;
        let (low, high) = (f64::from(low) / 10_000.0, f64::from(high) / 10_000.0);
        let (low, high) = (percent(t, low), percent(t, high));
        vec![
            t.get(urgency_key(line.urgency)),
            t.get(metric_key(line.metric)),
            line.target
                .map(|target| target_words(t, target))
                .unwrap_or_default(),
            t.number(line.due),
            t.number(line.kept),
            percent_of(t, line.kept, line.due),
            t.args("kept-interval", &[("low", &low), ("high", &high)]),
        ]
    };
    Table {
        title: t.get("statement-targets"),
        words: String::new(),
        head: [
            key("statement-urgency"),
            key("kept-what"),
            key("statement-target"),
            key("statement-due"),
            key("statement-kept"),
            key("statement-share-head"),
            key("statement-interval"),
        ]
        .map(|id| t.get(id))
        .into(),
        rows: document.targets.iter().map(row).collect(),
        none: t.get("statement-nothing-due"),
    }
}

fn missed(t: &Texts, document: &Document, apart: Option<Apart>) -> Table {
    let (title, words, none) = match apart {
        None => (
            key("statement-missed"),
            key("statement-missed-words"),
            key("statement-missed-none"),
        ),
        Some(Apart::Customer) => (
            key("statement-customer"),
            key("statement-customer-words"),
            key("statement-apart-none"),
        ),
        Some(Apart::Maintenance) => (
            key("statement-maintenance"),
            key("statement-maintenance-words"),
            key("statement-apart-none"),
        ),
    };
    let those = document.missed.iter().filter(|one| one.apart == apart);
    Table {
        title: t.get(title),
        words: t.get(words),
        head: [
            key("statement-ticket"),
            key("statement-promise"),
            key("statement-owed-since"),
            key("statement-due-at"),
            key("statement-done-at"),
            key("statement-why"),
        ]
        .map(|id| t.get(id))
        .into(),
        rows: those.map(|one| missed_row(t, one)).collect(),
        none: t.get(none),
    }
}

fn missed_row(t: &Texts, one: &Missed) -> Vec<String> {
    let at = |at: Option<Timestamp>| at.map(|at| moment(t, at));
    vec![
        format!("#{}", one.ticket),
        format!(
            "{}, {}",
            t.get(metric_key(one.metric)),
            t.get(urgency_key(one.urgency))
        ),
        at(one.since).unwrap_or_default(),
        moment(t, one.due),
        at(one.done).unwrap_or_else(|| match one.ended {
            Some(_) => t.get("statement-never-done"),
            None => t.get("statement-not-done"),
        }),
        why(t, one),
    ]
}

/// A length of counted time in hours and minutes: a day of open hours is not one of the calendar.
fn length(t: &Texts, micros: i64) -> String {
    let minutes = micros / 60_000_000;
    if minutes == 0 {
        return t.get("statement-under-a-minute");
    }
    if minutes < 60 {
        return t.arg("time-minutes", "count", minutes);
    }
    let rest = format!("{:02}", minutes % 60);
    let hours = minutes / 60;
    if minutes % 60 == 0 {
        return t.arg("time-hours", "count", hours);
    }
    t.args(
        "time-hours-minutes",
        &[("hours", &hours), ("minutes", &rest)],
    )
}

/// Why it was missed, as far as the history tells.
fn why(t: &Texts, one: &Missed) -> String {
    let span = |micros: i64| length(t, micros);
    let late = span(one.delays.late_us);
    let mut words = vec![match (one.done, one.ended) {
        (Some(_), _) => t.arg("statement-why-late", "time", late),
        (None, Some(ended)) => {
            let ended = moment(t, ended);
            t.args("statement-why-ended", &[("ended", &ended), ("time", &late)])
        }
        (None, None) => t.arg("statement-why-open", "time", late),
    }];
    if one.delays.customer_us > 0 {
        words.push(t.arg(
            "statement-why-customer",
            "time",
            span(one.delays.customer_us),
        ));
    }
    if one.delays.maintenance_us > 0 {
        let time = span(one.delays.maintenance_us);
        words.push(t.arg("statement-why-maintenance", "time", time));
    }
    words.join(" ")
}

fn windows(t: &Texts, document: &Document) -> Table {
    let row = |one: &candor_domain::contract::Window| {
        vec![
            moment(t, one.announced),
            moment(t, one.begins),
            moment(t, one.ends),
            one.reason.clone(),
        ]
    };
    Table {
        title: t.get("statement-windows"),
        words: String::new(),
        head: [
            key("statement-announced"),
            key("maintenance-begins"),
            key("maintenance-ends"),
            key("maintenance-reason"),
        ]
        .map(|id| t.get(id))
        .into(),
        rows: document.maintenance.iter().map(row).collect(),
        none: t.get("statement-windows-none"),
    }
}

fn rules(t: &Texts, document: &Document) -> Vec<String> {
    let mut rules = [
        key("statement-rule-due"),
        key("statement-rule-change"),
        key("statement-rule-share"),
        key("statement-rule-customer"),
        key("statement-rule-maintenance"),
        key("statement-rule-interval"),
    ]
    .map(|id| t.get(id))
    .to_vec();
    let steps = document.remedy.steps().iter().map(|step| {
        let (below, credit) = (bp(t, step.below_bp), bp(t, step.credit_bp));
        t.args("statement-step", &[("below", &below), ("credit", &credit)])
    });
    let steps: Vec<String> = steps.collect();
    rules.push(if steps.is_empty() {
        t.get("statement-rule-no-credit")
    } else {
        t.arg("statement-rule-credit", "steps", steps.join("; "))
    });
    rules
}
