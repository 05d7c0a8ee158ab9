//! The whole web application.
//!
//! Owns: the book of all routes and the router around it. Must not know: any handler.

use crate::api;
use crate::asset;
use crate::guard;
use crate::health;
use crate::live::{self, Hub};
use crate::page;
use crate::portal;
use crate::route::{Admission, RouteBook};
use crate::site::Site;
use crate::state::App;
use axum::Router;
use candor_desk::Desk;
use candor_desk::fetch::Fetcher;
use candor_desk::outbox::PostOffice;
use candor_desk::sign_in::Consent;
use std::sync::Arc;

/// Every route there is.
pub fn book() -> RouteBook<App> {
    let mut book = RouteBook::new();
    book.get(asset::PATH, Admission::Public, asset::show);
    page::routes(&mut book);
    portal::routes(&mut book);
    api::routes(&mut book);
    health::routes(&mut book);
    live::routes(&mut book);
    book
}

/// What the pages reach outside the desk.
pub struct Outside {
    /// Who carries mail out.
    pub post_office: PostOffice,
    /// Who looks at inboxes elsewhere.
    pub fetcher: Arc<dyn Fetcher>,
    /// Who speaks with providers.
    pub consent: Arc<dyn Consent>,
}

/// The state of an application over a desk.
pub fn state(desk: &Desk, site: Site, outside: Outside) -> App {
    App {
        desk: desk.clone(),
        site: Arc::new(site),
        post_office: outside.post_office,
        fetcher: outside.fetcher,
        consent: outside.consent,
        hub: Hub::default(),
    }
}

/// The router with everything that stands around every request.
pub fn router(app: App) -> Router {
    let site = Arc::clone(&app.site);
    guard::around(book().into_router().with_state(app), site)
}
