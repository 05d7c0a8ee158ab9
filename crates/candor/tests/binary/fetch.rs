//! An inbox at a provider: a real Dovecot, the real binary, a kill in between.

use crate::shop::Shop;
use candor_desk::fetch::{AfterFetch, FetchAccountFields, FetchTls, SetFetching};
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_post::testing::dovecot::{Dovecot, DovecotConfig, PASSWORD, USER};
use std::os::unix::fs::PermissionsExt;

fn mail(number: usize) -> Vec<u8> {
    format!(
        "From: c{number}@customer.example\r\nTo: {USER}\r\nSubject: Mail {number}\r\n\
         Message-ID: <{number}.fetch@customer.example>\r\n\r\nText of mail {number}.\r\n"
    )
    .into_bytes()
}

/// Waits until the inbox holds `count` mails that are marked as read.
async fn until_read(inbox: &Dovecot, count: usize) {
    while inbox.maildir.count("").1 < count {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_is_fetched_once_over_a_kill_and_marked_as_read() {
    let shop = Shop::open().await;
    let folder = tempfile::TempDir::new().unwrap();
    // Dovecot serves another account where the tests run as root.
    let open = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.path(), open).unwrap();
    let home = folder.path().join("home");
    std::fs::create_dir(&home).unwrap();
    let inbox = Dovecot::start(&home, DovecotConfig::default()).await;
    let account = inbox.account();
    let fields = FetchAccountFields {
        host: account.host,
        port: account.port,
        tls: FetchTls::None,
        user: USER.to_owned(),
        password: Some(PASSWORD.to_owned()),
        folder: "INBOX".to_owned(),
        after: AfterFetch::MarkRead,
        since: None,
    };
    let set = SetFetching {
        mailbox: MailboxId(1),
        fields,
    };
    shop.desk().await.run(&Actor::System, set).await.unwrap();
    for number in 1..=20 {
        inbox.maildir.deliver(&mail(number));
    }

    let desk = shop.serve().await;
    until_read(&inbox, 7).await;
    desk.kill().await;
    let desk = shop.serve().await;
    until_read(&inbox, 20).await;
    inbox.maildir.deliver(&mail(21));
    until_read(&inbox, 21).await;
    desk.kill().await;

    let ids = (1..=21).map(|number| format!("<{number}.fetch@customer.example>"));
    shop.expect_each_once(ids.collect()).await;
}
