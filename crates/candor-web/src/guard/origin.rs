//! Whether a request is addressed to us and comes from our own pages.
//!
//! Owns: the host check and the protection against forged forms. Must not know: sessions; the
//! cookie's `SameSite=Lax` is the second wall.

use axum::extract::Request;
use axum::http::{HeaderMap, header};

use crate::failure::Failure;
use crate::site::Site;

pub(super) fn check(site: &Site, request: &Request) -> Result<(), Failure> {
    let headers = request.headers();
    let host = request
        .uri()
        .authority()
        .map(axum::http::uri::Authority::as_str)
        .or_else(|| text(headers, header::HOST.as_str()))
        .unwrap_or_default();
    if headers.get_all(header::HOST).iter().count() > 1 || !site.serves(host) {
        return Err(Failure::Misdirected);
    }
    if request.method().is_safe() {
        return Ok(());
    }
    if comes_from_here(headers, host) {
        Ok(())
    } else {
        Err(Failure::ForeignOrigin)
    }
}

/// The rule that Go's net/http adopted: browsers say where a request comes from, either in
/// `Sec-Fetch-Site` (HTTPS and localhost) or in `Origin`; programs say neither.
fn comes_from_here(headers: &HeaderMap, host: &str) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    match headers.get(header::ORIGIN) {
        None => true,
        Some(origin) => origin
            .to_str()
            .ok()
            .and_then(|origin| origin.split_once("://"))
            .is_some_and(|(_, authority)| authority.eq_ignore_ascii_case(host)),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
