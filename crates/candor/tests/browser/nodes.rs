//! Two people at one ticket: on PostgreSQL each at a node of their own, on SQLite at one.

use crate::desk::{WORDS, deliver, holds, join, line, log_in};
use crate::driver::Driver;
use crate::shop::Shop;
use candor_store::DatabaseUrl;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn presence_and_changes_cross_from_one_browser_to_the_other() {
    let shop = Shop::open().await;
    let first = shop.serve().await;
    let second = match shop.database {
        DatabaseUrl::Postgres(_) => Some(shop.serve().await),
        DatabaseUrl::Sqlite(_) => None,
    };
    let other = second.as_ref().unwrap_or(&first);
    let add = ["user", "add", "ayla@shop.example", "--name", "Ayla Demir"];
    let (_, link, _) = shop.run(&add).await;
    let driver = Driver::start().unwrap();
    let (mara, ayla) = (driver.browser().unwrap(), driver.browser().unwrap());
    log_in(&mara, &first).unwrap();
    join(&ayla, other, &link, "Ayla Demir").unwrap();
    deliver(other, "first", "Cup is chipped", "At the rim.").await;
    mara.click(&line("Cup is chipped")).unwrap();
    mara.find(&holds("thread", "At the rim.")).unwrap();

    ayla.click(&line("Cup is chipped")).unwrap();
    mara.find(&holds("ticket-head", "Ayla is reading")).unwrap();
    ayla.write(WORDS, "Oh no!").unwrap();
    mara.find(&holds("ticket-head", "Ayla is writing")).unwrap();

    mara.click("//button[@name='urgency' and @value='urgent']")
        .unwrap();
    ayla.find(&holds("thread", "set the urgency")).unwrap();
    let kept = "//textarea[@id='composer-body']";
    ayla.find(kept).unwrap();
    let words = ayla.run("return document.getElementById('composer-body').value");
    assert_eq!(words.unwrap(), "Oh no!", "what is typed stays");
    drop((mara, ayla));
    first.kill().await;
}
