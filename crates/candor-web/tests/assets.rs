//! Assets: what is vendored is what was published, what is served is small and kept for ever.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::get;
use candor_web::asset::{MODULES, PATH, STYLE_SHEETS, show, style_sheet, url};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

async fn fetch(address: &str, encoding: &str) -> (StatusCode, HeaderMap, Bytes) {
    let router: Router = Router::new().route(PATH, get(show));
    let request = Request::get(address)
        .header("accept-encoding", encoding)
        .body(Body::empty())
        .expect("a valid request");
    let response = match router.oneshot(request).await {
        Ok(response) => response,
        Err(impossible) => match impossible {},
    };
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 1 << 20).await.expect("a body in memory");
    (parts.status, parts.headers, body)
}

fn folder(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[tokio::test]
async fn the_first_load_stays_below_60_kilobytes() {
    let mut sizes = BTreeMap::new();
    let scripts = ["candor.css", "vendor/htmx.min.js", "js/main.js", "icon.svg"];
    for path in scripts.iter().chain(&MODULES) {
        let (status, headers, body) = fetch(&url(path), "gzip, br").await;
        assert_eq!(status, StatusCode::OK, "{path}");
        assert_eq!(headers["content-encoding"], "br", "{path}");
        sizes.insert(*path, body.len());
    }
    let sum: usize = sizes.values().sum();
    // The rest of the 60 KB is for the page itself.
    assert!(sum <= 40 * 1024, "{sum} bytes: {sizes:#?}");
}

#[tokio::test]
async fn an_asset_is_kept_for_ever_under_its_own_hash_only() {
    let (_, headers, body) = fetch(&url("js/main.js"), "").await;
    assert_eq!(headers["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(
        headers["cache-control"],
        "public, max-age=31536000, immutable"
    );
    assert_eq!(headers["vary"], "accept-encoding");
    let (_, headers, old) = fetch("/assets/0123456789abcdef/js/main.js", "").await;
    assert_eq!(headers["cache-control"], "no-cache");
    assert_eq!(body, old);
}

#[tokio::test]
async fn what_is_no_asset_is_not_found() {
    for path in [
        "nothing.js",
        "../Cargo.toml",
        "css/tokens.css",
        "js/%2e%2e/icon.svg",
    ] {
        let (status, _, _) = fetch(&url(path), "").await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[test]
fn every_style_sheet_and_module_is_listed() {
    let names = |path: &str| -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder("assets").join(path))
            .expect("the folder is there")
            .map(|entry| entry.expect("an entry").file_name())
            .map(|name| format!("{path}/{}", name.to_string_lossy()))
            .collect();
        names.sort();
        names
    };
    let mut sheets = STYLE_SHEETS.to_vec();
    sheets.sort_unstable();
    assert_eq!(names("css"), sheets);
    let mut modules: Vec<&str> = MODULES.to_vec();
    modules.extend(["js/main.js", "js/portal.js"]);
    modules.sort_unstable();
    assert_eq!(names("js"), modules);
}

#[test]
fn the_style_sheets_keep_their_rules() {
    let css = style_sheet();
    assert!(!css.contains("!important"));
    for line in css.lines() {
        let selector = line.trim_start();
        assert!(!selector.starts_with('#'), "an id as a selector: {line}");
    }
}

#[test]
fn vendored_files_are_as_published() {
    for vendor in ["assets/vendor", "tests/vendor"] {
        let manifest = fs::read_to_string(folder(vendor).join("manifest.toml"))
            .expect("the manifest is there");
        let listed = listed_files(&manifest);
        for entry in fs::read_dir(folder(vendor)).expect("the folder is there") {
            let name = entry.expect("an entry").file_name();
            let name = name.to_string_lossy().into_owned();
            if name.ends_with("LICENSE.txt") || name == "manifest.toml" {
                continue;
            }
            let bytes = fs::read(folder(vendor).join(&name)).expect("the file is there");
            let checksum = hex::encode(Sha256::digest(&bytes));
            assert_eq!(listed.get(&name), Some(&checksum), "{vendor}/{name}");
        }
    }
}

/// Path and checksum of each file in a manifest.
fn listed_files(manifest: &str) -> BTreeMap<String, String> {
    manifest
        .split("[[file]]")
        .skip(1)
        .map(|entry| {
            let value = |key: &str| {
                let line = entry
                    .lines()
                    .find_map(|line| line.strip_prefix(key)?.trim().strip_prefix('='));
                let value = line.unwrap_or_default().trim().trim_matches('"');
                assert!(!value.is_empty(), "{key} is missing in {entry}");
                value.to_owned()
            };
            for key in ["name", "version", "licence", "source"] {
                value(key);
            }
            (value("path"), value("sha256"))
        })
        .collect()
}
