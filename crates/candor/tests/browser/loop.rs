//! The first loop in a real browser: a mail appears, the answer leaves, the customer writes back.

use crate::desk::{WORDS, holds, line, log_in, mail, says, set_undo};
use crate::driver::{CTRL_ENTER, Driver};
use crate::shop::Shop;
use crate::smtp::SmtpTalk;
use candor_post::testing::{Sink, SinkConfig};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_appears_the_answer_leaves_and_the_customers_answer_reopens() {
    let shop = Shop::open().await;
    let sink = Sink::start(SinkConfig::default()).await;
    let relay = format!("smtp://127.0.0.1:{}", sink.relay().port);
    let desk = shop.serve_with(&[("CANDOR_SMTP_RELAY", &relay)]).await;
    let driver = Driver::start().unwrap();
    let mara = driver.browser().unwrap();
    log_in(&mara, &desk).unwrap();
    set_undo(&mara, &desk, 1).unwrap();
    mara.go(&desk.page("/inbox")).unwrap();
    mara.find(&holds("list-lines", "")).unwrap();
    mara.run("window.loadedOnce = true").unwrap();

    let mut talk = SmtpTalk::open(desk.smtp_port).await.unwrap();
    let first = mail("first", "Two bags missing", "", "Where are they?");
    assert_eq!(talk.send("help@shop.example", &first).await, Some(250));
    mara.find(&line("Two bags missing")).unwrap();
    assert_eq!(
        mara.run("return window.loadedOnce").unwrap(),
        true,
        "no reload"
    );

    mara.click(&line("Two bags missing")).unwrap();
    mara.find(&holds("thread", "Where are they?")).unwrap();
    mara.write(WORDS, "They are **found**.").unwrap();
    mara.write(WORDS, CTRL_ENTER).unwrap();
    mara.find("//*[@id='thread']//*[@data-leaves-at]/..//button[contains(., 'Undo')]")
        .unwrap();
    let sent = sink.wait_for(1).await;
    mara.find(&holds("thread", "Sent")).unwrap();
    mara.find(&holds("ticket-head", "waiting for them"))
        .unwrap();
    let reply = candor_mail::parse(&sent[0].raw).message;
    assert_eq!(sent[0].envelope.recipients, ["amira@customer.example"]);
    let heard = |ids: &[candor_mail::MessageId]| ids.first().map(|id| id.as_str().to_owned());
    assert_eq!(
        heard(&reply.in_reply_to).as_deref(),
        Some("first@customer.example")
    );
    assert_eq!(
        heard(&reply.references).as_deref(),
        Some("first@customer.example")
    );

    mara.run("window.loadedOnce = true").unwrap();
    let ours = reply.message_id.unwrap();
    let threading = format!("In-Reply-To: <{}>\r\n", ours.as_str());
    let second = mail(
        "second",
        "Re: Two bags missing",
        &threading,
        "Thank you so much!",
    );
    assert_eq!(talk.send("help@shop.example", &second).await, Some(250));
    mara.find(&holds("thread", "Thank you so much!")).unwrap();
    mara.find(&holds("ticket-head", "· open ·")).unwrap();
    assert_eq!(
        mara.run("return window.loadedOnce").unwrap(),
        true,
        "no reload"
    );
    drop(mara);
    desk.kill().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reply_is_taken_back_and_a_newer_message_is_read_first() {
    let shop = Shop::open().await;
    let desk = shop.serve().await;
    let driver = Driver::start().unwrap();
    let mara = driver.browser().unwrap();
    log_in(&mara, &desk).unwrap();
    set_undo(&mara, &desk, 60).unwrap();
    let mut talk = SmtpTalk::open(desk.smtp_port).await.unwrap();
    let first = mail("first", "Grinder is loud", "", "It sounds like gravel.");
    assert_eq!(talk.send("help@shop.example", &first).await, Some(250));
    mara.go(&desk.page("/inbox")).unwrap();
    mara.click(&line("Grinder is loud")).unwrap();

    mara.write(WORDS, "Please send a recording.").unwrap();
    mara.write(WORDS, CTRL_ENTER).unwrap();
    mara.click("//*[@id='thread']//button[contains(., 'Undo')]")
        .unwrap();
    mara.find("//textarea[@id='composer-body'][contains(., 'Please send a recording.')]")
        .unwrap();

    mara.write(WORDS, " Today if you can.").unwrap();
    mara.find("//*[@data-draft-state][contains(., 'Draft kept')]")
        .unwrap();
    let threading = "In-Reply-To: <first@customer.example>\r\n";
    let second = mail(
        "second",
        "Re: Grinder is loud",
        threading,
        "It stopped by itself!",
    );
    assert_eq!(talk.send("help@shop.example", &second).await, Some(250));
    mara.find(&holds("thread", "It stopped by itself!"))
        .unwrap();
    mara.write(WORDS, CTRL_ENTER).unwrap();
    mara.find("//*[@role='alert'][contains(., 'A newer message arrived')]")
        .unwrap();
    mara.find("//textarea[@id='composer-body'][contains(., 'Today if you can.')]")
        .unwrap();
    mara.fill(WORDS, "Good to hear!").unwrap();
    mara.click(&says("Send, then wait")).unwrap();
    mara.find("//*[@id='thread'][contains(., 'Good to hear!')]//button[contains(., 'Undo')]")
        .unwrap();
    drop(mara);
    desk.kill().await;
}
