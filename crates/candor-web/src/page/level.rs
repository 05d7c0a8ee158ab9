//! What was promised and what was kept, and what could be promised.
//!
//! Owns: the report, the studio and the health of priorities. Must not know: how anything is counted or simulated.

mod file;
mod health;
mod studio;

pub(crate) use health::{alarm, alarm_words};

use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::layout::Section;
use crate::page::Page;
use crate::page::settings::standing_words;
use crate::page::sheet::Sheet;
use crate::page::ticket::words::urgency_key;
use crate::part::{EmptyState, Notice, Tone, metric_key};
use crate::route::{Admission, RouteBook};
use crate::state::App;
use askama::Template;
use axum::extract::Query;
use candor_desk::contract::{Contracts, ContractsView};
use candor_desk::level::{AttainmentBy, AttainmentLine, AttainmentView, GivenKept};
use candor_desk::workload::PriorityAlarm;
use candor_domain::contract::Standing;
use candor_domain::permission::Permission;
use serde::Deserialize;

/// Rows of the table; a file has all of them.
const MOST_ROWS: usize = 120;

/// Writes the pages of promises into the book.
pub(super) fn routes(book: &mut RouteBook<App>) {
    let may = Admission::Permission(Permission::ManageLevels);
    book.get("/promises", may, show)
        .get("/promises/file/{file}", may, file::download)
        .get("/promises/priorities", may, health::show)
        .post("/promises/priorities/quota", may, health::keep_quota)
        .get("/promises/studio", may, studio::show);
}

#[derive(Default, Deserialize)]
struct Wanted {
    days: Option<i64>,
    by: Option<String>,
}

impl Wanted {
    fn view(&self) -> AttainmentView {
        let by = self.by.as_deref().and_then(AttainmentBy::parse);
        AttainmentView {
            days: self.days.unwrap_or(30).clamp(1, 731),
            by: by.unwrap_or_default(),
        }
    }
}

/// The address of a report.
fn path_of(path: &str, view: AttainmentView) -> String {
    format!("{path}?days={}&by={}", view.days, view.by.as_str())
}

const fn by_key(by: AttainmentBy) -> &'static str {
    match by {
        AttainmentBy::Level => key("kept-level"),
        AttainmentBy::Contract => key("kept-contract"),
        AttainmentBy::Team => key("kept-team"),
        AttainmentBy::Reason => key("kept-reason"),
    }
}

/// Says which contracts end soon.
fn ending(t: &Texts, found: &Contracts) -> Option<Notice> {
    let soon = found
        .contracts
        .iter()
        .filter_map(|seen| match seen.standing {
            Standing::EndsSoon(_) => {
                let words = standing_words(t, seen).0;
                Some(format!("{} ({words})", seen.contract.name))
            }
            _ => None,
        });
    let soon: Vec<String> = soon.collect();
    let words = t.arg("contracts-end-soon", "names", soon.join(", "));
    (!soon.is_empty()).then(|| Notice::new(words, Tone::Warn))
}

/// The table of a period.
#[derive(Template)]
#[template(path = "page/level/kept.html")]
struct Kept {
    t: Texts,
    periods: Vec<(String, String, bool)>,
    groups: Vec<(String, String, bool)>,
    by: String,
    words: String,
    more: Option<String>,
    file: String,
    rows: Vec<KeptRow>,
}

struct KeptRow {
    name: String,
    what: String,
    share: String,
    interval: String,
    kept: String,
    beaten: String,
    percent: i64,
}

/// What people promised in replies, as the last row.
fn given_row(t: &Texts, given: &GivenKept) -> KeptRow {
    let (low, high) = given.interval;
    let (low, high) = (percent(t, low), percent(t, high));
    let share = given.kept as f64 / given.promises.max(1) as f64;
    KeptRow {
        name: t.get("kept-given"),
        what: String::new(),
        share: percent(t, share),
        interval: t.args("kept-interval", &[("low", &low), ("high", &high)]),
        kept: t.args("kept-of", &[("kept", &given.kept), ("of", &given.promises)]),
        beaten: if given.kept == 0 {
            String::new()
        } else {
            t.span(given.beaten_by)
        },
        percent: (100.0 * share).round() as i64,
    }
}

/// A share in per cent with one digit, in the reader's style.
pub(crate) fn percent(t: &Texts, share: f64) -> String {
    t.arg("percent", "number", t.decimal(100.0 * share, 1))
}

/// What a line counts: what was promised, and for which urgency where that is told apart.
fn what(t: &Texts, line: &AttainmentLine) -> String {
    let metric = t.get(metric_key(line.metric));
    match line.urgency {
        Some(urgency) => format!("{metric}, {}", t.get(urgency_key(urgency))),
        None => metric,
    }
}

fn row(t: &Texts, line: &AttainmentLine, by: AttainmentBy) -> KeptRow {
    let (low, high) = line.interval;
    let (low, high) = (percent(t, low), percent(t, high));
    KeptRow {
        name: line.name.clone().unwrap_or_else(|| match by {
            AttainmentBy::Team => t.get("kept-no-team"),
            _ => t.get("kept-no-reason"),
        }),
        what: what(t, line),
        share: percent(t, line.share()),
        interval: t.args("kept-interval", &[("low", &low), ("high", &high)]),
        kept: t.args("kept-of", &[("kept", &line.kept), ("of", &line.promises)]),
        beaten: if line.kept == 0 {
            String::new()
        } else {
            t.span(line.beaten_by)
        },
        percent: (100.0 * line.share()).round() as i64,
    }
}

/// `GET /promises`: what was kept.
async fn show(page: Page, Query(wanted): Query<Wanted>) -> PageResult {
    let t = &page.t;
    let view = wanted.view();
    let report = page.ask(view).await?;
    let period = |days: i64| {
        let words = t.arg("time-days", "count", days);
        let other = AttainmentView { days, ..view };
        (path_of("/promises", other), words, days == view.days)
    };
    let group = |by: AttainmentBy| {
        let other = AttainmentView { by, ..view };
        (
            path_of("/promises", other),
            t.get(by_key(by)),
            by == view.by,
        )
    };
    let kept = Kept {
        periods: [7, 30, 90, 365].map(period).into(),
        groups: AttainmentBy::ALL.map(group).into(),
        by: t.get(by_key(view.by)),
        words: match view.by {
            AttainmentBy::Team => t.get("kept-words-team"),
            AttainmentBy::Reason => t.get("kept-words-reason"),
            _ => String::new(),
        },
        more: (report.lines.len() > MOST_ROWS).then(|| t.get("kept-more")),
        file: path_of("/promises/file/promises.csv", view),
        rows: {
            let given = report.given.iter().map(|given| given_row(t, given));
            let lines = report.lines.iter().map(|line| row(t, line, view.by));
            lines.chain(given).take(MOST_ROWS).collect()
        },
        t: t.clone(),
    };
    let empty = (report.lines.is_empty() && report.given.is_none()).then(|| {
        let state = EmptyState::new(t.get("kept-none"), t.get("kept-none-words"));
        state.with_step(t.get("place-levels"), "/settings/levels")
    });
    Sheet::new(&page, Section::Promises, &t.get("promises-title"))
        .await?
        .intro(t.get("kept-intro"))
        .maybe(ending(t, &page.ask(ContractsView).await?))
        .maybe(page.ask(PriorityAlarm).await?.map(|last| alarm(t, &last)))
        .block(kept)
        .maybe(empty)
        .answer(&page, &Faults::default())
}
