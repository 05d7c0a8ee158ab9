//! Whether the desk lives and can work, for whoever watches over it.
//!
//! Owns: `/health/live` and `/health/ready`. Must not know: figures.

use crate::error::PageResult;
use crate::route::{Admission, RouteBook};
use crate::state::App;
use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use candor_desk::health::Ready;
use candor_domain::actor::Actor;
use serde_json::json;

/// Adds both routes.
pub fn routes(book: &mut RouteBook<App>) {
    book.get("/health/live", Admission::Public, live).get(
        "/health/ready",
        Admission::Public,
        ready,
    );
}

/// The process answers.
async fn live() -> impl IntoResponse {
    Json(json!({ "status": "live" }))
}

/// The database answers too.
async fn ready(State(app): State<App>) -> PageResult {
    app.desk.ask(&Actor::Visitor, Ready).await?;
    Ok(Json(json!({ "status": "ready" })).into_response())
}
