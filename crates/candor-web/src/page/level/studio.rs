//! The promise studio: what this team could promise.
//!
//! Owns: the form, the table and its picture. Must not know: how a desk is simulated.

use super::percent;
use crate::error::PageResult;
use crate::failure::{Failure, Faults};
use crate::i18n::{Argument, Texts, key};
use crate::layout::Section;
use crate::page::Page;
use crate::page::filled::Filled;
use crate::page::sheet::Sheet;
use crate::part::{Choice, Field, FieldKind, Notice, Tone};
use askama::Template;
use axum::extract::Query;
use candor_desk::level::{
    BreaksFirst, LevelsView, OwnStudy, Studied, StudyAsk, StudyError, StudyPoint, study,
};
use candor_desk::planning::{Forecast, OwnWeekView};
use candor_desk::workload::{HandleTime, HandleTimeView};
use jiff::ToSpan;
use jiff::civil::Weekday;

/// Patterns of a week, as the form names them.
const OWN: &str = "own";
const USUAL: &str = "usual";

/// The answer: a curve as a table with a bar for each promise.
#[derive(Template)]
#[template(path = "page/level/studio.html")]
struct Studio {
    t: Texts,
    fields: Vec<Field>,
    ranges: Vec<Range>,
    told: Option<Notice>,
    curves: Vec<Curve>,
}

struct Range {
    name: &'static str,
    label: String,
    value: String,
    most: &'static str,
}

struct Curve {
    title: String,
    words: String,
    more: Option<String>,
    verdict: String,
    rows: Vec<CurveRow>,
}

struct CurveRow {
    promise: String,
    share: String,
    interval: String,
    percent: i64,
    chosen: bool,
}

/// `GET /promises/studio`
pub(super) async fn show(page: Page, Query(form): Query<Filled>) -> PageResult {
    let t = &page.t;
    let calendars = page.ask(LevelsView).await?.calendars;
    let chosen = form.value("calendar");
    let calendar = calendars.iter().find(|kept| Some(kept.id) == chosen);
    let calendar = calendar.or(calendars.first());
    let sheet = Sheet::new(&page, Section::Promises, &t.get("studio-title"))
        .await?
        .back(t.get("promises-title"), "/promises")
        .intro(t.get("studio-intro"));
    let Some(calendar) = calendar else {
        let told = Notice::new(t.get("studio-no-hours"), Tone::Warn);
        return sheet.block(told).answer(&page, &Faults::default());
    };
    let own = page
        .ask(OwnStudy {
            calendar: calendar.id,
        })
        .await?;
    let usual = own.per_week.max(20.0).round();
    let handle = page.ask(HandleTimeView).await?;
    let week = page.ask(OwnWeekView).await?;
    let as_own = week.arrivals.enough && form.text("pattern") != USUAL;
    let (weekday, weekend) = week.team.unwrap_or((2, 1));
    let ask = StudyAsk {
        calendar: calendar.calendar.clone(),
        tickets_per_week: form.value("tickets").unwrap_or(usual),
        handle_minutes: form.value("minutes").unwrap_or(handle_minutes(&handle)),
        pattern: as_own.then(|| week.arrivals.slots.clone()),
        weekday_people: form.value("people").unwrap_or(weekday),
        weekend_people: form.value("weekend").unwrap_or(weekend),
        promise_hours: form.value("hours").unwrap_or(4.0),
    };
    // It counts for some tens of milliseconds: not on a thread that others wait for.
    let asked = ask.clone();
    let answer = tokio::task::spawn_blocking(move || study(&asked)).await;
    let answer = answer.map_err(|_| Failure::Internal)?;
    let choices = calendars.iter();
    let choices = choices.map(|kept| Choice::new(kept.id.to_string(), kept.calendar.name()));
    let studio = Studio {
        fields: vec![
            Field::choice("calendar", t.get("level-calendar"), choices.collect())
                .value(calendar.id.to_string()),
            number("tickets", t.get("studio-tickets"), ask.tickets_per_week).hint(t.arg(
                "studio-tickets-hint",
                "count",
                own.per_week.round() as i64,
            )),
            number("minutes", t.get("studio-minutes"), ask.handle_minutes)
                .hint(handle_words(t, &handle)),
            pattern_field(t, &week.arrivals, as_own),
        ],
        ranges: ranges(t, &ask),
        told: told(t, &answer),
        curves: curves(t, &ask, answer.as_ref().ok(), &own.study),
        t: t.clone(),
    };
    sheet.block(studio).answer(&page, &Faults::default())
}

