//! Promises that people give in replies.
//!
//! Owns: the chip below a draft, the question before sending, the lines beside the ticket, how one
//! is withdrawn. Must not know: how a promise is found in a text, what its clock does.

use crate::cookie::Flash;
use crate::error::PageResult;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::inbox::Spot;
use crate::part::{Chip, Field, Tone};
use askama::Template;
use axum::extract::{Form, Path};
use axum::http::HeaderMap;
use candor_desk::level::{DraftPromise, GivenSeen, GivenState, WithdrawPromise};
use candor_desk::ticket::View;
use candor_domain::customer::first_name;
use candor_domain::id::TicketId;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

/// Later a length such as "within two hours" has not become another promise.
const SAME: SignedDuration = SignedDuration::from_mins(10);

/// A promise that was found in a draft, to be taken with one click.
#[derive(Debug, Template)]
#[template(path = "page/ticket/promise_chip.html")]
pub(crate) struct PromiseChip {
    t: Texts,
    words: String,
    due: i64,
    taken: bool,
    /// How the reply goes on, where this is the question before it does.
    asks: Option<&'static str>,
}

impl askama::filters::HtmlSafe for PromiseChip {}

impl PromiseChip {
    /// The chip while somebody types; `taken` is what they ticked before.
    pub(crate) fn offered(t: &Texts, found: &DraftPromise, taken: Option<i64>) -> Self {
        Self {
            words: t.arg("given-offer", "time", t.moment(found.due)),
            taken: taken.is_some_and(|taken| is_same(taken, found)),
            due: found.due.as_microsecond(),
            asks: None,
            t: t.clone(),
        }
    }

    /// The question before a reply goes out that promises something nobody was offered.
    pub(crate) fn asking(t: &Texts, found: &DraftPromise, then: &'static str) -> Self {
        Self {
            words: t.arg("given-ask", "time", t.moment(found.due)),
            asks: Some(then),
            ..Self::offered(t, found, None)
        }
    }
}

/// Whether a tick was meant for what the draft promises now.
pub(crate) fn is_same(taken: i64, found: &DraftPromise) -> bool {
    Timestamp::from_microsecond(taken)
        .is_ok_and(|taken| taken.duration_since(found.due).abs() <= SAME)
}

/// A promise beside its ticket.
#[derive(Debug)]
pub(crate) struct GivenLine {
    pub(crate) words: String,
    pub(crate) chip: Chip,
    pub(crate) reason: String,
    /// Where it is withdrawn, while it is owed.
    pub(crate) withdraw: Option<(String, Field)>,
}

/// Most promises beside a ticket; the newest.
const MOST: usize = 3;

pub(crate) fn lines(cx: &Page, view: &View, may_reply: bool) -> Vec<GivenLine> {
    let Some(promise) = &view.promise else {
        return Vec::new();
    };
    let newest = promise.given.iter().rev().take(MOST);
    newest
        .map(|given| line(cx, view, given, may_reply))
        .collect()
}

fn line(cx: &Page, view: &View, given: &GivenSeen, may_reply: bool) -> GivenLine {
    let (t, promise) = (&cx.t, &given.promise);
    let by = t.arg("clock-by", "time", t.moment(promise.due));
    let chip = match given.state {
        GivenState::Open => Chip::new(by),
        GivenState::Late => {
            let late = cx.app.desk.now().duration_since(promise.due);
            Chip::toned(t.arg("promise-late", "time", t.span(late)), Tone::Bad)
        }
        GivenState::Kept { .. } => Chip::toned(t.get("clock-kept"), Tone::Good),
        GivenState::KeptLate { .. } => Chip::toned(t.get("clock-done-late"), Tone::Warn),
        GivenState::Withdrawn { .. } => Chip::new(t.get("given-withdrawn")),
    };
    let owed = matches!(given.state, GivenState::Open | GivenState::Late);
    let who = view.person_name(promise.by).map(first_name);
    let path = format!(
        "/tickets/{}/promises/{}/withdrawal",
        promise.ticket, promise.cycle
    );
    let reason = || {
        Field::text("reason", t.get("decide-reason"))
            .required()
            .prefixed("withdraw")
    };
    GivenLine {
        words: t.arg("given-by", "who", who.unwrap_or_default()),
        chip,
        reason: promise.reason.clone(),
        withdraw: (owed && may_reply).then(|| (path, reason())),
    }
}

#[derive(Deserialize)]
pub(super) struct Withdrawn {
    #[serde(default)]
    reason: String,
}

/// `POST /tickets/{ticket}/promises/{cycle}/withdrawal`
pub(super) async fn withdraw(
    cx: Page,
    Path((ticket, cycle)): Path<(TicketId, u32)>,
    headers: HeaderMap,
    Form(withdrawn): Form<Withdrawn>,
) -> PageResult {
    let reason = withdrawn.reason;
    cx.run(WithdrawPromise {
        ticket,
        cycle,
        reason,
    })
    .await?;
    let spot = Spot::of_form(&headers);
    let told = Flash::new(key("done-promise-withdrawn"));
    Ok(cx.lead_to(&spot.ticket(ticket), Some(&told)))
}
