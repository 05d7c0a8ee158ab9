//! The address at which a calendar reads one's shifts.
//!
//! Owns: the card that makes it, the calendar itself. Must not know: what stands in the calendar.

use super::SHIFTS;
use crate::cookie::Flash;
use crate::error::PageResult;
use crate::failure::Faults;
use crate::i18n::{Texts, key};
use crate::page::Page;
use crate::page::filled::Filled;
use crate::part::{ActionButton, ConfirmDialog, Row, Rows, Verbatim};
use crate::state::App;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use candor_desk::DeskError;
use candor_desk::auth::Secret;
use candor_desk::roster::{EndShiftFeed, MakeShiftFeed, MyShiftFeed, ShiftFeed};
use candor_domain::actor::Actor;
use sha2::{Digest, Sha256};

/// The card on "my shifts".
pub(super) async fn card(page: &Page) -> Result<Rows, DeskError> {
    let t = &page.t;
    let row = match page.ask(MyShiftFeed).await? {
        None => Row::new(t.get("feed-none"))
            .below(t.get("feed-words"))
            .act(ActionButton::post("/shifts/feed", t.get("feed-make"))),
        Some(since) => Row::new(t.arg("feed-since", "when", t.date(since)))
            .below(t.get("feed-words"))
            .ask(anew(t))
            .act(ActionButton::delete("/shifts/feed", t.get("feed-end")).quiet()),
    };
    Ok(Rows::new(t.get("feed-title"), vec![row], String::new()))
}

fn anew(t: &Texts) -> ConfirmDialog {
    ConfirmDialog {
        name: "feed-anew".to_owned(),
        opener: t.get("feed-anew"),
        title: t.get("feed-anew-title"),
        words: t.get("feed-anew-words"),
        action: ActionButton::post("/shifts/feed", t.get("feed-anew")),
        cancel: t.get("app-cancel"),
    }
}

/// `POST /shifts/feed`: makes the address and shows it, once.
pub(super) async fn create(page: Page) -> PageResult {
    let secret = Secret::draw(&page.app.desk);
    let path = format!("/calendars/{}/shifts.ics", secret.text());
    page.run(MakeShiftFeed { secret }).await?;
    let shown = Verbatim {
        title: page.t.get("feed-new"),
        words: page.t.get("feed-new-words"),
        text: format!("{}{path}", page.app.desk.config().public_url),
        secret: true,
    };
    super::shown(&page, &Filled::default(), &Faults::default(), Some(shown)).await
}

/// `DELETE /shifts/feed`
pub(super) async fn remove(page: Page) -> PageResult {
    page.run(EndShiftFeed).await?;
    Ok(page.lead_to(SHIFTS, Some(&Flash::new(key("done-feed-ended")))))
}

/// `GET /calendars/{secret}/shifts.ics`: for calendar programs, which have no login.
pub(super) async fn show(
    State(app): State<App>,
    Path(secret): Path<String>,
    headers: HeaderMap,
) -> PageResult {
    let secret = Secret::parse(&secret).ok_or(DeskError::NotFound("calendar"))?;
    let text = app.desk.ask(&Actor::Visitor, ShiftFeed { secret }).await?;
    Ok(calendar(text, &headers))
}

/// The calendar, or that nothing changed since the program read it.
fn calendar(text: String, headers: &HeaderMap) -> Response {
    let tag = format!(
        "\"{}\"",
        hex::encode(&Sha256::digest(text.as_bytes())[..16])
    );
    let known = headers.get(header::IF_NONE_MATCH);
    let known = known.and_then(|value| value.to_str().ok());
    let same = known.is_some_and(|known| {
        let mut tags = known.split(',').map(str::trim);
        tags.any(|one| one == "*" || one.trim_start_matches("W/") == tag)
    });
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        text.into_response()
    };
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    if !same {
        let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, kind);
    }
    let tag = HeaderValue::from_str(&tag).expect("a tag is quoted hexadecimal");
    headers.insert(header::ETAG, tag);
    // The program that reads it keeps it, and asks each time whether it changed; nobody else does.
    let keep = HeaderValue::from_static("private, no-cache");
    headers.insert(header::CACHE_CONTROL, keep);
    response
}
