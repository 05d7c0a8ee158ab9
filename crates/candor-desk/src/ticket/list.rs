//! The lists of the inbox, their counts, and the search.
//!
//! Owns: which list holds what for whom. Must not know: how a page shows them.

use crate::cx::{Cx, Query};
use crate::error::DeskError;
use candor_domain::id::{CustomerId, PersonId, TicketId};
use candor_domain::visibility::Visibility;
use candor_store::count::Count;
use candor_store::level::WarningReader;
use candor_store::search;
use candor_store::ticket::{ListFilter, ListRow, TicketList};
use candor_store::{Paged, Stretch, Tx};
use jiff::Timestamp;
use std::collections::HashSet;

pub use candor_domain::ticket::Place;

/// Lines on one page of a list.
pub const PAGE: usize = 50;

/// A list of the inbox, as people choose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhichList {
    /// Everything that is not done.
    All,
    /// Our turn and mine.
    Mine,
    /// Our turn and nobody's.
    Unassigned,
    /// Our turn in my teams.
    Team,
    /// The customer's turn.
    Waiting,
    /// A third party's turn.
    OnHold,
    /// Solved.
    Solved,
    /// Closed.
    Closed,
    /// Marked as spam.
    Spam,
}

impl WhichList {
    /// Every list in the order of the rail.
    pub const ALL: [Self; 9] = [
        Self::All,
        Self::Mine,
        Self::Unassigned,
        Self::Team,
        Self::Waiting,
        Self::OnHold,
        Self::Solved,
        Self::Closed,
        Self::Spam,
    ];

    /// The word in addresses of pages and in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::Team => "team",
            Self::Waiting => "waiting",
            Self::OnHold => "on_hold",
            Self::Solved => "solved",
            Self::Closed => "closed",
            Self::Spam => "spam",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.as_str() == word)
    }

    fn holds(self, count: &Count, cx: &Cx) -> bool {
        let active = count.place == Place::Active as i64;
        let (me, teams) = match cx.access() {
            Ok(access) => (Some(access.person), access.teams.as_slice()),
            Err(_) => (None, [].as_slice()),
        };
        match self {
            Self::All => count.place <= Place::OnHold as i64,
            Self::Mine => active && count.at.assignee.is_some() && count.at.assignee == me,
            Self::Unassigned => active && count.at.assignee.is_none(),
            Self::Team => active && count.at.team.is_some_and(|team| teams.contains(&team)),
            Self::Waiting => count.place == Place::Waiting as i64,
            Self::OnHold => count.place == Place::OnHold as i64,
            Self::Solved => count.place == Place::Solved as i64,
            Self::Closed => count.place == Place::Closed as i64,
            Self::Spam => count.place == Place::Spam as i64,
        }
    }

    fn rows(self, cx: &Cx) -> Result<TicketList, DeskError> {
        Ok(match self {
            Self::All => TicketList::All,
            Self::Mine => TicketList::Mine(cx.access()?.person),
            Self::Unassigned => TicketList::Unassigned,
            Self::Team => TicketList::Team(cx.access()?.teams.clone()),
            Self::Waiting => TicketList::Waiting,
            Self::OnHold => TicketList::OnHold,
            Self::Solved => TicketList::Solved,
            Self::Closed => TicketList::Closed,
            Self::Spam => TicketList::Spam,
        })
    }
}

/// What the rail counts for the actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lists {
    /// How many tickets each list holds, in the order of [`WhichList::ALL`].
    pub lists: Vec<(WhichList, i64)>,
    /// Warnings of promises that they have not put away, counted up to one more than
    /// [`MOST_WARNINGS`].
    pub warnings: i64,
}

impl Lists {
    /// The count of one list.
    pub fn of(&self, which: WhichList) -> i64 {
        self.lists
            .iter()
            .find(|(list, _)| *list == which)
            .map_or(0, |(_, n)| *n)
    }
}

/// Asks for the counts beside the lists.
#[derive(Debug, Clone, Copy)]
pub struct ListCounts;

impl Query for ListCounts {
    type Output = Lists;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<Lists, DeskError> {
        list_counts(tx, cx)
    }
}

pub(crate) fn list_counts(tx: &mut Tx<'_>, cx: &Cx) -> Result<Lists, DeskError> {
    let visibility = cx.visibility();
    let seen: Vec<Count> = tx
        .counts()?
        .into_iter()
        .filter(|count| visibility.sees(&count.at))
        .collect();
    let of = |list: WhichList| {
        seen.iter()
            .filter(|count| list.holds(count, cx))
            .map(|count| count.n)
            .sum()
    };
    let lists = WhichList::ALL.into_iter().map(|list| (list, of(list)));
    Ok(Lists {
        lists: lists.collect(),
        warnings: warnings(tx, cx, &visibility)?,
    })
}

