//! Every page of the demo shop, in every size, light and dark, in both languages.
//!
//! A desk that has been in use for weeks is harder to lay out than an empty one. The pages are
//! those that the routes name, so a new page is walked without anybody thinking of it.

use crate::driver::{Browser, Driver};
use crate::pages::{WIDTHS, barriers, too_wide};
use jiff::Zoned;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// All routes, each with who may call it; a test of its own keeps the list whole.
const ROUTES: &str = include_str!("../../../candor-web/tests/web/routes.txt");

/// Routes that answer with something else than a page of the team.
const NO_PAGE: [&str; 37] = [
    // Elsewhere at once.
    "/",
    "/settings",
    "/settings/sign-in",
    "/setup",
    // Files, and what a program asks for.
    "/attachments/{file}",
    "/health/live",
    "/health/ready",
    "/live",
    "/messages/{message}/html",
    "/messages/{message}/raw",
    "/promises/file/{file}",
    "/settings/contracts/{contract}/statements/{month}/{file}",
    "/settings/mails/{mail}/raw",
    "/settings/quarantine/{mail}/raw",
    "/calendars/{secret}/shifts.ics",
    "/shifts/shifts.ics",
    "/staff/plan/{file}",
    // Parts of a page.
    "/rail",
    "/tickets/{ticket}/composer",
    "/tickets/{ticket}/draft/files",
    "/tickets/{ticket}/ear",
    "/tickets/{ticket}/head",
    "/tickets/{ticket}/thread",
    "/tickets/{ticket}/tone",
    "/tickets/{ticket}/urgency",
    // Of a mail that came in by SMTP; the walk with long words looks at it.
    "/messages/{message}/source",
    // For whoever is not logged in; the walk outside looks at them.
    "/forgotten",
    "/help",
    "/help/ask",
    "/help/r/{token}",
    "/help/r/{token}/files/{file}",
    "/help/r/{token}/rating",
    "/help/thanks",
    "/invitation/{secret}",
    "/login",
    "/reset/{secret}",
    "/settings/mails/{mail}",
];

/// Which row a page is walked with, where it is not the first.
const ROWS: [(&str, &str); 3] = [
    ("{ticket}", "40"),
    ("{domain}", "harbour-pine.example"),
    ("{voice}", "own-1"),
];

/// In which width and light axe reads a page.
const LOOKS: [(u32, bool); 4] = [(1480, false), (390, true), (1480, true), (390, false)];

/// Lets axe read each page in every width, light and dark.
const EVERY_LOOK: &str = "CANDOR_TEST_EVERY_LOOK";

/// A demo that ends with this value.
struct Demo {
    _child: Child,
    _folder: tempfile::TempDir,
    address: String,
}

impl Demo {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_candor"))
            .args([
                "demo",
                "--tickets",
                "150",
                "--port",
                "0",
                "--smtp-port",
                "0",
            ])
            .arg("--data")
            .arg(folder.path().join("demo"))
            .env_remove("CANDOR_CONFIG")
            .env("CANDOR_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = loop {
            let line = said.next_line().await.unwrap().expect("the demo starts");
            if let Some((_, address)) = line.split_once("is open at ") {
                break address.trim().to_owned();
            }
        };
        // What it says later must not fall over.
        tokio::spawn(async move { while let Ok(Some(_)) = said.next_line().await {} });
        Self {
            _child: child,
            _folder: folder,
            address,
        }
    }

    fn log_in(&self, browser: &Browser<'_>, language: &str) {
        browser.speaks(language).unwrap();
        browser.size(1480, 900).unwrap();
        browser.go(&format!("{}/login", self.address)).unwrap();
        browser
            .write("//input[@name='email']", "mara@harbour-pine.example")
            .unwrap();
        browser
            .write("//input[@name='password']", "harbour-and-pine")
            .unwrap();
        browser.click("//main//button").unwrap();
        browser.find("//*[@id='list-lines']").unwrap();
        browser.go(&format!("{}/account", self.address)).unwrap();
        let choice = format!("//select[@name='language']/option[@value='{language}']");
        browser.click(&choice).unwrap();
        browser.click("//form[@action='/account']//button").unwrap();
        let spoken = format!("//html[@lang='{language}']");
        browser.find(&spoken).unwrap();
    }
}

