//! What the first page costs whoever opens it with nothing kept yet.

use axum::body::Body;
use axum::http::Method;
use candor_testkit::{Browser, TestDesk};
use std::collections::BTreeSet;

/// The project holds itself to so much for the first page with everything it needs, without the font.
const MOST_BYTES: usize = 60 * 1024;

async fn compressed(browser: &mut Browser, path: &str) -> usize {
    let headers = [("accept-encoding", "br")];
    let answer = browser
        .send(Method::GET, path, &headers, Body::empty())
        .await;
    assert_eq!(answer.status, 200, "{path}");
    answer.body.len()
}

/// What a page names with a kind of address, such as `href="/assets/`.
fn named(page: &str, before: &str) -> BTreeSet<String> {
    let pieces = page.split(before).skip(1);
    let path = |piece: &str| format!("/assets/{}", piece.split('"').next().unwrap());
    pieces.map(path).collect()
}

#[tokio::test]
async fn the_first_load_of_a_busy_inbox_is_small() {
    let kit = TestDesk::new().await;
    for n in 0..60 {
        let from = format!("Customer {n} <c{n}@cafe.example>");
        let subject = format!("The grinder of shop {n} makes a strange noise since Monday");
        kit.mail(&from, &subject, "Can you have a look?").await;
    }
    let mut browser = kit.browser("mara").await;
    for page in ["/inbox", "/tickets/7"] {
        let shown = browser.get(page).await.text();
        let mut files = named(&shown, "href=\"/assets/");
        files.extend(named(&shown, "src=\"/assets/"));
        files.retain(|file| !file.contains(".woff2"));
        assert!(files.len() > 10, "styles, htmx and the modules: {files:?}");

        let mut bytes = compressed(&mut browser, page).await;
        for file in &files {
            bytes += compressed(&mut browser, file).await;
        }

        assert!(bytes <= MOST_BYTES, "{page}: {bytes} bytes, {files:?}");
        assert!(
            bytes > MOST_BYTES / 4,
            "{page}: {bytes} bytes cannot be all"
        );
    }
}
