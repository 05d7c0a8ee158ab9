//! Style sheets, scripts, font and icon, embedded in the binary.
//!
//! Owns: their addresses, types, caching and compression. Must not know: who asks for them.
//!
//! Every address holds a hash over all files, so that answers may be kept for ever and modules can
//! import each other by relative paths. The style sheets are served as one, in the order of
//! [`STYLE_SHEETS`].

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use crate::error::PageError;
use crate::failure::Failure;

mod compressed;

#[derive(RustEmbed)]
#[folder = "assets"]
struct Files;

/// The style sheets that make up `candor.css`, in cascade order.
pub const STYLE_SHEETS: [&str; 15] = [
    "css/reset.css",
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/components.css",
    "css/thread.css",
    "css/mail.css",
    "css/tone.css",
    "css/forms.css",
    "css/pages.css",
    "css/level.css",
    "css/staff.css",
    "css/sending.css",
    "css/portal.css",
    "css/utilities.css",
];

/// The modules that `js/main.js` imports, for preloading.
pub const MODULES: [&str; 11] = [
    "js/keyboard.js",
    "js/palette.js",
    "js/live.js",
    "js/presence.js",
    "js/composer.js",
    "js/countdown.js",
    "js/menu.js",
    "js/toast.js",
    "js/markdown.js",
    "js/newest.js",
    "js/hints.js",
];

/// The route that serves the assets.
pub const PATH: &str = "/assets/{hash}/{*path}";

/// The address of an asset, such as `js/main.js` or `candor.css`.
pub fn url(path: &str) -> String {
    format!("/assets/{}/{path}", shelf().hash)
}

/// All assets with a hash over them, read once.
struct Shelf {
    hash: String,
    files: BTreeMap<String, compressed::Asset>,
}

fn shelf() -> &'static Shelf {
    static SHELF: OnceLock<Shelf> = OnceLock::new();
    SHELF.get_or_init(|| {
        let mut files: BTreeMap<String, Cow<'static, [u8]>> = Files::iter()
            .filter(|path| !path.starts_with("css/"))
            .filter_map(|path| Some((path.to_string(), Files::get(&path)?.data)))
            .collect();
        files.insert("candor.css".to_owned(), style_sheet().into_bytes().into());
        let mut hasher = Sha256::new();
        for (path, data) in &files {
            hasher.update(path.as_bytes());
            hasher.update(Sha256::digest(data));
        }
        Shelf {
            hash: hex::encode(&hasher.finalize()[..8]),
            files: files
                .into_iter()
                .map(|(path, data)| (path, compressed::Asset::new(data)))
                .collect(),
        }
    })
}

/// All style sheets as one.
pub fn style_sheet() -> String {
    STYLE_SHEETS
        .iter()
        .filter_map(|path| Files::get(path))
        .map(|file| String::from_utf8_lossy(&file.data).into_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// `GET /assets/{hash}/{path}`
pub async fn show(
    Path((hash, path)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, PageError> {
    let shelf = shelf();
    let asset = shelf.files.get(&path).ok_or(Failure::NotFound)?;
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let mut response = asset.response(accepted, is_text(&path)).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type(&path));
    // An address of an earlier or later version still answers, but is not kept.
    let keep = if hash == shelf.hash {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    Ok(response.into_response())
}

fn is_text(path: &str) -> bool {
    !matches!(extension(path), "woff2" | "png")
}

fn extension(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or_default()
}

fn content_type(path: &str) -> HeaderValue {
    HeaderValue::from_static(match extension(path) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        _ => "text/plain; charset=utf-8",
    })
}
