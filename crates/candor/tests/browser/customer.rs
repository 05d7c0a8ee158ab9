//! A customer asks in the browser, follows the link of our mail, answers and settles.

use crate::desk::{WORDS, field, holds, line, log_in, says, set_undo};
use crate::driver::{CTRL_ENTER, Driver};
use crate::shop::Shop;
use candor_post::testing::{Sink, SinkConfig};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_asks_follows_the_link_answers_and_settles() {
    let shop = Shop::open().await;
    let sink = Sink::start(SinkConfig::default()).await;
    let relay = format!("smtp://127.0.0.1:{}", sink.relay().port);
    let desk = shop.serve_with(&[("CANDOR_SMTP_RELAY", &relay)]).await;
    let driver = Driver::start().unwrap();
    let (mara, tomas) = (driver.browser().unwrap(), driver.browser().unwrap());
    log_in(&mara, &desk).unwrap();
    set_undo(&mara, &desk, 0).unwrap();
    mara.go(&desk.page("/inbox")).unwrap();

    tomas.go(&desk.page("/help")).unwrap();
    tomas.click("//main//a[contains(., 'Ask us')]").unwrap();
    tomas.write(&field("name"), "Tomas Novak").unwrap();
    tomas
        .write(&field("email"), "tomas@customer.example")
        .unwrap();
    tomas
        .write(&field("subject"), "Do you roast decaf?")
        .unwrap();
    tomas.write(&field("body"), "My doctor insists.").unwrap();
    tomas.click("//main//form//button").unwrap();
    tomas.find("//h1[contains(., 'Thank you')]").unwrap();

    mara.click(&line("Do you roast decaf?")).unwrap();
    mara.write(WORDS, "We do, on Thursdays.").unwrap();
    mara.write(WORDS, CTRL_ENTER).unwrap();
    let sent = sink.wait_for(1).await;
    let text = candor_mail::parse(&sent[0].raw).message.text;
    let link = text
        .split_whitespace()
        .find(|word| word.contains("/help/r/"));

    tomas.go(link.expect("the mail carries the link")).unwrap();
    tomas
        .find("//main[contains(., 'We do, on Thursdays.')][contains(., 'Your turn')]")
        .unwrap();
    tomas.write("//main//textarea", "Then I come by!").unwrap();
    tomas.click("//main//form[.//textarea]//button").unwrap();
    tomas
        .find("//main[contains(., 'Then I come by!')]")
        .unwrap();
    mara.find(&holds("thread", "Then I come by!")).unwrap();
    mara.find(&holds("ticket-head", "· open ·")).unwrap();
    tomas.click(&says("My matter is settled")).unwrap();
    tomas.find("//main[contains(., 'Settled')]").unwrap();
    mara.find(&holds("ticket-head", "· solved ·")).unwrap();
    drop((mara, tomas));
    desk.kill().await;
}
