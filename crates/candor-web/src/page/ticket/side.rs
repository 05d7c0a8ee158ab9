//! The side column: who asks, what they asked before, what this ticket is.
//!
//! Owns: the cards. Must not know: the customers' own pages.

use super::promise::PromiseCard;
use super::tone::ToneCard;
use super::urgency::UrgencyPart;
use super::words::{kind_key, status_key, urgency_key};
use crate::i18n::Texts;
use crate::page::Page;
use crate::page::inbox::Spot;
use crate::part::{ActionButton, Avatar, Chip, ConfirmDialog};
use askama::Template;
use candor_desk::ticket::{TicketScreen, View};
use candor_domain::id::{CustomerId, TicketId};
use candor_domain::people::Person;
use candor_domain::permission::Permission;
use candor_domain::skill::Skill;
use candor_domain::ticket::{Kind, Urgency};

/// The side column.
#[derive(Debug, Template)]
#[template(path = "page/ticket/side.html")]
pub(crate) struct Side {
    t: Texts,
    id: TicketId,
    close: String,
    customer: CustomerId,
    may_open_customer: bool,
    avatar: Avatar,
    name: String,
    since: String,
    facts: Vec<(String, String)>,
    note: String,
    others: Vec<Other>,
    may_change: bool,
    kinds: Vec<Pick>,
    urgencies: Vec<Pick>,
    tags: Vec<String>,
    link: Option<ConfirmDialog>,
    promise: Option<PromiseCard>,
    tone: ToneCard,
    urgency: UrgencyPart,
    needs: Vec<Need>,
    needs_waived: bool,
}

impl askama::filters::HtmlSafe for Side {}

#[derive(Debug)]
struct Other {
    href: String,
    subject: String,
    status: Chip,
    at: String,
}

/// A skill that the ticket asks for, with the names of those who have it.
#[derive(Debug)]
struct Need {
    skill: String,
    people: String,
}

/// One of several, as a button that is pressed in.
#[derive(Debug)]
struct Pick {
    value: &'static str,
    words: String,
    is_chosen: bool,
}

impl Side {
    pub(crate) fn new(cx: &Page, screen: &TicketScreen, spot: &Spot) -> Self {
        let view = &screen.view;
        let (t, ticket) = (&cx.t, &view.ticket);
        let may_change = cx
            .visit
            .access
            .may(Permission::Change, &ticket.whereabouts());
        let name = view.customer_name().to_owned();
        Self {
            id: ticket.id,
            close: spot.ticket(ticket.id),
            customer: view.customer.id,
            may_open_customer: cx.may(Permission::ReadCustomers),
            avatar: Avatar::customer(&name),
            since: since(t, view),
            facts: facts(t, view),
            note: view.customer.note.clone(),
            others: others(t, view, spot),
            may_change,
            kinds: kinds(t, ticket.kind),
            urgencies: urgencies(t, ticket.urgency),
            tags: ticket.tags.clone(),
            promise: PromiseCard::of(cx, view, may_change),
            link: may_change.then(|| revoke(t, ticket.id)),
            tone: ToneCard::new(cx, screen),
            urgency: UrgencyPart::new(cx, screen),
            needs: needs(t, view),
            needs_waived: view.skills.waived,
            name,
            t: t.clone(),
        }
    }
}

fn since(t: &Texts, view: &View) -> String {
    let since = t.arg("side-since", "date", t.date(view.customer.created_at));
    match &view.tier {
        Some(tier) => format!("{} · {since}", tier.name),
        None => since,
    }
}

fn facts(t: &Texts, view: &View) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    for identity in &view.identities {
        facts.push((t.get("side-address"), identity.value.clone()));
    }
    if let Some(organization) = &view.organization {
        facts.push((t.get("side-organization"), organization.name.clone()));
    }
    facts.push((t.get("side-mailbox"), view.mailbox.name.clone()));
    facts.push((t.get("side-opened"), t.short(view.ticket.created_at)));
    let asked = t.arg("side-asked-times", "count", view.others.len());
    facts.push((t.get("side-asked"), asked));
    facts
}

fn needs(t: &Texts, view: &View) -> Vec<Need> {
    let need = |skill: &Skill| {
        let has_it = |person: &&Person| person.active && skill.people.contains(&person.id);
        let people = view.people.iter().filter(has_it);
        let people: Vec<&str> = people.map(|person| person.name.as_str()).collect();
        Need {
            skill: skill.name.clone(),
            people: if people.is_empty() {
                t.get("side-needs-nobody")
            } else {
                people.join(", ")
            },
        }
    };
    view.skills.asked.iter().map(need).collect()
}

fn others(t: &Texts, view: &View, spot: &Spot) -> Vec<Other> {
    let seen = view.others.iter().take(8);
    seen.map(|other| Other {
        href: spot.ticket(other.id),
        subject: other.subject.clone(),
        status: Chip::new(if other.spam {
            t.get("list-spam")
        } else {
            t.get(status_key(other.status))
        }),
        at: t.short(other.updated_at),
    })
    .collect()
}

fn kinds(t: &Texts, chosen: Option<Kind>) -> Vec<Pick> {
    let of = |kind: &Kind| Pick {
        value: kind.as_str(),
        words: t.get(kind_key(*kind)),
        is_chosen: chosen == Some(*kind),
    };
    Kind::ALL.iter().map(of).collect()
}

fn urgencies(t: &Texts, chosen: Urgency) -> Vec<Pick> {
    let of = |urgency: &Urgency| Pick {
        value: urgency.as_str(),
        words: t.get(urgency_key(*urgency)),
        is_chosen: chosen == *urgency,
    };
    Urgency::ALL.iter().map(of).collect()
}

fn revoke(t: &Texts, ticket: TicketId) -> ConfirmDialog {
    ConfirmDialog {
        name: "revoke-link".to_owned(),
        opener: t.get("step-revoke-link"),
        title: t.get("revoke-title"),
        words: t.get("revoke-words"),
        action: ActionButton::delete(
            &format!("/tickets/{ticket}/link"),
            t.get("step-revoke-link"),
        )
        .danger(),
        cancel: t.get("app-cancel"),
    }
}
