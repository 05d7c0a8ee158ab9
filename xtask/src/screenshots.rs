//! `cargo xtask screenshots`: the pictures of the manual, taken of the demo shop.
//!
//! Owns: which page is shown how, the demo's process. Must not know: how a browser is steered
//! (`driver`, shared with the tests that walk the pages).

#[allow(dead_code, reason = "the walks of the tests use the rest of it")]
#[path = "../../crates/candor/tests/browser/driver.rs"]
mod driver;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};
use base64::Engine;

use crate::workspace;
use driver::{Browser, Driver};

/// Where the manual looks for its pictures.
const FOLDER: &str = "docs/manual/images";
/// The demo's password.
const PASSWORD: &str = "harbour-and-pine";
/// The demo's shop of this number is the one that everybody sees.
const SEED: &str = "7";
/// A usual screen, and a phone.
const SCREEN: (u32, u32) = (1480, 900);
const PHONE: (u32, u32) = (390, 844);

/// A demo that ends with this value.
struct Demo {
    child: Child,
    address: String,
    kept_mail: PathBuf,
}

/// Takes all pictures. `--binary PATH` names another binary than the one in `target`.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let binary = match arguments {
        [] => built()?,
        [flag, path] if flag == "--binary" => PathBuf::from(path),
        _ => bail!("only --binary PATH is understood"),
    };
    let folder = workspace::root().join(FOLDER);
    fs::create_dir_all(&folder)?;
    let demo = Demo::start(&binary)?;
    let driver = Driver::start()?;
    staff(&driver.browser()?, &demo, &folder)?;
    customers(&driver.browser()?, &demo, &folder)?;
    Ok(ExitCode::SUCCESS)
}

/// The release build where there is one, else the other.
fn built() -> Result<PathBuf> {
    let target = workspace::root().join("target");
    ["release", "debug"]
        .map(|kind| target.join(kind).join("candor"))
        .into_iter()
        .find(|path| path.is_file())
        .context("build the binary first: cargo build --release")
}

impl Demo {
    fn start(binary: &Path) -> Result<Self> {
        let mut child = Command::new(binary)
            .args(["demo", "--seed", SEED])
            .args(["--port", "0", "--smtp-port", "0"])
            .env("CANDOR_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} does not start", binary.display()))?;
        let output = child.stdout.take().context("the demo's output is ours")?;
        let mut lines = BufReader::new(output).lines();
        // The logins are printed once the shop is filled and its ports are taken.
        let mut told = |words: &str| {
            lines
                .by_ref()
                .map_while(Result::ok)
                .find_map(|line| Some(line.split(words).nth(1)?.to_owned()))
                .context("the demo ended early")
        };
        let address = told("is open at ")?;
        let kept_mail = PathBuf::from(told("is kept in ")?);
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self {
            child,
            address,
            kept_mail,
        })
    }

    /// The link that the kept mail carries.
    fn request_link(&self) -> Result<String> {
        let mails = fs::read_dir(self.kept_mail.join("new"))?;
        let mail = mails.last().context("a mail is kept")??;
        let text = fs::read_to_string(mail.path())?.replace("=\r\n", "");
        let token: String = text
            .split("/help/r/")
            .nth(1)
            .context("the mail carries a link")?
            .chars()
            .take_while(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(*letter))
            .collect();
        Ok(self.page(&format!("/help/r/{token}")))
    }

    fn page(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn staff(browser: &Browser<'_>, demo: &Demo, folder: &Path) -> Result<()> {
    let shoot = |name: &str| picture(browser, folder, name);
    browser.dark(false)?;
    browser.go(&demo.page("/login"))?;
    browser.write("//input[@name='email']", "mara@harbour-pine.example")?;
    browser.write("//input[@name='password']", PASSWORD)?;
    browser.click("//main//button")?;
    // A ticket in English, as the answer below is.
    browser.click("//a[@data-entry][contains(., ' my ') or contains(., 'the ')]")?;
    browser.find("//*[@id='thread']")?;
    shoot("inbox")?;
    browser.dark(true)?;
    shoot("inbox-dark")?;
    browser.dark(false)?;
    browser.write(
        "//*[@id='composer-body']",
        "Good morning,\n\nthank you for writing. I am looking into it **now** and write again today.",
    )?;
    shoot("composer")?;
    browser.press("\u{E009}\u{E007}")?;
    browser.find("//*[@data-leaves-at]/..//button")?;
    shoot("undo")?;
    // Without a mail server the mail lands in the folder, and its link leads to the request page.
    browser.find("//*[@id='thread'][contains(., 'Kept in the mail folder')]")?;
    browser.size(PHONE.0, PHONE.1)?;
    shoot("phone-ticket")?;
    browser.go(&demo.page("/inbox"))?;
    shoot("phone-inbox")?;
    browser.size(SCREEN.0, SCREEN.1)?;
    for (name, path) in [
        ("settings", "/settings"),
        ("outgoing", "/settings/outgoing"),
        ("history", "/settings/history"),
        ("new-ticket", "/tickets/new"),
        ("customers", "/customers"),
        ("account", "/account"),
        ("search", "/search?q=grinder"),
        ("next", "/next"),
        ("promises", "/promises"),
        ("studio", "/promises/studio"),
        ("priorities", "/promises/priorities"),
        ("skills", "/settings/skills"),
        ("levels", "/settings/levels/1"),
        ("hours", "/settings/hours/1"),
        ("staff", "/staff"),
        ("roster", "/staff/roster"),
        ("reports", "/reports"),
        ("voice", "/settings/voice/own-1"),
        ("fetching", "/settings/mailboxes/1/fetching"),
        ("mail-log", "/settings/mailboxes/1/log"),
    ] {
        browser.go(&demo.page(path))?;
        browser.find("//main//h1")?;
        shoot(name)?;
    }
    browser.go(&demo.page("/account"))?;
    browser.click("//select[@name='language']/option[@value='de']")?;
    browser.click("//form[@action='/account']//button")?;
    browser.find("//html[@lang='de']")?;
    browser.go(&demo.page("/inbox"))?;
    browser.click("(//a[@data-entry])[2]")?;
    browser.find("//*[@id='thread']")?;
    shoot("inbox-german")
}

fn customers(browser: &Browser<'_>, demo: &Demo, folder: &Path) -> Result<()> {
    let shoot = |name: &str| picture(browser, folder, name);
    browser.dark(false)?;
    browser.go(&demo.page("/help/ask"))?;
    browser.find("//main//h1")?;
    shoot("ask")?;
    browser.go(&demo.request_link()?)?;
    browser.find("//main//h1")?;
    shoot("request")?;
    browser.go(&demo.page("/help/promises"))?;
    browser.find("//main//h1")?;
    shoot("public-promises")?;
    browser.go(&demo.request_link()?)?;
    browser.size(PHONE.0, PHONE.1)?;
    shoot("phone-request")
}

fn picture(browser: &Browser<'_>, folder: &Path, name: &str) -> Result<()> {
    // Fonts and pictures first, and whatever slides is at its end.
    browser.run_until_done(
        "document.fonts.ready.then(() => requestAnimationFrame(() => setTimeout(done, 60)));",
    )?;
    let bytes = base64::engine::general_purpose::STANDARD.decode(browser.picture()?)?;
    fs::write(folder.join(format!("{name}.png")), bytes)?;
    println!("{FOLDER}/{name}.png");
    Ok(())
}
