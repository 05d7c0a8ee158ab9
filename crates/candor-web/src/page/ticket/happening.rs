//! What happened to a ticket, in words.
//!
//! Owns: a sentence for each event that a reader wants to see. Must not know: where it stands.

use super::words::{kind_key, urgency_key};
use crate::i18n::Texts;
use crate::part::{ActionButton, EventLine};
use candor_desk::ticket::{Happening, TicketScreen, View};
use candor_domain::customer::first_name;
use candor_domain::event::TicketEvent;
use candor_domain::id::{PersonId, TeamId};
use candor_domain::ticket::{AfterSend, Change, Status};
use jiff::Timestamp;

/// The lines between the messages; the newest one carries the way back where there is one.
pub(crate) fn lines(t: &Texts, screen: &TicketScreen) -> Vec<(Timestamp, EventLine)> {
    let view = &screen.view;
    let last = view.happenings.len().checked_sub(1);
    let of = |(index, happening): (usize, &Happening)| {
        let words = words(t, view, happening)?;
        let undo = (screen.undoable && Some(index) == last).then(|| {
            let path = format!("/tickets/{}/undo", view.ticket.id);
            ActionButton::post(path, t.get("app-undo")).quiet()
        });
        let line = EventLine {
            words: format!("{words},"),
            stamp: t.stamp(happening.at),
            undo,
        };
        Some((happening.at, line))
    };
    view.happenings.iter().enumerate().filter_map(of).collect()
}

fn words(t: &Texts, view: &View, happening: &Happening) -> Option<String> {
    let who = who(t, view, happening);
    match &happening.event {
        TicketEvent::Changed { to, .. } => Some(change(t, view, happening, &who, to)),
        TicketEvent::LinkRevoked { .. } => Some(t.arg("event-link-revoked", "who", &who)),
        TicketEvent::Replied {
            then: AfterSend::Solve,
            ..
        } => Some(t.arg("event-solved", "who", &who)),
        TicketEvent::CustomerWrote { reopened: true, .. } => Some(t.get("event-answer-reopened")),
        TicketEvent::BroughtIn { mails, .. } => {
            Some(t.arg("event-brought-in", "count", *mails as i64))
        }
        // The message itself says it.
        TicketEvent::Opened { .. }
        | TicketEvent::CustomerWrote { .. }
        | TicketEvent::MachineWrote { .. }
        | TicketEvent::Replied { .. }
        | TicketEvent::Noted { .. } => None,
        TicketEvent::UrgencyDecided { .. } | TicketEvent::UrgencyDecisionDropped { .. } => {
            super::urgency::words(t, happening, &who)
        }
        TicketEvent::PromiseSet { .. }
        | TicketEvent::PromiseGiven { .. }
        | TicketEvent::PromiseWithdrawn { .. }
        | TicketEvent::ClocksLooked { .. } => super::promise::words(t, view, happening, &who),
    }
}

fn who(t: &Texts, view: &View, happening: &Happening) -> String {
    match &happening.person {
        Some(name) => first_name(name).to_owned(),
        None if happening.by_customer => first_name(view.customer_name()).to_owned(),
        None => t.get("event-the-desk"),
    }
}

fn change(t: &Texts, view: &View, happening: &Happening, who: &str, to: &Change) -> String {
    match to {
        Change::Assign { team, person } => assigned(t, view, happening, who, (*team, *person)),
        Change::Kind(Some(kind)) => {
            let kind = t.get(kind_key(*kind));
            t.args("event-kind", &[("who", &who), ("kind", &kind)])
        }
        Change::Kind(None) => t.arg("event-no-kind", "who", who),
        Change::Urgency(urgency) => {
            let urgency = t.get(urgency_key(*urgency));
            t.args("event-urgency", &[("who", &who), ("urgency", &urgency)])
        }
        Change::Tags(tags) if tags.is_empty() => t.arg("event-no-tags", "who", who),
        Change::Tags(tags) => {
            let tags = tags.join(", ");
            t.args("event-tags", &[("who", &who), ("tags", &tags)])
        }
        Change::Spam(true) => t.arg("event-spam", "who", who),
        Change::Spam(false) => t.arg("event-no-spam", "who", who),
        Change::Status(Status::Waiting) => t.arg("event-waiting", "who", who),
        Change::Status(Status::OnHold) => t.arg("event-hold", "who", who),
        Change::Status(Status::Solved) => t.arg("event-solved", "who", who),
        Change::Status(Status::Closed) => t.arg("event-closed", "who", who),
        Change::Status(Status::New | Status::Open) => t.arg("event-reopened", "who", who),
    }
}

fn assigned(
    t: &Texts,
    view: &View,
    happening: &Happening,
    who: &str,
    (team, person): (Option<TeamId>, Option<PersonId>),
) -> String {
    let team = team.and_then(|id| view.team_name(id));
    let person = person.and_then(|id| view.person_name(id));
    match (person, team) {
        (Some(name), _) if happening.person.as_deref() == Some(name) => {
            t.arg("event-took", "who", who)
        }
        (Some(name), _) => {
            let name = first_name(name);
            t.args("event-assigned", &[("who", &who), ("name", &name)])
        }
        (None, Some(team)) => t.args("event-to-team", &[("who", &who), ("team", &team)]),
        (None, None) => t.arg("event-put-back", "who", who),
    }
}
