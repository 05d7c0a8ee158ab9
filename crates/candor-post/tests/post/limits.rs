//! Every row of the limits table.

use std::time::Duration;

use candor_post::Limits;

use super::support::{Client, Desk, code};

async fn desk(limits: Limits) -> Desk {
    Desk::start_with(limits, None).await
}

#[tokio::test]
async fn a_message_announced_as_too_large_is_refused_before_it_is_sent() {
    let desk = desk(Limits {
        message_bytes: 1000,
        ..Limits::default()
    })
    .await;
    let mut client = desk.client().await;
    assert!(client.say("EHLO x").await.contains("250-SIZE 1000"));
    let codes = client
        .codes(&[
            "MAIL FROM:<a@b.example> SIZE=1001",
            "MAIL FROM:<a@b.example> SIZE=1000",
        ])
        .await;
    assert_eq!(codes, ["552 5.3.4", "250 2.1.0"]);
}

#[tokio::test]
async fn a_message_that_grows_too_large_is_read_to_its_end_and_refused() {
    let desk = desk(Limits {
        message_bytes: 50_000,
        ..Limits::default()
    })
    .await;
    let mut client = desk.greeted().await;
    let line = format!("{}\r\n", "x".repeat(98));
    let exactly = line.repeat(500);
    assert_eq!(code(&client.deliver(exactly.trim_end()).await), "250 2.0.0");
    assert_eq!(code(&client.deliver(&line.repeat(500)).await), "552 5.3.4");
    // What it said in between was text, not commands, and the next message is welcome.
    let long = "RCPT TO:<orders@shop.example>\r\n".repeat(20_000);
    assert_eq!(code(&client.deliver(&long).await), "552 5.3.4");
    assert_eq!(code(&client.deliver("short").await), "250 2.0.0");
    assert_eq!(desk.mails().len(), 2);
    assert_eq!(desk.mails()[0].raw.len(), 50_000);
}

#[tokio::test]
async fn a_header_section_that_is_too_long_is_refused() {
    let desk = desk(Limits {
        header_bytes: 2000,
        ..Limits::default()
    })
    .await;
    let mut client = desk.greeted().await;
    let header = "X-Long: ".to_owned() + &"x".repeat(2000);
    assert_eq!(
        code(&client.deliver(&format!("{header}\r\n\r\nhi")).await),
        "552 5.3.4"
    );
    let body = "x".repeat(5000);
    assert_eq!(
        code(&client.deliver(&format!("A: b\r\n\r\n{body}")).await),
        "250 2.0.0"
    );
}

#[tokio::test]
async fn recipients_beyond_the_limit_are_put_off_and_the_others_served() {
    let desk = desk(Limits {
        recipients: 1,
        ..Limits::default()
    })
    .await;
    let mut client = desk.greeted().await;
    let codes = client
        .codes(&[
            "MAIL FROM:<>",
            "RCPT TO:<help@shop.example>",
            "RCPT TO:<orders@shop.example>",
            "DATA",
        ])
        .await;
    assert_eq!(codes, ["250 2.1.0", "250 2.1.5", "452 4.5.3", "354"]);
}

#[tokio::test]
async fn an_endless_command_line_is_refused_without_being_kept() {
    let desk = desk(Limits {
        command_bytes: 100,
        ..Limits::default()
    })
    .await;
    let mut client = desk.greeted().await;
    client
        .send("NOOP ".to_owned() + &"x".repeat(1_000_000) + "\r\nNOOP\r\n")
        .await;
    assert_eq!(code(&client.reply().await), "500 5.5.6");
    assert_eq!(code(&client.reply().await), "250 2.0.0");
    let line = format!("NOOP {}", "x".repeat(93));
    assert_eq!(code(&client.say(&line).await), "250 2.0.0");
    assert_eq!(code(&client.say(&format!("{line}x")).await), "500 5.5.6");
}

#[tokio::test]
async fn connections_are_counted_by_address_and_given_back() {
    let desk = desk(Limits {
        connections_per_address: 2,
        ..Limits::default()
    })
    .await;
    let first = desk.client().await;
    let _second = desk.client().await;
    let mut third = Client::connect(desk.address).await;
    assert_eq!(code(&third.reply().await), "421 4.7.0");
    assert_eq!(third.rest().await, "");
    let mut first = first;
    first.say("QUIT").await;
    first.rest().await;
    desk.client().await;
}

