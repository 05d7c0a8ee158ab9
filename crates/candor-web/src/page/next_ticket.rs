//! "Next for you": whose turn it is to be answered, and why.
//!
//! Owns: the page, the words of each reason, the button that takes the next. Must not know: how the
//! order comes about.

use crate::cookie::Flash;
use crate::error::{PageResult, render};
use crate::i18n::{Argument, Texts, key};
use crate::layout::{AppFrame, Columns, Section};
use crate::page::level::alarm_words;
use crate::page::ticket::words::urgency_key;
use crate::page::{Page, Rail};
use crate::part::{EmptyState, Pager, PromiseMark, metric_key};
use crate::route::{Admission, RouteBook};
use crate::state::App;
use askama::Template;
use axum::Form;
use axum::extract::Query;
use candor_desk::level::{DueOf, MyWarnings, PutWarningsAway, Warning, WarningsShown};
use candor_desk::queue::{
    NextForYou, OwedPromise, QueueCursor, QueueLine, QueueScreen, TakeNext, Taken, Unavoidable,
};
use candor_domain::id::TicketId;
use candor_domain::level::Metric;
use candor_domain::permission::Permission;
use candor_domain::ticket::Urgency;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

/// Lines of the page.
const LINES: usize = 40;

pub(super) fn routes(book: &mut RouteBook<App>) {
    let read = Admission::Permission(Permission::ReadTickets);
    let take = Admission::Permission(Permission::Assign);
    book.get("/next", read, show)
        .post("/next", take, create)
        .post("/next/warnings", read, put_away);
}

#[derive(Template)]
#[template(path = "page/next/show.html")]
struct Next {
    frame: AppFrame,
    t: Texts,
    waiting: String,
    mine: String,
    for_others: Option<String>,
    unavoidable: Option<String>,
    alarm: Option<String>,
    may_take: bool,
    lines: Vec<Line>,
    pager: Option<Pager>,
    promised: Vec<Owed>,
    warnings: Vec<Warned>,
    shown: String,
    more_warnings: Option<String>,
    empty: Option<EmptyState>,
}

/// A ticket with the reason of its place.
struct Line {
    href: String,
    name: String,
    subject: String,
    reason: String,
    class: &'static str,
    mine: bool,
    stands_in: Option<String>,
    needs: Option<String>,
    other_team: Option<String>,
    sum: String,
}

/// What the reader was warned of.
struct Warned {
    href: String,
    subject: String,
    words: String,
    late: bool,
}

fn warned(t: &Texts, warning: &Warning) -> Warned {
    let what = t.get(metric_key(warning.metric));
    let late = warning.step == 3;
    let words = match (warning.due, late) {
        (None, _) => t.arg("warnings-stands", "what", what),
        (Some(due), true) => {
            let time = t.moment(due);
            t.args("warnings-late", &[("what", &what), ("time", &time)])
        }
        (Some(due), false) => {
            let time = t.moment(due);
            t.args("warnings-soon", &[("what", &what), ("time", &time)])
        }
    };
    Warned {
        href: format!("/tickets/{}", warning.ticket),
        subject: warning.subject.clone(),
        words,
        late,
    }
}

