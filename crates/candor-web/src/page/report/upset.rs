//! Those who left more upset: an action, an owner and a due date on each row.
//!
//! Owns: the list and its filters. Must not know: who belongs on it.

use super::asked::Asked;
use crate::failure::Faults;
use crate::i18n::Texts;
use crate::page::Page;
use crate::page::ticket::words::kind_key;
use crate::portal::rating::grade_key;
use askama::Template;
use candor_desk::rating::{UpsetPage, UpsetRow};
use candor_domain::id::TicketId;
use candor_domain::people::Person;
use candor_domain::permission::Permission;

/// The list.
#[derive(Template)]
#[template(path = "page/report/upset.html")]
pub(super) struct Upset {
    t: Texts,
    filters: Vec<(String, String, bool)>,
    /// What the address asks for, so that a form leads back to the same rows.
    kept: Vec<(&'static str, String)>,
    rows: Vec<Line>,
    next: Option<String>,
    may_change: bool,
    fault: Option<(TicketId, String)>,
}

struct Line {
    ticket: TicketId,
    subject: String,
    about: String,
    said: Option<String>,
    words: String,
    action: String,
    /// Whoever can look after it: number, name, whether they do.
    people: Vec<(i64, String, bool)>,
    owner_name: String,
    due: String,
    is_late: bool,
    is_done: bool,
}

impl Upset {
    pub(super) fn new(cx: &Page, asked: &Asked, page: &UpsetPage) -> Self {
        let t = &cx.t;
        let today = t.today();
        let name = |id| {
            let found = page.people.iter().find(|person| person.id == id);
            found.map_or_else(String::new, |person| person.name.clone())
        };
        let active = page.people.iter().filter(|person| person.active);
        let active: Vec<&Person> = active.collect();
        let line = |row: &UpsetRow| {
            let kind = row.kind.map(|kind| t.get(kind_key(kind)));
            let mut about = vec![row.customer.clone()];
            about.extend(kind);
            about.push(t.short(row.last_at));
            Line {
                ticket: row.ticket,
                subject: row.subject.clone(),
                about: about.join(" · "),
                said: row.grade.map(|grade| t.get(grade_key(grade))),
                words: row.words.clone(),
                action: row.action.clone(),
                people: active
                    .iter()
                    .map(|person| {
                        (
                            person.id.0,
                            person.name.clone(),
                            row.owner == Some(person.id),
                        )
                    })
                    .collect(),
                owner_name: row.owner.map(name).unwrap_or_default(),
                due: row.due.map(|due| due.to_string()).unwrap_or_default(),
                is_late: row.done_at.is_none() && row.due.is_some_and(|due| due < today),
                is_done: row.done_at.is_some(),
            }
        };
        Self {
            filters: filters(t, asked),
            rows: page.rows.iter().map(line).collect(),
            next: page.next.map(|(at, ticket)| {
                format!(
                    "/reports?{}&after={}-{ticket}#upset",
                    asked.query(),
                    at.as_microsecond()
                )
            }),
            may_change: cx.may(Permission::Change),
            kept: asked.values(),
            fault: None,
            t: t.clone(),
        }
    }

    /// With what was wrong with one row.
    pub(super) fn refused(mut self, ticket: TicketId, faults: &Faults) -> Self {
        let words = ["action", "owner"].into_iter();
        let words: Vec<String> = words
            .filter_map(|field| faults.of(field, &self.t))
            .collect();
        self.fault = Some((ticket, words.join(" ")));
        self
    }
}

fn filters(t: &Texts, asked: &Asked) -> Vec<(String, String, bool)> {
    let link = |words: &str, show: &str, mine: &str| {
        let own = asked.of_list(show, mine);
        let query = own.query();
        let chosen = query == asked.query();
        (t.get(words), format!("/reports?{query}#upset"), chosen)
    };
    vec![
        link(crate::i18n::key("upset-open"), "open", ""),
        link(crate::i18n::key("upset-mine"), "open", "1"),
        link(crate::i18n::key("upset-done"), "done", ""),
        link(crate::i18n::key("upset-all"), "all", ""),
    ]
}
