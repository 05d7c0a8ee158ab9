//! The headers that every answer carries, whatever it is.
//!
//! Owns: the header set, its exceptions for mail frames, caching by default. Must not know: which
//! page answers.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;

use crate::site::Site;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' blob:; font-src 'self'; connect-src 'self'; form-action 'self'; \
    frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; \
    manifest-src 'self'";

const MAIL_POLICY: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; \
    default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; \
    frame-ancestors 'self'; base-uri 'none'";

const MAIL_POLICY_WITH_IMAGES: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; \
    default-src 'none'; img-src data: https:; style-src 'unsafe-inline'; form-action 'none'; \
    frame-ancestors 'self'; base-uri 'none'";

const SCRIPTLESS_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
    form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

/// Marks a response (as an extension) that needs no script and no form at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scriptless;

/// Marks a response (as an extension) that holds the sanitised HTML of a mail. It is shown in a
/// sandboxed frame of ours and nowhere else, so the frame rule opens and everything else closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailFrame {
    /// Whether the reader asked for remote images.
    pub remote_images: bool,
}

const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Not "no-referrer": it makes browsers send "Origin: null" with our own forms, and over plain
    // HTTP in a LAN the origin is the only sign that a form is ours.
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
    (
        HeaderName::from_static("x-permitted-cross-domain-policies"),
        "none",
    ),
];

/// How a request reached us (as an extension), where the desk itself knows: it is absent behind a
/// proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// In the clear.
    Plain,
    /// Under TLS, with a certificate that nobody else vouches for.
    SelfMade,
    /// Under TLS.
    Secure,
}

/// Completes the header set.
pub(super) fn complete(response: &mut Response, site: &Site, transport: Option<Transport>) {
    let frame = response.extensions().get::<MailFrame>().copied();
    let scriptless = response.extensions().get::<Scriptless>().is_some();
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let (policy, framing, embedder) = match frame {
        None if scriptless => (SCRIPTLESS_POLICY, "DENY", "require-corp"),
        None => (POLICY, "DENY", "require-corp"),
        Some(MailFrame {
            remote_images: false,
        }) => (MAIL_POLICY, "SAMEORIGIN", "require-corp"),
        // Images of other sites carry no permission to be embedded; "credentialless" fetches them
        // without cookies instead.
        Some(MailFrame {
            remote_images: true,
        }) => (MAIL_POLICY_WITH_IMAGES, "SAMEORIGIN", "credentialless"),
    };
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(policy),
    );
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static(framing));
    headers.insert(
        HeaderName::from_static("cross-origin-embedder-policy"),
        HeaderValue::from_static(embedder),
    );
    // Whoever is told to insist on HTTPS must be able to come back by it.
    if site.is_secure() && matches!(transport, None | Some(Transport::Secure)) {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
    // Only assets say otherwise: what a logged-in person saw does not stay on a shared disk.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers.remove(header::SERVER);
}
