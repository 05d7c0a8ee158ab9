//! A disk that fills up under the running desk.

use crate::shop::Shop;
use crate::smtp::SmtpTalk;
use candor_desk::intake::{INTAKE_JOB, understand_job};
use candor_desk::worker::Worker;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The largest file that the disk takes; a new desk is a good deal smaller.
const KILOBYTES: usize = 6_000;
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

/// The first line of the answer to a page.
async fn status(port: u16, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
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
    assert_eq!(status(desk.http_port, "/login").await, "HTTP/1.1 200 OK");
    desk.kill().await;

    let roomy = shop.serve().await;
    let mut talk = SmtpTalk::open(roomy.smtp_port).await.unwrap();
    let again = talk.send("help@shop.example", &mail(taken)).await;
    assert_eq!(again, Some(250), "with room the same mail is taken");
    roomy.kill().await;

    let desk = shop.desk().await;
    let worker = Worker::new(desk.clone()).handle(INTAKE_JOB, understand_job);
    worker.run_due().await.unwrap();
    for number in 0..=taken {
        let id = format!("<{number}.disk@customer.example>");
        let found = desk.store().read(move |tx| tx.tickets_by_mail_id(&id));
        assert_eq!(found.await.unwrap().len(), 1, "mail {number} of {taken}");
    }
    shop.expect_clean_history().await;
}