/// The patterns of all pages that answer to a browser.
fn patterns() -> Vec<&'static str> {
    let gets = ROUTES.lines().filter_map(|line| {
        let (_, route) = line.split_once(' ')?;
        route.strip_prefix("GET ")
    });
    gets.filter(|path| !path.starts_with("/api/") && !path.starts_with("/assets/"))
        .collect()
}

/// The month whose statements the demo shop has approved.
fn last_month() -> String {
    let last = Zoned::now().date().first_of_month().yesterday().unwrap();
    last.strftime("%Y-%m").to_string()
}

/// The pages that the tour visits.
fn pages() -> Vec<String> {
    let walked = patterns()
        .into_iter()
        .filter(|path| !NO_PAGE.contains(path));
    walked
        .map(|pattern| {
            let parts = pattern.split('/').map(|part| {
                let row = ROWS.iter().find(|(name, _)| *name == part);
                match row {
                    Some((_, row)) => (*row).to_owned(),
                    None if part == "{month}" => last_month(),
                    None if part.starts_with('{') => "1".to_owned(),
                    None => part.to_owned(),
                }
            });
            parts.collect::<Vec<_>>().join("/")
        })
        .collect()
}

/// How axe reads the page whose turn it is.
fn looks(turn: usize) -> Vec<(u32, bool)> {
    if std::env::var_os(EVERY_LOOK).is_none() {
        return vec![LOOKS[turn % LOOKS.len()]];
    }
    let both = WIDTHS.map(|width| [(width, false), (width, true)]);
    both.into_iter().flatten().collect()
}

/// Walks every second page, beginning with the given one: two browsers share a tour. Each page is
/// measured in every width; axe reads it once in each language, in turns wide and narrow, light and
/// dark; where [`EVERY_LOOK`] is set, in all of these.
async fn tour(language: &str, first: usize) {
    let demo = Demo::start().await;
    let driver = Driver::start().unwrap();
    let browser = driver.browser().unwrap();
    demo.log_in(&browser, language);
    let mut faults = Vec::new();
    let walk = pages().into_iter().enumerate().skip(first).step_by(2);
    for (index, page) in walk {
        browser.go(&format!("{}{page}", demo.address)).unwrap();
        let asked = "return performance.getEntriesByType('navigation')[0].responseStatus";
        let status = browser.run(asked).unwrap();
        if status != 200 {
            faults.push(format!("{page}: answered with {status}"));
        }
        for width in WIDTHS {
            browser.size(width, 900).unwrap();
            faults.extend(too_wide(&browser, &format!("{page} at {width}")));
        }
        let turn = index / 2 + usize::from(language == "de");
        for (width, dark) in looks(turn) {
            browser.size(width, 900).unwrap();
            browser.dark(dark).unwrap();
            let place = format!("{page} at {width}, dark: {dark}");
            faults.extend(barriers(&browser, &place));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn what_is_no_page_is_still_a_route() {
    let known = patterns();
    let gone: Vec<_> = NO_PAGE
        .iter()
        .filter(|path| !known.contains(path))
        .collect();
    assert!(gone.is_empty(), "no longer routes: {gone:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_of_the_demo_shop_fits_and_is_accessible_in_english() {
    tour("en", 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_other_half_of_the_demo_shop_fits_and_is_accessible_in_english() {
    tour("en", 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn half_of_the_demo_shop_fits_and_is_accessible_in_german() {
    tour("de", 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_other_half_of_the_demo_shop_fits_and_is_accessible_in_german() {
    tour("de", 1).await;
}
