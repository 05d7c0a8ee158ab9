//! What stands before and after every handler.
//!
//! Owns: request id, client address, host and origin checks, time limit, caught panics, worded
//! failures, the header set. Must not know: routes, sessions, the desk.

use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use jiff::Timestamp;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::error::{PageError, Setting, word};
use crate::failure::Failure;
use crate::i18n::Language;
use crate::site::Site;

mod client;
mod headers;
mod origin;
mod reader;
mod request_id;

pub use client::Client;
pub use headers::{MailFrame, Scriptless, Transport};
pub use reader::Reader;
pub use request_id::RequestId;

/// How long a handler may take before the reader is told to try again.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Puts the guard around a router, its fallbacks included. Nothing may be added outside of it.
pub fn around(router: Router, site: Arc<Site>) -> Router {
    let compression = CompressionLayer::new().quality(CompressionLevel::Fastest);
    router
        .layer(compression)
        .layer(from_fn_with_state(site, guard))
}

async fn guard(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let id = RequestId::fresh();
    let reader = Reader::new(accepted_language(&request));
    let path = request
        .uri()
        .path_and_query()
        .map_or_else(|| "/".to_owned(), ToString::to_string);
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(peer)| peer.ip());
    let client = Client::behind_proxies(&site, peer, request.headers());
    request.extensions_mut().insert(id.clone());
    request.extensions_mut().insert(reader.clone());
    request.extensions_mut().insert(client);

    let transport = request.extensions().get::<Transport>().copied();
    let checked = origin::check(&site, &request);
    let response = match checked {
        Ok(()) => handled(request, next, &id).await,
        Err(failure) => PageError(failure).into_response(),
    };
    let setting = Setting {
        // No time stands on an error page, so no clock is asked.
        t: reader.texts(Timestamp::UNIX_EPOCH),
        shop: site.shop(),
        path_and_query: &path,
        request_id: id.as_str(),
    };
    let mut response = word(response, &setting);
    headers::complete(&mut response, &site, transport);
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

/// Runs the handler; a panic or an endless wait becomes an answer.
async fn handled(request: Request, next: Next, id: &RequestId) -> Response {
    let work = AssertUnwindSafe(next.run(request)).catch_unwind();
    match tokio::time::timeout(TIME_LIMIT, work).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => {
            tracing::error!(request = id.as_str(), "a handler panicked");
            PageError(Failure::Internal).into_response()
        }
        Err(_) => {
            tracing::error!(request = id.as_str(), "a handler took too long");
            PageError(Failure::Unavailable).into_response()
        }
    }
}

fn accepted_language(request: &Request) -> Language {
    request
        .headers()
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .map(Language::negotiate)
        .unwrap_or_default()
}
