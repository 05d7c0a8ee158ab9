//! The ordinary dialogue, and answers that keep the sender's copy safe.

use candor_post::{Accepted, Envelope};

use super::support::{Client, Desk, code};

#[tokio::test]
async fn a_message_is_taken_in_and_handed_over_whole() {
    let desk = Desk::start().await;
    let mut client = desk.client().await;
    assert_eq!(
        client.say("EHLO sender.example").await,
        "250-desk.example / 250-PIPELINING / 250-SIZE 26214400 / 250-ENHANCEDSTATUSCODES \
         / 250-8BITMIME / 250 SMTPUTF8"
    );
    let said = client
        .deliver("Subject: Grinder\r\n\r\nIt squeaks.\r\n..and smokes")
        .await;
    assert_eq!(said, "250 2.0.0 Stored as r1");
    assert_eq!(client.say("QUIT").await, "221 2.0.0 Goodbye");
    assert_eq!(client.rest().await, "");

    let mail = desk.mails().remove(0);
    assert_eq!(
        mail.raw,
        b"Subject: Grinder\r\n\r\nIt squeaks.\r\n.and smokes\r\n"
    );
    let envelope = Envelope {
        from: "ann@example.org".into(),
        recipients: vec!["help@shop.example".into()],
    };
    assert_eq!(mail.envelope, envelope);
    assert_eq!(mail.peer.hello, "sender.example");
    assert!(mail.peer.address.is_loopback() && !mail.peer.encrypted);
}

#[tokio::test]
async fn a_pipelined_session_gets_every_reply_in_order() {
    let desk = Desk::start().await;
    let mut client = desk.greeted().await;
    client
        .send(
            "MAIL FROM:<ann@example.org>\r\nRCPT TO:<help@shop.example>\r\n\
             RCPT TO:<nobody@shop.example>\r\nRCPT TO:<orders@shop.example>\r\nDATA\r\n",
        )
        .await;
    let mut codes = Vec::new();
    for _ in 0..5 {
        codes.push(code(&client.reply().await));
    }
    assert_eq!(
        codes,
        ["250 2.1.0", "250 2.1.5", "550 5.1.1", "250 2.1.5", "354"]
    );
    client
        .send("one\r\n.\r\nMAIL FROM:<>\r\nRCPT TO:<help@shop.example>\r\nDATA\r\n")
        .await;
    let mut codes = Vec::new();
    for _ in 0..4 {
        codes.push(code(&client.reply().await));
    }
    assert_eq!(codes, ["250 2.0.0", "250 2.1.0", "250 2.1.5", "354"]);
    client.send("two\r\n.\r\nQUIT\r\n").await;
    assert_eq!(code(&client.reply().await), "250 2.0.0");
    assert_eq!(code(&client.reply().await), "221 2.0.0");
    assert_eq!(desk.texts(), ["one\r\n", "two\r\n"]);
    let recipients = &desk.mails()[0].envelope.recipients;
    assert_eq!(recipients, &["help@shop.example", "orders@shop.example"]);
}

#[tokio::test]
async fn a_stranger_can_relay_nothing_through_us() {
    let desk = Desk::start().await;
    let mut client = desk.greeted().await;
    let codes = client
        .codes(&[
            "MAIL FROM:<help@shop.example>",
            "RCPT TO:<victim@elsewhere.example>",
            "RCPT TO:<victim%elsewhere.example@shop.example>",
            "RCPT TO:<\"victim@elsewhere.example\"@shop.example>",
            "RCPT TO:<elsewhere.example!victim>",
            "RCPT TO:<@shop.example:victim@elsewhere.example>",
            "DATA",
        ])
        .await;
    assert_eq!(
        codes,
        [
            "250 2.1.0",
            "550 5.1.1",
            "550 5.1.1",
            "550 5.1.1",
            "553 5.1.3",
            "550 5.1.1",
            "503 5.5.1"
        ]
    );
    assert!(desk.mails().is_empty());
}

#[tokio::test]
async fn a_recipient_we_cannot_judge_now_is_asked_to_come_again() {
    let desk = Desk::start().await;
    let mut client = desk.greeted().await;
    let codes = client
        .codes(&["MAIL FROM:<>", "RCPT TO:<slow@shop.example>"])
        .await;
    assert_eq!(codes, ["250 2.1.0", "451 4.3.0"]);
}

#[tokio::test]
async fn a_message_that_was_not_stored_is_never_answered_with_250() {
    let desk = Desk::start().await;
    let mut client = desk.greeted().await;
    for (answer, said) in [
        (Accepted::Busy, "451 4.3.0"),
        (Accepted::Full, "452 4.3.1"),
        (Accepted::Refused("a loop\r\n250 ok".into()), "550 5.6.0"),
    ] {
        desk.answer(answer);
        assert_eq!(code(&client.deliver("hi").await), said);
    }
    assert!(desk.mails().is_empty());
    desk.answer(Accepted::Stored {
        receipt: "r2".into(),
    });
    assert_eq!(client.deliver("hi").await, "250 2.0.0 Stored as r2");
}

