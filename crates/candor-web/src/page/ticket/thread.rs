//! The thread: messages, what happened between them, replies on their way.
//!
//! Owns: their order. Must not know: how one of them looks.

use super::happening;
use super::message::ThreadMessage;
use super::tone;
use crate::i18n::Texts;
use crate::page::Page;
use crate::part::EventLine;
use askama::Template;
use candor_desk::ticket::{OutboxState, TicketScreen, View};
use candor_domain::customer::first_name;
use candor_domain::id::TicketId;
use candor_domain::message::MessageKind;
use jiff::{SignedDuration, Timestamp};

/// The thread, which fetches itself anew.
#[derive(Debug, Template)]
#[template(path = "page/ticket/thread.html")]
pub(crate) struct Thread {
    t: Texts,
    id: TicketId,
    trigger: &'static str,
    before: Option<(TicketId, String)>,
    entries: Vec<Entry>,
    after: Option<(TicketId, String)>,
    others: Vec<String>,
}

#[derive(Debug)]
enum Entry {
    Message(Box<ThreadMessage>),
    Event(EventLine),
}

impl askama::filters::HtmlSafe for Thread {}

impl Thread {
    pub(crate) fn new(cx: &Page, screen: &TicketScreen) -> Self {
        let (t, view) = (&cx.t, &screen.view);
        let linked = |ticket: Option<TicketId>, words: &str| {
            ticket.map(|id| (id, t.arg(words, "number", id.to_string())))
        };
        Self {
            id: view.ticket.id,
            trigger: trigger(cx, view),
            before: linked(view.ticket.follows, "thread-follows"),
            after: linked(view.followed_by, "thread-followed-by"),
            entries: entries(cx, screen),
            others: sending(t, view),
            t: t.clone(),
        }
    }
}

/// A mail that is leaving has no entry in the history: the thread looks again for a minute.
fn trigger(cx: &Page, view: &View) -> &'static str {
    let lately = cx.app.desk.now() - SignedDuration::from_mins(1);
    let leaving = view.messages.iter().any(|message| {
        message
            .mail
            .as_ref()
            .is_some_and(|mail| mail.state == OutboxState::Queued && mail.mail.created_at > lately)
    });
    if leaving { "live, every 3s" } else { "live" }
}

fn entries(cx: &Page, screen: &TicketScreen) -> Vec<Entry> {
    let view = &screen.view;
    let may_retry = cx.may(candor_domain::permission::Permission::ManageOutgoing);
    let messages = view.messages.iter().map(|message| {
        let mut card = ThreadMessage::new(cx, view, message, may_retry);
        card.mark(tone::fallen(&cx.t, &screen.tone, message.message.id));
        (message.message.at, Entry::Message(Box::new(card)))
    });
    let mut entries: Vec<(Timestamp, Entry)> = messages.collect();
    let events = happening::lines(&cx.t, screen).into_iter();
    entries.extend(events.map(|(at, line)| (at, Entry::Event(line))));
    // Stable: a message stands before what it set off in the same moment.
    entries.sort_by_key(|(at, _)| *at);
    let own = view
        .drafts
        .iter()
        .filter(|(draft, _)| draft.kind == MessageKind::Reply);
    let pending = own.filter_map(|(draft, files)| {
        let at = draft.send_at?;
        let card = ThreadMessage::pending(cx, draft, files, at);
        Some(Entry::Message(Box::new(card)))
    });
    let mut all: Vec<Entry> = entries.into_iter().map(|(_, entry)| entry).collect();
    all.extend(pending);
    all
}

fn sending(t: &Texts, view: &View) -> Vec<String> {
    let others = view.others_sending.iter();
    others
        .map(|(name, _)| t.arg("thread-other-sends", "name", first_name(name)))
        .collect()
}
