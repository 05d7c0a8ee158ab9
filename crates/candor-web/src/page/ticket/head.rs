//! The head of a ticket: what it is about, where it stands, who is here, what can be done.
//!
//! Owns: the bar above the thread. Must not know: which change is allowed when.

use super::words::{kind_key, status_key, urgency_key};
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::inbox::Spot;
use crate::part::{ActionButton, Chip, Choice, Field, PromiseMark, Tone};
use askama::Template;
use candor_desk::ticket::{TicketScreen, View};
use candor_domain::customer::first_name;
use candor_domain::id::TicketId;
use candor_domain::permission::Permission;
use candor_domain::ticket::{Status, Urgency};

/// The bar above the thread, which fetches itself anew.
#[derive(Debug, Template)]
#[template(path = "page/ticket/head.html")]
pub(crate) struct Head {
    t: Texts,
    id: TicketId,
    back: String,
    subject: String,
    facts: String,
    promise: Option<PromiseMark>,
    present: Vec<Chip>,
    about: String,
    assign: Option<Assign>,
    main_step: Option<ActionButton>,
    more: Vec<MenuStep>,
}

impl askama::filters::HtmlSafe for Head {}

#[derive(Debug)]
struct Assign {
    path: String,
    me: i64,
    is_mine: bool,
    team: Option<i64>,
    person_field: Field,
    team_field: Field,
}

/// A line of the menu: where it posts to and what it says.
#[derive(Debug)]
struct MenuStep {
    path: String,
    words: String,
}

impl Head {
    pub(crate) fn new(cx: &Page, screen: &TicketScreen, spot: &Spot) -> Self {
        let (t, view) = (&cx.t, &screen.view);
        let at = view.ticket.whereabouts();
        let may = |permission| cx.visit.access.may(permission, &at);
        Self {
            id: view.ticket.id,
            back: spot.href(),
            subject: view.ticket.subject.clone(),
            facts: facts(t, view),
            promise: super::promise::mark(cx, view),
            present: away(t, view).into_iter().chain(present(t, view)).collect(),
            about: t.arg("ticket-about", "name", first_name(view.customer_name())),
            assign: may(Permission::Assign).then(|| assign(cx, view)),
            main_step: may(Permission::Change).then(|| main_step(t, view)),
            more: more(t, view, &may),
            t: t.clone(),
        }
    }
}

fn facts(t: &Texts, view: &View) -> String {
    let ticket = &view.ticket;
    let mut facts = vec![format!("#{}", ticket.id)];
    facts.extend(ticket.kind.map(|kind| t.get(kind_key(kind))));
    facts.push(if ticket.spam {
        t.get("list-spam")
    } else {
        t.get(status_key(ticket.status))
    });
    if ticket.urgency != Urgency::Normal {
        facts.push(t.get(urgency_key(ticket.urgency)));
    }
    let person = ticket.assignee.and_then(|id| view.person_name(id));
    let team = ticket.team.and_then(|id| view.team_name(id));
    facts.push(match (person, team) {
        (Some(person), Some(team)) => format!("{}, {team}", first_name(person)),
        (Some(person), None) => first_name(person).to_owned(),
        (None, Some(team)) => {
            let nobody = t.get("ticket-nobody");
            format!("{nobody}, {team}")
        }
        (None, None) => t.get("ticket-nobody"),
    });
    facts.join(" · ")
}

/// That whoever has it is away, and who stands in.
fn away(t: &Texts, view: &View) -> Option<Chip> {
    let (until, deputy) = view.away?;
    let name = view.ticket.assignee.and_then(|id| view.person_name(id))?;
    let day = t.day(until);
    let words = match deputy.and_then(|id| view.person_name(id)) {
        Some(deputy) => t.args(
            "ticket-away-deputy",
            &[
                ("name", &first_name(name)),
                ("day", &day),
                ("deputy", &first_name(deputy)),
            ],
        ),
        None => t.args("ticket-away", &[("name", &first_name(name)), ("day", &day)]),
    };
    Some(Chip::toned(words, Tone::Warn))
}

fn present(t: &Texts, view: &View) -> Vec<Chip> {
    let here = view.present.iter().map(|here| {
        let name = first_name(&here.name);
        match here.doing.as_str() {
            "writing" => Chip::toned(t.arg("presence-writing", "name", name), Tone::Accent),
            _ => Chip::new(t.arg("presence-reading", "name", name)),
        }
    });
    here.collect()
}

fn assign(cx: &Page, view: &View) -> Assign {
    let (t, ticket) = (&cx.t, &view.ticket);
    let choice = |id: i64, name: &str| Choice::new(id.to_string(), name);
    let none = || vec![Choice::new("", t.get("ticket-nobody"))];
    let people = view.people.iter().filter(|person| person.active);
    let people = people.map(|person| choice(person.id.0, &person.name));
    let teams = view.teams.iter().map(|team| choice(team.id.0, &team.name));
    let chosen = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    Assign {
        path: format!("/tickets/{}/assignment", ticket.id),
        me: cx.visit.person.id.0,
        is_mine: ticket.assignee == Some(cx.visit.person.id),
        team: ticket.team.map(i64::from),
        person_field: Field::choice(
            "person",
            t.get("assign-person"),
            none().into_iter().chain(people).collect(),
        )
        .value(chosen(ticket.assignee.map(i64::from)))
        .prefixed("assign"),
        team_field: Field::choice(
            "team",
            t.get("assign-team"),
            none().into_iter().chain(teams).collect(),
        )
        .value(chosen(ticket.team.map(i64::from)))
        .prefixed("assign"),
    }
}

/// The step that most often comes next.
fn main_step(t: &Texts, view: &View) -> ActionButton {
    let path = |noun: &str| format!("/tickets/{}/{noun}", view.ticket.id);
    match view.ticket.status {
        _ if view.ticket.spam => ActionButton::delete(&path("spam"), t.get("step-no-spam")),
        Status::New | Status::Open | Status::Waiting | Status::OnHold => {
            ActionButton::post(path("solution"), t.get("step-solve")).key('e')
        }
        Status::Solved => ActionButton::delete(&path("solution"), t.get("step-reopen")),
        Status::Closed => ActionButton::delete(&path("closure"), t.get("step-reopen")),
    }
}

fn more(t: &Texts, view: &View, may: &dyn Fn(Permission) -> bool) -> Vec<MenuStep> {
    let ticket = &view.ticket;
    let mut steps = Vec::new();
    let mut add = |noun: &str, words: &'static str| {
        steps.push(MenuStep {
            path: format!("/tickets/{}/{noun}", ticket.id),
            words: t.get(words),
        });
    };
    if may(Permission::Change) && !ticket.spam {
        match ticket.status {
            Status::Waiting => add("waiting/removal", key("step-our-turn")),
            Status::OnHold => add("hold/removal", key("step-our-turn")),
            _ => {}
        }
        if !matches!(ticket.status, Status::Closed | Status::Waiting) {
            add("waiting", key("step-wait"));
        }
        if !matches!(ticket.status, Status::Closed | Status::OnHold) {
            add("hold", key("step-hold"));
        }
        if ticket.status != Status::Closed {
            add("closure", key("step-close"));
        }
    }
    if may(Permission::MarkSpam) && !ticket.spam {
        add("spam", key("step-spam"));
    }
    steps
}
