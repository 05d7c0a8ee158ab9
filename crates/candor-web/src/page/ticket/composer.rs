//! Where a reply or a note is written.
//!
//! Owns: the form with its draft, and what stands in its place while a reply is on its way or
//! none can be sent. Must not know: when a reply may go out.

use super::Told;
use super::draft::DraftFiles;
use super::hints::Hints;
use super::tone::Ear;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::inbox::Spot;
use askama::Template;
use candor_desk::ticket::{Draft, TicketScreen, View};
use candor_domain::id::TicketId;
use candor_domain::message::MessageKind;
use candor_domain::permission::Permission;
use candor_domain::ticket::TicketRule;

/// The place below the thread.
#[derive(Debug, Template)]
#[template(path = "page/ticket/composer.html")]
pub(crate) struct Composer {
    t: Texts,
    id: TicketId,
    state: State,
}

impl askama::filters::HtmlSafe for Composer {}

#[derive(Debug)]
enum State {
    /// Nothing may be written.
    Nothing,
    /// The reader's reply is on its way.
    Sending,
    Writing(Box<Form>),
}

#[derive(Debug)]
struct Form {
    is_note: bool,
    path: String,
    kind: &'static str,
    seen: i64,
    /// The other kind's address, where it may be written.
    other: Option<String>,
    to: String,
    can_copy: bool,
    cc: String,
    body: String,
    refused: Option<String>,
    held: Option<String>,
    files: DraftFiles,
    ear: Option<Ear>,
    /// Where hints come from; empty for whoever wants none.
    hints: String,
    question: Option<Hints>,
}

impl Composer {
    pub(crate) fn new(cx: &Page, screen: &TicketScreen, spot: &Spot, told: Told) -> Self {
        let (t, view) = (&cx.t, &screen.view);
        Self {
            id: view.ticket.id,
            state: state(cx, screen, spot, told),
            t: t.clone(),
        }
    }
}

fn state(cx: &Page, screen: &TicketScreen, spot: &Spot, told: Told) -> State {
    let view = &screen.view;
    let at = view.ticket.whereabouts();
    let may_note = cx.visit.access.may(Permission::Note, &at);
    let rule = view.ticket.check_reply().err();
    let may_reply = cx.visit.access.may(Permission::Reply, &at) && rule.is_none();
    let kind = match told.kind {
        Some(MessageKind::Note) if may_note => MessageKind::Note,
        _ if may_reply => MessageKind::Reply,
        _ if may_note => MessageKind::Note,
        _ => return State::Nothing,
    };
    let own = |kind| view.drafts.iter().find(|(draft, _)| draft.kind == kind);
    let draft = own(kind);
    if draft.is_some_and(|(draft, _)| draft.send_at.is_some()) {
        return State::Sending;
    }
    let is_note = kind == MessageKind::Note;
    let path = spot.ticket(view.ticket.id);
    let form = Form {
        other: if is_note {
            may_reply.then(|| format!("{path}#composer"))
        } else {
            may_note.then(|| format!("{path}&write=note#composer"))
        },
        path: format!(
            "/tickets/{}/{}",
            view.ticket.id,
            if is_note { "notes" } else { "replies" }
        ),
        kind: kind.as_str(),
        seen: view.ticket.last_public_message.map_or(0, i64::from),
        to: addressed(&cx.t, view),
        can_copy: !view.address().is_empty(),
        cc: draft
            .map(|(draft, _)| draft.cc.join(", "))
            .unwrap_or_default(),
        body: draft
            .map(|(draft, _)| draft.body.clone())
            .unwrap_or_default(),
        refused: told.refused.or_else(|| cannot_reply(&cx.t, rule.as_ref())),
        held: draft.and_then(|(draft, _)| held(&cx.t, view, draft)),
        files: DraftFiles::new(
            &cx.t,
            view.ticket.id,
            kind,
            draft.map_or(&[][..], |(_, files)| files.as_slice()),
        ),
        ear: Ear::new(&cx.t, screen, kind),
        hints: hints_path(screen, kind),
        question: told.question,
        is_note,
    };
    State::Writing(Box::new(form))
}

/// Replies are checked while they are typed; notes stay inside the house.
fn hints_path(screen: &TicketScreen, kind: MessageKind) -> String {
    if screen.tone.hints && kind == MessageKind::Reply {
        format!("/tickets/{}/hints", screen.view.ticket.id)
    } else {
        String::new()
    }
}

fn addressed(t: &Texts, view: &View) -> String {
    let name = view.customer_name();
    if view.address().is_empty() {
        return t.arg("composer-to-nobody", "name", name);
    }
    let address = view.mailbox.address.to_string();
    t.args("composer-to", &[("name", &name), ("address", &address)])
}

fn held(t: &Texts, view: &View, draft: &Draft) -> Option<String> {
    let by = draft.held_by?;
    let mut messages = view.messages.iter().map(|of| &of.message);
    let is_ours = messages.any(|message| message.id == by && message.kind == MessageKind::Reply);
    Some(t.get(if is_ours {
        key("composer-answered-elsewhere")
    } else {
        key("composer-held")
    }))
}

fn cannot_reply(t: &Texts, rule: Option<&TicketRule>) -> Option<String> {
    match rule? {
        TicketRule::Closed => Some(t.get("composer-closed")),
        TicketRule::Spam => Some(t.get("composer-spam")),
        _ => None,
    }
}
