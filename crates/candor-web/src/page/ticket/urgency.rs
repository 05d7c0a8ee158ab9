//! How urgent the facts say that a ticket is, and what somebody decided.
//!
//! Owns: the plain line with its click, the form for deciding otherwise, the words of both in the
//! history. Must not know: which fact suggests what.

use super::words::urgency_key;
use crate::cookie::Flash;
use crate::error::{PageResult, render};
use crate::failure::Failure;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::inbox::Spot;
use crate::part::{ActionButton, Choice, Field};
use askama::Template;
use axum::extract::{Form, Path};
use axum::http::HeaderMap;
use candor_desk::ticket::{DecideUrgency, DropUrgencyDecision, Happening, TicketScreen, View};
use candor_domain::customer::first_name;
use candor_domain::event::TicketEvent;
use candor_domain::id::TicketId;
use candor_domain::permission::Permission;
use candor_domain::ticket::Urgency;
use candor_domain::urgency::UrgencyGround;
use serde::Deserialize;

/// What the facts suggest, which fetches itself anew.
#[derive(Debug, Template)]
#[template(path = "page/ticket/urgency.html")]
pub(crate) struct UrgencyPart {
    t: Texts,
    id: TicketId,
    suggestion: Option<Suggested>,
    decision: Option<Decision>,
}

impl askama::filters::HtmlSafe for UrgencyPart {}

#[derive(Debug)]
struct Suggested {
    why: String,
    take: ActionButton,
    urgency: Field,
    reason: Field,
}

/// What somebody decided, why, and the way back.
#[derive(Debug)]
struct Decision {
    words: String,
    reason: String,
    back: Option<ActionButton>,
}

impl UrgencyPart {
    pub(crate) fn new(cx: &Page, screen: &TicketScreen) -> Self {
        let (t, view) = (&cx.t, &screen.view);
        let at = view.ticket.whereabouts();
        let may_change = cx.visit.access.may(Permission::Change, &at);
        Self {
            id: view.ticket.id,
            suggestion: may_change.then(|| suggested(t, view)).flatten(),
            decision: decision(t, view, may_change),
            t: t.clone(),
        }
    }
}

fn suggested(t: &Texts, view: &View) -> Option<Suggested> {
    let suggestion = view.urgency.suggestion?;
    let why = match suggestion.ground {
        UrgencyGround::Safety => t.get("suggest-safety"),
        UrgencyGround::Legal => t.get("suggest-legal"),
        UrgencyGround::Leaving => t.get("suggest-churn"),
        UrgencyGround::Hurry => t.get("suggest-urgency"),
        UrgencyGround::SeveralTickets => {
            t.arg("suggest-several", "count", view.urgency.open_tickets)
        }
        UrgencyGround::ValuedComplaint => t.get("suggest-valued"),
        UrgencyGround::Feedback => t.get("suggest-feedback"),
    };
    let take = match suggestion.urgency {
        Urgency::CanWait => t.get("suggest-can-wait"),
        Urgency::Urgent | Urgency::Normal => t.get("suggest-urgent"),
    };
    let path = format!("/tickets/{}/urgency", view.ticket.id);
    let others = Urgency::ALL
        .iter()
        .filter(|one| **one != suggestion.urgency);
    let others = others.map(|one| Choice::new(one.as_str(), t.get(urgency_key(*one))));
    Some(Suggested {
        why,
        take: ActionButton::post(path, take).value("urgency", suggestion.urgency.as_str()),
        urgency: Field::choice("urgency", t.get("side-urgency"), others.collect())
            .value(view.ticket.urgency.as_str())
            .prefixed("decide"),
        reason: Field::text("reason", t.get("decide-reason"))
            .required()
            .prefixed("decide"),
    })
}

fn decision(t: &Texts, view: &View, may_change: bool) -> Option<Decision> {
    let choice = view.urgency.choice.as_ref()?;
    let who = first_name(view.person_name(choice.by)?).to_owned();
    let urgency = t.get(urgency_key(choice.chosen));
    let path = format!("/tickets/{}/urgency/decision", view.ticket.id);
    Some(Decision {
        words: t.args("decided", &[("who", &who), ("urgency", &urgency)]),
        reason: choice.reason.clone(),
        back: may_change.then(|| ActionButton::delete(&path, t.get("decide-back")).quiet()),
    })
}

/// A sentence for the history.
pub(crate) fn words(t: &Texts, happening: &Happening, who: &str) -> Option<String> {
    match &happening.event {
        TicketEvent::UrgencyDecided { chosen, .. } => {
            let urgency = t.get(urgency_key(*chosen));
            Some(t.args("event-decided", &[("who", &who), ("urgency", &urgency)]))
        }
        TicketEvent::UrgencyDecisionDropped { .. } => {
            Some(t.arg("event-decision-back", "who", who))
        }
        _ => None,
    }
}

/// `GET /tickets/{ticket}/urgency`, for htmx.
pub(super) async fn part(cx: Page, Path(ticket): Path<TicketId>) -> PageResult {
    render(&UrgencyPart::new(&cx, &super::screen(&cx, ticket).await?))
}

#[derive(Deserialize)]
pub(super) struct Decided {
    urgency: String,
    #[serde(default)]
    reason: String,
}

/// `POST /tickets/{ticket}/urgency/decision`
pub(super) async fn decide(
    cx: Page,
    Path(ticket): Path<TicketId>,
    headers: HeaderMap,
    Form(decided): Form<Decided>,
) -> PageResult {
    let urgency = Urgency::parse(&decided.urgency).ok_or(Failure::Unreadable)?;
    let reason = decided.reason;
    cx.run(DecideUrgency {
        ticket,
        urgency,
        reason,
    })
    .await?;
    let spot = Spot::of_form(&headers);
    Ok(cx.lead_to(&spot.ticket(ticket), Some(&Flash::new(key("done-saved")))))
}

/// `DELETE /tickets/{ticket}/urgency/decision`
pub(super) async fn take_back(
    cx: Page,
    Path(ticket): Path<TicketId>,
    headers: HeaderMap,
) -> PageResult {
    cx.run(DropUrgencyDecision { ticket }).await?;
    let spot = Spot::of_form(&headers);
    Ok(cx.lead_to(&spot.ticket(ticket), Some(&Flash::new(key("done-undone")))))
}
