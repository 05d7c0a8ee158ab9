//! What a page of the inbox shows, each from one snapshot.
//!
//! Owns: lists with counts, a ticket beside its list, search, what changed since a position.
//! Must not know: HTML, streams.

use super::list::{ListPage, Lists, Search, SearchPage, TicketPage, list_counts};
use super::presence::HerePresent;
use super::view::{TicketView, View};
use crate::cx::{Cx, Query};
use crate::error::DeskError;
use crate::level::{DueBook, due_book};
use crate::tone::{ToneSeen, tone_of};
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use candor_domain::mailbox::Mailbox;
use candor_domain::ticket::Ticket;
use candor_store::Tx;
use candor_store::journal::Entry;

/// Asks for a list with the counts of all lists.
#[derive(Debug, Clone)]
pub struct InboxView {
    /// The page of the list.
    pub list: ListPage,
}

/// A list with the counts of all lists.
#[derive(Debug, Clone)]
pub struct InboxScreen {
    /// Beside the lists.
    pub counts: Lists,
    /// The lines.
    pub page: TicketPage,
    /// What the tickets of the lines are promised first.
    pub due: DueBook,
}

impl Query for InboxView {
    type Output = InboxScreen;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<InboxScreen, DeskError> {
        let page = self.list.read(tx, cx)?;
        Ok(InboxScreen {
            counts: list_counts(tx, cx)?,
            due: due_book(tx, cx, &page.rows)?,
            page,
        })
    }
}

/// Asks for a ticket beside a list.
#[derive(Debug, Clone)]
pub struct TicketScreenView {
    /// The ticket.
    pub ticket: TicketId,
    /// The page of the list; `None` for a part of the page that shows no list.
    pub list: Option<ListPage>,
}

/// A ticket beside its list.
#[derive(Debug, Clone)]
pub struct TicketScreen {
    /// The ticket.
    pub view: View,
    /// Whether the actor can take the last change back.
    pub undoable: bool,
    /// Whether the customer wrote something that the actor has not opened.
    pub unread: bool,
    /// How the customer feels.
    pub tone: ToneSeen,
    /// The list, where asked for.
    pub inbox: Option<InboxScreen>,
}

impl Query for TicketScreenView {
    type Output = TicketScreen;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<TicketScreen, DeskError> {
        let view = TicketView {
            ticket: self.ticket,
        }
        .read(tx, cx)?;
        let inbox = match &self.list {
            Some(list) => Some(InboxView { list: list.clone() }.read(tx, cx)?),
            None => None,
        };
        Ok(TicketScreen {
            undoable: view.undoable,
            unread: is_unread(tx, cx, &view.ticket)?,
            tone: tone_of(tx, cx, &view)?,
            view,
            inbox,
        })
    }
}

fn is_unread(tx: &mut Tx<'_>, cx: &Cx, ticket: &Ticket) -> Result<bool, DeskError> {
    if ticket.waiting_since.is_none() {
        return Ok(false);
    }
    let seen = tx.read_up_to(cx.access()?.person, ticket.id)?;
    Ok(ticket.last_public_message > seen)
}

/// Asks for a search with the counts of the lists.
#[derive(Debug, Clone)]
pub struct SearchView {
    /// What is sought; nothing is looked up where it is blank.
    pub search: Search,
}

/// What was found, and the counts of the lists.
#[derive(Debug, Clone)]
pub struct SearchScreen {
    /// Beside the lists.
    pub counts: Lists,
    /// What was found.
    pub page: SearchPage,
    /// What the tickets of the lines are promised first.
    pub due: DueBook,
}

impl Query for SearchView {
    type Output = SearchScreen;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<SearchScreen, DeskError> {
        let page = if self.search.text.trim().is_empty() {
            SearchPage {
                rows: Vec::new(),
                stopped: false,
            }
        } else {
            self.search.read(tx, cx)?
        };
        Ok(SearchScreen {
            counts: list_counts(tx, cx)?,
            due: due_book(tx, cx, &page.rows)?,
            page,
        })
    }
}

/// Asks for what the form of a new ticket needs.
#[derive(Debug, Clone, Copy)]
pub struct NewTicketView;

/// What the form of a new ticket needs.
#[derive(Debug, Clone)]
pub struct NewTicketScreen {
    /// Beside the lists.
    pub counts: Lists,
    /// Where a ticket can be opened.
    pub mailboxes: Vec<Mailbox>,
}

impl Query for NewTicketView {
    type Output = NewTicketScreen;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<NewTicketScreen, DeskError> {
        cx.access()?;
        let mailboxes = tx.mailboxes()?.into_iter();
        Ok(NewTicketScreen {
            counts: list_counts(tx, cx)?,
            mailboxes: mailboxes.filter(|mailbox| mailbox.active).collect(),
        })
    }
}

/// Most entries that are looked at in one go.
const MOST_CHANGES: i64 = 500;

/// Asks which tickets changed since a position. For the desk itself, which tells others.
#[derive(Debug, Clone, Copy)]
pub struct ChangesAfter {
    /// The last position that is known.
    pub position: i64,
}

/// What changed since a position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The position up to which was looked.
    pub position: i64,
    /// Tickets that changed, without doubles.
    pub tickets: Vec<TicketId>,
    /// Something happened that open pages show. Bringing in a past is quiet.
    pub loud: bool,
    /// There is more than was looked at.
    pub more: bool,
}

impl Query for ChangesAfter {
    type Output = Changes;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Changes, DeskError> {
        system_only(cx)?;
        let entries = tx.entries_after(self.position, MOST_CHANGES)?;
        let mut tickets: Vec<TicketId> = entries
            .iter()
            .filter(|entry| !is_quiet(entry))
            .filter_map(|entry| entry.subject.strip_prefix("ticket:")?.parse().ok())
            .collect();
        tickets.sort_unstable();
        tickets.dedup();
        let last = entries.last().and_then(|entry| entry.position);
        Ok(Changes {
            position: last.unwrap_or(self.position),
            tickets,
            loud: entries.iter().any(|entry| !is_quiet(entry)),
            more: entries.len() as i64 == MOST_CHANGES,
        })
    }
}

/// Whether nobody needs to hear of it at once: thousands of closed tickets that come in from before
/// the desk must not move every open page.
fn is_quiet(entry: &Entry) -> bool {
    ["ticket.brought_in", "customer.added", "customer.language"].contains(&entry.kind.as_str())
}

/// Asks who is at which ticket, whoever may see it. For the desk itself, which tells others.
#[derive(Debug, Clone, Copy)]
pub struct Presence;

impl Query for Presence {
    type Output = Vec<HerePresent>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<HerePresent>, DeskError> {
        system_only(cx)?;
        Ok(tx.present(cx.now())?)
    }
}

fn system_only(cx: &Cx) -> Result<(), DeskError> {
    if cx.actor == Actor::System {
        Ok(())
    } else {
        Err(DeskError::NotAllowed("only the desk itself follows all"))
    }
}

/// Asks which of some tickets the actor may see.
#[derive(Debug, Clone)]
pub struct SeenTickets {
    /// The tickets.
    pub tickets: Vec<TicketId>,
}

impl Query for SeenTickets {
    type Output = Vec<TicketId>;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Vec<TicketId>, DeskError> {
        Ok(tx.seen_among(&cx.visibility(), &self.tickets)?)
    }
}