/// When customers write: as they did, where enough is known, or as they usually do.
fn pattern_field(t: &Texts, arrivals: &Forecast, as_own: bool) -> Field {
    let numbers: [(&str, &dyn Argument); 2] =
        [("weeks", &arrivals.weeks), ("tickets", &arrivals.tickets)];
    let usual = Choice::new(USUAL, t.get("studio-pattern-usual"));
    let (choices, hint) = if arrivals.enough {
        let own = Choice::new(OWN, t.get("studio-pattern-own"));
        let measured = t.args("studio-pattern-measured", &numbers);
        (
            vec![own, usual],
            format!("{measured} {}", fit_words(t, arrivals)),
        )
    } else {
        (vec![usual], t.args("studio-pattern-too-little", &numbers))
    };
    Field::choice("pattern", t.get("studio-pattern"), choices)
        .value(if as_own { OWN } else { USUAL })
        .hint(hint)
}

/// How well the measured pattern fits the weeks that it was measured in.
fn fit_words(t: &Texts, arrivals: &Forecast) -> String {
    let index = t.decimal(arrivals.dispersion, 1);
    let fits = key("studio-pattern-fits");
    let loose = key("studio-pattern-loose");
    t.arg(
        if arrivals.is_loose() { loose } else { fits },
        "index",
        index,
    )
}

/// To a tenth of a minute: what is measured is no more exact.
fn handle_minutes(handle: &HandleTime) -> f64 {
    (handle.minutes * 10.0).round() / 10.0
}

/// Where the minutes of an answer come from.
fn handle_words(t: &Texts, handle: &HandleTime) -> String {
    let minutes = handle_minutes(handle);
    let minutes = t.decimal(minutes, usize::from(minutes.fract() > 0.0));
    if handle.is_measured() {
        t.args(
            "studio-minutes-measured",
            &[("minutes", &minutes), ("answers", &handle.answers)],
        )
    } else {
        t.arg("studio-minutes-assumed", "minutes", minutes)
    }
}

fn number(name: &'static str, label: String, value: f64) -> Field {
    Field::new(name, label, FieldKind::Line("text")).value(value.to_string())
}

fn ranges(t: &Texts, ask: &StudyAsk) -> Vec<Range> {
    let range = |name, label: &'static str, value: String, most| Range {
        name,
        label: t.get(label),
        value,
        most,
    };
    vec![
        range(
            "hours",
            key("studio-hours"),
            ask.promise_hours.to_string(),
            "27",
        ),
        range(
            "people",
            key("studio-people"),
            ask.weekday_people.to_string(),
            "12",
        ),
        range(
            "weekend",
            key("studio-weekend"),
            ask.weekend_people.to_string(),
            "12",
        ),
    ]
}

fn told(t: &Texts, answer: &Result<Studied, StudyError>) -> Option<Notice> {
    match answer {
        Ok(_) => None,
        Err(StudyError::Overloaded { least_hours }) => {
            let hours = least_hours.ceil() as i64;
            Some(Notice::new(
                t.arg("studio-overloaded", "hours", hours),
                Tone::Bad,
            ))
        }
        Err(StudyError::Refused(_)) => Some(Notice::new(t.get("studio-refused"), Tone::Warn)),
    }
}

