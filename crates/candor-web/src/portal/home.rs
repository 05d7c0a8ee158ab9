//! The first page that customers see.
//!
//! Owns: the ways to get help. Must not know: tickets.

use super::visitor::Visitor;
use crate::error::PageResult;
use crate::i18n::Texts;
use crate::layout::PortalFrame;
use askama::Template;
use axum::http::StatusCode;

#[derive(Template)]
#[template(path = "portal/home.html")]
struct Home {
    frame: PortalFrame,
    t: Texts,
}

/// `GET /help`
pub(super) async fn show(visitor: Visitor) -> PageResult {
    let t = visitor.t.clone();
    let page = Home {
        frame: visitor.frame(t.get("portal-title")),
        t,
    };
    visitor.render(StatusCode::OK, &page)
}