#[tokio::test]
async fn a_sender_who_leaves_within_the_message_leaves_nothing_behind() {
    let mut desk = Desk::start().await;
    for cut in [
        "",
        "Subject: half",
        "Subject: x\r\n\r\nwhole\r\n",
        "x\r\n.",
        "x\r\n.\r",
    ] {
        let mut client = desk.greeted().await;
        client.begin().await;
        client.send(cut).await;
        drop(client);
    }
    // Shutting down waits for every session, so nothing can still be under way.
    desk.shutdown.cancel();
    desk.stopped().await;
    assert!(desk.mails().is_empty());
}

#[tokio::test]
async fn the_order_of_commands_is_kept() {
    let desk = Desk::start().await;
    let mut client = desk.client().await;
    let codes = client
        .codes(&[
            "MAIL FROM:<a@example.org>",
            "HELO sender",
            "RCPT TO:<help@shop.example>",
            "DATA",
            "MAIL FROM:<a@example.org>",
            "DATA",
            "MAIL FROM:<b@example.org>",
            "RCPT TO:<help@shop.example>",
            "RSET",
            "DATA",
            "NOOP",
            "VRFY help",
            "HELP",
            "EXPN all",
        ])
        .await;
    assert_eq!(
        codes,
        [
            "503 5.5.1",
            "250",
            "503 5.5.1",
            "503 5.5.1",
            "250 2.1.0",
            "503 5.5.1",
            "503 5.5.1",
            "250 2.1.5",
            "250 2.0.0",
            "503 5.5.1",
            "250 2.0.0",
            "252 2.5.0",
            "214 2.0.0",
            "502 5.5.1",
        ]
    );
}

#[tokio::test]
async fn eight_bit_text_and_addresses_beyond_ascii_arrive_as_sent() {
    let desk = Desk::start().await;
    let mut client = desk.greeted().await;
    let mail = "MAIL FROM:<jürgen@bücher.example> BODY=8BITMIME SMTPUTF8 SIZE=20";
    let codes = client
        .codes(&[mail, "RCPT TO:<help@shop.example>", "DATA"])
        .await;
    assert_eq!(codes, ["250 2.1.0", "250 2.1.5", "354"]);
    client
        .send(b"Gr\xfc\xdfe \xf0\x9f\x8e\x89 \x00\x01\r\n.\r\n")
        .await;
    assert_eq!(code(&client.reply().await), "250 2.0.0");
    let mail = desk.mails().remove(0);
    assert_eq!(mail.raw, b"Gr\xfc\xdfe \xf0\x9f\x8e\x89 \x00\x01\r\n");
    assert_eq!(mail.envelope.from, "jürgen@bücher.example");
}

#[tokio::test]
async fn shutting_down_finishes_the_message_under_way_and_dismisses_the_rest() {
    let mut desk = Desk::start().await;
    let mut writing = desk.greeted().await;
    writing.begin().await;
    writing.send("Subject: half of it\r\n").await;
    let mut idle = desk.greeted().await;

    desk.shutdown.cancel();
    assert_eq!(code(&idle.reply().await), "421 4.3.2");
    assert_eq!(idle.rest().await, "");
    writing.send("\r\nand the rest\r\n.\r\n").await;
    assert_eq!(writing.reply().await, "250 2.0.0 Stored as r1");
    assert_eq!(code(&writing.reply().await), "421 4.3.2");
    desk.stopped().await;
    assert_eq!(
        desk.texts(),
        ["Subject: half of it\r\n\r\nand the rest\r\n"]
    );
    assert!(tokio::net::TcpStream::connect(desk.address).await.is_err());
}

#[tokio::test]
async fn many_senders_at_once_are_all_served() {
    let desk = Desk::start().await;
    let senders: Vec<_> = (0..64)
        .map(|number| {
            let address = desk.address;
            tokio::spawn(async move {
                let mut client = Client::connect(address).await;
                client.reply().await;
                client.say("EHLO sender.example").await;
                for message in 0..5 {
                    let said = client.deliver(&format!("{number}.{message}")).await;
                    assert_eq!(said, "250 2.0.0 Stored as r1");
                }
            })
        })
        .collect();
    for sender in senders {
        sender.await.unwrap();
    }
    let mut texts = desk.texts();
    texts.sort();
    texts.dedup();
    assert_eq!(texts.len(), 320);
}
