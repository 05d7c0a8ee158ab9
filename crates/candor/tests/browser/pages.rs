//! Every page in every size, light and dark, in both languages: nothing overflows, and axe finds
//! nothing.

use crate::desk::{deliver, line, log_in};
use crate::driver::{Browser, Driver};
use crate::shop::{Served, Shop};

const AXE: &str = include_str!("../../../candor-web/tests/vendor/axe.min.js");
const WIDTHS: [u32; 3] = [1480, 1024, 390];
const STAFF: [&str; 23] = [
    "/inbox",
    "/inbox?list=spam",
    "/tickets/1",
    "/tickets/1?write=note",
    "/tickets/new",
    "/search?q=grinder",
    "/customers",
    "/customers/1",
    "/account",
    "/account/tokens",
    "/settings/people",
    "/settings/people/1",
    "/settings/roles",
    "/settings/teams",
    "/settings/mailboxes",
    "/settings/brand",
    "/settings/outgoing",
    "/settings/mails",
    "/settings/quarantine",
    "/settings/jobs",
    "/settings/tiers",
    "/settings/organizations",
    "/settings/history",
];
const ANYBODY: [&str; 6] = [
    "/login",
    "/forgotten",
    "/help",
    "/help/ask",
    "/help/thanks",
    "/help/r/none",
];

/// What is wrong with the page at the moment, in words.
fn faults(browser: &Browser<'_>, place: &str) -> Vec<String> {
    let overflow = browser
        .run("return document.documentElement.scrollWidth - window.innerWidth")
        .unwrap();
    let mut faults = Vec::new();
    if overflow.as_i64() > Some(0) {
        faults.push(format!("{place}: {overflow} px too wide"));
    }
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
    faults.extend(found.map(|one| format!("{place}: {one}")));
    faults
}

/// Looks at the pages in one language: each wide in light, and in dark on a phone or a tablet.
fn look(browser: &Browser<'_>, desk: &Served, pages: &[&str]) -> Vec<String> {
    let mut all = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        browser.go(&desk.page(page)).unwrap();
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
        let wide = browser.run("return document.documentElement.scrollWidth <= window.innerWidth");
        if wide.unwrap() != true {
            all.push(format!("{page}: too wide"));
        }
    }
    all
}

async fn walk(language: &str) {
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
    let driver = Driver::start().unwrap();
    let browser = driver.browser().unwrap();
    browser
        .go(&desk.page(&format!("/help?lang={language}")))
        .unwrap();
    let mut faults = look(&browser, &desk, &ANYBODY);
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
    faults.extend(look(&browser, &desk, &STAFF));
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    drop(browser);
    desk.kill().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_fits_and_is_accessible_in_english() {
    walk("en").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_fits_and_is_accessible_in_german() {
    walk("de").await;
}
