//! One message in the sender's eyes is one message in ours, whatever it contains.

use super::support::{Desk, code};

/// Everything that some server somewhere has taken for the end of a message.
const ENDINGS: [&str; 14] = [
    "\n.\n",
    "\n.\r\n",
    "\r\n.\n",
    "\r.\r",
    "\r.\r\n",
    "\r\n.\r",
    "\r\r\n.\r\r\n",
    "\r\n.\r\r\n",
    "\n.\r",
    "\r.\n",
    "\r\n\0.\r\n",
    "\r\n.\0\r\n",
    "\n\n.\n\n",
    "\r\n..\r\n",
];

#[tokio::test]
async fn a_second_message_cannot_be_hidden_in_the_first() {
    for ending in ENDINGS {
        let desk = Desk::start().await;
        let mut client = desk.greeted().await;
        client.begin().await;
        let hidden = format!(
            "Subject: outer\r\n\r\nhello{ending}MAIL FROM:<admin@shop.example>\r\n\
             RCPT TO:<orders@shop.example>\r\nDATA\r\nSubject: inner\r\n\r\nfake\r\n.\r\n"
        );
        client.send(hidden).await;
        assert_eq!(code(&client.reply().await), "250 2.0.0", "{ending:?}");
        assert_eq!(client.say("QUIT").await, "221 2.0.0 Goodbye", "{ending:?}");
        let mails = desk.mails();
        assert_eq!(mails.len(), 1, "{ending:?}");
        assert_eq!(mails[0].envelope.from, "ann@example.org");
        assert!(mails[0].raw.ends_with(b"fake\r\n"));
    }
}

#[tokio::test]
async fn a_command_line_has_one_kind_of_end() {
    let desk = Desk::start().await;
    let mut client = desk.greeted().await;
    for line in ["NOOP\n", "NOOP\rRSET\r\n", "NOOP\r\r\n", "NO\0OP\r\n"] {
        client.send(line).await;
        assert_eq!(code(&client.reply().await), "500 5.5.2", "{line:?}");
    }
    assert_eq!(code(&client.say("NOOP").await), "250 2.0.0");
}

#[tokio::test]
async fn an_address_cannot_carry_a_second_command() {
    let desk = Desk::start().await;
    let mut client = desk.greeted().await;
    client
        .send("MAIL FROM:<ann@example.org\nRCPT TO:<help@shop.example>\r\n")
        .await;
    assert_eq!(code(&client.reply().await), "500 5.5.2");
    // The rest of the line is a command of its own, and out of order.
    assert_eq!(code(&client.reply().await), "503 5.5.1");
}