fn curves(
    t: &Texts,
    ask: &StudyAsk,
    answer: Option<&Studied>,
    own: &candor_desk::level::OwnCurve,
) -> Vec<Curve> {
    let mut curves = Vec::new();
    if let Some(answer) = answer {
        curves.push(simulated(t, ask, answer));
    }
    let words = t.arg("studio-own-words", "count", own.answers);
    curves.push(Curve {
        title: t.get("studio-own"),
        verdict: match own.publishable {
            Some(hours) => t.arg("studio-own-verdict", "hours", hours_words(t, hours)),
            None if own.enough => t.get("studio-own-none"),
            None => t.get("studio-too-little"),
        },
        words,
        more: None,
        rows: if own.enough {
            rows(t, &own.curve, ask.promise_hours)
        } else {
            Vec::new()
        },
    });
    curves
}

fn simulated(t: &Texts, ask: &StudyAsk, answer: &Studied) -> Curve {
    let point = &answer.chosen;
    let (low, high) = point.interval;
    let mut words = t.args(
        "studio-verdict",
        &[
            ("hours", &hours_words(t, ask.promise_hours)),
            ("share", &percent(t, point.kept)),
            ("low", &percent(t, low)),
            ("high", &percent(t, high)),
        ],
    );
    if let Some(more) = answer.with_one_more {
        words = format!(
            "{words} {}",
            t.arg("studio-one-more", "share", percent(t, more))
        );
    }
    let mut verdict = match answer.publishable {
        Some(hours) => t.arg("studio-publish", "hours", hours_words(t, hours)),
        None => t.get("studio-publish-none"),
    };
    if let Some(aim) = answer.aim {
        let aim = t.arg("studio-aim", "hours", hours_words(t, aim));
        verdict = format!("{verdict} {aim}");
    }
    Curve {
        title: t.get("studio-result"),
        verdict,
        words,
        more: answer.breaks_first.map(|first| breaks_words(t, &first)),
        rows: rows(t, &answer.curve, ask.promise_hours),
    }
}

/// Which hour breaks first, and what one more person there does.
fn breaks_words(t: &Texts, first: &BreaksFirst) -> String {
    let hour = |(day, hour): (Weekday, usize)| {
        // The first day of 2026-01-05's week is a Monday.
        let monday = jiff::civil::date(2026, 1, 5);
        let day = monday.saturating_add(i64::from(day.to_monday_zero_offset()).days());
        let (from, to) = (format!("{hour:02}:00"), format!("{:02}:00", hour + 1));
        let day = t.weekday(day);
        t.args(
            "studio-hour",
            &[("day", &day), ("from", &from), ("to", &to)],
        )
    };
    let first_words = t.args(
        "studio-breaks",
        &[
            ("hour", &hour(first.hour)),
            ("late", &percent(t, first.late)),
            ("part", &percent(t, first.part)),
        ],
    );
    let helped = t.args(
        "studio-helped",
        &[
            ("hour", &hour(first.helped)),
            ("share", &percent(t, first.with_one_more)),
        ],
    );
    format!("{first_words} {helped}")
}

fn rows(t: &Texts, curve: &[StudyPoint], chosen: f64) -> Vec<CurveRow> {
    let row = |point: &StudyPoint| {
        let (low, high) = point.interval;
        let (low, high) = (percent(t, low), percent(t, high));
        CurveRow {
            promise: hours_words(t, point.hours),
            share: percent(t, point.kept),
            interval: t.args("kept-interval", &[("low", &low), ("high", &high)]),
            percent: (100.0 * point.kept).round() as i64,
            chosen: (point.hours - chosen).abs() < 0.01,
        }
    };
    curve.iter().map(row).collect()
}

fn hours_words(t: &Texts, hours: f64) -> String {
    let minutes = (hours * 60.0).round() as i64;
    if minutes < 60 {
        t.arg("time-minutes", "count", minutes)
    } else if minutes % 60 == 0 {
        t.arg("time-hours", "count", minutes / 60)
    } else {
        t.span(jiff::SignedDuration::from_mins(minutes))
    }
}
