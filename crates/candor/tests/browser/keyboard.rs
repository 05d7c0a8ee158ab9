//! The desk by keyboard alone, and without any script.

use crate::desk::{WORDS, deliver, field, holds, line, log_in, says, set_undo};
use crate::driver::Driver;
use crate::shop::Shop;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_is_worked_by_keyboard_alone() {
    let shop = Shop::open().await;
    let desk = shop.serve().await;
    deliver(&desk, "one", "The first question", "One?").await;
    deliver(&desk, "two", "The second question", "Two?").await;
    let driver = Driver::start().unwrap();
    let mara = driver.browser().unwrap();
    log_in(&mara, &desk).unwrap();
    mara.find(&line("The first question")).unwrap();
    mara.find(&line("The second question")).unwrap();

    for (keys, row) in [("j", 0), ("j", 1), ("k", 0)] {
        mara.press(keys).unwrap();
        let focused =
            "return [...document.querySelectorAll('[data-entry]')].indexOf(document.activeElement)";
        assert_eq!(mara.run(focused).unwrap(), row, "{keys}");
    }
    mara.press("o").unwrap();
    mara.find("//*[@id='thread']").unwrap();
    mara.press("r").unwrap();
    assert_eq!(active(&mara), "composer-body");
    mara.run("document.activeElement.blur()").unwrap();
    mara.press("a").unwrap();
    mara.find("//details[contains(@class, 'menu')][@open]//*[contains(@class, 'assign')]")
        .unwrap();
    mara.press("\u{E00C}").unwrap();
    mara.run("document.activeElement.blur()").unwrap();
    mara.press("#").unwrap();
    assert_eq!(active(&mara), "tags");
    mara.run("document.activeElement.blur()").unwrap();
    mara.press("?").unwrap();
    mara.find("//dialog[@id='dialog-keys'][@open]").unwrap();
    mara.press("\u{E00C}").unwrap();
    mara.find("//dialog[@id='dialog-keys'][not(@open)]")
        .unwrap();
    mara.press("/").unwrap();
    mara.find("//dialog[@data-palette][@open]").unwrap();
    mara.press("\u{E00C}").unwrap();
    mara.find("//dialog[@data-palette][not(@open)]").unwrap();
    mara.run("document.activeElement.blur()").unwrap();
    mara.press("n").unwrap();
    mara.find("//form[contains(@class, 'as-note')]").unwrap();
    mara.run("document.activeElement.blur()").unwrap();
    mara.press("e").unwrap();
    mara.find(&holds("ticket-head", "· solved ·")).unwrap();
    mara.press("c").unwrap();
    mara.find("//form[@action='/tickets']").unwrap();
    drop(mara);
    desk.kill().await;
}

fn active(browser: &crate::driver::Browser<'_>) -> String {
    let id = browser.run("return document.activeElement.id").unwrap();
    id.as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_but_the_live_parts_works_without_a_script() {
    let shop = Shop::open().await;
    let desk = shop.serve().await;
    deliver(&desk, "one", "No scripts here", "Does it work?").await;
    let driver = Driver::start().unwrap();
    let mara = driver.browser().unwrap();
    log_in(&mara, &desk).unwrap();
    set_undo(&mara, &desk, 60).unwrap();
    mara.go(&desk.page("/inbox")).unwrap();
    mara.find(&line("No scripts here")).unwrap();
    mara.without_scripts().unwrap();
    mara.reload().unwrap();
    mara.find("//*[@data-markdown and @hidden] | //a[@data-entry]")
        .unwrap();
    mara.click(&line("No scripts here")).unwrap();
    mara.find("//*[@id='composer']//*[@data-markdown][@hidden]")
        .unwrap();
    mara.write(WORDS, "It does.").unwrap();
    mara.click(&says("Send, then wait")).unwrap();
    mara.find(&holds("thread", "Leaves at")).unwrap();
    mara.click("//*[@id='thread']//button[contains(., 'Undo')]")
        .unwrap();
    mara.find("//textarea[@id='composer-body'][contains(., 'It does.')]")
        .unwrap();
    mara.click("//button[@popovertarget='dialog-discard']")
        .unwrap();
    mara.click("//dialog[@id='dialog-discard']//button[@name='discard']")
        .unwrap();
    mara.find("//textarea[@id='composer-body'][not(contains(., 'It does.'))]")
        .unwrap();
    mara.click("//button[@popovertarget='dialog-revoke-link']")
        .unwrap();
    mara.click("//dialog[@id='dialog-revoke-link']//form//button")
        .unwrap();
    mara.find("//*[contains(@class, 'told')][contains(., 'link')]")
        .unwrap();
    mara.click("//*[@id='ticket-head']//button[contains(., 'Solve')]")
        .unwrap();
    mara.find(&holds("ticket-head", "· solved ·")).unwrap();
    mara.go(&desk.page("/search?q=scripts")).unwrap();
    mara.find("//main//a[contains(., 'No scripts here')]")
        .unwrap();
    mara.go(&desk.page("/account")).unwrap();
    mara.find(&field("name")).unwrap();
    drop(mara);
    desk.kill().await;
}
