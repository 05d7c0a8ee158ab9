//! The lists of the inbox, search, and the counts in the rail.
//!
//! Owns: their pages and parts. Must not know: which list holds what.

mod list;
mod place;
mod search;

pub(crate) use list::ListColumn;
pub(crate) use place::{Asked, Spot};

use crate::error::{PageResult, render};
use crate::layout::{AppFrame, Columns, Section};
use crate::page::{Page, Rail, list_key};
use crate::part::EmptyState;
use crate::route::{Admission, RouteBook};
use crate::state::App;
use askama::Template;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use candor_desk::ticket::{InboxView, ListCounts};
use candor_domain::permission::Permission;

/// Writes the lists and the search into the book.
pub fn routes(book: &mut RouteBook<App>) {
    let read = Admission::Permission(Permission::ReadTickets);
    book.get("/", Admission::Staff, home)
        .get("/inbox", read, show)
        .get("/rail", Admission::Staff, rail)
        .get("/search", read, search::show);
}

/// `GET /`
async fn home() -> Response {
    Redirect::to("/inbox").into_response()
}

#[derive(Template)]
#[template(path = "page/inbox/show.html")]
struct Inbox {
    frame: AppFrame,
    list: ListColumn,
    empty: EmptyState,
}

/// `GET /inbox`: the page, or for htmx the lines of the list alone.
async fn show(cx: Page, Query(asked): Query<Asked>) -> PageResult {
    let spot = asked.spot();
    let screen = cx.ask(InboxView { list: spot.page() }).await?;
    let list = ListColumn::new(&cx, &spot, asked.open(), (screen.page, &screen.due));
    if cx.is_part {
        return render(&list.lines());
    }
    let rail = Rail {
        counts: &screen.counts,
        open: Some(spot.list),
    };
    let title = cx.t.get(list_key(spot.list));
    let mut frame = cx.frame(&title, Section::Inbox, Columns::List, &rail);
    if frame.notice.is_none() {
        frame.notice = crate::page::settings::alert(&cx).await?;
    }
    let page = Inbox {
        list: list.with_lists(&spot, &frame.lists),
        empty: EmptyState::new(cx.t.get("inbox-choose"), cx.t.get("inbox-choose-words")),
        frame,
    };
    render(&page).map(|response| cx.told(response))
}

#[derive(Template)]
#[template(path = "layout/rail_part.html")]
struct RailLists {
    frame: AppFrame,
}

/// `GET /rail`: the lists with their counts, for htmx.
async fn rail(cx: Page, headers: HeaderMap) -> PageResult {
    let counts = cx.ask(ListCounts).await?;
    let rail = Rail {
        counts: &counts,
        open: Spot::of_part(&headers).map(|spot| spot.list),
    };
    render(&RailLists {
        frame: cx.frame("", Section::Inbox, Columns::List, &rail),
    })
}
