//! A disk that fills up under the running desk.

use crate::http::http;
use crate::shop::Shop;
use crate::smtp::SmtpTalk;

/// The largest file that the disk takes; a new desk is a good deal smaller.
const KILOBYTES: usize = 3_000;
/// Far more mails than fit.
const MOST_MAILS: usize = 2_000;

/// A mail of some hundred kilobytes, each with other words.
fn mail(number: usize) -> String {
    let line = format!("Order {number} has not arrived, nor has its sister {number}.\r\n");
    format!(
        "From: c@customer.example\r\nTo: help@shop.example\r\nSubject: Order {number}\r\n\
         Message-ID: <{number}.disk@customer.example>\r\n\r\n{}",
        line.repeat(3_000)
    )
}

#[tokio::test]
async fn a_full_disk_makes_senders_wait_and_loses_nothing_that_was_taken() {
    let shop = Shop::open_in_one_folder().await;
    let mut desk = shop.serve_on_a_small_disk(KILOBYTES).await;
    let mut talk = SmtpTalk::open(desk.smtp_port).await.unwrap();
    let mut taken = 0;
    let refusal = loop {
        assert!(taken < MOST_MAILS, "the disk never filled up");
        match talk.send("help@shop.example", &mail(taken)).await {
            Some(250) => taken += 1,
            other => break other,
        }
    };
    let refusal = refusal.unwrap();
    assert!(
        (400..500).contains(&refusal),
        "a sender is asked to come back later, not told {refusal}"
    );
    assert!(desk.is_running(), "the desk fell over");
    let (status, _) = http(desk.http_port, "GET", "/login", "", "").await;
    assert_eq!(status, 200);
    desk.kill().await;

    let roomy = shop.serve().await;
    let mut talk = SmtpTalk::open(roomy.smtp_port).await.unwrap();
    let again = talk.send("help@shop.example", &mail(taken)).await;
    assert_eq!(again, Some(250), "with room the same mail is taken");
    roomy.kill().await;

    let ids = (0..=taken).map(|number| format!("<{number}.disk@customer.example>"));
    shop.expect_each_once(ids.collect()).await;
}
