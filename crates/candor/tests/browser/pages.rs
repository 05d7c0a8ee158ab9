//! Pages with words that are hard to lay out, in every size, light and dark, in both languages:
//! nothing overflows, and axe finds nothing.

use crate::desk::{deliver, line, log_in};
use crate::driver::{Browser, Driver};
use crate::shop::{Served, Shop};
use candor_desk::link::customer_page;
use candor_domain::id::TicketId;
use std::io::{Read, Write};

const AXE: &str = include_str!("../../../candor-web/tests/vendor/axe.min.js");
pub(crate) const WIDTHS: [u32; 3] = [1480, 1024, 390];
/// Pages that show a customer's own words, and those of an empty desk. All others are walked in the
/// demo shop.
const WORK: [&str; 17] = [
    "/inbox",
    "/inbox?list=spam",
    "/next",
    "/tickets/1",
    "/tickets/1?write=note",
    "/tickets/1/mail",
    "/messages/1/source",
    "/search?q=grinder",
    "/customers/1",
    "/promises",
    "/promises/studio",
    "/reports",
    "/settings/mailboxes/1/log",
    "/settings/quarantine",
    "/settings/jobs",
    "/staff",
    "/shifts",
];
const ANYBODY: [&str; 7] = [
    "/login",
    "/forgotten",
    "/help",
    "/help/ask",
    "/help/thanks",
    "/help/r/none",
    "/help/promises",
];

/// What is wrong with the page at the moment, in words.
pub(crate) fn faults(browser: &Browser<'_>, place: &str) -> Vec<String> {
    let mut faults = too_wide(browser, place);
    faults.extend(barriers(browser, place));
    faults
}

/// Whether something stands out of the window.
pub(crate) fn too_wide(browser: &Browser<'_>, place: &str) -> Vec<String> {
    let overflow = browser
        .run("return document.documentElement.scrollWidth - window.innerWidth")
        .unwrap();
    let wide = overflow.as_i64() > Some(0);
    wide.then(|| format!("{place}: {overflow} px too wide"))
        .into_iter()
        .collect()
}

/// What axe finds.
pub(crate) fn barriers(browser: &Browser<'_>, place: &str) -> Vec<String> {
    browser
        .run(&format!("if (!window.axe) {{ {AXE} }}"))
        .unwrap();
    let found = browser
        .run_until_done(
            "axe.run(document, { resultTypes: ['violations'] }).then((result) => done(
                result.violations.map((one) => `${one.id}: ${one.nodes[0].html} ${one.nodes[0].failureSummary}`)))",
        )
        .unwrap();
    let found = found.as_array().unwrap().iter();
    found.map(|one| format!("{place}: {one}")).collect()
}

/// Looks at the pages in one language: each wide in light, and in dark on a phone or a tablet.
pub(crate) fn look<P: AsRef<str>>(
    browser: &Browser<'_>,
    address: &str,
    pages: &[P],
) -> Vec<String> {
    let mut all = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let page = page.as_ref();
        browser.go(&format!("{address}{page}")).unwrap();
        browser.find("//main").unwrap();
        let narrow = WIDTHS[1 + index % 2];
        for (width, dark) in [(WIDTHS[0], index % 2 == 1), (narrow, index % 2 == 0)] {
            browser.size(width, 900).unwrap();
            browser.dark(dark).unwrap();
            all.extend(faults(browser, &format!("{page} at {width}, dark: {dark}")));
        }
        browser
            .size(if narrow == 390 { 1024 } else { 390 }, 900)
            .unwrap();
        all.extend(too_wide(browser, page));
    }
    all
}

/// A desk with one ticket whose words are hard to lay out.
async fn desk_with_long_words() -> (Shop, Served) {
    let shop = Shop::open().await;
    let desk = shop.serve().await;
    let long = "Grinder makes a noise like Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenfabrikantenverband";
    deliver(
        &desk,
        "one",
        long,
        &format!("{long}\r\n\r\nhttps://example.org/{}", "a".repeat(300)),
    )
    .await;
    (shop, desk)
}

