//! One asset, compressed at most once for each encoding.
//!
//! Owns: the compressed copies. Must not know: addresses, caching.

use std::borrow::Cow;
use std::convert::Infallible;

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Request, header};
use axum::response::Response;
use tokio::sync::OnceCell;
use tower::{Layer, ServiceExt, service_fn};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

/// What an asset may weigh; only bounds the buffer below.
const ASSET_LIMIT_BYTES: usize = 4 * 1024 * 1024;

pub(super) struct Asset {
    plain: Bytes,
    brotli: OnceCell<Bytes>,
    gzip: OnceCell<Bytes>,
}

impl Asset {
    pub(super) fn new(data: Cow<'static, [u8]>) -> Self {
        Self {
            plain: match data {
                Cow::Borrowed(data) => Bytes::from_static(data),
                Cow::Owned(data) => Bytes::from(data),
            },
            brotli: OnceCell::new(),
            gzip: OnceCell::new(),
        }
    }

    /// The asset in the best encoding that the browser takes.
    pub(super) async fn response(&self, accepted: &str, compressible: bool) -> Response {
        let takes = |encoding: &str| accepted.split(',').any(|part| part.trim() == encoding);
        let (body, encoding) = if compressible && takes("br") {
            let copy = self.brotli.get_or_init(|| compress(&self.plain, "br"));
            (copy.await, Some("br"))
        } else if compressible && takes("gzip") {
            let copy = self.gzip.get_or_init(|| compress(&self.plain, "gzip"));
            (copy.await, Some("gzip"))
        } else {
            (&self.plain, None)
        };
        let mut response = Response::new(Body::from(body.clone()));
        if let Some(encoding) = encoding {
            let value = HeaderValue::from_static(encoding);
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, value);
        }
        response
    }
}

/// Lets the compression layer of `tower-http` work on a response of our own, at its best level.
async fn compress(plain: &Bytes, encoding: &'static str) -> Bytes {
    let copy = plain.clone();
    let inner = service_fn(move |_: Request<Body>| {
        let response = Response::new(Body::from(copy.clone()));
        async { Ok::<_, Infallible>(response) }
    });
    let service = CompressionLayer::new()
        .quality(CompressionLevel::Best)
        .compress_when(
            |_: axum::http::StatusCode,
             _: axum::http::Version,
             _: &axum::http::HeaderMap,
             _: &axum::http::Extensions| true,
        )
        .layer(inner);
    let request = Request::builder()
        .header(header::ACCEPT_ENCODING, encoding)
        .body(Body::empty())
        .expect("a request with one valid header can be built");
    let response = match service.oneshot(request).await {
        Ok(response) => response,
        Err(impossible) => match impossible {},
    };
    axum::body::to_bytes(Body::new(response.into_body()), ASSET_LIMIT_BYTES)
        .await
        .expect("the body is an asset in memory, smaller than the limit")
}