/// Warnings that the rail counts. Every page of everybody has that number, and whoever let more of
/// them pile up learns nothing from the exact one.
pub const MOST_WARNINGS: i64 = 99;

fn warnings(tx: &mut Tx<'_>, cx: &Cx, visibility: &Visibility) -> Result<i64, DeskError> {
    match cx.actor.person() {
        Some(person) => {
            let reader = WarningReader { person, visibility };
            Ok(tx.count_warnings_of(reader, MOST_WARNINGS + 1)?)
        }
        None => Ok(0),
    }
}

/// A place in a list: the activity and number of a line.
pub type Cursor = (Timestamp, TicketId);

/// Asks for a page of a list.
#[derive(Debug, Clone)]
pub struct ListPage {
    /// Which list.
    pub list: WhichList,
    /// Only tickets of this customer; then `list` is not looked at.
    pub customer: Option<CustomerId>,
    /// Which stretch of it.
    pub stretch: Stretch<Cursor>,
    /// Lines on a page, at most [`PAGE`] are given.
    pub limit: usize,
}

/// A page of a list.
pub type TicketPage = Paged<ListRow, Cursor>;

impl Query for ListPage {
    type Output = TicketPage;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<TicketPage, DeskError> {
        let list = match self.customer {
            Some(customer) => TicketList::Customer(customer),
            None => self.list.rows(cx)?,
        };
        let limit = self.limit.clamp(1, 2 * PAGE);
        let read = |stretch, limit| -> Result<Vec<ListRow>, DeskError> {
            Ok(tx.list_tickets(&ListFilter {
                list: list.clone(),
                visibility: cx.visibility(),
                reader: reader(cx),
                stretch,
                limit,
            })?)
        };
        self.stretch
            .page(limit, |row| (row.updated_at, row.id), read)
    }
}

fn reader(cx: &Cx) -> PersonId {
    cx.actor.person().unwrap_or(PersonId(0))
}

/// Searches messages and subject lines; `#12` or `12` leads to that ticket.
#[derive(Debug, Clone)]
pub struct Search {
    /// As typed.
    pub text: String,
    /// Most lines.
    pub limit: usize,
}

/// Tickets that were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchPage {
    /// Their lines, newest hit first.
    pub rows: Vec<ListRow>,
    /// The search looked only at the newest matches and stopped there.
    pub stopped: bool,
}

impl Query for Search {
    type Output = SearchPage;
    fn read(&self, tx: &mut Tx<'_>, cx: &Cx) -> Result<SearchPage, DeskError> {
        let (order, stopped) = self.found(tx, &cx.visibility())?;
        let mut rows = tx.list_tickets(&ListFilter {
            limit: order.len() as i64,
            list: TicketList::These(order.clone()),
            visibility: cx.visibility(),
            reader: reader(cx),
            stretch: Stretch::Top,
        })?;
        rows.sort_by_key(|row| order.iter().position(|id| *id == row.id));
        Ok(SearchPage { rows, stopped })
    }
}

/// Tickets that a search looks through for somebody who does not see all of them.
const LOOKED_THROUGH: usize = 500;

impl Search {
    /// The tickets to show, in their order, and whether there may be more. Only these are loaded.
    fn found(
        &self,
        tx: &mut Tx<'_>,
        visibility: &Visibility,
    ) -> Result<(Vec<TicketId>, bool), DeskError> {
        let limit = self.limit.clamp(1, 2 * PAGE);
        let number = self.text.trim().trim_start_matches('#').parse::<i64>().ok();
        let query = search::Query::parse(&self.text);
        let wanted = if visibility.all {
            limit
        } else {
            LOOKED_THROUGH
        };
        let hits = tx.search_messages(&query, wanted)?;
        let named = number.map(TicketId);
        let others = hits.tickets.into_iter().filter(|id| Some(*id) != named);
        let mut order: Vec<TicketId> = named.into_iter().chain(others).collect();
        if !visibility.all {
            let seen = tx.seen_among(visibility, &order)?;
            let seen: HashSet<TicketId> = seen.into_iter().collect();
            order.retain(|id| seen.contains(id));
        }
        let stopped = hits.stopped || order.len() > limit;
        order.truncate(limit);
        Ok((order, stopped))
    }
}