/// The pages for whoever is not logged in.
async fn walk_outside(language: &str) {
    let (shop, desk) = desk_with_long_words().await;
    let driver = Driver::start().unwrap();
    let browser = driver.browser().unwrap();
    browser.speaks(language).unwrap();
    browser
        .go(&desk.page(&format!("/help?lang={language}")))
        .unwrap();
    let mut faults = look(&browser, &desk.page(""), &ANYBODY);
    faults.extend(look(
        &browser,
        &desk.page(""),
        &links_of_the_team(&shop).await,
    ));
    browser.size(1480, 900).unwrap();
    // The request has a page once its mail is understood, and that shows in the inbox.
    log_in(&browser, &desk).unwrap();
    browser.find(&line("Grinder")).unwrap();
    let request = request(&shop).await;
    let rating = format!("{request}/rating");
    faults.extend(look(&browser, &desk.page(""), &[request, rating]));
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    drop(browser);
    desk.kill().await;
}

/// Pages of daily work.
async fn walk_inside(language: &str) {
    let (_shop, desk) = desk_with_long_words().await;
    let driver = Driver::start().unwrap();
    let browser = driver.browser().unwrap();
    browser.speaks(language).unwrap();
    browser.size(1480, 900).unwrap();
    log_in(&browser, &desk).unwrap();
    browser.find(&line("Grinder")).unwrap();
    browser.go(&desk.page("/account")).unwrap();
    browser
        .click(&format!(
            "//select[@name='language']/option[@value='{language}']"
        ))
        .unwrap();
    browser.click("//form[@action='/account']//button").unwrap();
    browser
        .find(&format!("//html[@lang='{language}']"))
        .unwrap();
    let faults = look(&browser, &desk.page(""), &WORK);
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    drop(browser);
    desk.kill().await;
}

/// Pages behind links that people of the team get: an invitation and a new password.
async fn links_of_the_team(shop: &Shop) -> Vec<String> {
    let add = ["user", "add", "ayla@shop.example", "--role", "agent"];
    let (code, invitation, why) = shop.run(&add).await;
    assert_eq!(code, 0, "{why}");
    let (code, reset, why) = shop.run(&["user", "reset-link", "mara@shop.example"]).await;
    assert_eq!(code, 0, "{why}");
    let pages = [(invitation, "/invitation/"), (reset, "/reset/")].map(|(said, path)| {
        let at = said.find(path).expect("the link is printed");
        let link: String = said[at..].split_whitespace().take(1).collect();
        link
    });
    pages.into()
}

/// The first ticket as its customer sees it.
async fn request(shop: &Shop) -> String {
    let desk = shop.desk().await;
    let ticket = desk.store().read(|tx| tx.ticket(TicketId(1))).await;
    let ticket = ticket.unwrap().expect("the mail became a ticket");
    customer_page(
        desk.cx(&candor_domain::actor::Actor::System).keys(),
        "",
        &ticket,
    )
}

/// A page with known faults, served by the test itself, for one visit after the other.
fn serve_faults() -> u16 {
    let page = "<!doctype html><title>Faults</title><main><h1>Faults</h1>\
        <p style='color:#999;background:#fff'>Grey on white</p><img src='x.png'><input>\
        <div style='inline-size:3000px'>wide</div></main>";
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut asked = [0; 4096];
            if stream.read(&mut asked).is_ok() {
                let answer = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\
                     Connection: close\r\n\r\n{page}",
                    page.len()
                );
                // A browser that hung up has seen enough.
                drop(stream.write_all(answer.as_bytes()));
            }
        }
    });
    port
}

#[test]
fn the_look_at_pages_finds_what_is_wrong_with_one() {
    let port = serve_faults();
    let driver = Driver::start().unwrap();
    let browser = driver.browser().unwrap();
    browser.go(&format!("http://127.0.0.1:{port}/")).unwrap();
    browser.find("//main").unwrap();
    let found = faults(&browser, "the page").join("\n");
    for fault in [
        "image-alt",
        "label",
        "html-has-lang",
        "color-contrast",
        "px too wide",
    ] {
        assert!(found.contains(fault), "{fault}: {found}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_public_page_fits_and_is_accessible_in_english() {
    walk_outside("en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_daily_work_fits_and_is_accessible_in_english() {
    walk_inside("en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_public_page_fits_and_is_accessible_in_german() {
    walk_outside("de").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_daily_work_fits_and_is_accessible_in_german() {
    walk_inside("de").await;
}
