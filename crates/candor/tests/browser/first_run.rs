//! The first run: the owner opens the page that the server prints, and has a desk.

use crate::desk::{field, holds};
use crate::driver::Driver;
use crate::pages::look;
use crate::shop::{PASSWORD, Shop};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_desk_is_set_up_in_the_browser_and_opens_its_inbox() {
    let shop = Shop::unmade().await;
    let desk = shop.serve().await;
    let link = desk.heard.iter().find_map(|line| {
        let at = line.find("/setup?code=")?;
        Some(line[at..].trim().to_owned())
    });
    let link = link.expect("the server prints the page");
    let driver = Driver::start().unwrap();
    let mara = driver.browser().unwrap();
    let mut faults = look(&mara, &desk.page(""), &[&link]);
    mara.speaks("de").unwrap();
    faults.extend(look(&mara, &desk.page(""), &[&link]));
    mara.find("//html[@lang='de']").unwrap();
    mara.speaks("en").unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));

    mara.size(1480, 900).unwrap();
    mara.go(&desk.page(&link)).unwrap();
    mara.write(&field("name"), "Mara Lind").unwrap();
    mara.write(&field("email"), "mara@shop.example").unwrap();
    mara.write(&field("password"), PASSWORD).unwrap();
    mara.write(&field("brand"), "Harbour & Pine").unwrap();
    mara.write(&field("mailbox"), "help@shop.example").unwrap();
    mara.click("//main//form//button").unwrap();
    mara.find(&holds("list-lines", "")).unwrap();
    mara.find("//*[contains(., 'Harbour & Pine')]").unwrap();

    let other = driver.browser().unwrap();
    other.go(&desk.page(&link)).unwrap();
    other
        .find("//h1[not(contains(., 'Set'))] | //main[not(.//form)]")
        .unwrap();
    let again = other.run("return document.querySelector('[name=brand]') === null");
    assert_eq!(again.unwrap(), true, "the code works once");
    drop((mara, other));
    desk.kill().await;
}