/// What was on the page when it was drawn: ticket, promise and moment of each warning. What came
/// later waits on.
fn shown(warnings: &[Warning]) -> String {
    let one = |warning: &Warning| {
        let (ticket, metric) = (warning.ticket, warning.metric.as_str());
        format!("{ticket}.{metric}.{}", warning.at.as_microsecond())
    };
    warnings.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Reads what was shown; whatever names no warning is left out.
fn read_shown(text: &str) -> Vec<(TicketId, Metric, Timestamp)> {
    let one = |word: &str| {
        let mut parts = word.split('.');
        let ticket = parts.next()?.parse().ok()?;
        let metric = Metric::parse(parts.next()?)?;
        let at = parts.next()?.parse().ok()?;
        Some((ticket, metric, Timestamp::from_microsecond(at).ok()?))
    };
    text.split(' ').filter_map(one).collect()
}

#[derive(Deserialize)]
struct PutAway {
    #[serde(default)]
    shown: String,
}

/// `POST /next/warnings`: puts away what the page showed.
async fn put_away(cx: Page, Form(form): Form<PutAway>) -> PageResult {
    let shown = read_shown(&form.shown);
    cx.note(PutWarningsAway { shown }).await?;
    Ok(cx.lead_to("/next", Some(&Flash::new(key("done-warnings-seen")))))
}

/// What the reader promised in a reply and still owes.
struct Owed {
    href: String,
    subject: String,
    words: String,
    mark: PromiseMark,
}

fn owed(cx: &Page, promise: &OwedPromise) -> Owed {
    let now = cx.app.desk.now();
    let due = DueOf {
        metric: Metric::Promised,
        due: Some(promise.due),
        left: promise.due.duration_since(now).max(SignedDuration::ZERO),
        late: promise.due <= now,
    };
    Owed {
        href: format!("/tickets/{}", promise.ticket),
        subject: promise.subject.clone(),
        words: promise.words.clone(),
        mark: PromiseMark::of(&cx.t, now, &due),
    }
}

/// Which page.
#[derive(Default, Deserialize)]
struct Place {
    after: Option<String>,
}

/// The way to the rest, in the order of the first page's moment.
fn pager(t: &Texts, inside: bool, next: Option<QueueCursor>) -> Option<Pager> {
    (inside || next.is_some()).then(|| Pager {
        label: t.get("next-pages"),
        newer: inside.then(|| (t.get("next-first-page"), "/next".to_owned())),
        older: next.map(|place| {
            let href = format!("/next?after={}", written(place));
            (t.get("next-more"), href)
        }),
    })
}

/// A place in the order as numbers; those with a fraction by their bits.
fn written(place: QueueCursor) -> String {
    let numbers = [
        place.at.as_microsecond(),
        place.group,
        place.index.to_bits().cast_signed(),
        place.waited.to_bits().cast_signed(),
        place.ticket.0,
    ];
    numbers.map(|number| number.to_string()).join("_")
}

/// Reads a place; whatever is none begins at the top.
fn read(text: &str) -> Option<QueueCursor> {
    let numbers = text.split('_').map(|number| number.parse::<i64>().ok());
    let numbers = numbers.collect::<Option<Vec<i64>>>()?;
    let &[at, group, index, waited, ticket] = numbers.as_slice() else {
        return None;
    };
    Some(QueueCursor {
        at: Timestamp::from_microsecond(at).ok()?,
        group,
        index: f64::from_bits(index.cast_unsigned()),
        waited: f64::from_bits(waited.cast_unsigned()),
        ticket: TicketId(ticket),
    })
}

/// `GET /next`
async fn show(cx: Page, Query(place): Query<Place>) -> PageResult {
    let ask = NextForYou {
        limit: LINES,
        after: place.after.as_deref().and_then(read),
    };
    let screen = cx.ask(ask).await?;
    let t = &cx.t;
    let warnings = cx.ask(MyWarnings).await?;
    let rail = Rail {
        counts: &screen.counts,
        open: None,
    };
    let empty = EmptyState::new(t.get("next-empty"), t.get("next-empty-words"));
    let page = Next {
        frame: cx.frame(&t.get("next-title"), Section::Next, Columns::Wide, &rail),
        waiting: t.arg("next-waiting", "count", screen.waiting),
        mine: t.args(
            "next-mine",
            &[("count", &screen.mine), ("limit", &screen.limit)],
        ),
        for_others: (screen.for_others > 0)
            .then(|| t.arg("next-for-others", "count", screen.for_others)),
        unavoidable: unavoidable(t, &screen),
        alarm: screen.alarm.as_ref().map(|last| alarm_words(t, last)),
        may_take: cx.may(Permission::Assign) && cx.may(Permission::Reply),
        empty: screen.lines.is_empty().then_some(empty),
        promised: screen.promised.iter().map(|one| owed(&cx, one)).collect(),
        more_warnings: more(t, &warnings),
        shown: shown(&warnings.newest),
        warnings: warnings.newest.iter().map(|one| warned(t, one)).collect(),
        pager: pager(t, place.after.is_some(), screen.next),
        lines: screen.lines.iter().map(|line| of(&cx, line)).collect(),
        t: t.clone(),
    };
    render(&page).map(|response| cx.told(response))
}

/// That there are older ones than the page shows.
fn more(t: &Texts, warnings: &WarningsShown) -> Option<String> {
    let shown = i64::try_from(warnings.newest.len()).unwrap_or(i64::MAX);
    let numbers: [(&str, &dyn Argument); 2] = [("shown", &shown), ("count", &warnings.count)];
    (warnings.count > shown).then(|| t.args("warnings-more", &numbers))
}

fn unavoidable(t: &Texts, screen: &QueueScreen) -> Option<String> {
    let Unavoidable { late, of, .. } = screen.unavoidable?;
    let share = (100.0 * late / of.max(f64::MIN_POSITIVE)).round() as i64;
    (late > 0.0).then(|| t.arg("next-unavoidable", "share", share))
}

fn of(cx: &Page, line: &QueueLine) -> Line {
    let late = line.metric.is_some() && line.left < SignedDuration::ZERO;
    let soon = line.metric.is_some() && line.left < SignedDuration::from_hours(1);
    Line {
        href: format!("/tickets/{}", line.ticket),
        name: if line.customer.is_empty() {
            format!("#{}", line.ticket)
        } else {
            line.customer.clone()
        },
        subject: line.subject.clone(),
        reason: reason(cx, line),
        class: match (late, soon) {
            (true, _) => " broken",
            (false, true) => " due",
            (false, false) => " kept",
        },
        mine: line.mine,
        stands_in: line
            .stands_in_for
            .as_ref()
            .map(|name| cx.t.arg("next-stands-in", "name", name)),
        needs: (!line.mine && !line.skills.is_empty())
            .then(|| cx.t.arg("next-needs", "skills", line.skills.join(", "))),
        other_team: line
            .other_team
            .as_ref()
            .map(|team| cx.t.arg("next-other-team", "team", team)),
        sum: sum(&cx.t, line),
    }
}

/// One plain line: who, how urgent, how long there is.
fn reason(cx: &Page, line: &QueueLine) -> String {
    let t = &cx.t;
    let mut parts = Vec::new();
    if line.starving {
        parts.push(t.get("next-starving"));
    }
    if let Some(level) = &line.level {
        parts.push(t.arg("next-level", "level", level));
    }
    if line.metric == Some(Metric::Promised) {
        parts.push(t.get("next-promised"));
    }
    if line.urgency != Urgency::Normal {
        parts.push(t.get(urgency_key(line.urgency)).to_lowercase());
    }
    let now = cx.app.desk.now();
    parts.push(match (line.metric, line.waiting_since) {
        (Some(_), _) if line.left < SignedDuration::ZERO => {
            let late = line.due.map_or(-line.left, |due| now.duration_since(due));
            t.arg("promise-late", "time", t.span(late))
        }
        (Some(_), _) => t.arg("next-left", "time", t.span(line.left)),
        (None, Some(since)) => {
            let waited = t.span(now.duration_since(since));
            t.arg("next-unpromised", "time", waited)
        }
        (None, None) => t.get("next-our-turn"),
    });
    parts.join(", ")
}

/// The arithmetic, for whoever opens it.
fn sum(t: &Texts, line: &QueueLine) -> String {
    let plain = |number: f64| format!("{number:.2}");
    let weight = plain(line.sum.tier * line.sum.urgency);
    t.args(
        "next-sum",
        &[
            ("tier", &plain(line.sum.tier)),
            ("urgency", &plain(line.sum.urgency)),
            ("weight", &weight),
            ("target", &(line.sum.target.round() as i64)),
            ("waited", &(line.sum.waited.round() as i64)),
            ("index", &plain(line.sum.index)),
        ],
    )
}

/// `POST /next`: the next ticket is the person's own now.
async fn create(cx: Page) -> PageResult {
    Ok(match cx.run(TakeNext).await? {
        Taken::Ticket(ticket) => {
            let told = Flash::new(key("done-taken"));
            cx.lead_to(&format!("/tickets/{ticket}?list=mine"), Some(&told))
        }
        Taken::Nothing => cx.lead_to("/next", Some(&Flash::new(key("done-nothing-next")))),
        Taken::Away { .. } => cx.lead_to("/next", Some(&Flash::new(key("done-away")))),
        Taken::Enough { .. } => cx.lead_to("/next", Some(&Flash::new(key("done-enough")))),
    })
}
