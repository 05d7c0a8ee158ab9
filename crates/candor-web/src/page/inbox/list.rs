//! The column with the lines of a list.
//!
//! Owns: how a ticket looks as a line. Must not know: which list it is in, or why.

use super::place::Spot;
use crate::i18n::{Stamp, Texts, key};
use crate::layout::RailLink;
use crate::page::ticket::tone::mood_chip;
use crate::page::ticket::words::{kind_key, status_key, urgency_key};
use crate::page::turn;
use crate::page::{Page, list_key};
use crate::part::{Chip, EmptyState, Pager, PromiseMark, Tone};
use askama::Template;
use candor_desk::level::DueBook;
use candor_desk::ticket::{ListRow, TicketPage, WhichList};
use candor_domain::customer::first_name;
use candor_domain::id::TicketId;
use candor_domain::ticket::{Status, Urgency};

/// The list column of a page.
#[derive(Debug, Clone, Template)]
#[template(path = "page/inbox/list.html")]
pub(crate) struct ListColumn {
    t: Texts,
    title: String,
    is_main: bool,
    /// Every list, for screens that are too small for the rail.
    lists: Vec<RailLink>,
    lines: Lines,
}

/// The lines alone, which fetch themselves anew.
#[derive(Debug, Clone, Template)]
#[template(path = "page/inbox/lines.html")]
pub(crate) struct Lines {
    t: Texts,
    refresh: String,
    rows: Vec<Line>,
    empty: Option<EmptyState>,
    pager: Option<Pager>,
}

#[derive(Debug, Clone)]
struct Line {
    id: TicketId,
    href: String,
    is_open: bool,
    who: String,
    unread: bool,
    waiting: Option<String>,
    promise: Option<PromiseMark>,
    subject: String,
    chips: Vec<Chip>,
    at: Stamp,
}

impl askama::filters::HtmlSafe for ListColumn {}
impl askama::filters::HtmlSafe for Lines {}

impl ListColumn {
    /// A page of a list.
    pub(crate) fn new(
        cx: &Page,
        spot: &Spot,
        open: Option<TicketId>,
        (page, due): (TicketPage, &DueBook),
    ) -> Self {
        let t = &cx.t;
        let empty = page.rows.is_empty().then(|| empty_list(t, spot.list));
        let open_value = open.map_or_else(String::new, |id| format!("&open={id}"));
        let words = (key("app-newer"), key("app-older"));
        let pager = turn::pager(t, &page, words, |side, line| spot.turned(side, line));
        Self {
            title: t.get(list_key(spot.list)),
            is_main: open.is_none(),
            lists: Vec::new(),
            lines: Lines {
                refresh: format!("/inbox?{}{open_value}", spot.query()),
                rows: lines(cx, (page.rows, due), open, |id| spot.ticket(id)),
                empty,
                pager,
                t: t.clone(),
            },
            t: t.clone(),
        }
    }

    /// The same with a way to the other lists.
    #[must_use]
    pub(crate) fn with_lists(mut self, spot: &Spot, others: &[RailLink]) -> Self {
        self.lists.push(RailLink {
            label: self.t.get(list_key(WhichList::All)),
            href: "/inbox".to_owned(),
            count: None,
            current: spot.list == WhichList::All,
        });
        self.lists.extend_from_slice(others);
        self
    }

    /// What a search found.
    pub(crate) fn found(cx: &Page, rows: Vec<ListRow>, due: &DueBook) -> Lines {
        Lines {
            refresh: String::new(),
            rows: lines(cx, (rows, due), None, |id| format!("/tickets/{id}")),
            empty: None,
            pager: None,
            t: cx.t.clone(),
        }
    }

    /// The lines alone.
    pub(crate) fn lines(self) -> Lines {
        self.lines
    }
}

fn lines(
    cx: &Page,
    (rows, due): (Vec<ListRow>, &DueBook),
    open: Option<TicketId>,
    href: impl Fn(TicketId) -> String,
) -> Vec<Line> {
    let of_row = |row: ListRow| Line {
        href: href(row.id),
        is_open: open == Some(row.id),
        unread: row.unread && open != Some(row.id),
        promise: promise(cx, &row, due),
        waiting: waiting(cx, &row),
        chips: chips(cx, &row),
        at: cx.t.short_stamp(row.updated_at),
        who: row.customer_name,
        subject: row.subject,
        id: row.id,
    };
    rows.into_iter().map(of_row).collect()
}

fn waiting(cx: &Page, row: &ListRow) -> Option<String> {
    let active = !row.spam && matches!(row.status, Status::New | Status::Open);
    let since = row.waiting_since.filter(|_| active)?;
    let length = cx.app.desk.now().duration_since(since);
    Some(cx.t.arg("line-waiting", "time", cx.t.span(length)))
}

/// What is owed, while the ticket is open or what was owed is late.
fn promise(cx: &Page, row: &ListRow, due: &DueBook) -> Option<PromiseMark> {
    let over = row.spam || matches!(row.status, Status::Solved | Status::Closed);
    let due = due.get(&row.id).filter(|_| !over)?;
    Some(PromiseMark::of(&cx.t, cx.app.desk.now(), due))
}

fn chips(cx: &Page, row: &ListRow) -> Vec<Chip> {
    let t = &cx.t;
    let mut chips: Vec<Chip> = Vec::new();
    chips.extend(row.mood.as_deref().and_then(|mood| mood_chip(t, mood)));
    match row.urgency {
        Urgency::Urgent => chips.push(Chip::toned(t.get(urgency_key(row.urgency)), Tone::Bad)),
        Urgency::CanWait => chips.push(Chip::new(t.get(urgency_key(row.urgency)))),
        Urgency::Normal => {}
    }
    match row.status {
        Status::New => chips.push(Chip::toned(t.get(status_key(row.status)), Tone::Accent)),
        Status::Open => {}
        _ => chips.push(Chip::new(t.get(status_key(row.status)))),
    }
    if let Some(kind) = row.kind {
        chips.push(Chip::new(t.get(kind_key(kind))));
    }
    if let Some(tier) = &row.tier {
        chips.push(Chip::new(tier.as_str()));
    }
    if let Some(name) = &row.assignee_name {
        let mine = row.assignee == Some(cx.visit.person.id);
        if !mine {
            chips.push(Chip::new(first_name(name)));
        }
    }
    chips
}

fn empty_list(t: &Texts, list: WhichList) -> EmptyState {
    let (title, words) = match list {
        WhichList::All => (t.get("empty-all"), t.get("empty-all-words")),
        WhichList::Mine => (t.get("empty-mine"), t.get("empty-mine-words")),
        WhichList::Unassigned => (t.get("empty-unassigned"), t.get("empty-unassigned-words")),
        WhichList::Team => (t.get("empty-team"), t.get("empty-team-words")),
        WhichList::Waiting => (t.get("empty-waiting"), t.get("empty-waiting-words")),
        WhichList::OnHold => (t.get("empty-on-hold"), t.get("empty-on-hold-words")),
        WhichList::Solved => (t.get("empty-solved"), t.get("empty-solved-words")),
        WhichList::Closed => (t.get("empty-closed"), t.get("empty-closed-words")),
        WhichList::Spam => (t.get("empty-spam"), t.get("empty-spam-words")),
    };
    let state = EmptyState::new(title, words);
    match list {
        WhichList::Mine => state.with_step(t.get("list-unassigned"), "/inbox?list=unassigned"),
        WhichList::All => state.with_step(t.get("app-new-ticket"), "/tickets/new"),
        _ => state,
    }
}
