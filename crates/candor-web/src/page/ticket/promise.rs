//! What a ticket is promised: in its head, beside it, in its history.
//!
//! Owns: the card with its clocks and the words of their events. Must not know: how clocks run.

use super::given::{self, GivenLine};
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::part::{Chip, Choice, Field, PromiseMark, Tone, metric_key};
use askama::Template;
use axum::extract::{Form, Path};
use axum::http::HeaderMap;
use candor_desk::level::{PromiseOf, SetTicketLevel};
use candor_desk::ticket::{Happening, View};
use candor_domain::event::TicketEvent;
use candor_domain::id::{LevelId, TicketId};
use candor_domain::level::{Clock, Happening as Did, LevelReason, Phase};
use candor_domain::permission::Permission;
use candor_domain::ticket::Status;
use serde::Deserialize;

use crate::cookie::Flash;
use crate::error::PageResult;
use crate::page::inbox::Spot;

/// The card beside the ticket.
#[derive(Debug, Template)]
#[template(path = "page/ticket/promise.html")]
pub(crate) struct PromiseCard {
    t: Texts,
    title: String,
    why: String,
    clocks: Vec<(String, Chip)>,
    path: String,
    choose: Option<Field>,
    given: Vec<GivenLine>,
}

impl askama::filters::HtmlSafe for PromiseCard {}

impl PromiseCard {
    pub(crate) fn of(cx: &Page, view: &View, may_change: bool) -> Option<Self> {
        let may_reply = cx
            .visit
            .access
            .may(Permission::Reply, &view.ticket.whereabouts());
        let (t, promise) = (&cx.t, view.promise.as_ref()?);
        let title = match &promise.level {
            Some((_, name)) => name.clone(),
            None => t.get("promise-none"),
        };
        let may_change =
            may_change && (promise.contract.is_none() || cx.may(Permission::ManageLevels));
        Some(Self {
            why: why(t, promise),
            clocks: promise.clocks.iter().map(|clock| line(cx, clock)).collect(),
            path: format!("/tickets/{}/level", view.ticket.id),
            choose: (may_change && !promise.levels.is_empty()).then(|| choose(t, promise)),
            given: given::lines(cx, view, may_reply),
            title,
            t: t.clone(),
        })
    }
}

/// Why this level; a contract is named, with what it goes before.
fn why(t: &Texts, promise: &PromiseOf) -> String {
    match (&promise.contract, promise.reason) {
        (Some(name), _) => t.arg("why-contract-named", "name", name),
        (None, Some(reason)) => t.get(reason_key(reason)),
        (None, None) => String::new(),
    }
}

fn line(cx: &Page, clock: &Clock) -> (String, Chip) {
    let t = &cx.t;
    let now = cx.app.desk.now();
    let chip = match (clock.phase, clock.breached_at, clock.due) {
        (Phase::Met, None, _) => Chip::toned(t.get("clock-kept"), Tone::Good),
        (Phase::Met, Some(_), _) => Chip::toned(t.get("clock-done-late"), Tone::Warn),
        (_, Some(since), _) => {
            let late = t.span(now.duration_since(since));
            Chip::toned(t.arg("promise-late", "time", late), Tone::Bad)
        }
        (_, None, Some(due)) if due <= now => {
            let late = t.span(now.duration_since(due));
            Chip::toned(t.arg("promise-late", "time", late), Tone::Bad)
        }
        (_, None, Some(due)) => Chip::new(t.arg("clock-by", "time", t.moment(due))),
        (_, None, None) => {
            let left = t.span(clock.remaining().unwrap_or_default());
            Chip::new(t.arg("promise-paused", "time", left))
        }
    };
    (t.get(metric_key(clock.metric)), chip)
}

fn choose(t: &Texts, promise: &PromiseOf) -> Field {
    let by_hand = promise.reason == Some(LevelReason::Explicit);
    let chosen = promise.level.as_ref().filter(|_| by_hand);
    let levels = promise.levels.iter();
    let levels = levels.map(|(id, name)| Choice::new(id.to_string(), name));
    let first = Choice::new("", t.get("promise-by-itself"));
    Field::choice(
        "level",
        t.get("promise-choose"),
        std::iter::once(first).chain(levels).collect(),
    )
    .value(chosen.map(|(id, _)| id.to_string()).unwrap_or_default())
    .prefixed("promise")
}

fn reason_key(reason: LevelReason) -> &'static str {
    match reason {
        LevelReason::Explicit => key("why-explicit"),
        LevelReason::Contract => key("why-contract"),
        LevelReason::Organization => key("why-organization"),
        LevelReason::Tier => key("why-tier"),
        LevelReason::Mailbox => key("why-mailbox"),
        LevelReason::Kind => key("why-kind"),
        LevelReason::Everybody => key("why-everybody"),
    }
}

/// What is owed first, for the head.
pub(crate) fn mark(cx: &Page, view: &View) -> Option<PromiseMark> {
    let over = view.ticket.spam || matches!(view.ticket.status, Status::Solved | Status::Closed);
    let first = view.promise.as_ref()?.first.filter(|_| !over)?;
    Some(PromiseMark::of(&cx.t, cx.app.desk.now(), &first))
}

/// A sentence for what the clocks did, where somebody wants to read it.
pub(crate) fn words(t: &Texts, view: &View, happening: &Happening, who: &str) -> Option<String> {
    match &happening.event {
        TicketEvent::ClocksLooked { said, .. } => {
            let broken = said.iter().find(|event| event.happening == Did::Breach)?;
            let what = t.get(metric_key(broken.metric));
            let due = t.moment(broken.at);
            Some(t.args("event-promise-broken", &[("what", &what), ("time", &due)]))
        }
        TicketEvent::PromiseGiven { due, .. } => {
            let due = t.moment(*due);
            Some(t.args("event-promise-given", &[("who", &who), ("time", &due)]))
        }
        TicketEvent::PromiseWithdrawn { .. } => Some(t.arg("event-promise-withdrawn", "who", who)),
        TicketEvent::PromiseSet {
            reason: Some(LevelReason::Explicit),
            level: Some(level),
            ..
        } => {
            let levels = &view.promise.as_ref()?.levels;
            let (_, name) = levels.iter().find(|(id, _)| id == level)?;
            Some(t.args("event-level-set", &[("who", &who), ("level", name)]))
        }
        _ => None,
    }
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    level: String,
}

/// `POST /tickets/{ticket}/level`
pub(super) async fn set(
    cx: Page,
    Path(ticket): Path<TicketId>,
    headers: HeaderMap,
    Form(chosen): Form<Chosen>,
) -> PageResult {
    let level = chosen.level.parse::<LevelId>().ok();
    cx.run(SetTicketLevel { ticket, level }).await?;
    let spot = Spot::of_form(&headers);
    Ok(cx.lead_to(&spot.ticket(ticket), Some(&Flash::new(key("done-saved")))))
}
