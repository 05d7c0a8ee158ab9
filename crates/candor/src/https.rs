//! Pages under TLS, and what stays in the clear beside them.
//!
//! Owns: the secure port as axum wants it, the way from the plain port to the secure one, answers to
//! a certificate authority. Must not know: certificates, pages.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use candor_desk::Desk;
use candor_desk::certificate::ChallengeAnswer;
use candor_domain::actor::Actor;
use candor_post::acme::CHALLENGE_PATH;
use candor_post::{SecureDoor, SecureStream};
use candor_web::guard::Transport;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The secure port.
pub(crate) struct SecurePages(pub(crate) SecureDoor);

impl axum::serve::Listener for SecurePages {
    type Io = SecureStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (SecureStream, SocketAddr) {
        self.0.accept().await
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.0.address())
    }
}

/// The application as it is served under TLS. Browsers are asked to insist on it only once the
/// certificate `is_real`: with a self-made one nobody could come in any more.
pub(crate) fn under_tls(app: Router, is_real: Arc<AtomicBool>) -> Router {
    app.layer(from_fn(move |mut request: Request, next: Next| {
        let transport = if is_real.load(Ordering::Relaxed) {
            Transport::Secure
        } else {
            Transport::SelfMade
        };
        request.extensions_mut().insert(transport);
        next.run(request)
    }))
}

/// What the plain port needs to know.
#[derive(Clone)]
struct Plain {
    desk: Desk,
    public_url: Arc<str>,
}

/// What the plain port still answers beside HTTPS: the certificate authority and health checks.
/// Everybody else is led to the public address.
pub(crate) fn beside_tls(app: Router, desk: Desk, public_url: &str) -> Router {
    let plain = Plain {
        desk,
        public_url: public_url.into(),
    };
    app.layer(from_fn_with_state(plain, in_the_clear))
}

async fn in_the_clear(State(plain): State<Plain>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if let Some(token) = path.strip_prefix(CHALLENGE_PATH) {
        let token = token.to_owned();
        return challenge(&plain.desk, token).await;
    }
    if path.starts_with("/health/") {
        request.extensions_mut().insert(Transport::Plain);
        return next.run(request).await;
    }
    let wanted = request.uri().path_and_query();
    let wanted = wanted.map_or("/", |wanted| wanted.as_str());
    Redirect::permanent(&format!("{}{wanted}", plain.public_url)).into_response()
}

async fn challenge(desk: &Desk, token: String) -> Response {
    match desk.ask(&Actor::Visitor, ChallengeAnswer { token }).await {
        Ok(Some(answer)) => answer.into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::warn!(%error, "an answer to the certificate authority cannot be read");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