#[tokio::test]
async fn all_messages_under_way_share_one_memory() {
    let desk = desk(Limits {
        memory_bytes: 3 << 19,
        ..Limits::default()
    })
    .await;
    desk.memory.gate.forget_permits(1000);
    let mut large = desk.greeted().await;
    let mut other = desk.greeted().await;
    let text = "A: b\r\n\r\n".to_owned() + &"x".repeat(700_000);
    large.begin().await;
    large.send(format!("{text}\r\n.\r\n")).await;
    desk.memory.waiting.acquire().await.unwrap().forget();
    // It is not stored yet, so its memory is in use.
    assert_eq!(code(&other.deliver(&text).await), "452 4.3.1");
    desk.memory.gate.add_permits(2);
    assert_eq!(code(&large.reply().await), "250 2.0.0");
    assert_eq!(code(&other.deliver(&text).await), "250 2.0.0");
}

#[tokio::test]
async fn too_many_wrong_commands_end_the_connection() {
    let desk = desk(Limits {
        bad_commands: 2,
        ..Limits::default()
    })
    .await;
    let mut client = desk.greeted().await;
    assert_eq!(
        client.codes(&["FOO", "BAR", "BAZ"]).await,
        ["500 5.5.1", "500 5.5.1", "421 4.7.0"]
    );
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn guessing_at_mailboxes_ends_the_connection() {
    let desk = desk(Limits {
        unknown_recipients: 2,
        ..Limits::default()
    })
    .await;
    let mut client = desk.greeted().await;
    let guess = "RCPT TO:<guess@shop.example>";
    let codes = client.codes(&["MAIL FROM:<>", guess, guess, guess]).await;
    assert_eq!(codes, ["250 2.1.0", "550 5.1.1", "550 5.1.1", "421 4.7.0"]);
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn talking_without_ever_sending_ends_the_connection() {
    let desk = desk(Limits {
        idle_commands: 3,
        ..Limits::default()
    })
    .await;
    let mut client = desk.greeted().await;
    let codes = client.codes(&["NOOP", "RSET", "NOOP"]).await;
    assert_eq!(codes, ["250 2.0.0", "250 2.0.0", "421 4.7.0"]);
    assert_eq!(client.rest().await, "");

    let mut client = desk.greeted().await;
    let same = "RCPT TO:<help@shop.example>";
    let other = "RCPT TO:<orders@shop.example>";
    let codes = client
        .codes(&["MAIL FROM:<>", same, same, same, other, same])
        .await;
    assert_eq!(codes[1..], vec!["250 2.1.5"; 5]);
    assert_eq!(
        client.codes(&[same, same, same]).await,
        ["250 2.1.5", "250 2.1.5", "421 4.7.0"]
    );
}

#[tokio::test]
async fn a_silent_sender_is_cut_off() {
    let desk = desk(Limits {
        command_time: Duration::from_millis(50),
        ..Limits::default()
    })
    .await;
    let mut client = desk.client().await;
    client.send("EHL").await;
    assert_eq!(code(&client.reply().await), "421 4.4.2");
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_sender_who_stops_within_a_message_is_cut_off_and_nothing_is_kept() {
    let desk = desk(Limits {
        data_pause: Duration::from_millis(50),
        ..Limits::default()
    })
    .await;
    let mut client = desk.greeted().await;
    client.begin().await;
    client.send("Subject: dawdling\r\n").await;
    assert_eq!(code(&client.reply().await), "421 4.4.2");
    assert_eq!(client.rest().await, "");
    assert!(desk.mails().is_empty());
}

#[tokio::test]
async fn a_sender_who_drips_bytes_for_ever_is_cut_off() {
    let desk = desk(Limits {
        data_time: Duration::from_millis(100),
        ..Limits::default()
    })
    .await;
    let mut client = desk.greeted().await;
    client.begin().await;
    let mut dripped = 0;
    while dripped < 10_000_000 && !client.has_reply().await {
        client.try_send("x").await;
        dripped += 1;
    }
    assert_eq!(code(&client.reply().await), "421 4.4.2");
    assert!(desk.mails().is_empty());
}

#[tokio::test]
async fn a_connection_does_not_last_for_ever_however_busy() {
    let desk = desk(Limits {
        session_time: Duration::from_millis(100),
        idle_commands: usize::MAX,
        ..Limits::default()
    })
    .await;
    let mut client = desk.greeted().await;
    let mut said = String::new();
    while code(&said) != "421 4.4.2" {
        client.try_send("NOOP\r\n").await;
        said = client.reply().await;
    }
    assert_eq!(client.rest().await, "");
}

#[tokio::test]
async fn a_web_page_cannot_use_us_as_its_mail_server() {
    let desk = Desk::start().await;
    let mut client = desk.client().await;
    client
        .send("POST / HTTP/1.1\r\nHost: x\r\n\r\nEHLO x\r\nMAIL FROM:<a@b.example>\r\n")
        .await;
    assert_eq!(code(&client.reply().await), "421 4.7.0");
    assert_eq!(client.rest().await, "");
}
