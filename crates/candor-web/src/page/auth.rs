//! Getting in and out: login, logout, forgotten password, invitation, first run.
//!
//! Owns: the pages at the door. Must not know: how passwords are kept.

mod forgotten;
mod invitation;
mod login;
mod reset;
mod set_up;

use crate::error::{PageResult, render_with};
use crate::failure::Faults;
use crate::layout::PlainFrame;
use crate::page::Guest;
use crate::part::FormCard;
use crate::route::{Admission, RouteBook};
use crate::state::App;
use askama::Template;
use axum::http::StatusCode;

/// A page at the door: words, and perhaps a form.
#[derive(Template)]
#[template(path = "page/auth/card.html")]
struct Card {
    frame: PlainFrame,
    words: String,
    form: Option<FormCard>,
    link: Option<(String, String)>,
}

impl Card {
    fn new(guest: &Guest, title: &str, words: impl Into<String>) -> Self {
        Self {
            frame: guest.frame(title),
            words: words.into(),
            form: None,
            link: None,
        }
    }

    fn form(mut self, form: FormCard) -> Self {
        self.form = Some(form.bare());
        self
    }

    fn link(mut self, words: impl Into<String>, href: impl Into<String>) -> Self {
        self.link = Some((words.into(), href.into()));
        self
    }

    fn answer(&self, faults: &Faults) -> PageResult {
        let status = if faults.is_empty() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        render_with(status, self)
    }
}

/// Writes the pages at the door into the book.
pub fn routes(book: &mut RouteBook<App>) {
    book.get("/login", Admission::Public, login::show)
        .post("/login", Admission::Public, login::create)
        .post("/logout", Admission::Public, login::remove)
        .get("/forgotten", Admission::Public, forgotten::show)
        .post("/forgotten", Admission::Public, forgotten::create)
        .get("/reset/{secret}", Admission::Public, reset::show)
        .post("/reset/{secret}", Admission::Public, reset::create)
        .get("/invitation/{secret}", Admission::Public, invitation::show)
        .post(
            "/invitation/{secret}",
            Admission::Public,
            invitation::create,
        )
        .get("/setup", Admission::Public, set_up::show)
        .post("/setup", Admission::Public, set_up::create);
}
