//! The stream of one browser.
//!
//! Owns: what this person is told, catching up after a broken line, the end with the session.
//! Must not know: how the desk is followed.

use super::hub::News;
use crate::cookie;
use crate::error::PageResult;
use crate::page::Page;
use crate::state::App;
use axum::extract::Query;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use candor_desk::DeskError;
use candor_desk::auth::{Visit, session_of};
use candor_desk::ticket::{ChangesAfter, SeenTickets};
use candor_domain::actor::Actor;
use candor_domain::id::TicketId;
use serde::Deserialize;
use serde_json::json;
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::timeout;

/// How often a silent stream asks whether its session still lasts.
const ASK_EVERY: Duration = Duration::from_secs(20);
/// A sign of life for proxies that cut silent lines.
const BREATHE_EVERY: Duration = Duration::from_secs(15);

/// What a stream knows of its browser.
struct Listener {
    app: App,
    secret: String,
}

impl Listener {
    /// Who listens; `None` once the session is over.
    async fn visit(&self) -> Option<Visit> {
        session_of(&self.app.desk, &self.secret)
            .await
            .ok()
            .flatten()
    }

    /// News as the person may have it; `None` where there is nothing for them.
    async fn told(&self, visit: &Visit, news: &News) -> Result<Option<Event>, DeskError> {
        let tickets = news.tickets.to_vec();
        let seen = if tickets.is_empty() {
            tickets
        } else {
            let ask = SeenTickets { tickets };
            self.app.desk.ask(&visit.actor(), ask).await?
        };
        if seen.is_empty() && !news.recorded {
            return Ok(None);
        }
        Ok(Some(changed(news.position, &seen, news.recorded)))
    }

    /// What a browser missed since it was last told something.
    async fn missed(&self, visit: &Visit, since: i64) -> Result<Option<Event>, DeskError> {
        let ask = ChangesAfter { position: since };
        let found = self.app.desk.ask(&Actor::System, ask).await?;
        if found.position == since {
            return Ok(None);
        }
        if found.more {
            return Ok(Some(everything()));
        }
        let news = News {
            position: found.position,
            tickets: found.tickets.into(),
            recorded: true,
        };
        self.told(visit, &news).await
    }
}

/// What the page that listens shows already.
#[derive(Debug, Deserialize)]
pub(super) struct Known {
    since: Option<i64>,
}

/// `GET /live`: what was recorded between the page and its stream is told first.
pub(super) async fn listen(cx: Page, Query(known): Query<Known>, headers: HeaderMap) -> PageResult {
    let since = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .or(known.since);
    let mut news = cx.app.hub.listen(&cx.app.desk);
    let listener = Listener {
        secret: cookie::session(&cx.app.site, &headers).unwrap_or_default(),
        app: cx.app,
    };
    let visit = cx.visit;
    let stream = async_stream::stream! {
        if let Some(since) = since
            && let Ok(Some(event)) = listener.missed(&visit, since).await
        {
            yield Ok::<Event, Infallible>(event);
        }
        loop {
            let heard = timeout(ASK_EVERY, news.recv()).await;
            // Rights may have changed and the session may be over since the last word.
            let Some(visit) = listener.visit().await else { break };
            match heard {
                Ok(Ok(news)) => match listener.told(&visit, &news).await {
                    Ok(Some(event)) => yield Ok(event),
                    Ok(None) => {}
                    Err(_) => yield Ok(everything()),
                },
                Ok(Err(RecvError::Lagged(_))) => yield Ok(everything()),
                Ok(Err(RecvError::Closed)) => break,
                Err(_) => {}
            }
        }
    };
    let alive = KeepAlive::new().interval(BREATHE_EVERY);
    Ok(Sse::new(stream).keep_alive(alive).into_response())
}

fn changed(position: i64, tickets: &[TicketId], counts: bool) -> Event {
    let mut topics: Vec<String> = tickets.iter().map(|id| id.subject()).collect();
    if counts {
        topics.push("counts".to_owned());
    }
    event(&topics).id(position.to_string())
}

/// More than can be named: every part fetches itself anew.
fn everything() -> Event {
    event(&["*".to_owned()])
}

fn event(topics: &[String]) -> Event {
    Event::default()
        .event("changed")
        .data(json!({ "topics": topics }).to_string())
}
