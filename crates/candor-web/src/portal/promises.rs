//! What the shop promises its customers, and what it kept.
//!
//! Owns: the page and the line about an answer that somebody waits for. Must not know: levels that
//! are not public.

use super::visitor::Visitor;
use crate::error::PageResult;
use crate::i18n::{Texts, key};
use crate::layout::PortalFrame;
use crate::page::level::percent;
use crate::page::settings::week_words;
use crate::part::target_words;
use askama::Template;
use axum::http::StatusCode;
use candor_desk::level::{AnswerOwed, GivenSeen, GivenState, PublicLevel, PublicPromises, Usual};
use candor_domain::actor::Actor;
use candor_domain::level::Metric;
use candor_domain::ticket::Urgency;
use jiff::Timestamp;

#[derive(Template)]
#[template(path = "portal/promises.html")]
struct Promises {
    frame: PortalFrame,
    t: Texts,
    usual: Option<String>,
    levels: Vec<Level>,
}

struct Level {
    name: String,
    rows: Vec<Row>,
    hours: String,
}

struct Row {
    situation: String,
    answer: String,
    solution: String,
    kept: String,
}

/// `GET /help/promises`
pub(super) async fn show(visitor: Visitor) -> PageResult {
    let t = visitor.t.clone();
    let page = visitor
        .app
        .desk
        .ask(&Actor::Visitor, PublicPromises)
        .await?;
    let usual = page
        .usual
        .map(|length| t.arg("public-usual", "time", t.span(length)));
    let page = Promises {
        frame: visitor.frame(t.get("public-title")),
        usual,
        levels: page.levels.iter().map(|level| of(&t, level)).collect(),
        t,
    };
    visitor.render(StatusCode::OK, &page)
}

fn of(t: &Texts, public: &PublicLevel) -> Level {
    let rows = Urgency::ALL.iter().filter_map(|urgency| {
        let target = |metric| public.level.level.target(*urgency, metric);
        let (answer, solution) = (target(Metric::FirstReply), target(Metric::Resolution));
        if answer.is_none() && solution.is_none() {
            return None;
        }
        let words = |target: Option<_>| target.map(|one| target_words(t, one)).unwrap_or_default();
        Some(Row {
            situation: t.get(match urgency {
                Urgency::Urgent => key("public-urgent"),
                Urgency::Normal => key("public-normal"),
                Urgency::CanWait => key("public-can-wait"),
            }),
            answer: words(answer),
            solution: words(solution),
            kept: kept(t, public, *urgency),
        })
    });
    Level {
        name: public.level.level.name().to_owned(),
        rows: rows.collect(),
        hours: t.arg("public-hours", "hours", week_words(t, &public.calendar)),
    }
}

/// What was kept of all answers of this urgency, with how many there were.
fn kept(t: &Texts, public: &PublicLevel, urgency: Urgency) -> String {
    let lines = public.lines.iter().filter(|line| {
        let answer = matches!(line.metric, Metric::FirstReply | Metric::NextReply);
        answer && line.urgency == Some(urgency)
    });
    let (kept, of) = lines.fold((0, 0), |(kept, of), line| {
        (kept + line.kept, of + line.promises)
    });
    if of == 0 {
        return t.get("public-none-yet");
    }
    let share = percent(t, kept as f64 / of as f64);
    t.args("public-kept", &[("share", &share), ("of", &of)])
}

/// By when a customer hears from us, and when that usually is.
pub(crate) fn owed_by(t: &Texts, due: Timestamp, usual: Option<Usual>) -> String {
    let time = t.moment(due);
    let Some(usual) = usual else {
        return t.arg("owed-by", "time", time);
    };
    let (id, usual) = match usual.within {
        Some(length) => (key("owed-by-usually-within"), t.span(length)),
        None => (key("owed-by-usually-at"), t.moment(usual.at)),
    };
    t.args(id, &[("time", &time), ("usual", &usual)])
}

/// What somebody promised the customer in a reply and what became of it, and whether that is bad.
pub(super) fn given(t: &Texts, given: Option<&(String, GivenSeen)>) -> Option<(String, bool)> {
    let (name, given) = given?;
    let time = t.moment(given.promise.due);
    let said = |id| t.arg(id, "time", &time);
    Some(match given.state {
        GivenState::Open if name.is_empty() => (said(key("portal-given-open-nobody")), false),
        GivenState::Open => (
            t.args("portal-given-open", &[("who", name), ("time", &time)]),
            false,
        ),
        GivenState::Late => (said(key("portal-given-late")), true),
        GivenState::Kept { .. } => (said(key("portal-given-kept")), false),
        GivenState::KeptLate { at } => {
            let done = t.moment(at);
            let id = key("portal-given-kept-late");
            (t.args(id, &[("time", &time), ("done", &done)]), true)
        }
        GivenState::Withdrawn { .. } => (said(key("portal-given-withdrawn")), false),
    })
}

/// The line about the answer that a customer waits for or had, and whether it is late.
pub(super) fn owed(
    t: &Texts,
    answer: Option<AnswerOwed>,
    usual: Option<Usual>,
) -> Option<(String, bool)> {
    Some(match answer? {
        AnswerOwed::By(due) => (owed_by(t, due, usual), false),
        AnswerOwed::LateSince(due) => (t.arg("owed-late", "time", t.moment(due)), true),
        AnswerOwed::Given {
            after,
            in_time: true,
        } => (t.arg("owed-kept", "time", t.span(after)), false),
        AnswerOwed::Given {
            after,
            in_time: false,
        } => (t.arg("owed-broken", "time", t.span(after)), true),
    })
}
