//! Which list somebody looks at, and how far down.
//!
//! Owns: reading it from addresses and writing it into them. Must not know: what the list holds.

use crate::page::turn::Turn;
use axum::http::{HeaderMap, HeaderName, Uri, header};
use candor_desk::Stretch;
use candor_desk::ticket::{Cursor, ListPage, PAGE_LINES, WhichList};
use candor_domain::id::TicketId;
use jiff::Timestamp;
use serde::Deserialize;

/// The values in the address of a list or of a ticket beside it.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    list: Option<String>,
    after: Option<String>,
    before: Option<String>,
    open: Option<i64>,
    /// Which composer is open on a ticket: `note`, or nothing for the reply.
    pub(crate) write: Option<String>,
}

impl Asked {
    /// The list, wherever the address is wrong its beginning.
    pub(crate) fn spot(&self) -> Spot {
        Spot {
            list: self
                .list
                .as_deref()
                .and_then(WhichList::parse)
                .unwrap_or(WhichList::All),
            stretch: self.stretch(),
        }
    }

    fn stretch(&self) -> Stretch<Cursor> {
        Turn {
            after: self.after.as_deref().and_then(read_cursor),
            before: self.before.as_deref().and_then(read_cursor),
        }
        .stretch()
    }

    /// The ticket that is open beside the list.
    pub(crate) fn open(&self) -> Option<TicketId> {
        self.open.map(TicketId)
    }
}

/// A page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    /// The list.
    pub(crate) list: WhichList,
    /// Which stretch of it.
    pub(crate) stretch: Stretch<Cursor>,
}

impl Spot {
    /// The spot that the page had from which a form was sent.
    pub(crate) fn of_form(headers: &HeaderMap) -> Self {
        Self::in_header(headers, &header::REFERER).unwrap_or(Self {
            list: WhichList::All,
            stretch: Stretch::Top,
        })
    }

    /// The spot of the page that fetches a part of itself.
    pub(crate) fn of_part(headers: &HeaderMap) -> Option<Self> {
        Self::in_header(headers, &HeaderName::from_static("hx-current-url"))
    }

    fn in_header(headers: &HeaderMap, name: &HeaderName) -> Option<Self> {
        let uri: Uri = headers.get(name)?.to_str().ok()?.parse().ok()?;
        let lists = uri.path() == "/inbox" || uri.path().starts_with("/tickets/");
        let asked = axum::extract::Query::<Asked>::try_from_uri(&uri).ok()?;
        lists.then(|| asked.0.spot())
    }

    /// What to ask the desk for.
    pub(crate) fn page(&self) -> ListPage {
        ListPage {
            list: self.list,
            customer: None,
            stretch: self.stretch,
            limit: PAGE_LINES,
        }
    }

    /// The address of the list.
    pub(crate) fn href(&self) -> String {
        format!("/inbox?{}", self.query())
    }

    /// The address of a ticket beside the list.
    pub(crate) fn ticket(&self, ticket: TicketId) -> String {
        format!("/tickets/{ticket}?{}", self.query())
    }

    /// The address of another page of the list: `after` or `before` a line.
    pub(crate) fn turned(&self, side: &str, line: Cursor) -> String {
        format!("/inbox?list={}&{}", self.list.as_str(), written(side, line))
    }

    /// The list as values of an address.
    pub(crate) fn query(&self) -> String {
        let list = self.list.as_str();
        match self.stretch {
            Stretch::Top => format!("list={list}"),
            Stretch::After(line) => format!("list={list}&{}", written("after", line)),
            Stretch::Before(line) => format!("list={list}&{}", written("before", line)),
        }
    }
}

fn written(side: &str, (at, id): Cursor) -> String {
    format!("{side}={}.{id}", at.as_microsecond())
}

fn read_cursor(text: &str) -> Option<Cursor> {
    let (at, id) = text.split_once('.')?;
    let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
    Some((at, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::{Asked, Spot};
    use axum::extract::Query;
    use axum::http::{HeaderMap, HeaderValue, header};
    use candor_desk::Stretch;
    use candor_desk::ticket::WhichList;

    fn asked(address: &'static str) -> Asked {
        Query::try_from_uri(&address.parse().unwrap()).unwrap().0
    }

    #[test]
    fn a_list_keeps_its_place_beside_a_ticket() {
        let spot = asked("/inbox?list=mine&after=1700000000000000.12").spot();
        assert_eq!(spot.list, WhichList::Mine);
        assert_eq!(asked_again(&spot.href()), spot);
        assert_eq!(
            spot.ticket(7.into()),
            "/tickets/7?list=mine&after=1700000000000000.12"
        );
    }

    #[test]
    fn a_list_knows_the_way_back() {
        let spot = asked("/inbox?list=mine&before=1700000000000000.12").spot();
        assert!(spot.stretch.goes_back());
        assert_eq!(asked_again(&spot.href()), spot);
    }

    fn asked_again(address: &str) -> Spot {
        Query::<Asked>::try_from_uri(&address.parse().unwrap())
            .unwrap()
            .0
            .spot()
    }

    #[test]
    fn a_wrong_address_shows_the_beginning_of_the_first_list() {
        let spot = asked("/inbox?list=x&after=soon").spot();
        assert_eq!((spot.list, spot.stretch), (WhichList::All, Stretch::Top));
    }

    #[test]
    fn a_form_leads_back_to_the_list_it_was_sent_from() {
        let mut headers = HeaderMap::new();
        let from = HeaderValue::from_static("http://localhost:8080/tickets/7?list=waiting");
        headers.insert(header::REFERER, from);
        assert_eq!(Spot::of_form(&headers).list, WhichList::Waiting);
        let other = HeaderValue::from_static("http://localhost:8080/customers/7?list=waiting");
        headers.insert(header::REFERER, other);
        assert_eq!(Spot::of_form(&headers).list, WhichList::All);
    }
}
