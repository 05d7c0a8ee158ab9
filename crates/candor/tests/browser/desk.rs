//! What people do at the desk, in the words of a walk.

use crate::driver::Browser;
use crate::shop::{PASSWORD, Served};
use crate::smtp::SmtpTalk;
use anyhow::Result;

/// XPath of a part of the page, by its id, once it holds the words.
pub(crate) fn holds(id: &str, words: &str) -> String {
    format!("//*[@id='{id}'][contains(normalize-space(.), \"{words}\")]")
}

/// XPath of a button or link that says the words, wherever it is not in a closed dialog.
pub(crate) fn says(words: &str) -> String {
    format!(
        "//*[self::a or self::button or self::summary][not(ancestor::dialog)]\
         [contains(normalize-space(.), \"{words}\") or contains(@aria-label, \"{words}\")]"
    )
}

/// XPath of a field, by its name.
pub(crate) fn field(name: &str) -> String {
    format!(
        "//*[(self::input[not(@type='hidden')] or self::textarea or self::select) and @name='{name}']"
    )
}

/// The composer's text.
pub(crate) const WORDS: &str = "//*[@id='composer-body']";

/// Logs Mara in and waits for the inbox.
pub(crate) fn log_in(browser: &Browser<'_>, desk: &Served) -> Result<()> {
    browser.go(&desk.page("/login"))?;
    browser.write(&field("email"), "mara@shop.example")?;
    browser.write(&field("password"), PASSWORD)?;
    browser.click("//main//button")?;
    browser.find(&holds("list-lines", "")).map(drop)
}

/// Sets in how many seconds Mara can take a reply back.
pub(crate) fn set_undo(browser: &Browser<'_>, desk: &Served, seconds: u32) -> Result<()> {
    browser.go(&desk.page("/account"))?;
    browser.fill(&field("undo_seconds"), &seconds.to_string())?;
    browser.click("//form[@action='/account']//button")?;
    let saved = format!("//input[@name='undo_seconds' and @value='{seconds}']");
    browser.find(&saved).map(drop)
}

/// Says that a row of the list holds the words.
pub(crate) fn line(words: &str) -> String {
    format!("//a[@data-entry][contains(normalize-space(.), \"{words}\")]")
}

/// Takes an invitation up in a browser and waits for the inbox.
pub(crate) fn join(browser: &Browser<'_>, desk: &Served, link: &str, name: &str) -> Result<()> {
    let path = link.trim().splitn(4, '/').nth(3).unwrap_or_default();
    browser.go(&desk.page(&format!("/{path}")))?;
    browser.fill(&field("name"), name)?;
    browser.write(&field("password"), PASSWORD)?;
    browser.click("//main//form//button")?;
    browser.find(&holds("list-lines", "")).map(drop)
}

/// A mail of Amira's to the shop, as bytes on the wire.
pub(crate) fn mail(id: &str, subject: &str, more: &str, text: &str) -> String {
    format!(
        "From: Amira Haddad <amira@customer.example>\r\nTo: help@shop.example\r\n\
         Subject: {subject}\r\nMessage-ID: <{id}@customer.example>\r\n{more}\r\n{text}\r\n"
    )
}

/// Hands such a mail to the desk.
pub(crate) async fn deliver(desk: &Served, id: &str, subject: &str, text: &str) {
    let mut talk = SmtpTalk::open(desk.smtp_port).await.unwrap();
    let mail = mail(id, subject, "", text);
    assert_eq!(talk.send("help@shop.example", &mail).await, Some(250));
}
