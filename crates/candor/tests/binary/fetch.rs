//! An inbox at a provider: a real Dovecot, the real binary, a kill in between.

use crate::shop::Shop;
use candor_desk::fetch::{AfterFetch, FetchAccountFields, FetchTls, SetFetching};
use candor_desk::provider_account::AccountLoginField;
use candor_desk::sign_in::{
    Endpoints, GrantOf, Provider, SetSignInApp, SignInAppFields, begin_device,
};
use candor_domain::actor::Actor;
use candor_domain::id::MailboxId;
use candor_post::testing::dovecot::{Dovecot, DovecotConfig, PASSWORD, TOKEN, USER};
use candor_post::testing::provider::Provider as TokenServer;
use candor_testkit::ScriptedConsent;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

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

pub(crate) async fn inbox_in(folder: &Path) -> Dovecot {
    // Dovecot serves another account where the tests run as root.
    let open = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder, open).unwrap();
    let home = folder.join("home");
    std::fs::create_dir(&home).unwrap();
    Dovecot::start(&home, DovecotConfig::default()).await
}

/// The account that leads to `inbox`, with its password.
pub(crate) fn account_with_password(inbox: &Dovecot) -> SetFetching {
    account(
        inbox,
        AccountLoginField::Password(Some(PASSWORD.to_owned())),
    )
}

fn account(inbox: &Dovecot, login: AccountLoginField) -> SetFetching {
    let account = inbox.account();
    SetFetching {
        mailbox: MailboxId(1),
        fields: FetchAccountFields {
            host: account.host,
            port: account.port,
            tls: FetchTls::None,
            user: USER.to_owned(),
            login,
            folder: "INBOX".to_owned(),
            after: AfterFetch::MarkRead,
            since: None,
            sent: None,
        },
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mailbox_that_is_signed_in_is_opened_with_a_fresh_token() {
    let shop = Shop::open().await;
    let folder = tempfile::TempDir::new().unwrap();
    let inbox = inbox_in(folder.path()).await;
    let fresh = format!(
        r#"{{"access_token": "{TOKEN}", "token_type": "Bearer", "expires_in": 3599,
            "refresh_token": "renewed"}}"#
    );
    let provider = TokenServer::start(&[(200, &fresh), (200, &fresh)]).await;
    let desk = shop.desk().await;
    let app = SetSignInApp {
        provider: Provider::Other,
        fields: SignInAppFields {
            client_id: "app-1".to_owned(),
            client_secret: None,
            tenant: String::new(),
            endpoints: Endpoints {
                authorize: format!("{}/consent", provider.address),
                token: format!("{}/token", provider.address),
                device: String::new(),
                scopes: "mail".to_owned(),
                server: "127.0.0.1".to_owned(),
                ..Endpoints::default()
            },
        },
    };
    desk.run(&Actor::System, app).await.unwrap();
    let consent = ScriptedConsent::default();
    let mailbox = MailboxId(1);
    let begun = begin_device(&desk, &Actor::System, &consent, (mailbox, Provider::Other)).await;
    begun.unwrap().unwrap();
    consent.enter_code();
    let refresh = async || {
        let grant = desk.ask(&Actor::System, GrantOf(mailbox)).await.unwrap();
        grant.map(|grant| grant.refresh)
    };
    while refresh().await.as_deref() != Some("lasting") {
        tokio::task::yield_now().await;
    }
    let set = account(&inbox, AccountLoginField::SignIn);
    desk.run(&Actor::System, set).await.unwrap();
    inbox.maildir.deliver(&mail(1));

    let served = shop
        .serve_with(&[("CANDOR_OUTBOUND_ALLOW", "127.0.0.1")])
        .await;
    until_read(&inbox, 1).await;
    while refresh().await.as_deref() != Some("renewed") {
        tokio::task::yield_now().await;
    }
    served.kill().await;

    let asked = provider.asked();
    assert_eq!(asked.len(), 1, "one token serves the connection: {asked:?}");
    assert!(asked[0].contains("refresh_token=lasting"), "{asked:?}");
    shop.expect_each_once(vec!["<1.fetch@customer.example>".to_owned()])
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_is_fetched_once_over_a_kill_and_marked_as_read() {
    let shop = Shop::open().await;
    let folder = tempfile::TempDir::new().unwrap();
    let inbox = inbox_in(folder.path()).await;
    let set = account_with_password(&inbox);
    shop.desk().await.run(&Actor::System, set).await.unwrap();
    for number in 1..=20 {
        inbox.maildir.deliver(&mail(number));
    }

    let desk = shop.serve().await;
    until_read(&inbox, 7).await;
    desk.kill().await;
    shop.end_fetching_of_dead_nodes().await;
    let desk = shop.serve().await;
    until_read(&inbox, 20).await;
    inbox.maildir.deliver(&mail(21));
    until_read(&inbox, 21).await;
    desk.kill().await;

    let ids = (1..=21).map(|number| format!("<{number}.fetch@customer.example>"));
    shop.expect_each_once(ids.collect()).await;
}
