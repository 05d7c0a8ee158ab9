//! Pages for staff, and what their handlers share.
//!
//! Owns: the extractor [`Page`] with the person, their words and the frame. Must not know: any
//! capability.

pub mod account;
pub mod auth;
pub mod customer;
pub(crate) mod filled;
mod guest;
pub mod inbox;
pub mod level;
mod mail_fault;
mod next_ticket;
pub mod report;
pub mod settings;
mod sheet;
mod shifts;
mod staff;
pub mod ticket;
mod turn;
mod zone;

pub use guest::Guest;

use crate::cookie::Flash;
use crate::error::PageError;
use crate::failure::Failure;
use crate::guard::{Client, Reader};
use crate::i18n::Texts;
use crate::layout::{AppFrame, Columns, RailLink, Section, Viewer};
use crate::route::RouteBook;
use crate::site::Site;
use crate::state::App;
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use candor_desk::auth::Visit;
use candor_desk::ticket::{ListCounts, Lists, MOST_WARNINGS, WhichList};
use candor_desk::{DeskError, Note, Query, Verb};
use candor_domain::actor::Actor;
use candor_domain::permission::Permission;

/// Everything that a staff handler needs of its request. Only on routes with
/// [`crate::route::Admission::Staff`] or `Permission`.
pub struct Page {
    /// The application.
    pub app: App,
    /// Who is logged in.
    pub visit: Visit,
    /// As whom they act.
    pub actor: Actor,
    /// Their words.
    pub t: Texts,
    /// Where the request came from.
    pub client: Client,
    /// The page that answers was asked for by htmx as a part.
    pub is_part: bool,
    /// Where the journal stood before anything was read for this page.
    position: i64,
    flash: Option<Flash>,
}

impl FromRequestParts<App> for Page {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let visit = parts
            .extensions
            .get::<Visit>()
            .cloned()
            .ok_or(PageError(Failure::SignIn))?;
        let reader = parts
            .extensions
            .get::<Reader>()
            .cloned()
            .ok_or(PageError(Failure::Internal))?;
        let client = parts
            .extensions
            .get::<Client>()
            .copied()
            .ok_or(PageError(Failure::Internal))?;
        Ok(Self {
            actor: visit.actor(),
            t: reader.texts(app.desk.now()),
            client,
            is_part: parts.headers.contains_key("hx-request"),
            position: *app.desk.store().positions().borrow(),
            flash: Flash::read(&parts.headers),
            visit,
            app: app.clone(),
        })
    }
}

impl Page {
    /// Runs a verb for whoever is logged in.
    pub async fn run<V: Verb>(&self, verb: V) -> Result<V::Output, DeskError> {
        self.app.desk.run(&self.actor, verb).await
    }

    /// Notes working state for whoever is logged in.
    pub async fn note<N: Note>(&self, note: N) -> Result<N::Output, DeskError> {
        self.app.desk.note(&self.actor, note).await
    }

    /// Asks something for whoever is logged in.
    pub async fn ask<Q: Query>(&self, query: Q) -> Result<Q::Output, DeskError> {
        self.app.desk.ask(&self.actor, query).await
    }

    /// Whether the person may do this anywhere.
    pub fn may(&self, permission: Permission) -> bool {
        self.visit.access.has(permission)
    }

    /// The site.
    pub fn site(&self) -> &Site {
        &self.app.site
    }

    /// The frame of a page, with the lists of the inbox and their counts in the rail.
    pub fn frame(
        &self,
        title: &str,
        section: Section,
        columns: Columns,
        rail: &Rail<'_>,
    ) -> AppFrame {
        AppFrame {
            title: title.to_owned(),
            shop: self.app.site.shop(),
            viewer: Viewer {
                name: self.visit.person.name.clone(),
                may_promise: self.may(Permission::ManageLevels),
                may_configure: Permission::ALL.iter().any(|permission| {
                    permission.as_str().starts_with("settings.") && self.may(*permission)
                }),
            },
            section,
            columns,
            position: self.position,
            inbox_count: Some(self.t.number(rail.counts.of(WhichList::All))),
            warnings: rail.warnings(&self.t),
            lists: rail.links(&self.t),
            notice: self.flash.as_ref().and_then(|flash| flash.notice(&self.t)),
            t: self.t.clone(),
        }
    }

    /// The frame of a wide page, with the counts as they are now.
    pub async fn wide_frame(&self, title: &str, section: Section) -> Result<AppFrame, DeskError> {
        let counts = self.ask(ListCounts).await?;
        let rail = Rail {
            counts: &counts,
            open: None,
        };
        Ok(self.frame(title, section, Columns::Wide, &rail))
    }

    /// Answers with a page that has shown the flash, so that it is not told twice.
    pub fn told(&self, mut response: Response) -> Response {
        if self.flash.is_some() && !self.is_part {
            response
                .headers_mut()
                .append(header::SET_COOKIE, Flash::clear(&self.app.site));
        }
        response
    }

    /// Leads on to a page, which tells what was done.
    pub fn lead_to(&self, path: &str, flash: Option<&Flash>) -> Response {
        let mut response = Redirect::to(path).into_response();
        if let Some(flash) = flash {
            let told: HeaderValue = flash.set(&self.app.site);
            response.headers_mut().append(header::SET_COOKIE, told);
        }
        response
    }
}

/// What the rail shows: the lists with their counts, and which of them is open.
pub struct Rail<'a> {
    /// The counts.
    pub counts: &'a Lists,
    /// The list that is open.
    pub open: Option<WhichList>,
}

impl Rail<'_> {
    /// How many warnings wait, as a number and in words; `None` where none does.
    fn warnings(&self, t: &Texts) -> Option<(String, String)> {
        let count = self.counts.warnings;
        if count > MOST_WARNINGS {
            let words = t.arg("warnings-many", "count", MOST_WARNINGS);
            return Some((format!("{MOST_WARNINGS}+"), words));
        }
        (count > 0).then(|| (t.number(count), t.arg("warnings-wait", "count", count)))
    }

    /// The lists as links, without the one that the section "Inbox" leads to.
    fn links(&self, t: &Texts) -> Vec<RailLink> {
        WhichList::ALL
            .into_iter()
            .filter(|list| *list != WhichList::All)
            .map(|list| RailLink {
                label: t.get(list_key(list)),
                href: format!("/inbox?list={}", list.as_str()),
                count: match list {
                    WhichList::Solved | WhichList::Closed => None,
                    _ => Some(t.number(self.counts.of(list))),
                },
                current: self.open == Some(list),
            })
            .collect()
    }
}

/// The text id of a list's name.
pub fn list_key(list: WhichList) -> &'static str {
    use crate::i18n::key;
    match list {
        WhichList::All => key("list-all"),
        WhichList::Mine => key("list-mine"),
        WhichList::Unassigned => key("list-unassigned"),
        WhichList::Team => key("list-team"),
        WhichList::Waiting => key("list-waiting"),
        WhichList::OnHold => key("list-on-hold"),
        WhichList::Solved => key("list-solved"),
        WhichList::Closed => key("list-closed"),
        WhichList::Spam => key("list-spam"),
    }
}

/// Writes the pages of staff into the book.
pub fn routes(book: &mut RouteBook<App>) {
    auth::routes(book);
    inbox::routes(book);
    ticket::routes(book);
    account::routes(book);
    customer::routes(book);
    next_ticket::routes(book);
    level::routes(book);
    staff::routes(book);
    shifts::routes(book);
    report::routes(book);
    settings::routes(book);
}
