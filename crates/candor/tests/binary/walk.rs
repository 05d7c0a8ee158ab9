//! The first loop over real sockets: a mail in, an answer out, the customer's answer back.

use crate::http::http;
use crate::shop::Shop;
use crate::smtp::SmtpTalk;
use candor_post::testing::{Sink, SinkConfig};
use std::process::Stdio;

/// Asks until the answer holds the words.
async fn until(port: u16, path: &str, token: &str, words: &str) -> String {
    loop {
        let (status, body) = http(port, "GET", path, token, "").await;
        assert_eq!(status, 200, "{body}");
        if body.contains(words) {
            return body;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_in_an_answer_out_and_the_customers_answer_back() {
    let shop = Shop::open().await;
    let sink = Sink::start(SinkConfig::default()).await;
    let relay = format!("smtp://127.0.0.1:{}", sink.relay().port);
    let desk = shop.serve_with(&[("CANDOR_SMTP_RELAY", &relay)]).await;
    let (_, token, _) = shop
        .run(&["token", "create", "--person", "mara@shop.example"])
        .await;
    let token = token.trim();

    let mut talk = SmtpTalk::open(desk.smtp_port).await.unwrap();
    let mail = "From: Amira <amira@customer.example>\r\nTo: help@shop.example\r\nSubject: Two bags missing\r\n\
                Message-ID: <first@customer.example>\r\n\r\nWhere are they?\r\n";
    assert_eq!(talk.send("help@shop.example", mail).await, Some(250));
    assert_eq!(
        talk.send("nobody@shop.example", mail).await,
        Some(550),
        "no mailbox of ours"
    );
    until(desk.http_port, "/api/v1/tickets", token, "Two bags missing").await;

    let reply = r#"{"body":"They are **found**.","then":"wait"}"#;
    let (status, body) = http(
        desk.http_port,
        "POST",
        "/api/v1/tickets/1/replies",
        token,
        reply,
    )
    .await;
    assert_eq!(status, 201, "{body}");
    let mails = sink.wait_for(1).await;
    let sent = candor_mail::parse(&mails[0].raw).message;
    assert_eq!(mails[0].envelope.recipients, ["amira@customer.example"]);
    assert_eq!(
        sent.in_reply_to.first().map(candor_mail::MessageId::as_str),
        Some("first@customer.example")
    );
    let ours = sent.message_id.unwrap();

    let answer = format!(
        "From: Amira <amira@customer.example>\r\nTo: help@shop.example\r\nSubject: Re: Two bags missing\r\n\
         Message-ID: <second@customer.example>\r\nIn-Reply-To: <{}>\r\n\r\nThank you so much!\r\n",
        ours.as_str()
    );
    assert_eq!(talk.send("help@shop.example", &answer).await, Some(250));
    until(
        desk.http_port,
        "/api/v1/tickets/1/messages",
        token,
        "Thank you so much!",
    )
    .await;
    let (_, ticket) = http(desk.http_port, "GET", "/api/v1/tickets/1", token, "").await;
    assert!(
        ticket.contains(r#""status":"open""#),
        "the answer reopens it: {ticket}"
    );
    desk.kill().await;
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let shop = Shop::open().await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut serve = shop.command(&["serve"]);
    serve.env("CANDOR_LISTEN", &address).stdout(Stdio::null());
    let done = serve.output().await.unwrap();
    assert_eq!(done.status.code(), Some(1));
    let complaint = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(
        complaint.contains(&format!("cannot listen on {address} for pages")),
        "{complaint}"
    );
}
