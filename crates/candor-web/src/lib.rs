//! HTTP: pages, API, live updates.
//!
//! Owns: routes, templates, words, assets, what stands around every request. Must not know: SQL,
//! rules; a handler calls one verb or one query of the desk and shows what came back.
//!
//! # How a page is added
//!
//! 1. **Handler** in `page/<capability>/<noun or verb>.rs`, **template** in
//!    `templates/page/<capability>/<same name>.html`, **words** in `locales/{en,de}/<area>.ftl`.
//! 2. **Route**: one line in the capability's `routes` function. There is no other way in:
//!
//!    ```ignore
//!    pub fn routes(book: &mut RouteBook<App>) {
//!        book.get("/customers", Admission::Permission(Permission::ReadCustomers), index)
//!            .post("/tickets/{ticket}/closure", Admission::Permission(Permission::Change), create)
//!            .delete("/tickets/{ticket}/closure", Admission::Permission(Permission::Change), remove);
//!    }
//!    ```
//!
//!    `Admission` is checked by the [`route::Doorkeeper`] before the handler runs. `delete` also
//!    makes `POST <path>/removal` for forms without JavaScript. Paths below `/api/` answer with
//!    problem documents, all others with pages.
//! 3. **Page struct** beside its handler, with text prepared in Rust, a `frame` and the words `t`:
//!
//!    ```ignore
//!    #[derive(Template)]
//!    #[template(path = "page/customer/index.html")]
//!    struct Index { frame: AppFrame, t: Texts, customers: Vec<Row>, pager: Pager }
//!
//!    async fn index(cx: Page) -> PageResult { render(&Index { .. }) }
//!    ```
//!
//! 4. **Template**: `{% extends "layout/app.html" %}` (or `layout/plain.html`,
//!    `layout/portal.html`). `Columns::Wide` pages fill `{% block page %}`; three-pane pages fill
//!    `{% block list %}<section class="list" …>`, `{% block body %}<main class="main" id="main" tabindex="-1">`
//!    and `{% block side %}<aside class="side" id="about" …>` themselves. On small screens
//!    `Columns::List` shows the list and `Columns::Main` the main column; an
//!    `<a class="btn context-toggle" href="#about">` opens the side column.
//!
//! # Words
//!
//! `t.get("inbox-title")`, `t.arg("inbox-count", "count", n)`,
//! `t.args("pages", &[("page", &1), ("of", &9)])`; times by `t.moment(at)`, `t.short(at)`,
//! `t.relative(at)`, `t.span(length)`, as `<time>` by `t.stamp(at)`, `t.short_stamp(at)`,
//! `t.relative_stamp(at)`; numbers by `t.number(n)`. Every id exists in English and German with the
//! same variables, else `tests/words.rs` fails; an id that travels as a value is written
//! `key("status-open")`.
//!
//! # Parts
//!
//! [`part`] holds what pages repeat: `{{ field }}`, `{{ chip }}`, `{{ avatar }}`, `{{ notice }}`,
//! `{{ message }}`, `{{ event }}`, `{{ pager }}`, `{{ empty }}`, `{{ dialog }}`, and
//! [`part::ActionButton`], a form that is one button. Plain buttons are
//! `<button class="btn primary">` / `quiet` / `danger`. Arrangements: `row spread wrap end stack
//! cols card form fields facts rows settings scroll`. No inline style, no inline script: the policy
//! forbids both.
//!
//! # Behaviour by attributes
//!
//! | attribute | effect |
//! |---|---|
//! | `data-key="r"` | the key presses or focuses it, outside text fields |
//! | `data-list` around, `data-entry` on each link | J, K, O walk and open |
//! | `data-command="words"` | the palette (Ctrl/Cmd K) lists it |
//! | `<details class="menu">` | closes outside and on Escape |
//! | `form[data-composer]` with `data-draft`, `data-upload`, `[data-send]`, `[data-draft-state]` | kept draft, Ctrl/Cmd Enter, pasted files |
//! | `data-live="ticket:7 counts"` with `hx-get`, `hx-trigger="live"`, `hx-swap="outerHTML"` | fetches itself anew when the stream at `/live` names a topic: `event: changed`, `data: {"topics":["ticket:7"]}` |
//! | `data-presence="/tickets/7/presence"` | tells who reads and who writes: `PUT` with `state=reading` or `writing` |
//! | `data-leaves-at="ms"` | counts down a held-back reply |
//!
//! # Failures
//!
//! Handlers answer with [`error::PageResult`] or [`error::ApiResult`]; `?` turns whatever becomes a
//! [`failure::Failure`] into an answer, worded by the guard in the reader's language. A form with
//! faults is shown again: `render_with(StatusCode::UNPROCESSABLE_ENTITY, …)` with
//! [`part::Field::faults`]. Never send the technical source.
//!
//! # Around everything
//!
//! [`guard::around`] is the outermost layer: request id, client address, host and origin checks,
//! time limit, caught panics, header set. In the request's extensions lie [`guard::RequestId`],
//! [`guard::Client`], [`guard::Reader`]. A response with a [`guard::MailFrame`] extension gets the
//! policy of a mail frame. [`cookie`] names the session and carries [`cookie::Flash`] ("Closed.
//! Undo") to the next page.

pub mod api;
pub mod app;
pub mod asset;
pub mod cookie;
mod csv;
mod download;
pub mod error;
pub mod failure;
mod form;
pub mod guard;
pub mod health;
pub mod i18n;
pub mod layout;
pub mod live;
pub mod mail;
pub mod next;
pub mod page;
pub mod part;
pub mod portal;
mod print;
pub mod route;
pub mod site;
pub mod state;
mod written;
